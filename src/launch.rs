//! From the command line to a running program: the window, a set of pictures, or a script. What does not live here: what the program does.

mod display;
mod office;
mod pictures;
mod script;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_client::endpoint::{Doorway, EndpointError};
use skranke_client::keyring::SystemKeyring;
use skranke_client::sign_in::{ProviderAddressError, SignIn, SignInError};
use skranke_client::{KeyPlace, TrustError};
use skranke_desk::settings::{Renderer, Settings};
use skranke_domain::authority::Role;
use skranke_ui::launch::{AtSignOut, Clock, Launch, Notice, Personas, ReadAhead, SeenHere, Startup, Stay};
use tokio::sync::watch;

use crate::cli::{Cli, EXIT_FAILED, EXIT_OK, EXIT_USAGE, EXIT_WINDOW};
use crate::config::{self, ConfigError, Office, SeenAtSignOut, ServerAddress, Training};
use crate::folders::{Folders, NoHome};
use crate::logs;

/// The office's time zone.
pub const TIME_ZONE: &str = "Europe/Copenhagen";
/// How long the parts that were started get to end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Why nothing was started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No home folder.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// A configuration file does not serve.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A folder or file cannot be used.
    #[error("{what}: {source}")]
    File {
        /// Which.
        what: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The token file of a training server cannot be read.
    #[error("{}: {expected}", file.display())]
    Tokens {
        /// The file.
        file: PathBuf,
        /// What was expected.
        expected: String,
    },
    /// A file of certificate authorities does not serve.
    #[error("{}: {source}", file.display())]
    Authority {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: TrustError,
    },
    /// The sign-in provider's address does not serve.
    #[error("the sign-in provider's address cannot be used: {0}")]
    Provider(ProviderAddressError),
    /// Nobody could ever sign in here.
    #[error("signing in cannot be set up: {0}")]
    SignIn(SignInError),
    /// The server's address does not serve.
    #[error("the server's address cannot be used: {0}")]
    Address(#[from] EndpointError),
    /// No server is configured and this build has none inside.
    #[error("no server is configured: write [server] and [sign_in] into {} or give --server URL --persona-tokens FILE", .0.display())]
    NoServer(PathBuf),
    /// The clock's zone is unknown to this machine.
    #[error("the time zone {TIME_ZONE} is unknown: {0}")]
    TimeZone(jiff::Error),
    /// There can be no such site.
    #[error("`{0}` is no site: expected a name in lower-case letters, digits and hyphens, like norrebro")]
    Site(String),
    /// The window could not be opened.
    #[error("the window could not be opened: {0}")]
    Window(String),
    /// A picture could not be drawn.
    #[error("{0}")]
    Picture(String),
    /// A script holds mistakes.
    #[error("{0}")]
    Script(String),
    /// A script's expectation was not met.
    #[error("{0}")]
    Play(String),
}

impl StartError {
    /// The command line or a file is wrong, and nothing was started.
    #[must_use]
    pub const fn is_usage(&self) -> bool {
        matches!(self.code(), EXIT_USAGE)
    }

    /// The exit code it goes with.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::NoHome(_)
            | Self::Config(_)
            | Self::File { .. }
            | Self::Tokens { .. }
            | Self::Authority { .. }
            | Self::Provider(_)
            | Self::SignIn(_)
            | Self::Address(_)
            | Self::NoServer(_)
            | Self::TimeZone(_)
            | Self::Site(_)
            | Self::Script(_) => EXIT_USAGE,
            Self::Window(_) => EXIT_WINDOW,
            Self::Picture(_) | Self::Play(_) => EXIT_FAILED,
        }
    }
}

/// Does what the command line says; the number is the exit code.
///
/// # Errors
/// [`StartError`] as a sentence for whoever typed the command.
pub fn start(cli: &Cli) -> Result<u8, StartError> {
    if let Some(folder) = &cli.screenshot {
        return pictures::draw(cli, folder);
    }
    let folders = match &cli.profile {
        Some(profile) => Folders::inside(profile),
        None => Folders::of_system()?,
    };
    folders
        .make()
        .map_err(|source| StartError::File { what: "the program's folders cannot be made".into(), source })?;
    if cli.play.is_none() {
        let renderer = config::settings(&folders.settings()).map(|s| s.renderer).unwrap_or_default();
        choose_renderer(renderer);
    }
    let log = logs::to_folder(&folders.logs());
    if let Err(error) = &log {
        eprintln!("skranke: {error}");
    }
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "skranke starts");
    let prepared = prepare(cli, &folders)?;
    let code = match (&cli.play, &cli.display) {
        (Some(file), _) => script::run(cli, file, &prepared)?,
        (None, Some(site)) => display::show(&prepared, site)?,
        (None, None) => window(&prepared)?,
    };
    prepared.end();
    tracing::info!("skranke ends");
    drop(log);
    Ok(code)
}

