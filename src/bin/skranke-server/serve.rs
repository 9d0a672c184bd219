//! Serving: from the command line to a service that listens. What does not live here: the tokens' file, the way of messages.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use skranke_domain::catalogue::Catalogue;
use skranke_server::training::{self, Plan, Progress, Stage};
use skranke_server::{
    Clock, Config, Database, Hosts, OidcOffice, PersonaTokens, Service, StartError, Town, TrainingFaults,
};

use crate::Failure;
use crate::messages::Messages;
use crate::tokens::{TokenFile, read_tokens, write_tokens};

/// What can be said about serving.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen; port 0 takes a free one and says which.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7420")]
    listen: SocketAddr,
    /// Where the data are: a path, sqlite://PATH or sqlite::memory:
    #[arg(long, value_name = "URL")]
    database: Option<Database>,
    /// Serve the training municipality: every citizen is invented, and without --sign-in persona tokens take the place of sign-in.
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
    #[arg(long, value_name = "FILE", requires = "training", conflicts_with = "sign_in")]
    persona_tokens: Option<PathBuf>,
    /// Who signs in, at which OpenID Connect provider and with which rights, as packaging/sign-in.toml shows. With --training the citizens are
    /// invented and the sign-in is real.
    #[arg(long, value_name = "FILE")]
    sign_in: Option<PathBuf>,
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

/// Serves until it is asked to stop.
pub async fn serve(line: Serve) -> Result<(), Failure> {
    if !line.training && line.sign_in.is_none() {
        return Err(Failure::Use(
            "say who signs in: --sign-in FILE names the office's OpenID Connect provider (packaging/sign-in.toml shows how), --training serves \
             invented citizens to anybody with a persona's token"
                .to_owned(),
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
    let mut config = match &line.sign_in {
        None => Config::training(database, catalogue, tokens.clone()),
        Some(path) => {
            let town = if line.training { Town::Training } else { Town::Real };
            let office = OidcOffice::read(path, &catalogue, town).map_err(Failure::sign_in)?;
            Config::office(database, catalogue, office, town)
        }
    };
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
    let failed = |error: training::TrainingError| Failure::Database(error.to_string());
    if line.training {
        prepare_training(&service, &line).await?;
        training::queue::begin(&service).await.map_err(failed)?;
        training::arrivals::start(&service);
        training::queue::start(&service);
    } else if training::is_generated(&service).await.map_err(failed)?.is_some() {
        // Nobody shall take invented citizens for real ones.
        return Err(Failure::Use("this database holds the training municipality: serve it with --training".to_owned()));
    }
    let base_url = format!("http://{address}");
    if let Some(path) = &line.persona_tokens {
        write_tokens(path, &TokenFile { base_url: base_url.clone(), tokens })?;
    }
    println!("listening on {base_url}");
    service.serve(listener, asked_to_stop()).await.map_err(|error| Failure::Database(error.to_string()))
}

/// The catalogue of the office, or the one that comes with the program; every mistake is told with its file and line.
pub(crate) fn catalogue(folder: Option<&Path>) -> Result<Catalogue, Failure> {
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
