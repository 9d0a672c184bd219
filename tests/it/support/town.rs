//! A training town: the real server over a real SQLite file, generated once a test run and copied for each test.

use std::fs;
use std::future::Future;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use skranke::api::Purpose;
use skranke::api::cases::ContactView;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::overview::{Answer, CaseRow};
use skranke::api::purpose::PurposeKind;
use skranke::client::{CaseApi, CaseQuery, Endpoint, Fixed, Secret};
use skranke::domain::authority::Role;
use skranke::domain::catalogue::Catalogue;
use skranke::domain::{CaseId, CitizenId, SessionId};
use skranke::server::training::{Plan, generate};
use skranke::server::{Clock, Config, Database, PersonaTokens, Service, TrainingFaults};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::raw::Raw;
use super::{CITIZENS, NOW, SEED, SHOWCASE};

/// A served town. It ends when dropped.
pub struct Town {
    pub base_url: String,
    pub tokens: PersonaTokens,
    pub service: Service,
    runtime: Option<tokio::runtime::Runtime>,
    stop: Option<oneshot::Sender<()>>,
    ended: Option<JoinHandle<()>>,
    config: Config,
    _folder: TempDir,
}

/// The moment at which towns stand still.
pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// Why somebody is opened in these tests: her ticket's number is reason enough, also of somebody who is protected.
pub fn purpose() -> Purpose {
    Purpose::noted(PurposeKind::Ticket, Some("K 047".to_owned()))
}

fn catalogue() -> Arc<Catalogue> {
    static CATALOGUE: OnceLock<Arc<Catalogue>> = OnceLock::new();
    CATALOGUE.get_or_init(|| Arc::new(Catalogue::builtin().expect("the catalogue of the house is in order"))).clone()
}

fn config(database: PathBuf, tokens: PersonaTokens, faults: TrainingFaults) -> Config {
    let mut config = Config::training(Database::File(database), catalogue(), tokens);
    config.clock = Clock::Fixed(now());
    config.faults = faults;
    config
}

/// The catalogue of the house, to be changed by a test.
pub fn own_catalogue() -> Catalogue {
    (*catalogue()).clone()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A generated town on disk, closed.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let database = folder.path().join("town.db");
            // A thread of its own: a test may already be inside a runtime.
            std::thread::spawn(move || {
                runtime().block_on(async {
                    let service =
                        skranke::server::open(config(database, PersonaTokens::random(), TrainingFaults::none()))
                            .await
                            .unwrap();
                    let today = now().to_zoned(super::window::zone()).date();
                    generate(&service, Plan { seed: SEED, citizens: CITIZENS, today }, |_| {}).await.unwrap();
                    service.close().await;
                });
            })
            .join()
            .unwrap();
            folder
        })
        .path()
}

/// Copies what lies in a folder into another that is there.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Opens a service and serves it, until the sender goes.
async fn served(config: Config, address: &str) -> (Service, SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let service = skranke::server::open(config).await.unwrap();
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = service.clone();
    let ended = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        serving.serve(listener, stopped).await.unwrap();
    });
    (service, address, stop, ended)
}

impl Town {
    /// A town whose departments all answer at once.
    pub fn quiet() -> Self {
        Self::with(TrainingFaults::none())
    }

    /// A town as clerks train in it: one department is late, one is down.
    pub fn usual() -> Self {
        Self::with(TrainingFaults::training())
    }

    /// A town with faults of one's own choice.
    pub fn with(faults: TrainingFaults) -> Self {
        Self::serve(faults, catalogue())
    }

    /// A quiet town that was made under the catalogue of the house and goes on under another one.
    pub fn under(catalogue: Catalogue) -> Self {
        Self::serve(TrainingFaults::none(), Arc::new(catalogue))
    }

    fn serve(faults: TrainingFaults, catalogue: Arc<Catalogue>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(template(), folder.path());
        let tokens = PersonaTokens::random();
        let database = folder.path().join("town.db");
        let runtime = runtime();
        let config = Config { catalogue, ..config(database, tokens.clone(), faults) };
        let (service, address, stop, ended) = runtime.block_on(served(config.clone(), "127.0.0.1:0"));
        let base_url = format!("http://{address}");
        let (stop, ended) = (Some(stop), Some(ended));
        Self { base_url, tokens, service, runtime: Some(runtime), stop, ended, config, _folder: folder }
    }

