//! Who waits for an earlier time: the list at a site, who fits a time that became free, a wish made and ended. What does not live here: who
//! fits best (the server's), the booking that comes of it (`booking`).

use jiff::ToSpan;
use serde::{Deserialize, Serialize};
use skranke_api::ETag;
use skranke_api::appointments::NewTime;
use skranke_api::paths;
use skranke_api::visits::{Fit, WaitingChange, WaitingRequest, WaitingView};
use skranke_client::http::WaitingOf;
use skranke_client::outbox::{Basis, Deed, Draft, FieldKey, Label, Place};
use skranke_domain::appointment::{RebookCause, WaitingState};
use skranke_domain::{AppointmentId, Localized, SiteId, WaitingId};

use super::CalendarPage;
use super::booking::{BookingFor, FITS, WAITING};
use crate::acting::Acting;
use crate::ask::{Question, VisitQuestion, VisitReply};
use crate::citizen::Step;
use crate::effect::Effect;
use crate::load::Load;
use jiff::Timestamp;

/// How many of those who fit are offered: they stand on the keys `1`–`3`.
pub const FITTING: usize = 3;
/// Any time before this many days is earlier than none.
const WITHIN_DAYS: i64 = 60;

/// A wish that ends with the booking which fulfils it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Which.
    pub id: WaitingId,
    /// Its version.
    pub seen: ETag,
}

impl Wish {
    /// It is fulfilled by an appointment that is booked in the same breath.
    pub(super) fn taken(&self, what: &BookingFor, by: AppointmentId, acting: Acting<'_>) -> Option<Effect> {
        let label = label(what.citizen_name.clone(), Deed::EarlierTimeEnded, what.title.clone());
        let change = WaitingChange { state: WaitingState::Taken };
        let of = (paths::waiting(self.id), FieldKey::new("state"));
        let draft = Draft::change(acting.author(what.citizen)?, of, Basis::Version(self.seen.clone()), &change, label);
        Some(Effect::Enqueue(Box::new(draft.ok()?.behind(paths::appointment(by)))))
    }
}

/// The waiting list while it is open.
#[derive(Clone, Debug)]
pub struct WaitingPanel {
    /// Whose list.
    pub site: SiteId,
    /// Who waits.
    pub list: Load<Vec<WaitingView>>,
    /// The time that became free, while it is offered.
    pub freed: Option<NewTime>,
    /// Who fits it, best first.
    pub fits: Load<Vec<Fit>>,
    /// The wish that the keys act on.
    pub active: usize,
    /// Wishes that were ended here: they no longer stand in the list, though the server may not know yet.
    ended: Vec<WaitingId>,
}

/// What happens with the waiting list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingInput {
    /// Open the list (`E`), or close it.
    Toggle,
    /// The wish below or above.
    Step(Step),
    /// This wish is the one that the keys act on.
    Choose(usize),
    /// She no longer wants an earlier time (`Del`).
    Withdraw,
    /// Begin the booking of somebody who fits the time that became free (`1`–`3`), counted from 0.
    Begin(usize),
    /// She waits for an earlier time: the citizen of the booking that has no time yet, else of the chosen appointment.
    Wish,
    /// Make a calendar feed, open or close its panel.
    Feed(FeedStep),
}

/// What happens with the calendar feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedStep {
    /// Open its panel, or close it.
    Toggle,
    /// Make one; the one before becomes void.
    Make,
}

fn label(citizen_name: String, deed: Deed, about: Option<Localized>) -> Label {
    Label::Deed { citizen_name, deed, about, text: String::new() }
}

/// A wish for an earlier time, on its way to the outbox; behind an appointment that is booked in the same breath.
pub(super) fn wish(
    wish: &WaitingRequest,
    what: &BookingFor,
    behind: Option<AppointmentId>,
    acting: Acting<'_>,
) -> Option<Effect> {
    let place = Place { resource: paths::waiting(wish.id), posted_to: paths::WAITING_LIST.to_owned() };
    let label = label(what.citizen_name.clone(), Deed::EarlierTimeWished, what.title.clone());
    let draft = Draft::create(acting.author(wish.citizen)?, place, wish, label).ok()?;
    Some(Effect::Enqueue(Box::new(match behind {
        Some(appointment) => draft.behind(paths::appointment(appointment)),
        None => draft,
    })))
}

