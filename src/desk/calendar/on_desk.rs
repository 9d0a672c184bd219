//! What the desk does with the calendar: hands it what happens, begins a booking for whoever is open. What does not live here: the booking
//! itself.

use jiff::Timestamp;
use skranke_api::appointments::StaffRef;
use skranke_domain::case::Phase;

use super::booking::Choice;
use super::{BookingFor, CalendarInput};
use crate::acting::acting;
use crate::ask::Reply;
use crate::citizen::CitizenPage;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Ticket};

impl Desk {
    /// Hands the calendar to somebody, with who acts.
    #[cfg(test)]
    pub(crate) fn on_calendar(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&mut super::CalendarPage, crate::acting::Acting<'_>) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let acting = acting!(self, now);
        self.calendar.as_mut().map(|page| work(page, acting)).unwrap_or_default()
    }

    pub(crate) fn calendar_step(&mut self, input: CalendarInput, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.calendar else { return Vec::new() };
        page.update(input, acting)
    }

    pub(crate) fn booking_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.calendar else { return Vec::new() };
        page.booking_replied(ticket, reply, acting)
    }

    /// A time that became free is offered to who waits.
    pub(crate) fn freed_followed(&mut self, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.calendar else { return Vec::new() };
        page.follow_freed(acting)
    }

    /// The waiting list may have changed.
    pub(crate) fn waiting_heard(&mut self, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.calendar else { return Vec::new() };
        page.waiting_again(acting)
    }

    pub(crate) fn begin_booking(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(what) = self.booking_subject() else { return Vec::new() };
        let mut effects = self.go(Place::Calendar, now);
        let acting = acting!(self, now);
        if let Some(calendar) = &mut self.calendar {
            effects.extend(calendar.begin(what, acting));
        }
        effects
    }

    /// What a booking would be for: the open case, else the chosen row of the citizen page; on the calendar, of whoever is open.
    #[must_use]
    pub fn booking_subject(&self) -> Option<BookingFor> {
        match self.place() {
            Place::Case => {
                let view = &self.case()?.view.value()?.value;
                view.may.book.then_some(())?;
                let minutes = view.attendance_minutes?;
                let own = view.responsible_id.zip(view.row.responsible.clone());
                let what = BookingFor {
                    cases: vec![view.row.id],
                    title: Some(view.row.title.clone()),
                    procedure: Some(view.row.procedure.clone()),
                    open_papers: view.row.missing.clone(),
                    minutes,
                    with: own.map(|(id, name)| StaffRef { id, name }),
                    ..BookingFor::of(view.row.citizen, view.citizen_name.clone())
                };
                Some(match self.citizen().filter(|page| page.id == view.row.citizen) {
                    Some(page) => self.known_of(page, what),
                    None => what,
                })
            }
            Place::Citizen | Place::Calendar => {
                let page = self.citizen()?;
                let row = page.selected_row()?.case;
                let identity = page.identity.value()?;
                let rule = self.session.procedures.get(&row.procedure).map(|p| &p.attendance)?;
                rule.required.then(|| {
                    let what = BookingFor {
                        cases: vec![row.id],
                        title: Some(row.title.clone()),
                        procedure: Some(row.procedure.clone()),
                        open_papers: row.missing.clone(),
                        minutes: rule.minutes,
                        with: self.own_caseworker(row.responsible.as_deref()),
                        ..BookingFor::of(row.citizen, format!("{} {}", identity.given_name, identity.surname))
                    };
                    self.known_of(page, what)
                })
            }
            Place::Cases => self.cases.as_ref()?.booking_subject(&self.session, &self.pending),
            _ => None,
        }
    }

    /// Of the caseworker a row says the name alone: who is signed in knows her own.
    fn own_caseworker(&self, name: Option<&str>) -> Option<StaffRef> {
        let me = self.session.me.value()?;
        (Some(me.name.as_str()) == name).then(|| StaffRef { id: me.id, name: me.name.clone() })
    }

    /// What her page knows of her goes into the booking: nobody is asked for it again.
    fn known_of(&self, page: &CitizenPage, mut what: BookingFor) -> BookingFor {
        let attended = |row: &skranke_api::overview::CaseRow| {
            self.session.procedures.get(&row.procedure).is_some_and(|procedure| procedure.attendance.required)
        };
        what.choices = page
            .rows()
            .map(|row| row.case)
            .filter(|row| row.phase != Phase::Closed && attended(row))
            .map(|row| Choice { case: row.id, procedure: row.procedure.clone(), title: row.title.clone() })
            .collect();
        if let Some(known) = page.identity.value() {
            what.cpr_masked = Some(known.cpr_masked.clone());
            what.languages.clone_from(&known.languages);
            what.interpreter.clone_from(&known.interpreter);
        }
        what
    }
}
