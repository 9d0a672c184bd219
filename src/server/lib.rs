//! The reference case API: the contract of `skranke-api` over a store. What lives here: opening a service, and its parts. What does not:
//! the contract itself, the rules of the domain, reading command lines.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use skranke_domain::catalogue::Catalogue;
use skranke_domain::figures::{FigureRules, RulesError};
use tokio_util::sync::CancellationToken;

pub mod audit;
pub mod auth;
pub mod clock;
pub mod departments;
pub mod events;
pub mod extract;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod icalendar;
pub mod idempotency;
mod letter_pdf;
mod linger;
pub mod openapi;
pub mod outbound;
pub mod policy;
pub mod problem;
pub mod retention;
pub mod routes;
pub mod seal;
pub mod statistics;
pub mod store;
pub mod training;
#[cfg(test)]
mod trials;

pub use auth::{Auth, OfficeError, OidcOffice, PersonaTokens, Town};
pub use clock::Clock;
pub use departments::faults::TrainingFaults;
pub use openapi::openapi_json;
pub use store::{Database, set_aside};

/// The largest body, in bytes.
pub const BODY_LIMIT: usize = 64 * 1024;
/// How long the answers to changes can be given again.
const ANSWERS_KEPT_DAYS: i64 = 30;
/// How long an upload can be resumed.
const UPLOADS_KEPT_DAYS: i64 = 30;
/// How long events can be resumed from.
const EVENTS_KEPT_DAYS: i64 = 30;

/// How often a served service looks whether a time is held no longer.
const LET_GO_EVERY: Duration = Duration::from_secs(20);

/// How often a served service looks whether reminders are due.
const REMIND_EVERY: Duration = Duration::from_secs(60 * 60);

/// How often a served service writes down how far its log has come.
const MARK_EVERY: Duration = Duration::from_secs(15 * 60);

/// How often a served service deletes what has been kept long enough.
const RETAIN_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// Which `Host` headers are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// The loopback's names alone: a web page that points its own name at this machine gets nothing.
    Loopback,
    /// Any: something in front checks them.
    Any,
}

/// How a service is opened.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the data are.
    pub database: Database,
    /// Where "now" comes from.
    pub clock: Clock,
    /// What the office knows.
    pub catalogue: Arc<Catalogue>,
    /// How persons sign in.
    pub auth: Auth,
    /// Departments that misbehave, for training.
    pub faults: TrainingFaults,
    /// How long a department may take to answer.
    pub department_limit: Duration,
    /// Which `Host` headers are answered.
    pub hosts: Hosts,
    /// The largest body, in bytes.
    pub body_limit: usize,
    /// How messages leave the house.
    pub way: outbound::Way,
}

impl Config {
    /// The usual training service: loopback only, system clock, the training municipality's faults.
    #[must_use]
    pub fn training(database: Database, catalogue: Arc<Catalogue>, tokens: PersonaTokens) -> Self {
        Self {
            database,
            clock: Clock::System,
            catalogue,
            auth: Auth::Training { tokens },
            faults: TrainingFaults::training(),
            department_limit: departments::gather::TIME_LIMIT,
            hosts: Hosts::Loopback,
            body_limit: BODY_LIMIT,
            way: outbound::Way::Folder,
        }
    }

    /// The service of an office whose staff sign in at a provider. In a training municipality the loopback alone is answered, as ever; a real
    /// office's is reached by the name that stands in front of it.
    #[must_use]
    pub fn office(database: Database, catalogue: Arc<Catalogue>, office: OidcOffice, town: Town) -> Self {
        let usual = Self::training(database, catalogue, PersonaTokens::random());
        let auth = Auth::Oidc(office);
        match town {
            Town::Training => Self { auth, ..usual },
            Town::Real => Self { auth, faults: TrainingFaults::none(), hosts: Hosts::Any, ..usual },
        }
    }
}