impl WaitingPanel {
    fn new(site: SiteId) -> Self {
        Self { site, list: Load::Idle, freed: None, fits: Load::Idle, active: 0, ended: Vec::new() }
    }

    /// Those who wait, in the order in which they are shown.
    pub fn waiting(&self) -> impl Iterator<Item = &WaitingView> {
        let all = self.list.value().into_iter().flatten();
        all.filter(|one| one.state == WaitingState::Waiting && !self.ended.contains(&one.wish.id))
    }

    /// The wish that the keys act on.
    #[must_use]
    pub fn chosen(&self) -> Option<&WaitingView> {
        self.waiting().nth(self.active)
    }

    /// Those who fit the time that became free, as many as have a key.
    pub fn fitting(&self) -> impl Iterator<Item = &Fit> {
        let all = self.fits.value().into_iter().flatten();
        all.filter(|fit| !self.ended.contains(&fit.waiting.wish.id)).take(FITTING)
    }
}

impl CalendarPage {
    pub(super) fn waiting_step(&mut self, input: WaitingInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            WaitingInput::Toggle => match self.waiting.take() {
                Some(_) => {
                    self.freed = None;
                    Vec::new()
                }
                None => self.open_waiting(acting),
            },
            WaitingInput::Step(step) => {
                if let Some(panel) = &mut self.waiting {
                    let count = panel.waiting().count();
                    panel.active = step.from(Some(panel.active.min(count.saturating_sub(1))), count).unwrap_or(0);
                }
                Vec::new()
            }
            WaitingInput::Choose(at) => {
                if let Some(panel) = &mut self.waiting {
                    panel.active = at;
                }
                Vec::new()
            }
            WaitingInput::Withdraw => self.withdraw(acting).into_iter().collect(),
            WaitingInput::Begin(at) => self.begin_fitting(at, acting),
            WaitingInput::Wish => self.wish_earlier(acting),
            WaitingInput::Feed(FeedStep::Toggle) => {
                self.toggle_feed();
                Vec::new()
            }
            WaitingInput::Feed(FeedStep::Make) => self.make_feed(acting.now),
        }
    }

    fn open_waiting(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        self.feed = None;
        self.waiting = Some(WaitingPanel::new(self.site.clone()));
        self.waiting_again(acting)
    }

    /// Asks for the list, and for who fits, again.
    pub(crate) fn waiting_again(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(panel) = &mut self.waiting else { return Vec::new() };
        panel.list.ask(acting.now);
        let question = VisitQuestion::Waiting(WaitingOf::Site(panel.site.clone()));
        let mut effects = vec![Effect::Ask(self.asked.next(WAITING), Question::Visit(question))];
        if let Some(free) = panel.freed.clone() {
            panel.fits.ask(acting.now);
            effects.push(Effect::Ask(self.asked.next(FITS), Question::Visit(VisitQuestion::Fits(free))));
        }
        effects
    }

    /// A time became free: who fits it is asked, and offered beside the calendar, unless a booking is being written there.
    pub(crate) fn follow_freed(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let offered = self.waiting.as_ref().and_then(|panel| panel.freed.as_ref());
        if self.booking.is_some() || self.freed.is_none() || self.freed.as_ref() == offered {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if self.waiting.is_none() {
            effects.extend(self.open_waiting(acting));
        }
        let Some(panel) = &mut self.waiting else { return effects };
        panel.freed.clone_from(&self.freed);
        panel.fits = Load::Waiting { since: acting.now };
        if let Some(free) = panel.freed.clone() {
            effects.push(Effect::Ask(self.asked.next(FITS), Question::Visit(VisitQuestion::Fits(free))));
        }
        effects
    }

    pub(super) fn waiting_replied(&mut self, reply: VisitReply, now: Timestamp) {
        if let VisitReply::Feed(answer) = reply {
            self.feed_made(answer, now);
            return;
        }
        let Some(panel) = &mut self.waiting else { return };
        match reply {
            VisitReply::Waiting(answer) => {
                panel.list.answer(answer, now);
                panel.active = panel.active.min(panel.waiting().count().saturating_sub(1));
            }
            VisitReply::Fits(answer) => panel.fits.answer(answer, now),
            _ => {}
        }
    }

    fn withdraw(&mut self, acting: Acting<'_>) -> Option<Effect> {
        let panel = self.waiting.as_mut()?;
        let chosen = panel.chosen()?;
        let (id, seen) = (chosen.wish.id, chosen.etag.clone());
        let label = label(chosen.citizen_short.clone(), Deed::EarlierTimeEnded, chosen.title.clone());
        let change = WaitingChange { state: WaitingState::Withdrawn };
        let of = (paths::waiting(id), FieldKey::new("state"));
        let author = acting.author(chosen.wish.citizen)?;
        let draft = Draft::change(author, of, Basis::Version(seen), &change, label).ok()?;
        panel.ended.push(id);
        panel.active = panel.active.min(panel.waiting().count().saturating_sub(1));
        Some(Effect::Enqueue(Box::new(draft)))
    }

    /// The booking of somebody who waits, on the time that became free: hers is given back by it.
    fn begin_fitting(&mut self, at: usize, acting: Acting<'_>) -> Vec<Effect> {
        let Some(panel) = &self.waiting else { return Vec::new() };
        let (Some(freed), Some(fit)) = (panel.freed.clone(), panel.fitting().nth(at)) else { return Vec::new() };
        let view = &fit.waiting;
        let wish = &view.wish;
        let what = BookingFor {
            cases: wish.cases.clone(),
            title: view.title.clone(),
            interpreter: wish.language.clone(),
            minutes: wish.minutes,
            chosen_minutes: Some(wish.minutes),
            people: wish.people,
            replaces: wish.appointment.map(|id| (id, Some(RebookCause::OwnWish))),
            // With an appointment of hers to give back, the server ends the wish by itself.
            wish: wish.appointment.is_none().then(|| Wish { id: wish.id, seen: view.etag.clone() }),
            ..BookingFor::of(wish.citizen, view.citizen_short.clone())
        };
        self.freed = None;
        self.finder.picked = None;
        let wanted = (freed.counter, freed.start);
        self.begin_wanting(what, Some(wanted), acting)
    }

    fn wish_earlier(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let now = acting.now;
        let today = now.to_zoned(self.tz.clone()).date();
        let far = today.checked_add(WITHIN_DAYS.days()).unwrap_or(today);
        if let Some(booking) = self.booking.as_ref().filter(|booking| booking.slot.is_none()) {
            if booking.what.cases.is_empty() {
                return Vec::new();
            }
            let what = &booking.what;
            let here = || vec![self.site.clone()];
            let sites = if self.finder.sites.is_empty() { here() } else { self.finder.sites.clone() };
            let request = WaitingRequest {
                id: WaitingId::new(),
                citizen: what.citizen,
                appointment: what.replaces.map(|(id, _)| id),
                cases: what.cases.clone(),
                minutes: self.finder.minutes(),
                people: self.finder.people,
                language: self.finder.language.clone(),
                sites,
                before: far,
            };
            let Some(effect) = wish(&request, what, None, acting) else { return Vec::new() };
            let mut effects = vec![effect];
            effects.extend(self.booking_step(super::BookingInput::Discard, acting));
            return effects;
        }
        let chosen = self.selected.and_then(|id| self.find_appointment(id));
        let Some(appointment) = chosen.filter(|one| !one.cases.is_empty() && one.start > now) else {
            return Vec::new();
        };
        let what = BookingFor::again(appointment);
        let request = WaitingRequest {
            id: WaitingId::new(),
            citizen: what.citizen,
            appointment: Some(appointment.id),
            cases: what.cases.clone(),
            minutes: what.minutes,
            people: what.people,
            language: what.interpreter.clone(),
            sites: vec![appointment.site.clone()],
            before: appointment.start.to_zoned(self.tz.clone()).date(),
        };
        wish(&request, &what, None, acting).into_iter().collect()
    }
}
