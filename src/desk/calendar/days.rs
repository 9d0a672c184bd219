//! Which days of whose calendar are asked for and shown: a day of the site by columns, or a week of a counter, a caseworker or an
//! interpreter. What does not live here: how they are drawn, what is done to an appointment.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::Purpose;
use skranke_api::appointments::{Appointment, Calendar, Interpreter, Site, StaffRef};
use skranke_api::purpose::PurposeKind;
use skranke_client::http::CalendarOf;
use skranke_domain::appointment::{AppointmentStatus, CounterKind};
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, SiteId};

use super::{CalendarPage, Layer, monday_of, slot};
use crate::acting::Acting;
use crate::ask::{Question, VisitQuestion};
use crate::effect::Effect;
use crate::load::Load;

/// How many weeks stand in the small month.
pub const WEEKS: i8 = 6;

/// A day of the site, or a week of somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The site's places side by side.
    #[default]
    Day,
    /// Five days of one calendar.
    Week,
}

impl View {
    /// The other one (`V`).
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Day => Self::Week,
            Self::Week => Self::Day,
        }
    }
}

/// Whose week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of a counter, a stand, a room, a phone or an authority's desk.
    Counter(CounterId),
    /// Of a caseworker, wherever she sits.
    Staff(StaffRef),
    /// Of an interpreter.
    Interpreter(Interpreter),
}

/// A column of the day: one place, or the stands together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its places.
    pub counters: Vec<CounterId>,
    /// What they are.
    pub kind: CounterKind,
    /// Who is on duty there.
    pub staff: Option<StaffRef>,
    /// Share of the open time that is taken, 0 to 100.
    pub percent: u8,
    /// It is not open that day.
    pub closed: bool,
}

impl Column {
    /// Whether a place stands in it.
    #[must_use]
    pub fn holds(&self, counter: &CounterId) -> bool {
        self.counters.contains(counter)
    }
}

impl CalendarPage {
    /// The last day of the week: the Friday.
    #[must_use]
    pub fn friday(&self) -> Date {
        self.monday.checked_add(4.days()).unwrap_or(self.monday)
    }

