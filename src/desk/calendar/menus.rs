//! Whose calendar can be shown, and of which site: the choices, by group. What does not live here: drawing them.

use skranke_api::appointments::{Counter, Site, StaffRef};
use skranke_domain::appointment::CounterKind;
use skranke_domain::{CounterId, Localized, SiteId};

use super::{CalendarInput, CalendarPage, View, Whose};
use crate::session::Session;

/// Which choices are laid open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Whose calendar (`W`).
    Whose,
    /// Which site (`S`).
    Site,
}

/// A group of choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The site's day.
    Day,
    /// Counters.
    Counters,
    /// Rooms and stands.
    Rooms,
    /// Phones.
    Phone,
    /// Caseworkers.
    Staff,
    /// Interpreters.
    Interpreters,
    /// Other authorities in the house.
    Authorities,
    /// Sites.
    Sites,
}

/// What a choice is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// The whole site.
    Whole,
    /// A name of the catalogue.
    Place(Localized),
    /// A name.
    Name(String),
}

/// A choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where it stands.
    pub group: Group,
    /// What it is called.
    pub called: Called,
    /// It is the one shown.
    pub chosen: bool,
    /// What choosing it shows.
    pub shows: Shows,
}

/// What choosing shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shows {
    /// The day of the whole site.
    Day,
    /// Somebody's week.
    Week(Whose),
    /// Another site.
    Site(SiteId, CounterId),
}

impl Shows {
    /// What it means for the calendar.
    #[must_use]
    pub fn input(self) -> CalendarInput {
        match self {
            Self::Day => CalendarInput::View(View::Day),
            Self::Week(whose) => CalendarInput::Whose(whose),
            Self::Site(site, counter) => CalendarInput::Site(site, counter),
        }
    }
}

impl CalendarPage {
    /// The choices of a menu, group by group.
    #[must_use]
    pub fn choices(&self, menu: Menu, session: &Session) -> Vec<Choice> {
        match menu {
            Menu::Whose => self.calendars(session),
            Menu::Site => self.sites(session),
        }
    }

    fn sites(&self, session: &Session) -> Vec<Choice> {
        let choice = |site: &Site| {
            // Her own counter, where she is at home.
            let counter =
                if site.id == self.home.site { self.home.counter.clone() } else { site.counters.first()?.id.clone() };
            Some(Choice {
                group: Group::Sites,
                called: Called::Name(site.name.clone()),
                chosen: site.id == self.site,
                shows: Shows::Site(site.id.clone(), counter),
            })
        };
        session.sites.iter().filter_map(choice).collect()
    }

    fn calendars(&self, session: &Session) -> Vec<Choice> {
        let site = session.sites.iter().find(|site| site.id == self.site);
        let shown = |whose: &Whose| self.view == View::Week && self.whose == *whose;
        let week =
            |group, called, whose: Whose| Choice { group, called, chosen: shown(&whose), shows: Shows::Week(whose) };
        let place = |counter: &Counter| {
            let group = match counter.kind {
                CounterKind::Counter => Group::Counters,
                CounterKind::Room | CounterKind::Stand => Group::Rooms,
                CounterKind::Phone => Group::Phone,
                CounterKind::Authority => Group::Authorities,
            };
            week(group, Called::Place(counter.name.clone()), Whose::Counter(counter.id.clone()))
        };
        let mut all = vec![Choice {
            group: Group::Day,
            called: Called::Whole,
            chosen: self.view == View::Day,
            shows: Shows::Day,
        }];
        all.extend(site.into_iter().flat_map(|site| &site.counters).map(place));
        let staff = self.staff(session).into_iter();
        all.extend(staff.map(|one| week(Group::Staff, Called::Name(one.name.clone()), Whose::Staff(one))));
        let interpreters = site.into_iter().flat_map(|site| &site.interpreters);
        all.extend(
            interpreters
                .map(|one| week(Group::Interpreters, Called::Name(one.name.clone()), Whose::Interpreter(one.clone()))),
        );
        all.sort_by_key(|choice| choice.group);
        all
    }

    /// Caseworkers whose calendar can be shown: who signed in, and who is on duty at the site that day.
    fn staff(&self, session: &Session) -> Vec<StaffRef> {
        let mut all: Vec<StaffRef> =
            session.me.value().map(|me| StaffRef { id: me.id, name: me.name.clone() }).into_iter().collect();
        let on_duty =
            self.site_day.value().into_iter().flat_map(|day| &day.lanes).filter_map(|lane| lane.staff.clone());
        let shown = match &self.whose {
            Whose::Staff(one) => Some(one.clone()),
            _ => None,
        };
        for one in on_duty.chain(shown) {
            if all.iter().all(|other| other.id != one.id) {
                all.push(one);
            }
        }
        all
    }
}
