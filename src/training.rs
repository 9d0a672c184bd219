//! The training municipality of this machine: the first client takes the lock, serves and writes a runtime file that only its user can
//! read; further clients join it. When the serving client ends, a survivor takes the lock and serves the same database. What does not
//! live here: the server itself, the invented people (both `skranke-server`).

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use skranke_client::endpoint::{Doorway, DoorwayError, Endpoint, Secret};
use skranke_domain::authority::Role;
use skranke_domain::catalogue::Catalogue;
use skranke_server::training::{self, Plan, Progress, TrainingError};
use skranke_server::{Clock, Config, Database, PersonaTokens, StartError, TrainingFaults};
use skranke_ui::launch::Startup;
use tokio::sync::{Mutex, watch};

use crate::config::Training;
use crate::folders::make_private;

/// How long a client waits for another one that is just starting to serve.
const PATIENCE: Duration = Duration::from_secs(600);
/// How often it looks meanwhile.
const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// What the runtime file says: where the municipality is served and with which tokens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Served {
    base_url: String,
    tokens: PersonaTokens,
}

/// How the municipality is made.
#[derive(Clone, Debug)]
pub struct Making {
    /// Its folder.
    pub folder: PathBuf,
    /// Size and seed.
    pub training: Training,
    /// The clock.
    pub clock: Clock,
    /// The office's time zone.
    pub tz: TimeZone,
    /// Which departments answer late or not at all.
    pub faults: TrainingFaults,
}

impl Making {
    fn now(&self) -> Timestamp {
        match self.clock {
            Clock::System => Timestamp::now(),
            Clock::Fixed(at) => at,
        }
    }

    fn today(&self) -> Date {
        self.now().to_zoned(self.tz.clone()).date()
    }
}

/// The training municipality, joined or served.
pub struct Municipality {
    making: Making,
    state: Mutex<State>,
    startup: watch::Sender<Startup>,
    runtime: tokio::runtime::Handle,
}

#[derive(Default)]
struct State {
    joined: Option<Served>,
    /// Held as long as this process serves.
    lock: Option<File>,
    /// A damaged database that was set aside while the service was opened.
    set_aside: Option<PathBuf>,
}

