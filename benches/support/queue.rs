//! The queue of a site: what a refresh costs at 20, 100 and 300 waiting as a whole list and as one change, calling the next of 300, and how
//! long it takes from one clerk's key to another's event.

use std::time::{Duration, Instant};

use futures::StreamExt;
use skranke::api::events::EventKind;
use skranke::api::tickets::{CallNextRequest, Ticket, TicketChange, TicketRequest};
use skranke::client::http::CaseApi;
use skranke::client::{Live, events};
use skranke::domain::authority::Role;
use skranke::domain::queue::{TicketOrigin, TicketState, Triage};
use skranke::domain::{CommandId, CounterId, ProcedureId, SiteId, TicketId};

use super::{Municipality, Trouble, kept, report};

/// A municipality of its own, made anew: what waits is counted.
const CITIZENS: u32 = 77;
/// How often each is measured.
const ROUNDS: usize = 60;

pub fn figures() -> Result<(), Trouble> {
    let folder = kept().join(format!("municipality-{CITIZENS}"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let town = Municipality::of(CITIZENS)?;
    let clerk = CaseApi::new(town.doorway(Role::Clerk)?, Role::Clerk);
    let colleague = CaseApi::new(town.doorway(Role::Caseworker)?, Role::Caseworker);
    let site = SiteId::parse("norrebro")?;
    town.runtime.block_on(async {
        let mut waiting = 0;
        for goal in [20, 100, 300] {
            while waiting < goal {
                give(&clerk, &site).await?;
                waiting += 1;
            }
            refresh(&clerk, &site, goal).await?;
            change(&clerk, &site, goal).await?;
        }
        delay(&clerk, colleague, &site).await?;
        call(&clerk).await
    })
}

async fn give(api: &CaseApi, site: &SiteId) -> Result<(), Trouble> {
    let request = TicketRequest {
        id: TicketId::new(),
        site: site.clone(),
        origin: TicketOrigin::Host,
        procedure: Some(ProcedureId::parse("passport")?),
        situation: None,
        text: String::new(),
        people: 1,
        language: None,
        citizen: None,
        cases: Vec::new(),
        triage: Some(Triage::AllHere),
        private_room: false,
    };
    api.give_ticket(CommandId::new(), &request).await?;
    Ok(())
}

/// The whole list.
async fn refresh(api: &CaseApi, site: &SiteId, waiting: usize) -> Result<(), Trouble> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        api.queue(site).await?;
        times.push(began.elapsed());
    }
    report(&format!("queue: the whole list, {waiting} waiting"), "-", times);
    Ok(())
}

async fn somebody(api: &CaseApi, site: &SiteId) -> Result<Ticket, Trouble> {
    let all = api.queue(site).await?.tickets;
    all.into_iter().rev().find(|t| t.state == TicketState::Waiting).ok_or_else(|| "nobody waits".into())
}

/// One change: the deed itself, and the one ticket that everybody else asks for.
async fn change(api: &CaseApi, site: &SiteId, waiting: usize) -> Result<(), Trouble> {
    let mut ticket = somebody(api, site).await?;
    let (mut deeds, mut looks) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let private_room = !ticket.private_room;
        let began = Instant::now();
        let done =
            api.change_ticket(CommandId::new(), ticket.id, &ticket.etag, &TicketChange::Room { private_room }).await?;
        deeds.push(began.elapsed());
        let began = Instant::now();
        ticket = api.ticket(done.value.id).await?.value;
        looks.push(began.elapsed());
    }
    report(&format!("queue: a change is made, {waiting} waiting"), "-", deeds);
    report(&format!("queue: a change is fetched, {waiting} waiting"), "5 ms", looks);
    println!("    the ticket of a change: {} bytes", serde_json::to_vec(&ticket)?.len());
    Ok(())
}

/// From one clerk's key to another's event, over the real wire.
async fn delay(clerk: &CaseApi, colleague: CaseApi, site: &SiteId) -> Result<(), Trouble> {
    let mut heard = Box::pin(events(colleague));
    while !matches!(heard.next().await.ok_or("the stream ended")?, Live::Connected) {}
    let mut ticket = somebody(clerk, site).await?;
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        let change = TicketChange::Room { private_room: !ticket.private_room };
        let command = CommandId::new();
        let began = Instant::now();
        let done = clerk.change_ticket(command, ticket.id, &ticket.etag, &change);
        let hears = async {
            while let Some(live) = heard.next().await {
                if matches!(&live, Live::Event(event) if event.kind == EventKind::TicketChanged && event.commandid == Some(command))
                {
                    return Ok(began.elapsed());
                }
            }
            Err("the stream ended")
        };
        let (done, took) = futures::join!(done, hears);
        times.push(took?);
        ticket = done?.value;
    }
    report("queue: from one clerk's key to another's event", "100 ms p95", times);
    Ok(())
}

async fn call(api: &CaseApi) -> Result<(), Trouble> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let request = CallNextRequest { counter: CounterId::parse("counter-4")? };
        let began = Instant::now();
        let called = api.call_next(CommandId::new(), &request).await?;
        times.push(began.elapsed());
        let ticket = called.ticket.ok_or("nobody waits")?;
        api.change_ticket(CommandId::new(), ticket.id, &ticket.etag, &TicketChange::Noshow).await?;
    }
    report("queue: the next of 300 is called", "-", times);
    Ok(())
}
