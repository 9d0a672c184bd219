//! The way to the screens of signing in, of saying why, of the oversight and of a day without a line, by keys, for whoever looks at all of
//! them. What does not live here: what is looked for there (`controls`, `pictures`).

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use iced::Program;
use skranke::api::access::BreakGlassRequest;
use skranke::api::audit::AuditAction;
use skranke::api::overview::Answer;
use skranke::client::pin::PinState;
use skranke::client::sign_in::{Asking, Keeping, SignIn, SignInError, SignedIn};
use skranke::desk::oversight::OversightPage;
use skranke::desk::session::Line as DeskLine;
use skranke::desk::settings::Settings as Person;
use skranke::desk::{Desk, Place};
use skranke::domain::access::LegalBasis;
use skranke::domain::authority::Role;
use skranke::domain::{BreakGlassId, CommandId};
use skranke::ui::headless::{Driver, Settings};
use skranke::ui::i18n::{Language, Texts};
use skranke::ui::{App, Launch, Personas, program};

use super::SHOWCASE;
use super::line::Line;
use super::town::{Town, purpose};
use super::window::{Clerk, launch, sit_down};

const WHY: &str = "Hun siger, at hun ikke har noget sted at sove";
const A_LINE: &str = "Passet er udleveret, det gamle er klippet";
const PIN: &str = "2468";

/// A page, or something over it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Page,
    Over,
}

/// Who looks at each screen. She may move the keyboard, and types nothing.
pub trait Visitor {
    fn see<P: Program<State = App> + 'static>(&mut self, clerk: &mut Clerk<P>, screen: &str, layer: Layer);
}

/// A provider that is asked nothing but who it remembers.
struct Remembers(Option<SignedIn>);

#[async_trait]
impl SignIn for Remembers {
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError> {
        Ok(self.0.clone())
    }

    async fn sign_in(&self, _how: Asking) -> Result<SignedIn, SignInError> {
        std::future::pending().await
    }

    async fn sign_out(&self) -> Result<(), SignInError> {
        Ok(())
    }

    fn keeping(&self) -> Keeping {
        Keeping::Keyring
    }
}

/// A window at an office where people sign in, over a line that can be cut.
fn at_the_office(
    (town, line): (&Town, &Line),
    profile: &Path,
    person: &Person,
    provider: Remembers,
) -> Clerk<impl Program<State = App> + 'static> {
    let usual = launch(town, profile, Role::Clerk, person.clone());
    let texts = match person.language {
        skranke::desk::settings::Language::Da => Language::Danish,
        skranke::desk::settings::Language::En => Language::English,
    };
    let launch = Launch {
        doorway: Arc::new(town.doorway_at(&line.url)),
        sign_in: Some(Arc::new(provider)),
        personas: Personas::Fixed,
        ..usual
    };
    let settings = Settings { name_of: Some(skranke::ui::focus::name_of), ..Settings::default() };
    Clerk { driver: Driver::new(program(launch), settings).unwrap(), texts: Texts::of(texts) }
}

/// Before anybody has signed in.
pub fn signed_out(person: &Person, visitor: &mut impl Visitor) {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let mut clerk = at_the_office((&town, &line), profile.path(), person, Remembers(None));
    clerk.read_word("signin-lead");
    visitor.see(&mut clerk, "sign-in", Layer::Page);
}

/// A clerk's day: she is asked why, is asked what opens a department in an emergency, chooses a PIN, loses the line, locks, and reads on.
pub fn without_a_line(person: &Person, visitor: &mut impl Visitor) {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let her = SignedIn { name: "Ida Mellemgaard".into(), subject: "ida".into() };
    let mut clerk = at_the_office((&town, &line), profile.path(), person, Remembers(Some(her)));
    clerk.until("her day begins", |desk| {
        let office = !desk.session.procedures.is_empty() && !desk.session.sites.is_empty();
        desk.session.me.value().is_some() && office && desk.session.line == DeskLine::Up
    });

    clerk.find_citizen(SHOWCASE).press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    visitor.see(&mut clerk, "need", Layer::Over);
    clerk.press(&["Escape"]).until("nobody is open", |desk| desk.need().is_none());
    clerk.open_citizen(SHOWCASE).press(&["e"]).until("what opens it", |desk| desk.glass().is_some());
    visitor.see(&mut clerk, "break-glass", Layer::Over);
    clerk.press(&["Escape"]).until("nothing is opened", |desk| desk.glass().is_none());

    clerk.press(&["Ctrl+,"]).tab_to("settings/pin").press(&["Enter"]).read_word("pin-what");
    visitor.see(&mut clerk, "pin", Layer::Over);
    clerk.tab_to("pin/typed").type_text(PIN).tab_to("pin/again").type_text(PIN).press(&["Enter"]);
    clerk.until("the PIN is kept", |desk| {
        desk.sign_in.as_ref().is_some_and(|sign_in| matches!(sign_in.pin, PinState::Set { .. }))
    });

    line.cut();
    clerk.press(&["Escape"]).until("the line is lost", |desk| matches!(desk.session.line, DeskLine::Down { .. }));
    clerk.press(&["Ctrl+L"]).read_word("locked-pin-why").type_text(PIN);
    visitor.see(&mut clerk, "locked-offline", Layer::Page);
    clerk.tab_to("locked/pin").press(&["Enter"]).until("it is open", |desk| desk.lock.locked().is_none());
    clerk.press(&["F5"]).until("she is shown as old", |desk| {
        desk.citizen().is_some_and(|page| page.identity.trouble().is_some() && page.notes.trouble().is_some())
    });
    visitor.see(&mut clerk, "offline", Layer::Page);
}