/// Everything that a program needs, and the runtime its training server runs on.
pub(crate) struct Prepared {
    pub(crate) launch: Launch,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Prepared {
    /// The training municipality goes away, as a server does whose line breaks.
    fn stop_serving(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(LAST_WORDS);
        }
    }

    fn end(self) {
        drop(self.launch);
        if let Some(runtime) = self.runtime {
            runtime.shutdown_timeout(LAST_WORDS);
        }
    }
}

/// What the command line and the files say, put together.
fn prepare(cli: &Cli, folders: &Folders) -> Result<Prepared, StartError> {
    prepare_at(cli, folders, Held { now: cli.now, citizens: None, departments: Departments::Training })
}

/// How the training municipality's departments behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Departments {
    /// One is slow and one is down, so that clerks learn what an incomplete page looks like.
    Training,
    /// Three do not answer while a picture is drawn.
    Slow,
    /// One does not answer, and nothing is known of what it keeps.
    OneUnknown,
}

/// What pictures hold still.
struct Held {
    now: Option<Timestamp>,
    citizens: Option<u32>,
    departments: Departments,
}

/// The same, with the clock held at a moment and another size of the training municipality where nobody says.
fn prepare_at(cli: &Cli, folders: &Folders, held: Held) -> Result<Prepared, StartError> {
    let Held { now, citizens, departments } = held;
    let office = office_of(cli, folders, citizens)?;
    let (settings, notices) = settings(cli, folders)?;
    let clock = now.map_or(Clock::System, |at| Clock::From { at, since: Instant::now() });
    let tz = TimeZone::get(TIME_ZONE).map_err(StartError::TimeZone)?;
    let (way, runtime) = doorway(&office, folders, (clock, &tz), departments)?;
    let launch = Launch {
        doorway: way.doorway,
        startup: way.startup,
        sign_in: way.sign_in.clone(),
        keep_copied: skranke_ui::launch::KEEP_COPIED,
        // A script or a picture does what it says and nothing besides.
        seen: SeenHere {
            ahead: if cli.play.is_none() && cli.screenshot.is_none() { ReadAhead::Today } else { ReadAhead::Nobody },
            at_sign_out: at_sign_out(&office),
        },
        persona: Role::from(cli.persona),
        personas: if way.sign_in.is_some() { Personas::Fixed } else { Personas::Switchable },
        settings,
        settings_file: Some(folders.settings()),
        outbox: folders.outbox(&way.server),
        keys: way.keys,
        clock,
        tz,
        notices,
        stay: if cli.first_frame { Stay::UntilFirstFrame } else { Stay::UntilClosed },
        // Where the system does not say, pages are not drawn, and the page says so.
        viewer: std::env::current_exe().unwrap_or_default(),
        outside: Arc::new(skranke_ui::outside::System),
    };
    Ok(Prepared { launch, runtime })
}

/// The office's configuration with what the command line says on top.
fn office_of(cli: &Cli, folders: &Folders, citizens: Option<u32>) -> Result<Office, StartError> {
    let mut office = config::office(&folders.office_config())?;
    office.training.seed = cli.seed.unwrap_or(office.training.seed);
    office.training.citizens = cli.citizens.or(citizens).unwrap_or(office.training.citizens);
    if let (Some(url), Some(persona_tokens)) = (&cli.server, &cli.persona_tokens) {
        office.server =
            Some(ServerAddress { url: url.clone(), persona_tokens: Some(persona_tokens.clone()), ca: None });
        office.sign_in = None;
    }
    Ok(office)
}

/// What becomes of what somebody saw on this machine when she signs out: the office says it, and where it does not, it is wiped.
fn at_sign_out(office: &Office) -> AtSignOut {
    match office.sign_in.as_ref().map(|at| at.at_sign_out) {
        Some(SeenAtSignOut::Keep) => AtSignOut::Keep,
        Some(SeenAtSignOut::Wipe) | None => AtSignOut::Wipe,
    }
}

/// A person's settings with what the command line says on top. A file with a mistake is kept under another name.
fn settings(cli: &Cli, folders: &Folders) -> Result<(Settings, Vec<Notice>), StartError> {
    let file = folders.settings();
    let (mut settings, notices) = match config::settings(&file) {
        Ok(settings) => (settings, Vec::new()),
        Err(ConfigError::Mistake(mistake)) => {
            let aside = file.with_extension("toml.mistaken");
            std::fs::copy(&file, &aside)
                .map_err(|source| StartError::File { what: format!("{} cannot be kept", file.display()), source })?;
            eprintln!("skranke: {mistake}");
            (Settings::default(), vec![Notice::SettingsMistake { mistake: mistake.to_string() }])
        }
        Err(error) => return Err(error.into()),
    };
    if let Some(lang) = cli.lang {
        settings.language = lang.into();
    }
    if let Some(theme) = cli.theme {
        settings.theme = theme.into();
    }
    if let Some((width, height)) = cli.size {
        settings.window = skranke_desk::settings::WindowSize { width, height };
    }
    Ok((settings, notices))
}