/// Why the municipality cannot be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServeError {
    #[error("{what} in {}: {source}", folder.display())]
    Folder { what: &'static str, folder: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the training municipality cannot be made: {0}")]
    Making(#[from] TrainingError),
    #[error("the catalogue holds mistakes:\n{0}")]
    Catalogue(String),
    #[error("no port on this machine: {0}")]
    Port(std::io::Error),
    #[error("another client began to serve and did not finish within {} s", PATIENCE.as_secs())]
    Waited,
}

impl Municipality {
    /// A municipality that is joined or served when somebody first asks for it. Its server runs on `runtime`.
    #[must_use]
    pub fn new(making: Making, runtime: tokio::runtime::Handle) -> (Arc<Self>, watch::Receiver<Startup>) {
        let (startup, seen) = watch::channel(Startup::Finding);
        (Arc::new(Self { making, state: Mutex::default(), startup, runtime }), seen)
    }

    fn runtime_file(&self) -> PathBuf {
        self.making.folder.join("served.json")
    }

    /// Where it is served, joined or begun to be served now.
    async fn served(&self) -> Result<Served, DoorwayError> {
        let mut state = self.state.lock().await;
        if let Some(served) = &state.joined {
            return Ok(served.clone());
        }
        match self.join_or_serve(&mut state).await {
            Ok(served) => {
                state.joined = Some(served.clone());
                let aside = state.set_aside.take();
                self.startup.send_replace(aside.map_or(Startup::Ready, Startup::SetAside));
                Ok(served)
            }
            Err(error) => {
                tracing::error!(%error, "the training municipality cannot be reached");
                self.startup.send_replace(Startup::Failed(error.to_string()));
                Err(DoorwayError::Failed(error.to_string()))
            }
        }
    }

    async fn join_or_serve(&self, state: &mut State) -> Result<Served, ServeError> {
        let folder = &self.making.folder;
        let in_folder = |what| move |source| ServeError::Folder { what, folder: folder.clone(), source };
        make_private(folder).map_err(in_folder("the training folder cannot be made"))?;
        let lock_file = folder.join("training.lock");
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let lock = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&lock_file)
                .map_err(in_folder("the training lock cannot be opened"))?;
            match lock.try_lock() {
                Ok(()) => {
                    let (served, set_aside) = self.serve().await?;
                    state.lock = Some(lock);
                    state.set_aside = set_aside;
                    return Ok(served);
                }
                Err(std::fs::TryLockError::WouldBlock) => {
                    if let Some(served) = read_served(&self.runtime_file())
                        && answers(&served.base_url).await
                    {
                        return Ok(served);
                    }
                }
                Err(std::fs::TryLockError::Error(source)) => {
                    return Err(in_folder("the training lock cannot be taken")(source));
                }
            }
            if tokio::time::Instant::now() > deadline {
                return Err(ServeError::Waited);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn serve(&self) -> Result<(Served, Option<PathBuf>), ServeError> {
        let making = self.making.clone();
        let startup = self.startup.clone();
        // On the server's own runtime: the window's must stay free, and must be able to end first.
        let started = self.runtime.spawn(async move { start(&making, &startup).await });
        let Started { served, set_aside, service, listener } = match started.await {
            Ok(result) => result?,
            Err(error) => return Err(ServeError::Port(std::io::Error::other(error))),
        };
        write_served(&self.runtime_file(), &served).map_err(|source| ServeError::Folder {
            what: "the runtime file cannot be written",
            folder: self.making.folder.clone(),
            source,
        })?;
        self.runtime.spawn(async move {
            if let Err(error) = service.serve(listener, std::future::pending::<()>()).await {
                tracing::error!(%error, "the training municipality ended");
            }
        });
        Ok((served, set_aside))
    }
}

/// A service that is open and has a port.
struct Started {
    served: Served,
    set_aside: Option<PathBuf>,
    service: skranke_server::Service,
    listener: tokio::net::TcpListener,
}

/// Makes the municipality in its folder and closes it again: whoever begins to serve there finds it made.
pub(crate) async fn make(making: &Making) -> Result<(), ServeError> {
    make_private(&making.folder).map_err(|source| ServeError::Folder {
        what: "the training folder cannot be made",
        folder: making.folder.clone(),
        source,
    })?;
    let (nobody, _) = watch::channel(Startup::Finding);
    made(making, &nobody).await?.service.close().await;
    Ok(())
}

/// A service that is open over a municipality that is made.
struct Made {
    service: skranke_server::Service,
    tokens: PersonaTokens,
    set_aside: Option<PathBuf>,
}

async fn made(making: &Making, startup: &watch::Sender<Startup>) -> Result<Made, ServeError> {
    let database = making.folder.join("training.db");
    let tokens = PersonaTokens::random();
    let catalogue = Arc::new(Catalogue::builtin().map_err(|mistakes| {
        ServeError::Catalogue(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })?);
    let open = || {
        let file = Database::File(database.clone());
        let mut config = Config::training(file, Arc::clone(&catalogue), tokens.clone());
        config.clock = making.clock;
        config.faults = making.faults.clone();
        skranke_server::open(config)
    };
    let mut set_aside = None;
    let service = match open().await {
        Err(StartError::Damaged { path }) => {
            let aside = skranke_server::set_aside(&path, making.now()).map_err(|source| ServeError::Folder {
                what: "a damaged database cannot be set aside",
                folder: path,
                source,
            })?;
            tracing::warn!(file = %aside.display(), "a damaged training database was set aside");
            set_aside = Some(aside);
            open().await?
        }
        other => other?,
    };
    let today = making.today();
    if training::is_generated(&service).await?.is_some() {
        training::extend_to_today(&service, today).await?;
    } else {
        let plan = Plan { seed: making.training.seed, citizens: making.training.citizens, today };
        let report = |progress: Progress| {
            startup.send_replace(Startup::Generating { done: progress.done, total: progress.total });
        };
        training::generate(&service, plan, report).await?;
    }
    Ok(Made { service, tokens, set_aside })
}

async fn start(making: &Making, startup: &watch::Sender<Startup>) -> Result<Started, ServeError> {
    let Made { service, tokens, set_aside } = made(making, startup).await?;
    training::queue::begin(&service).await?;
    training::arrivals::start(&service);
    training::queue::start(&service);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.map_err(ServeError::Port)?;
    let port = listener.local_addr().map_err(ServeError::Port)?.port();
    let served = Served { base_url: format!("http://127.0.0.1:{port}"), tokens };
    Ok(Started { served, set_aside, service, listener })
}

fn read_served(file: &Path) -> Option<Served> {
    serde_json::from_slice(&std::fs::read(file).ok()?).ok()
}

/// Written beside and renamed, so that nobody reads half of it; for its user alone, from the first byte.
fn write_served(file: &Path, served: &Served) -> std::io::Result<()> {
    let beside = file.with_extension("new");
    let _ = std::fs::remove_file(&beside);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut out = options.open(&beside)?;
    out.write_all(&serde_json::to_vec(served)?)?;
    out.sync_all()?;
    std::fs::rename(&beside, file)
}

/// Whether somebody listens there.
async fn answers(base_url: &str) -> bool {
    let Some(address) = base_url.strip_prefix("http://") else { return false };
    let knock = tokio::net::TcpStream::connect(address);
    matches!(tokio::time::timeout(Duration::from_millis(500), knock).await, Ok(Ok(_)))
}

#[async_trait]
impl Doorway for Municipality {
    async fn endpoint(&self, persona: Role) -> Result<Endpoint, DoorwayError> {
        let served = self.served().await?;
        Endpoint::new(&served.base_url, Secret::new(served.tokens.of(persona)))
            .map_err(|error| DoorwayError::Failed(error.to_string()))
    }

    async fn display(&self) -> Result<Endpoint, DoorwayError> {
        let served = self.served().await?;
        Endpoint::new(&served.base_url, Secret::new(served.tokens.display))
            .map_err(|error| DoorwayError::Failed(error.to_string()))
    }

    async fn lost(&self, seen: &Endpoint) {
        let mut state = self.state.lock().await;
        let serving = state.lock.is_some();
        // An address that was read once ends with a slash; the runtime file's does not.
        let address = seen.base_url().trim_end_matches('/');
        if !serving && state.joined.as_ref().is_some_and(|s| s.base_url.trim_end_matches('/') == address) {
            state.joined = None;
        }
    }
}