/// Why a service does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database file is damaged: see [`set_aside`].
    #[error("the database {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Database(store::StoreError),
    /// The folder beside the database in which documents lie cannot be used.
    #[error("the folder for documents cannot be used: {0}")]
    Documents(std::io::Error),
    /// The key beside the database cannot be used.
    #[error(transparent)]
    Key(#[from] seal::KeyFileError),
    /// The rules of the figures cannot be used.
    #[error(transparent)]
    Figures(#[from] RulesError),
    /// A route has no row in the policy table, or a row has no route.
    #[error("the policy table does not fit the routes: {0}")]
    Policy(String),
    /// Messages could not leave the house.
    #[error(transparent)]
    Messages(#[from] outbound::WayError),
    /// The address cannot be served.
    #[error("the address cannot be served: {0}")]
    Serve(#[from] std::io::Error),
}

/// What the routes work with.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of a running service.
pub struct Inner {
    pub(crate) store: store::Store,
    pub(crate) clock: Arc<clock::Ticker>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) figures: FigureRules,
    pub(crate) procedures: Arc<store::meta::Procedures>,
    pub(crate) door: auth::Doorkeeper,
    pub(crate) chain: audit::Chain,
    pub(crate) auditor: audit::Auditor,
    pub(crate) query_key: seal::Secret,
    pub(crate) feed_key: seal::Secret,
    pub(crate) sender: Arc<dyn outbound::Sender>,
    pub(crate) sealer: seal::Sealer,
    pub(crate) vocabulary: store::search::Vocabulary,
    pub(crate) board: store::board::Board,
    pub(crate) bell: events::Bell,
    /// Who books waits here, in the order of asking: however many want the same times, the one writer is asked by one of them at a time.
    pub(crate) booking: tokio::sync::Mutex<()>,
    pub(crate) blobs: Arc<dyn store::blobs::BlobStore>,
    pub(crate) turns: store::blobs::Turns,
    pub(crate) presence: routes::casework::presence::Present,
    pub(crate) stands: routes::stands::Watched,
    pub(crate) departments: departments::Register,
    pub(crate) hosts: Hosts,
    pub(crate) body_limit: usize,
    pub(crate) openapi: String,
    pub(crate) stop: CancellationToken,
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// An open service: serve it, or call its router in a test.
#[derive(Clone)]
pub struct Service {
    app: App,
}

/// Opens a service: migrates the database, remembers the catalogue's procedures, checks the policy table, opens the log.
///
/// # Errors
/// [`StartError`] says what stands in the way.
pub async fn open(config: Config) -> Result<Service, StartError> {
    let failed = |error: store::StoreError| match config.database.file() {
        Some(path) if error.is_damage() => StartError::Damaged { path: path.to_owned() },
        _ => StartError::Database(error),
    };
    openapi::check_policy().map_err(StartError::Policy)?;
    let master = match config.database.file() {
        None => seal::Secret::random(),
        Some(path) => {
            let mut key = path.as_os_str().to_owned();
            key.push(".key");
            seal::Secret::at(&PathBuf::from(key))?
        }
    };
    let store = store::Store::open(&config.database).await.map_err(failed)?;
    let clock = Arc::new(clock::Ticker::new(config.clock));
    let procedures = prepare(&store, &clock, &config.catalogue).await.map_err(failed)?;
    let procedures = Arc::new(procedures);
    let blobs: Arc<dyn store::blobs::BlobStore> =
        Arc::new(store::blobs::Files::beside(&config.database).map_err(StartError::Documents)?);
    forget_unfinished(&store, &clock, &*blobs).await.map_err(failed)?;
    outbound::resume(&store).await.map_err(failed)?;
    let sender = config.way.sender(&config.database)?;
    let chain = audit::Chain::new(&master, Arc::clone(&clock));
    chain.seal_left(&store).await.map_err(failed)?;
    let auditor = audit::Auditor::start(store.clone(), chain.clone());
    let register = departments::Register::new(
        config
            .catalogue
            .departments
            .iter()
            .filter(|d| routes::overview::ASKED.contains(&d.id.as_str()))
            .map(|d| {
                let own = departments::own::OwnStore::new(d.clone(), store.clone(), Arc::clone(&procedures));
                config.faults.wrap(Arc::new(own), Arc::clone(&clock))
            })
            .collect(),
        config.department_limit,
    );
    let inner = Inner {
        door: auth::Doorkeeper::new(&config.auth),
        query_key: master.derive("typed queries"),
        feed_key: master.derive("calendar feeds"),
        sender,
        sealer: seal::Sealer::new(&master),
        store,
        clock,
        catalogue: config.catalogue,
        figures: FigureRules::builtin()?,
        procedures,
        chain,
        auditor,
        vocabulary: store::search::Vocabulary::default(),
        board: store::board::Board::default(),
        bell: events::Bell::default(),
        booking: tokio::sync::Mutex::new(()),
        blobs,
        turns: store::blobs::Turns::default(),
        presence: routes::casework::presence::Present::default(),
        stands: routes::stands::Watched::default(),
        departments: register,
        hosts: config.hosts,
        body_limit: config.body_limit,
        openapi: openapi_json(),
        stop: CancellationToken::new(),
    };
    Ok(Service { app: App(Arc::new(inner)) })
}

async fn prepare(
    store: &store::Store,
    clock: &clock::Ticker,
    catalogue: &Catalogue,
) -> store::Result<store::meta::Procedures> {
    let mut tx = store.begin().await?;
    let procedures = store::meta::remember_procedures(&mut tx, &catalogue.procedures).await?;
    let days_ago = |days: i64| clock::from_micros(clock.now().as_microsecond() - days * 86_400_000_000);
    store::commands::expire(&mut tx, days_ago(ANSWERS_KEPT_DAYS)).await?;
    store::events::forget(&mut tx, days_ago(EVENTS_KEPT_DAYS)).await?;
    store::board::forget(&mut tx).await?;
    tx.commit().await?;
    Ok(procedures)
}

/// Drops uploads that nobody came back for.
async fn forget_unfinished(
    store: &store::Store,
    clock: &clock::Ticker,
    blobs: &dyn store::blobs::BlobStore,
) -> store::Result<()> {
    let before = clock::from_micros(clock.now().as_microsecond() - UPLOADS_KEPT_DAYS * 86_400_000_000);
    let mut tx = store.begin().await?;
    for (no, id) in store::documents::unfinished_before(&mut tx, before).await? {
        store::documents::drop_unfinished(&mut tx, no).await?;
        if let Err(error) = blobs.forget(id).await {
            tracing::warn!(%error, "the bytes of an unfinished document stay");
        }
    }
    Ok(tx.commit().await?)
}

/// Sends reminders as their days come, until the service stops. What fails is tried again at the next hour.
async fn remind(app: App) {
    let mut hour = tokio::time::interval(REMIND_EVERY);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = hour.tick() => {}
        }
        if routes::requests::remind_due(&app, app.clock.today()).await.is_err() {
            tracing::warn!("reminders could not be sent; they are tried again in an hour");
        }
        if routes::messages::expiry_due(&app, app.clock.today()).await.is_err() {
            tracing::warn!("what runs out could not be told; it is tried again in an hour");
        }
    }
}

/// Gives held times back as they run out, until the service stops. Nobody waits for it: whoever looks for a time sees past them.
async fn let_go(app: App) {
    let mut soon = tokio::time::interval(LET_GO_EVERY);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = soon.tick() => {}
        }
        if routes::holds::sweep_due(&app).await.is_err() {
            tracing::warn!("times that are held no longer could not be given back; it is tried again soon");
        }
    }
}

