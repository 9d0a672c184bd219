//! The call display of a waiting room: the real program without its window, against the real server. What does not live here: how it looks in
//! each state (its own crate).

use std::sync::Arc;

use skranke::api::tickets::{CallNextRequest, TicketRequest};
use skranke::client::{Endpoint, Fixed, Secret};
use skranke::desk::settings::Theme;
use skranke::domain::authority::Role;
use skranke::domain::queue::{TicketOrigin, Triage};
use skranke::domain::{CommandId, CounterId, LifeSituationId, SiteId, TicketId};
use skranke::ui::Clock;
use skranke::ui::display::{Display, DisplayLaunch, program};
use skranke::ui::headless::{Driver, Settings};

use crate::support::PATIENCE;
use crate::support::line::Line;
use crate::support::town::{Town, now};
use crate::support::window::zone;

fn site() -> SiteId {
    SiteId::parse("norrebro").unwrap()
}

/// A display at an address of the town.
fn display(town: &Town, url: &str) -> Driver<impl iced::Program<State = Display> + 'static> {
    let endpoint = Endpoint::new(url, Secret::new(town.tokens.display.clone())).unwrap();
    let launch = DisplayLaunch {
        doorway: Arc::new(Fixed::new(endpoint)),
        site: site(),
        theme: Theme::Dark,
        size: (1280, 720),
        clock: Clock::Still(now()),
        tz: zone(),
    };
    Driver::new(program(launch), Settings::default()).unwrap()
}

/// Somebody takes a ticket and is called to a counter; gives her number.
fn call_somebody(town: &Town, counter: &str) -> String {
    let api = town.api(Role::Clerk);
    let request = TicketRequest {
        id: TicketId::new(),
        site: site(),
        origin: TicketOrigin::Host,
        procedure: None,
        situation: Some(LifeSituationId::parse("moving").unwrap()),
        text: String::new(),
        people: 1,
        language: None,
        citizen: None,
        cases: Vec::new(),
        triage: Some(Triage::AllHere),
        private_room: false,
    };
    town.run(async {
        api.give_ticket(CommandId::new(), &request).await.unwrap();
        let call = CallNextRequest { counter: CounterId::parse(counter).unwrap() };
        api.call_next(CommandId::new(), &call).await.unwrap().ticket.expect("somebody waits").number
    })
}

#[test]
fn a_call_is_on_the_display_at_once_and_says_nothing_but_number_and_counter() {
    let town = Town::quiet();
    let mut display = display(&town, &town.base_url);
    display.wait_for("Nørrebro", PATIENCE).unwrap();
    let number = call_somebody(&town, "counter-2");
    display.wait_for(&number, PATIENCE).unwrap();
    display.wait_for("Proszę podejść do", PATIENCE).unwrap();
    let seen: Vec<String> = display.seen().iter().map(|seen| seen.text.clone()).collect();
    assert!(!seen.iter().any(|text| text.contains("Wrona") || text.contains("Flyt")), "{seen:?}");
}

#[test]
fn the_display_recovers_by_itself_after_the_server_was_away() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    let mut display = display(&town, &line.url);
    let before = call_somebody(&town, "counter-1");
    display.wait_for(&before, PATIENCE).unwrap();
    line.cut();
    display.wait_for("not up to date", PATIENCE).unwrap();
    display.wait_for(&before, PATIENCE).unwrap();
    let meanwhile = call_somebody(&town, "counter-2");
    line.mend();
    display.wait_for(&meanwhile, PATIENCE).unwrap();
    display.pump(|window| !window.state().stale, PATIENCE).unwrap();
}

#[test]
fn the_display_may_read_nothing_else() {
    let town = Town::quiet();
    let endpoint = Endpoint::new(&town.base_url, Secret::new(town.tokens.display.clone())).unwrap();
    let api = skranke::client::CaseApi::new(Arc::new(Fixed::new(endpoint)), Role::Guest);
    let refused = |error: skranke::client::ClientError| error.kind() == Some(skranke::api::ProblemKind::Forbidden);
    town.run(async {
        assert!(api.queue(&site()).await.is_err_and(refused));
        assert!(api.me().await.is_err_and(refused));
        assert!(api.board(&skranke::api::board::BoardFilter::default()).await.is_err_and(refused));
        api.display(&site()).await.unwrap();
    });
}
