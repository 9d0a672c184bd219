//! What the figures share: measuring, printing, a municipality to measure on.

pub mod audit;
pub mod board;
pub mod case;
pub mod frames;
pub mod overview;
pub mod queue;
pub mod search;
pub mod slots;
pub mod start;
pub mod upload;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke::client::endpoint::{Endpoint, Fixed, Secret};
use skranke::domain::authority::Role;
use skranke::domain::catalogue::Catalogue;
use skranke::server::training::{self, Plan};
use skranke::server::{Clock, Config, Database, PersonaTokens, TrainingFaults};

/// The moment the municipality is made for.
const MOMENT: &str = "2026-06-09T10:06:00+02:00";
/// The seed of the municipality.
const SEED: u64 = 2005;

/// Why a figure could not be taken.
pub type Trouble = Box<dyn std::error::Error>;

/// Prints the middle, the 95th percentile and the extremes of some measurements beside the target.
pub fn report(name: &str, target: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1))).copied();
    let ms =
        |time: Option<Duration>| time.map_or_else(|| "-".to_owned(), |t| format!("{:.2} ms", t.as_secs_f64() * 1000.0));
    println!(
        "{name:<58} median {:>10}  p95 {:>10}  min {:>10}  max {:>10}  n {:>4}  target {target}",
        ms(at(50)),
        ms(at(95)),
        ms(times.first().copied()),
        ms(times.last().copied()),
        times.len()
    );
}

/// A folder for what is kept between runs.
pub fn kept() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench")
}

/// A running municipality.
pub struct Municipality {
    /// What it runs on.
    pub runtime: tokio::runtime::Runtime,
    /// Where it is.
    pub base_url: String,
    /// Who may enter.
    pub tokens: PersonaTokens,
}

impl Municipality {
    /// Serves a municipality of a size; it is made once and kept.
    pub fn of(citizens: u32) -> Result<Self, Trouble> {
        let folder = kept().join(format!("municipality-{citizens}"));
        std::fs::create_dir_all(&folder)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let tokens = PersonaTokens::random();
        let catalogue = Arc::new(Catalogue::builtin().map_err(|_| "the catalogue holds mistakes")?);
        let mut config = Config::training(Database::File(folder.join("training.db")), catalogue, tokens.clone());
        let moment: Timestamp = MOMENT.parse()?;
        config.clock = Clock::Fixed(moment);
        config.faults = TrainingFaults::none();
        let base_url = runtime.block_on(async {
            let service = skranke::server::open(config).await?;
            if training::is_generated(&service).await?.is_none() {
                let began = std::time::Instant::now();
                let today = moment.to_zoned(TimeZone::get(skranke::launch::TIME_ZONE)?).date();
                training::generate(&service, Plan { seed: SEED, citizens, today }, |_| {}).await?;
                println!("{citizens} citizens made in {:.1} s", began.elapsed().as_secs_f64());
            }
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
            let base_url = format!("http://{}", listener.local_addr()?);
            tokio::spawn(service.serve(listener, std::future::pending()));
            Ok::<_, Trouble>(base_url)
        })?;
        Ok(Self { runtime, base_url, tokens })
    }

    /// How a client enters.
    pub fn doorway(&self, role: Role) -> Result<Arc<Fixed>, Trouble> {
        Ok(Arc::new(Fixed::new(Endpoint::new(&self.base_url, Secret::new(self.tokens.of(role)))?)))
    }
}