    /// The days of the week.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        (0..5).filter_map(|n| self.monday.checked_add(n.days()).ok()).collect()
    }

    /// What is shown: the day or the week.
    #[must_use]
    pub const fn shown(&self) -> &Load<Calendar> {
        match self.view {
            View::Day => &self.site_day,
            View::Week => &self.week,
        }
    }

    /// The appointments of a day in what is shown, in order of time.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Appointment> {
        let items = self.shown().value().into_iter().flat_map(|shown| &shown.items);
        items.filter(move |a| self.date_of(a.start) == day)
    }

    /// What she has at her own counter on a day, in order of time; it is known of the day it was asked for.
    pub fn own_on(&self, day: Date) -> impl Iterator<Item = &Appointment> {
        let items = self.own.value().into_iter().flat_map(|own| &own.items);
        items.filter(move |a| self.date_of(a.start) == day)
    }

    pub(super) fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.tz.clone()).date()
    }

    /// An appointment by its identifier, wherever it is known.
    #[must_use]
    pub fn find_appointment(&self, id: AppointmentId) -> Option<&Appointment> {
        let known = [self.shown(), &self.site_day, &self.week, &self.own];
        known.into_iter().filter_map(Load::value).flat_map(|all| &all.items).find(|a| a.id == id)
    }

    /// The days on which somebody has an appointment, as far as they are known.
    pub(crate) fn days_of(&self, citizen: CitizenId) -> impl Iterator<Item = Date> {
        let known = [self.shown(), &self.site_day, &self.week, &self.own];
        let hers = known.into_iter().filter_map(Load::value).flat_map(|all| &all.items);
        hers.filter(move |a| a.citizen == citizen && stands(a)).map(|a| self.date_of(a.start))
    }

    /// Whether an appointment that is known is for a case: how ready it is follows that case's papers.
    #[must_use]
    pub(crate) fn knows_case(&self, case: CaseId) -> bool {
        let known = [&self.site_day, &self.week, &self.own];
        known.into_iter().filter_map(Load::value).flat_map(|all| &all.items).any(|a| a.cases.contains(&case))
    }

    /// The columns of the day: places in the site's order, the stands together.
    #[must_use]
    pub fn columns(&self, sites: &[Site]) -> Vec<Column> {
        let Some(day) = self.site_day.value() else { return Vec::new() };
        let kinds = sites.iter().find(|site| site.id == self.site).map(|site| site.counters.as_slice());
        let kind_of = |id: &CounterId| {
            kinds.into_iter().flatten().find(|c| c.id == *id).map_or(CounterKind::Counter, |counter| counter.kind)
        };
        let mut all: Vec<Column> = Vec::new();
        for lane in &day.lanes {
            let kind = kind_of(&lane.counter);
            match all.last_mut().filter(|last| kind == CounterKind::Stand && last.kind == kind) {
                Some(stands) => {
                    let before = u32::try_from(stands.counters.len()).unwrap_or(1);
                    let sum = u32::from(stands.percent) * before + u32::from(lane.percent);
                    // A mean of shares up to 100.
                    stands.percent = u8::try_from(sum / (before + 1)).unwrap_or(100);
                    stands.closed &= lane.closed;
                    stands.counters.push(lane.counter.clone());
                    if stands.staff.is_none() {
                        stands.staff.clone_from(&lane.staff);
                    }
                }
                None => all.push(Column {
                    counters: vec![lane.counter.clone()],
                    kind,
                    staff: lane.staff.clone(),
                    percent: lane.percent,
                    closed: lane.closed,
                }),
            }
        }
        all
    }

    /// The page fills the window: everything that it shows is asked for.
    pub(crate) fn show(&mut self, now: Timestamp) -> Vec<Effect> {
        self.visible = true;
        self.ask(now)
    }

    /// Asks for what is shown (again), and for what the start page says.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        let today = self.date_of(now);
        self.own.ask(now);
        let ticket = self.fresh(slot::OWN);
        let mut effects = vec![Effect::Ask(ticket, Question::Calendar(self.home.counter.clone(), today, today))];
        if self.visible {
            effects.extend(self.ask_view(now));
            effects.extend(self.ask_month(now));
        }
        effects
    }

    pub(super) fn ask_view(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.view {
            View::Day => {
                self.site_day.ask(now);
                let question = VisitQuestion::Calendar(CalendarOf::Site(self.site.clone()), self.day, self.day);
                vec![Effect::Ask(self.fresh(slot::DAY), Question::Visit(question))]
            }
            View::Week => {
                self.week.ask(now);
                let (from, to) = (self.monday, self.friday());
                let of = |of| Question::Visit(VisitQuestion::Calendar(of, from, to));
                let question = match &self.whose {
                    Whose::Counter(counter) => Question::Calendar(counter.clone(), from, to),
                    Whose::Staff(staff) => of(CalendarOf::Staff(staff.id)),
                    Whose::Interpreter(one) => of(CalendarOf::Interpreter(one.id.clone())),
                };
                vec![Effect::Ask(self.fresh(slot::WEEK), question)]
            }
        }
    }

    fn ask_month(&mut self, now: Timestamp) -> Vec<Effect> {
        self.month.ask(now);
        let from = monday_of(self.first);
        let to = from.checked_add((i64::from(WEEKS) * 7 - 3).days()).unwrap_or(from);
        vec![Effect::Ask(self.fresh(slot::MONTH), Question::Visit(VisitQuestion::Load(self.site.clone(), from, to)))]
    }

    /// What was known is of other days: unknown never looks like none.
    fn afresh(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.view {
            View::Day => self.site_day = Load::Idle,
            View::Week => self.week = Load::Idle,
        }
        self.ask_view(now)
    }

    pub(super) fn see(&mut self, view: View, now: Timestamp) -> Vec<Effect> {
        if view == self.view {
            return Vec::new();
        }
        self.view = view;
        self.moving = None;
        let was = match view {
            View::Day => self.site_day.as_of().map(|_| self.site_day.value().and_then(|day| day.load.first())),
            View::Week => None,
        };
        // A day that is known may be another one than the keys act on.
        match was.flatten().map(|load| load.day) {
            Some(day) if day == self.day => self.ask_view(now),
            _ => self.afresh(now),
        }
    }

    pub(super) fn of(&mut self, whose: Whose, acting: Acting<'_>) -> Vec<Effect> {
        self.layer = None;
        self.moving = None;
        self.selected = None;
        self.view = View::Week;
        if let Whose::Counter(counter) = whose {
            return self.at_counter(counter, acting);
        }
        self.whose = whose;
        self.afresh(acting.now)
    }

    pub(super) fn at_counter(&mut self, counter: CounterId, acting: Acting<'_>) -> Vec<Effect> {
        self.counter = counter.clone();
        self.lane = counter.clone();
        self.selected = None;
        self.whose = Whose::Counter(counter);
        let mut effects = match self.view {
            View::Week => self.afresh(acting.now),
            View::Day => Vec::new(),
        };
        effects.extend(self.counter_chosen(acting));
        effects
    }

    pub(super) fn at_site(&mut self, site: SiteId, counter: CounterId, acting: Acting<'_>) -> Vec<Effect> {
        self.layer = None;
        if site == self.site {
            return Vec::new();
        }
        self.site = site;
        self.moving = None;
        self.view = View::Day;
        self.month = Load::Idle;
        let mut effects = self.at_counter(counter, acting);
        effects.extend(self.afresh(acting.now));
        effects.extend(self.ask_month(acting.now));
        effects
    }

    pub(super) fn go_to(&mut self, day: Date, now: Timestamp) -> Vec<Effect> {
        let (before, monday) = (self.day, monday_of(day));
        self.day = day;
        let other_week = monday != self.monday;
        self.monday = monday;
        let mut effects = Vec::new();
        let first = day.first_of_month();
        if first != self.first {
            self.first = first;
            self.month = Load::Idle;
            effects.extend(self.ask_month(now));
        }
        if (self.view == View::Day && day != before) || (self.view == View::Week && other_week) {
            effects.extend(self.afresh(now));
        }
        effects
    }

    pub(super) fn turn_month(&mut self, by: i8, now: Timestamp) -> Vec<Effect> {
        self.first = self.first.checked_add(i64::from(by).months()).unwrap_or(self.first).first_of_month();
        self.month = Load::Idle;
        self.ask_month(now)
    }

    /// An appointment is chosen: its day and place come along, and whom it told is asked for.
    pub(super) fn select(&mut self, id: AppointmentId, now: Timestamp) -> Vec<Effect> {
        let Some(chosen) = self.find_appointment(id) else { return Vec::new() };
        let (day, counter) = (self.date_of(chosen.start), chosen.counter.clone());
        if self.view == View::Week {
            self.day = day;
        }
        self.lane = counter;
        self.selected = Some(id);
        self.ask_detail(id, now)
    }

    fn ask_detail(&mut self, id: AppointmentId, now: Timestamp) -> Vec<Effect> {
        self.detail = Load::Idle;
        self.detail.ask(now);
        let question = VisitQuestion::Appointment(id, Purpose::plain(PurposeKind::Appointment));
        vec![Effect::Ask(self.fresh(slot::DETAIL), Question::Visit(question))]
    }

    /// An appointment as the server has it now: it stands there before the days are asked for again.
    pub(crate) fn put(&mut self, appointment: &Appointment) {
        let tz = self.tz.clone();
        let day = appointment.start.to_zoned(tz.clone()).date();
        let (monday, friday, shown_day) = (self.monday, self.friday(), self.day);
        let at_site = self.site == appointment.site;
        let whose_counter = matches!(&self.whose, Whose::Counter(counter) if *counter == appointment.counter);
        let of_somebody = !matches!(self.whose, Whose::Counter(_));
        put_into(&mut self.site_day, appointment, Stays::when(at_site && day == shown_day));
        let in_week = (monday..=friday).contains(&day);
        let week = if of_somebody { Stays::WhereItWas } else { Stays::when(in_week && whose_counter) };
        put_into(&mut self.week, appointment, week);
        put_into(&mut self.own, appointment, Stays::when(self.home.counter == appointment.counter));
        if let Some(detail) = self.detail.value_mut().filter(|known| known.id == appointment.id) {
            *detail = appointment.clone();
        }
    }

    /// Closes what is laid over the page; what was typed is kept.
    pub(super) fn put_layer_away(&mut self) {
        match self.layer.take() {
            Some(Layer::Cancel(sheet)) => self.kept_cancel = Some(sheet),
            Some(Layer::Closing(sheet)) => self.kept_closing = Some(sheet),
            Some(Layer::Menu { .. }) | None => {}
        }
    }
}

/// What becomes of an appointment in a list that it may belong to.
#[derive(Clone, Copy)]
enum Stays {
    Here,
    Not,
    /// Whether it belongs is not known: it is changed where it is, and not added.
    WhereItWas,
}

impl Stays {
    const fn when(here: bool) -> Self {
        if here { Self::Here } else { Self::Not }
    }
}

fn put_into(list: &mut Load<Calendar>, appointment: &Appointment, stays: Stays) {
    let Some(list) = list.value_mut() else { return };
    let was = list.items.iter().any(|a| a.id == appointment.id);
    list.items.retain(|a| a.id != appointment.id);
    if matches!(stays, Stays::Here) || (was && matches!(stays, Stays::WhereItWas)) {
        list.items.push(appointment.clone());
        list.items.sort_by_key(|a| a.start);
    }
}

/// Whether an appointment still takes its time.
#[must_use]
pub const fn stands(appointment: &Appointment) -> bool {
    !matches!(appointment.status, AppointmentStatus::Cancelled)
}
