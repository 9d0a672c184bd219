//! A warm hand-over, from one window to the other and back.

use skranke::desk::sheets::{HandoverSheet, Sheet, SheetKind};
use skranke::desk::{Desk, Place};
use skranke::domain::authority::Role;
use skranke::domain::handover::HandoverState;

use super::receiver;
use crate::support::SHOWCASE;
use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, sit_down};

const WHAT: &str = "Beholder Leon pladsen, når de flytter";
const REPLY: &str = "Ja, pladsen følger med fra 1. august";

fn sheet(desk: &Desk) -> Option<&HandoverSheet> {
    match desk.sheet() {
        Some(Sheet::Handover(sheet)) => Some(sheet),
        _ => None,
    }
}

#[test]
fn a_hand_over_reaches_a_colleagues_start_page_and_her_answer_comes_back_by_itself() {
    let town = Town::quiet();
    let (hers, his) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut ida = sit_down(launch(&town, hers.path(), Role::Clerk, english()));
    let mut mette = sit_down(launch(&town, his.path(), Role::Caseworker, english()));
    mette.until("her inbox", |desk| desk.inbox.handovers.value().is_some());
    let name = mette.desk().session.me.value().unwrap().name.clone();
    let to = receiver(&town, Role::Caseworker);

    // Tall, so that the whole course is in sight.
    ida.driver.resize(iced::Size::new(1440.0, 2000.0));
    ida.open_citizen(SHOWCASE).press(&["h"]).sheet_opens(SheetKind::Handover).type_text(&name.to_lowercase());
    ida.until("she is offered first", |desk| {
        let first = sheet(desk).and_then(|sheet| sheet.candidates.first());
        first.is_some_and(|first| first.receiver == to)
    });
    ida.press(&["Enter"]).until("she is chosen", |desk| sheet(desk).is_some_and(|sheet| sheet.receiver.is_some()));
    // A card that says nothing is no hand-over.
    assert!(sheet(ida.desk()).unwrap().what.is_empty(), "nothing was done yet, so nothing is filled in");
    ida.press(&["Ctrl+Enter"]).read_word("handover-nothing-said").type_text(WHAT).press(&["Ctrl+Enter"]);
    // Her unit asks before it takes over; what nobody knows is said to be not known.
    if ida.desk().sheet().is_some() {
        ida.press(&["Ctrl+U", "Ctrl+Enter"]);
    }
    ida.sheet_closes();

    // At the other window, without asking.
    mette.until("it came", |desk| desk.inbox.open(&desk.pending).any(|one| one.view.card.what == WHAT));
    assert_eq!(mette.desk().place(), Place::Start);
    mette.read(WHAT).read("Ida Mellemgaard");
    let sent =
        mette.desk().inbox.open(&mette.desk().pending).find(|one| one.view.card.what == WHAT).unwrap().view.clone();
    assert!(
        !sent.card.missing.is_empty() && !sent.card.promised.is_empty(),
        "the card says what is missing and promised"
    );
    for _ in 0..20 {
        let desk = mette.desk();
        if desk.inbox.active(&desk.pending).is_some_and(|one| one.view.id == sent.id) {
            break;
        }
        mette.press(&["Down"]);
    }
    mette.press(&["a"]);
    let state = |desk: &Desk| {
        let known = desk.citizen()?.handovers.value()?;
        known.iter().find(|one| one.id == sent.id).map(|one| one.state)
    };
    ida.until("she has it", |desk| state(desk) == Some(HandoverState::Accepted));
    let taken = ida.sentence("citizen-handover-accepted", &[("who", name.clone().into())]);
    ida.read(&taken);

    mette.press(&["d"]).until("an answer is asked for", |desk| desk.inbox.replying.is_some());
    mette.type_text(REPLY).press(&["Ctrl+Enter"]);
    ida.until("the answer", |desk| state(desk) == Some(HandoverState::Done));
    let done = ida.sentence("citizen-handover-done", &[("who", name.into())]);
    ida.read(&done).read(REPLY);
    let kept = town.run(async {
        let all = town.api(Role::Clerk).handovers_of(town.showcase().await, &purpose()).await.unwrap();
        all.items.into_iter().find(|one| one.id == sent.id).unwrap()
    });
    assert_eq!(ida.desk().pending.refused() + mette.desk().pending.refused(), 0);
    assert_eq!((kept.state, kept.reply.as_deref()), (HandoverState::Done, Some(REPLY)));
}
