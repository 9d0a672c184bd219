//! How somebody's page is asked for: everything at once where nobody will want to know why, her head alone first where somebody may. What lives
//! here: what the desk knows of it. What does not: the rule (`skranke_domain::access`, and the server's finding out), the questions (the page's).
//!
//! The desk guesses, and nothing hangs on it but how many lines a refusal leaves in the log and one round trip. What it cannot know is who of
//! the staff is near to whom.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::Purpose;
use skranke_api::citizens::AddressView;
use skranke_api::purpose::PurposeKind;
use skranke_domain::{CaseId, CitizenId};

use crate::ask::Question;
use crate::citizen::{Asking, CitizenPage};
use crate::counter::CounterPage;
use crate::desk::Desk;
use crate::effect::{Effect, Room, Ticket};
use crate::finder::Finder;
use crate::session::Line;
use crate::stands::{Recent, StandId};

impl Desk {
    /// How the page of somebody who is opened at a stand is asked for.
    pub(crate) fn how_to_ask(&self, at: StandId, id: CitizenId, purpose: &Purpose, now: Timestamp) -> Asking {
        // Without a line nobody refuses anything: what is kept is given, and says itself what it takes.
        let no_line = matches!(self.session.line, Line::Down { .. });
        // The ticket's number goes along, which says why of whoever is protected too.
        let served = purpose.has_words() && self.ticket_at(at).is_some_and(|ticket| ticket.citizen == Some(id));
        let plain = || self.has_business(id, purpose, now) && self.is_unprotected(id);
        match no_line || served || self.was_opened(id, purpose) || plain() {
            true => Asking::AtOnce,
            false => Asking::HeadFirst,
        }
    }

    /// Opens somebody and one of her cases before her. The case goes first: where it is asked why, one question was refused.
    pub(crate) fn open_case_of(
        &mut self,
        at: StandId,
        (id, case): (CitizenId, CaseId),
        purpose: Purpose,
        now: Timestamp,
    ) -> Vec<Effect> {
        let mut effects = self.open_citizen(at, id, purpose.clone(), now);
        if self.stands.get_mut(at).citizen_of(id).is_some_and(CitizenPage::steps_behind) {
            effects.retain(|effect| !matches!(effect, Effect::Ask(_, Question::Citizen(..))));
        }
        effects.extend(self.open_case(case, None, purpose, now));
        effects
    }

    /// What is asked about somebody for a booking goes under the words that were said about her, where there are some.
    pub(crate) fn under_what_was_said(&self, effects: &mut [Effect]) {
        for effect in effects {
            if let Effect::Ask(Ticket { room: Room::Booking, .. }, Question::Citizen(id, purpose)) = effect
                && let Some(said) = self.said_about(*id)
            {
                *purpose = said.clone();
            }
        }
    }

    /// Why somebody was opened, in words.
    fn said_about(&self, id: CitizenId) -> Option<&Purpose> {
        let open = StandId::BOTH.into_iter().flat_map(|at| {
            let stand = self.stands.get(at);
            let page = stand.citizen.as_ref().filter(|page| page.id == id && page.is_open_under(&page.purpose));
            let case = stand.case.as_ref().filter(|case| case.is_open_under(id, &case.purpose));
            page.map(|page| &page.purpose).into_iter().chain(case.map(|case| &case.purpose))
        });
        let before = self.recent.iter().filter(|one| one.citizen == id).map(|one| &one.purpose);
        open.chain(before).find(|why| why.has_words())
    }

    /// Whether she was opened under the same purpose: her page or her case stands there, or it was said why.
    fn was_opened(&self, id: CitizenId, purpose: &Purpose) -> bool {
        let open = StandId::BOTH.into_iter().map(|at| self.stands.get(at)).any(|stand| {
            let page = stand.citizen.as_ref().is_some_and(|page| page.id == id && page.is_open_under(purpose));
            page || stand.case.as_ref().is_some_and(|case| case.is_open_under(id, purpose))
        });
        let said = |one: &Recent| one.citizen == id && one.purpose == *purpose;
        open || (purpose.has_words() && self.recent.iter().any(said))
    }

    /// Whether what she comes for is known: a ticket of this site, an appointment about now, a call.
    fn has_business(&self, id: CitizenId, purpose: &Purpose, now: Timestamp) -> bool {
        let site = self.session.me.value().map(|me| &me.site);
        let tickets = self.counter.as_ref().map(CounterPage::tickets).unwrap_or_default();
        let today = now.to_zoned(self.tz.clone()).date();
        let about_now = |day: Date| {
            let (from, until) = (today.checked_sub(1.day()), today.checked_add(1.day()));
            from.is_ok_and(|from| from <= day) && until.is_ok_and(|until| day <= until)
        };
        purpose.kind == PurposeKind::Call
            || tickets.iter().any(|ticket| ticket.citizen == Some(id) && site == Some(&ticket.site))
            || self.calendar.as_ref().is_some_and(|page| page.days_of(id).any(about_now))
    }

    /// Whether it is known that she is not protected: by the hit she was found by, or since she was open.
    fn is_unprotected(&self, id: CitizenId) -> bool {
        let found = self.finder.iter().flat_map(Finder::hits);
        let hit = found.map(|(_, hit)| (hit.citizen, &hit.address)).find(|(citizen, _)| *citizen == id);
        let open = self.recent.iter().map(|one| (one.citizen, &one.address)).find(|(citizen, _)| *citizen == id);
        hit.or(open).is_some_and(|(_, address)| !matches!(address, AddressView::Protected))
    }
}
