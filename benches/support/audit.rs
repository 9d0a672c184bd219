//! The audit log: how many records a second are committed before their answers leave, and how fast a whole log is verified.

use std::sync::Arc;
use std::time::{Duration, Instant};

use skranke::api::audit::AuditAction;
use skranke::domain::{CitizenId, StaffId};
use skranke::server::audit::reading::Log;
use skranke::server::audit::{Auditor, Chain, Entry};
use skranke::server::auth::colleague;
use skranke::server::clock::Ticker;
use skranke::server::seal::Secret;
use skranke::server::store::Store;
use skranke::server::{Clock, Database};

use super::{Trouble, report};

/// How many requests are answered at the same time.
const AT_ONCE: usize = 64;
/// How many records each of them writes, one after another.
const EACH: usize = 250;
/// How often the log is verified.
const ROUNDS: usize = 5;

pub fn figures() -> Result<(), Trouble> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("log.db");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let key = Secret::at(&folder.path().join("log.db.key"))?;
        let store = Store::open(&Database::File(path.clone())).await?;
        let chain = Chain::new(&key, Arc::new(Ticker::new(Clock::System)));
        for at_once in [1, AT_ONCE] {
            let auditor = Auditor::start(store.clone(), chain.clone());
            let began = Instant::now();
            let writers: Vec<_> = (0..at_once).map(|_| tokio::spawn(write(auditor.clone()))).collect();
            let mut waits = Vec::new();
            for writer in writers {
                waits.extend(writer.await?.map_err(|_| "the log cannot be written")?);
            }
            let took = began.elapsed().as_secs_f64();
            let records = at_once * EACH;
            println!(
                "records written before their answers, {at_once:>2} at once: {:>9.0} a second",
                records as f64 / took
            );
            report(&format!("waiting for the log, {at_once} at once"), "-", waits);
        }
        chain.seal(&store).await?;
        store.close().await;
        let mut times = Vec::new();
        let mut records = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            records = Log::open(&path, None).await?.verify(&[]).await?.records;
            times.push(began.elapsed());
        }
        times.sort_unstable();
        let middle = times[ROUNDS / 2].as_secs_f64();
        println!("records verified ({records} in the log): {:>9.0} a second", records as f64 / middle);
        report("verifying the whole log", "-", times);
        Ok(())
    })
}

/// One request after another; gives how long each waited for the log.
async fn write(auditor: Auditor) -> Result<Vec<Duration>, skranke::server::problem::Refusal> {
    let person = colleague(StaffId::new(), "Anne Prøvegaard");
    let mut waits = Vec::with_capacity(EACH);
    for _ in 0..EACH {
        let began = Instant::now();
        auditor.record(Entry::new(&person, AuditAction::OpenCitizen).citizen(CitizenId::new())).await?;
        waits.push(began.elapsed());
    }
    Ok(waits)
}