    /// Ends the server and starts it anew on the same database, at the same address; its clock stands at this moment.
    pub fn restart(&mut self, at: Timestamp) {
        drop(self.stop.take());
        let (ended, config) = (self.ended.take().unwrap(), self.config.clone());
        let address = self.base_url.trim_start_matches("http://").to_owned();
        let (service, _, stop, ended) = self.run(async move {
            tokio::time::timeout(super::PATIENCE, ended).await.expect("it ends in time").unwrap();
            served(config, &address).await
        });
        service.move_clock(at);
        (self.service, self.stop, self.ended) = (service, Some(stop), Some(ended));
    }

    /// Runs something against the town to its end.
    pub fn run<F: Future>(&self, work: F) -> F::Output {
        self.runtime.as_ref().unwrap().block_on(work)
    }

    /// The real client as a persona uses it.
    pub fn api(&self, role: Role) -> CaseApi {
        CaseApi::new(Arc::new(self.doorway()), role)
    }

    /// The way to the town for all personas.
    pub fn doorway(&self) -> Fixed {
        self.doorway_at(&self.base_url)
    }

    /// The way to the town by another address.
    pub fn doorway_at(&self, url: &str) -> Fixed {
        let endpoint = |role: &Role| {
            let token = Secret::new(self.tokens.of(*role));
            (*role, Endpoint::new(url, token).unwrap())
        };
        Fixed::personas(Role::ALL.iter().map(endpoint).collect())
    }

    /// Plain HTTP as a persona.
    pub fn raw(&self, role: Role) -> Raw {
        Raw::new(&self.base_url, Some(self.tokens.of(role)))
    }

    /// Plain HTTP as nobody.
    pub fn stranger(&self) -> Raw {
        Raw::new(&self.base_url, None)
    }

    /// Plain HTTP as the self-service through which citizens send.
    pub fn self_service(&self) -> Raw {
        Raw::new(&self.base_url, Some(&self.tokens.self_service))
    }

    /// The citizens that a name finds, as the team leader sees them.
    pub async fn find(&self, name: &str) -> Vec<CitizenId> {
        let question = SearchRequest {
            kind: QueryKind::Name,
            query: name.to_owned(),
            purpose: purpose(),
            session: SessionId::new(),
            limit: 20,
            born: None,
        };
        self.api(Role::TeamLeader).search(&question).await.unwrap().hits.into_iter().map(|hit| hit.citizen).collect()
    }

    /// The first citizen whom a whole name finds.
    pub async fn named(&self, name: &str) -> CitizenId {
        *self.find(name).await.first().unwrap_or_else(|| panic!("nobody is called {name}"))
    }

    /// Everything the server keeps of somebody's contacts, newest first, as a role sees it.
    pub async fn contacts_of(&self, citizen: CitizenId, role: Role) -> Vec<ContactView> {
        self.api(role).contacts(citizen, &purpose(), None).await.unwrap().items
    }

    /// The open cases of somebody, as a role sees them.
    pub async fn cases_of(&self, citizen: CitizenId, role: Role) -> Vec<CaseRow> {
        let query =
            CaseQuery { citizen: Some(citizen), limit: Some(200), purpose: Some(purpose()), ..CaseQuery::default() };
        self.api(role).cases(&query, None).await.unwrap().items
    }

    /// The citizen that every town has.
    pub async fn showcase(&self) -> CitizenId {
        self.find(SHOWCASE).await[0]
    }

    /// The cases of the citizen that every town has, as a role sees them.
    pub async fn showcase_cases(&self, role: Role) -> Vec<CaseRow> {
        let overview = self.api(role).overview(self.showcase().await, &purpose()).await.unwrap();
        let cases = |answer| match answer {
            Answer::Answered { cases, .. } | Answer::Stale { cases, .. } => cases,
            Answer::Unavailable { .. } | Answer::Withheld => Vec::new(),
        };
        overview.sections.into_iter().flat_map(|section| cases(section.answer)).collect()
    }

    /// Her registration as an EU citizen with work: the case that these tests judge and book.
    pub async fn registration(&self) -> CaseId {
        let cases = self.showcase_cases(Role::Clerk).await;
        cases.iter().find(|case| case.procedure.as_str() == "cpr-eu-employee").expect("her registration").id
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