/// What she wrote and nobody has yet. It waits for how the visit ended: what is tried again and again would tell the machine's own time.
pub fn unsent(person: &Person, visitor: &mut impl Visitor) {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    town.run(skranke::server::training::queue::begin(&town.service)).unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, person.clone()));
    ida.press(&["Ctrl+1"]).until("a visit that is not wrapped up", |desk| desk.serving.wrap_up().is_some());
    ida.press(&["j"]).type_text(A_LINE).until("it lies on the disk", |desk| {
        desk.pending.entries.iter().any(|entry| entry.draft.body["text"] == A_LINE)
    });
    // From the middle of her line: the key leads there, and its digit is not written into what she said.
    ida.press(&["Ctrl+6"]).until("the outbox", |desk| desk.place() == Place::Outbox).read(A_LINE);
    assert!(!ida.everything().contains(&format!("{A_LINE}6")), "the key wrote nothing");
    visitor.see(&mut ida, "outbox", Layer::Page);
}

/// What a clerk did one thing after the other, so that the log has it in this order: she opened what a department withholds in an emergency.
async fn an_emergency(town: &Town) {
    let (ida, her) = (town.api(Role::Clerk), town.showcase().await);
    let overview = ida.overview(her, &purpose()).await.unwrap();
    let withheld = overview.sections.into_iter().find(|section| matches!(section.answer, Answer::Withheld));
    let request = BreakGlassRequest {
        // It stands in the record that is drawn.
        id: serde_json::from_str::<BreakGlassId>("\"018cc251-f400-7000-8000-5ca500000026\"").unwrap(),
        department: withheld.expect("one department keeps its cases from a clerk").department,
        reason: WHY.to_owned(),
        basis: LegalBasis::VitalInterest,
    };
    ida.break_glass(her, &request, CommandId::new()).await.unwrap();
    ida.overview(her, &purpose()).await.unwrap();
}

fn oversight(desk: &Desk) -> &OversightPage {
    desk.oversight.as_ref().expect("the leader has the oversight")
}

/// The team leader's pages after an emergency that nobody has reviewed.
pub fn the_oversight(person: &Person, visitor: &mut impl Visitor) {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    town.run(an_emergency(&town));
    let mut grethe = sit_down(launch(&town, profile.path(), Role::TeamLeader, person.clone()));
    let chosen = |desk: &Desk| oversight(desk).log.record().map(|record| record.action);
    grethe.press(&["Ctrl+8"]).until("the log", |desk| desk.oversight.is_some() && chosen(desk).is_some());
    // What her own window asked came at once and in any order; the clerk's deeds are those that are looked at.
    for _ in 0..oversight(grethe.desk()).log.records.value().map_or(0, Vec::len) {
        if chosen(grethe.desk()) != Some(AuditAction::BreakGlass) {
            grethe.press(&["Down"]);
        }
    }
    grethe.press(&["k"]).until("the clerk's deeds", |desk| {
        let log = &oversight(desk).log;
        let all = log.records.value().map_or(&[][..], Vec::as_slice);
        all.len() > 1 && all.iter().all(|record| Some(record.staff) == log.filter.staff)
    });
    visitor.see(&mut grethe, "oversight-log", Layer::Page);
    let lines = |desk: &Desk| oversight(desk).log.records.value().map(Vec::len);
    grethe.press(&["r"]).until("nothing that was refused", |desk| lines(desk) == Some(0));
    visitor.see(&mut grethe, "oversight-none", Layer::Page);
    grethe.press(&["r"]).until("all of them again", |desk| lines(desk).is_some_and(|lines| lines > 1));
    grethe.tab_to("oversight/list").press(&["Enter"]).until("all of a record", |desk| oversight(desk).log.opened);
    visitor.see(&mut grethe, "oversight-record", Layer::Page);

    grethe.press(&["2"]).until("the emergency", |desk| oversight(desk).unreviewed() == 1).read(WHY);
    visitor.see(&mut grethe, "oversight-emergencies", Layer::Page);
    grethe.press(&["j"]).until("the review", |desk| oversight(desk).review.is_some());
    visitor.see(&mut grethe, "oversight-review", Layer::Over);
    grethe.press(&["Escape"]).until("nothing is reviewed", |desk| oversight(desk).review.is_none());

    grethe.press(&["3"]).until("who may what", |desk| oversight(desk).rights.value().is_some());
    visitor.see(&mut grethe, "oversight-rights", Layer::Page);
    grethe.press(&["l"]).until("the question", |desk| oversight(desk).locking.is_some());
    visitor.see(&mut grethe, "oversight-lock", Layer::Over);
    grethe.press(&["Escape"]).until("nobody is locked", |desk| oversight(desk).locking.is_none());
}
