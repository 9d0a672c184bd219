//! The reference server by itself. What lives here: the command line, the persona tokens' file, signals and exit codes. What does not:
//! anything that answers a request (see the server's own crate).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::catalogue::Catalogue;
use skranke_server::outbound::{MailOffice, Way};
use skranke_server::training::{self, Plan, Progress, Stage};
use skranke_server::{Clock, Config, Database, Hosts, PersonaTokens, Service, StartError, TrainingFaults};

/// The reference case API of Skranke.
#[derive(Debug, Parser)]
#[command(name = "skranke-server", version, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Exit codes: 0 done, 2 wrong use, 3 a mistake in the catalogue, 4 the database, 5 the address cannot be used."
)]
struct Line {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the OpenAPI document.
    Openapi,
}

#[derive(Debug, Args)]
struct Serve {
    /// Where to listen; port 0 takes a free one and says which.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7420")]
    listen: SocketAddr,
    /// Where the data are: a path, sqlite://PATH or sqlite::memory:
    #[arg(long, value_name = "URL")]
    database: Option<Database>,
    /// Serve the training municipality: every citizen is invented, persona tokens take the place of sign-in.
    #[arg(long)]
    training: bool,
    /// The seed of the training municipality.
    #[arg(long, value_name = "N", default_value_t = training::USUAL_SEED, requires = "training")]
    seed: u64,
    /// How many citizens it has.
    #[arg(long, value_name = "N", default_value_t = training::USUAL_CITIZENS, requires = "training",
          value_parser = clap::value_parser!(u32).range(i64::from(training::FEWEST_CITIZENS)..=i64::from(training::MOST_CITIZENS)))]
    citizens: u32,
    /// Write the personas' tokens to this file (only its owner can read it); tokens that stand there are used.
    #[arg(long, value_name = "FILE", requires = "training")]
    persona_tokens: Option<PathBuf>,
    /// Use the office's own catalogue in DIR instead of the one that comes with the program.
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    messages: Messages,
    /// Stand still at this moment (RFC 3339).
    #[arg(long, value_name = "RFC3339", hide = true)]
    now: Option<Timestamp>,
    /// Let every department answer.
    #[arg(long, hide = true)]
    no_faults: bool,
}

/// How messages to citizens leave the house; without any of these they become files in a folder beside the database.
#[derive(Debug, Args)]
struct Messages {
    /// Write messages to citizens into this folder instead of the one beside the database.
    #[arg(long, value_name = "DIR", conflicts_with = "smtp")]
    messages: Option<PathBuf>,
    /// Send messages by this mail server: smtps://HOST, smtp://HOST:587?tls=required, or smtp://127.0.0.1:PORT.
    #[arg(long, value_name = "URL", requires = "mail_from")]
    smtp: Option<String>,
    /// Who messages are from.
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    mail_from: Option<String>,
    /// Who signs in at the mail server; the password comes from --smtp-password-file or SKRANKE_SMTP_PASSWORD.
    #[arg(long, value_name = "NAME", requires = "smtp")]
    smtp_user: Option<String>,
    /// The file that holds the mail server's password.
    #[arg(long, value_name = "FILE", requires = "smtp_user")]
    smtp_password_file: Option<PathBuf>,
    /// Send text messages as mail to NUMBER@DOMAIN, a gateway's.
    #[arg(long, value_name = "DOMAIN", requires = "smtp")]
    sms_by_mail: Option<String>,
}

impl Messages {
    fn way(&self) -> Result<Way, Failure> {
        let (Some(url), Some(from)) = (&self.smtp, &self.mail_from) else {
            return Ok(self.messages.clone().map_or(Way::Folder, Way::FolderAt));
        };
        let login = match &self.smtp_user {
            Some(user) => Some((user.clone(), self.password()?)),
            None => None,
        };
        let (url, from) = (url.clone(), from.clone());
        Ok(Way::Smtp(Box::new(MailOffice { url, login, from, sms_domain: self.sms_by_mail.clone() })))
    }