/// Writes down how far the log has come, until the service stops: nothing before the last head can be cut off unseen.
async fn mark(app: App) {
    let mut quarter = tokio::time::interval(MARK_EVERY);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = quarter.tick() => {}
        }
        if let Err(error) = app.chain.mark(&app.store).await {
            tracing::warn!(%error, "the log's head could not be written; it is tried again in a quarter of an hour");
        }
    }
}

/// Deletes what has been kept long enough: at the start and once a day, until the service stops.
async fn retain(app: App) {
    let mut day = tokio::time::interval(RETAIN_EVERY);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = day.tick() => {}
        }
        match retention::run(&app, retention::Terms::default(), audit::retention::Mode::ForReal).await {
            Ok(done) if done.is_empty() => {}
            Ok(done) => tracing::info!(
                records = done.log.records,
                cases = done.cases_deleted(),
                "what was kept long enough is deleted"
            ),
            Err(error) => tracing::error!(%error, "nothing could be deleted that was kept long enough"),
        }
    }
}

impl App {
    /// Seals the log of this process and closes the database.
    async fn end(&self) {
        if let Err(error) = self.chain.seal(&self.store).await {
            tracing::warn!(%error, "the log could not be sealed; the next start does it");
        }
        self.store.close().await;
    }

    /// Reads the board's table, so that the first to ask does not wait for it. What fails here fails again, and is told, when somebody asks.
    async fn warm(&self) {
        let Ok(mut conn) = self.store.read().await else { return };
        if let Err(error) = self.board.now(&mut conn, self.clock.today()).await {
            tracing::warn!(%error, "the board cannot be read ahead");
        }
    }
}