/// How the server is found.
struct Way {
    doorway: Arc<dyn Doorway>,
    startup: watch::Receiver<Startup>,
    /// A name for the server's own files on this machine.
    server: String,
    /// How people sign in there.
    sign_in: Option<Arc<dyn SignIn>>,
    /// Where the key of local data is.
    keys: KeyPlace,
}

/// The key of the training municipality, whose citizens are all invented.
fn training_key(folders: &Folders) -> KeyPlace {
    KeyPlace::TrainingFile(folders.data.join("training.key"))
}

fn doorway(
    office: &Office,
    folders: &Folders,
    (clock, tz): (Clock, &TimeZone),
    departments: Departments,
) -> Result<(Way, Option<tokio::runtime::Runtime>), StartError> {
    if let Some(server) = &office.server {
        return Ok((office::way(office, server, folders, Arc::new(SystemKeyring))?, None));
    }
    training(office.training, folders, (clock, tz), departments)
}

#[cfg(feature = "server")]
fn training(
    training: Training,
    folders: &Folders,
    (clock, tz): (Clock, &TimeZone),
    departments: Departments,
) -> Result<(Way, Option<tokio::runtime::Runtime>), StartError> {
    let runtime = server_runtime()?;
    let making = making(training, folders, (clock, tz), departments);
    let (municipality, startup) = crate::training::Municipality::new(making, runtime.handle().clone());
    let (server, keys) = ("training".to_owned(), training_key(folders));
    Ok((Way { doorway: municipality, startup, server, sign_in: None, keys }, Some(runtime)))
}

#[cfg(feature = "server")]
fn making(
    training: Training,
    folders: &Folders,
    (clock, tz): (Clock, &TimeZone),
    departments: Departments,
) -> crate::training::Making {
    crate::training::Making {
        folder: folders.training(),
        training,
        clock: server_clock(clock),
        tz: tz.clone(),
        faults: match departments {
            Departments::Training => skranke_server::TrainingFaults::training(),
            Departments::Slow => skranke_server::TrainingFaults::slow(),
            Departments::OneUnknown => skranke_server::TrainingFaults::one_unknown(),
        },
    }
}

/// Makes the training municipality in its folder without serving it; where a server is named there is nothing to make.
#[cfg(feature = "server")]
fn make_town(cli: &Cli, folders: &Folders, (now, citizens): (Timestamp, u32)) -> Result<(), StartError> {
    let office = office_of(cli, folders, Some(citizens))?;
    if office.server.is_some() {
        return Ok(());
    }
    let tz = TimeZone::get(TIME_ZONE).map_err(StartError::TimeZone)?;
    let making = making(office.training, folders, (Clock::Still(now), &tz), Departments::Training);
    let made = server_runtime()?.block_on(crate::training::make(&making));
    made.map_err(|error| StartError::Picture(error.to_string()))
}

#[cfg(not(feature = "server"))]
fn make_town(_: &Cli, _: &Folders, _: (Timestamp, u32)) -> Result<(), StartError> {
    Ok(())
}

#[cfg(not(feature = "server"))]
fn training(
    _: Training,
    folders: &Folders,
    _: (Clock, &TimeZone),
    _: Departments,
) -> Result<(Way, Option<tokio::runtime::Runtime>), StartError> {
    Err(StartError::NoServer(folders.office_config()))
}

#[cfg(feature = "server")]
pub(crate) fn server_runtime() -> Result<tokio::runtime::Runtime, StartError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("training")
        .enable_all()
        .build()
        .map_err(|source| StartError::File { what: "no threads for the training municipality".into(), source })
}

#[cfg(feature = "server")]
fn server_clock(clock: Clock) -> skranke_server::Clock {
    match clock {
        Clock::System => skranke_server::Clock::System,
        Clock::From { at, .. } | Clock::Still(at) => skranke_server::Clock::Fixed(at),
    }
}

fn window(prepared: &Prepared) -> Result<u8, StartError> {
    skranke_ui::run(prepared.launch.clone()).map_err(|error| StartError::Window(error.to_string()))?;
    Ok(EXIT_OK)
}

/// The renderer is a setting; whoever sets the toolkit's own variable knows better.
#[expect(unsafe_code, reason = "the toolkit reads its renderer from the environment alone")]
fn choose_renderer(renderer: Renderer) {
    const VARIABLE: &str = "ICED_BACKEND";
    let backend = match renderer {
        Renderer::Software => "tiny-skia",
        Renderer::Gpu => "wgpu,tiny-skia",
        Renderer::Auto => return,
    };
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: called from `main` before any other thread is started.
        unsafe { std::env::set_var(VARIABLE, backend) };
    }
}

/// A script's or picture's file, or the reason it cannot be read.
pub(crate) fn read(file: &Path) -> Result<String, StartError> {
    std::fs::read_to_string(file)
        .map_err(|source| StartError::File { what: format!("{} cannot be read", file.display()), source })
}