    /// The password: never from the command line, which everybody on the machine can read.
    fn password(&self) -> Result<String, Failure> {
        match &self.smtp_password_file {
            Some(path) => std::fs::read_to_string(path)
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|error| Failure::Use(format!("the password file {} cannot be read: {error}", path.display()))),
            None => std::env::var("SKRANKE_SMTP_PASSWORD").map_err(|_| {
                Failure::Use(
                    "the mail server's password is missing: --smtp-password-file or SKRANKE_SMTP_PASSWORD".to_owned(),
                )
            }),
        }
    }
}

/// The file that tells tools where to go and with which token.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenFile {
    base_url: String,
    tokens: PersonaTokens,
}

/// Why the server ends before it serves.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Use(String),
    #[error("the catalogue has mistakes:\n{0}")]
    Catalogue(String),
    #[error("{0}")]
    Database(String),
    #[error("cannot listen on {address}: {source}")]
    Address { address: SocketAddr, source: std::io::Error },
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Self::Use(_) => 2,
            Self::Catalogue(_) => 3,
            Self::Database(_) => 4,
            Self::Address { .. } => 5,
        }
    }
}

fn main() -> ExitCode {
    let line = Line::parse();
    if let Some(What::Openapi) = line.what {
        use std::io::Write;
        // A reader that closes the pipe early has read enough.
        let _ = std::io::stdout().write_all(skranke_server::openapi_json().as_bytes());
        return ExitCode::SUCCESS;
    }
    skranke::logs::to_stderr();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("skranke-server: no threads could be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(serve(line.serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("skranke-server: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

async fn serve(line: Serve) -> Result<(), Failure> {
    if !line.training {
        return Err(Failure::Use(
            "there is no sign-in yet: start it with --training, or wait for the sign-in to come".to_owned(),
        ));
    }
    let database = line.database.clone().ok_or_else(|| {
        Failure::Use(
            "say where the data are: --database training.db, or --database sqlite::memory: to keep nothing".to_owned(),
        )
    })?;
    let catalogue = Arc::new(catalogue(line.catalogue.as_deref())?);
    let tokens = match &line.persona_tokens {
        Some(path) => read_tokens(path)?,
        None => None,
    }
    .unwrap_or_else(PersonaTokens::random);
    let mut config = Config::training(database, catalogue, tokens.clone());
    config.clock = line.now.map_or(Clock::System, Clock::Fixed);
    config.way = line.messages.way()?;
    if line.no_faults {
        config.faults = TrainingFaults::none();
    }
    if !line.listen.ip().is_loopback() {
        config.hosts = Hosts::Any;
    }
    let listener = tokio::net::TcpListener::bind(line.listen)
        .await
        .map_err(|source| Failure::Address { address: line.listen, source })?;
    let address = listener.local_addr().map_err(|source| Failure::Address { address: line.listen, source })?;
    let service = open(config).await?;
    prepare_training(&service, &line).await?;
    let failed = |error: training::TrainingError| Failure::Database(error.to_string());
    training::queue::begin(&service).await.map_err(failed)?;
    training::arrivals::start(&service);
    training::queue::start(&service);
    let base_url = format!("http://{address}");
    if let Some(path) = &line.persona_tokens {
        write_tokens(path, &TokenFile { base_url: base_url.clone(), tokens })?;
    }
    println!("listening on {base_url}");
    service.serve(listener, asked_to_stop()).await.map_err(|error| Failure::Database(error.to_string()))
}

/// The catalogue of the office, or the one that comes with the program; every mistake is told with its file and line.
fn catalogue(folder: Option<&Path>) -> Result<Catalogue, Failure> {
    let read = match folder {
        None => Catalogue::builtin(),
        Some(folder) => {
            let unreadable = |error| Failure::Catalogue(format!("{} cannot be read: {error}", folder.display()));
            let mut files = Vec::new();
            for inside in [folder.to_owned(), folder.join("procedures")] {
                for entry in std::fs::read_dir(&inside).map_err(unreadable)? {
                    let path = entry.map_err(unreadable)?.path();
                    if path.extension().is_some_and(|end| end == "toml") {
                        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
                        files.push((path.display().to_string(), text));
                    }
                }
            }
            files.sort();
            let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            Catalogue::parse(&files)
        }
    };
    read.map_err(|mistakes| Failure::Catalogue(mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

/// Opens the service; a damaged training database is set aside, never deleted, and a new one begun.
async fn open(config: Config) -> Result<Service, Failure> {
    match skranke_server::open(config.clone()).await {
        Err(StartError::Damaged { path }) => {
            let aside = skranke_server::set_aside(&path, Timestamp::now()).map_err(|error| {
                Failure::Database(format!("the damaged database {} cannot be set aside: {error}", path.display()))
            })?;
            eprintln!(
                "skranke-server: the database {} was damaged and now lies at {}",
                path.display(),
                aside.display()
            );
            skranke_server::open(config).await
        }
        other => other,
    }
    .map_err(|error| match error {
        StartError::Messages(error) => Failure::Use(error.to_string()),
        other => Failure::Database(other.to_string()),
    })
}

async fn prepare_training(service: &Service, line: &Serve) -> Result<(), Failure> {
    let failed = |error: training::TrainingError| {
        Failure::Database(format!("the training municipality cannot be made: {error}"))
    };
    let today = skranke_server::clock::local(line.now.unwrap_or_else(Timestamp::now)).date();
    if let Some(there) = training::is_generated(service).await.map_err(failed)? {
        if (there.seed, there.citizens) != (line.seed, line.citizens) {
            eprintln!(
                "skranke-server: the database holds the municipality of seed {} with {} citizens; it is served as it is",
                there.seed, there.citizens
            );
        }
        return training::extend_to_today(service, today).await.map_err(failed);
    }
    let began = std::time::Instant::now();
    let plan = Plan { seed: line.seed, citizens: line.citizens, today };
    training::generate(service, plan, report).await.map_err(failed)?;
    eprintln!("skranke-server: {} citizens were made in {:.1} s", line.citizens, began.elapsed().as_secs_f64());
    Ok(())
}

/// Tells how far the making has come, where it takes long enough to wonder.
fn report(progress: Progress) {
    let every = 50_000;
    match progress.stage {
        Stage::Citizens
            if progress.done.is_multiple_of(every) || progress.done % every < 1_000 && progress.done > every =>
        {
            eprintln!("skranke-server: {} of {} citizens", progress.done, progress.total);
        }
        Stage::Finishing if progress.total > every => eprintln!("skranke-server: putting the database in order"),
        _ => {}
    }
}

/// The tokens in a file; none when it is not there yet.
fn read_tokens(path: &Path) -> Result<Option<PersonaTokens>, Failure> {
    let wrong = |why: String| Failure::Use(format!("the token file {} cannot be used: {why}", path.display()));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let file: TokenFile =
        serde_json::from_str(&text).map_err(|error| wrong(format!("line {}: {error}", error.line())))?;
    Ok(Some(file.tokens))
}

/// Writes the file beside its place and moves it there, so that nobody reads half of it.
fn write_tokens(path: &Path, file: &TokenFile) -> Result<(), Failure> {
    let wrong =
        |error: std::io::Error| Failure::Use(format!("the token file {} cannot be written: {error}", path.display()));
    let mut text = serde_json::to_vec_pretty(file).map_err(|error| wrong(error.into()))?;
    text.push(b'\n');
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    // What a run of the same number left half-written is no loss.
    let _ = std::fs::remove_file(&beside);
    skranke_server::seal::write_private(&beside, &text).map_err(wrong)?;
    std::fs::rename(&beside, path).map_err(wrong)
}

/// Ctrl-C, or SIGTERM where there is one.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