impl Service {
    /// The service as an axum router.
    pub fn router(&self) -> axum::Router {
        routes::router(self.app.clone())
    }

    /// Serves on a listener until `shutdown` is done, then ends the event streams, lets running answers finish and closes the database.
    ///
    /// # Errors
    /// [`StartError::Serve`] when the listener fails.
    pub async fn serve(
        self,
        listener: tokio::net::TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), StartError> {
        let stop = self.app.stop.clone();
        let router = self.router();
        let warming = self.app.clone();
        tokio::spawn(async move { warming.warm().await });
        tokio::spawn(remind(self.app.clone()));
        tokio::spawn(let_go(self.app.clone()));
        tokio::spawn(auth::keep_keys(self.app.clone()));
        tokio::spawn(mark(self.app.clone()));
        tokio::spawn(retain(self.app.clone()));
        tokio::spawn(outbound::run(self.app.clone(), Arc::clone(&self.app.sender)));
        axum::serve(listener, router.into_make_service_with_connect_info::<std::net::SocketAddr>())
            .with_graceful_shutdown(async move {
                shutdown.await;
                stop.cancel();
            })
            .await?;
        self.app.end().await;
        Ok(())
    }

    /// Closes the database of a service that was never served.
    pub async fn close(self) {
        self.app.stop.cancel();
        self.app.end().await;
    }

    /// Sends the reminders of letters that are due today and tells what runs out within a month, each once; gives how many. A served service
    /// does it by itself.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn remind_due(&self) -> Result<usize, problem::Refusal> {
        let letters = routes::requests::remind_due(&self.app, self.app.clock.today()).await?;
        Ok(letters + routes::messages::expiry_due(&self.app, self.app.clock.today()).await?)
    }

    /// Gives back the times that are held no longer; gives how many. A served service does it by itself.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn let_go_due(&self) -> Result<usize, problem::Refusal> {
        routes::holds::sweep_due(&self.app).await
    }

    /// Sends the messages whose time has come by the service's clock; gives how many. A served service does it by itself.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn send_due(&self) -> Result<usize, problem::Refusal> {
        outbound::deliver(&self.app, &*self.app.sender, self.app.clock.now()).await
    }

    /// Moves a service's clock that stands still ([`Clock::Fixed`]) forward to a moment; a running clock goes its own way.
    pub fn move_clock(&self, to: jiff::Timestamp) {
        self.app.clock.move_to(to);
        // Whoever waits looks at the clock again.
        self.app.bell.ring();
    }

    /// Checks the whole audit log against this process's chain key; gives how many records there are.
    ///
    /// # Errors
    /// [`audit::Broken`] names the first record that does not fit.
    pub async fn verify_audit(&self) -> Result<u64, audit::Broken> {
        let mut conn = self.app.store.read().await?;
        Ok(self.app.chain.verify(&mut conn, &[]).await?.records)
    }

    /// Deletes what has been kept long enough, or says what would be; a served service does it by itself once a day.
    ///
    /// # Errors
    /// The log does not verify, or the store cannot be written.
    pub async fn retain(
        &self,
        terms: retention::Terms,
        mode: audit::retention::Mode,
    ) -> Result<retention::Retained, retention::RetentionError> {
        retention::run(&self.app, terms, mode).await
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }
}
