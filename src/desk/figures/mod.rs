//! The figures for the team leader: which site and period, compared with which, which chart the keys act on. What does not live here: how they
//! are counted (the server's), how they are drawn.

use jiff::Timestamp;
use skranke_api::events::{Event, EventKind};
use skranke_api::statistics::{Statistics, Today};
use skranke_client::ClientError;
use skranke_client::http::FiguresOf;
use skranke_domain::authority::Role;
use skranke_domain::figures::{Period, PeriodKind};
use skranke_domain::{DepartmentId, SiteId};

use crate::acting::{Acting, acting};
use crate::ask::{FiguresQuestion, FiguresReply, Question, Reply};
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;

const FIGURES: u8 = 0;
const TODAY: u8 = 1;

/// A chart of the figures, in the order in which they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Chart {
    /// How long people waited.
    #[default]
    Waiting,
    /// How long meetings took.
    Meetings,
    /// Settled at first contact.
    FirstContact,
    /// Who had to come again.
    Rebooked,
    /// On which ways people reach the office.
    Channels,
    /// The share of visits that were booked.
    Booked,
    /// The stands.
    Stands,
    /// How the day goes.
    Today,
}

impl Chart {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Meetings,
        Self::FirstContact,
        Self::Rebooked,
        Self::Channels,
        Self::Booked,
        Self::Stands,
        Self::Today,
    ];

    /// The next one; the last one is followed by none.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL.into_iter().find(|chart| *chart > self).unwrap_or(self)
    }

    /// The one before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::ALL.into_iter().rev().find(|chart| *chart < self).unwrap_or(self)
    }
}

/// What a period is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comparison {
    /// With the one before.
    #[default]
    Before,
    /// With nothing.
    Nothing,
}

/// To an earlier period or a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Earlier.
    Earlier,
    /// Later.
    Later,
}

/// What became of taking the figures along as a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Exported {
    /// It is asked where to, or being written.
    Writing,
    /// It was written; the file's name.
    Written(String),
    /// The server gave none.
    NotFetched(ClientError),
    /// It could not be written.
    NotWritten(std::io::ErrorKind),
    /// She chose no place.
    Left,
}

/// The figures.
#[derive(Clone, Debug)]
pub struct FiguresPage {
    /// The site.
    pub site: SiteId,
    /// One department alone.
    pub department: Option<DepartmentId>,
    /// The period.
    pub period: Period,
    /// What it is compared with.
    pub comparison: Comparison,
    /// The figures.
    pub figures: Load<Statistics>,
    /// How the day goes.
    pub today: Load<Today>,
    /// The chart that the keys act on.
    pub chart: Chart,
    /// The chart whose table is shown in its place.
    pub table: Option<Chart>,
    /// What became of the last file.
    pub exported: Option<Exported>,
    generation: u64,
}

/// What happens on the figures.
#[derive(Clone, Debug, PartialEq)]
pub enum FiguresInput {
    /// Ask again.
    AskAgain,
    /// Weeks, months or quarters.
    Length(PeriodKind),
    /// An earlier or later period.
    Step(Way),
    /// With or without a comparison.
    Compare,
    /// The next department, after the last one all of them.
    Department,
    /// The next site.
    Site,
    /// A chart was chosen.
    Chart(Chart),
    /// The table of a chart in its place, or the chart again.
    Table(Chart),
    /// Take the figures along as a file.
    Export,
    /// What became of it.
    Exported(Exported),
}

impl FiguresPage {
    fn open(site: SiteId, generation: u64, acting: Acting<'_>) -> Self {
        let today = acting.now.to_zoned(acting.tz.clone()).date();
        Self {
            site,
            department: None,
            // The last month that is over.
            period: Period::of(PeriodKind::Month, today).before(),
            comparison: Comparison::Before,
            figures: Load::Idle,
            today: Load::Idle,
            chart: Chart::Waiting,
            table: None,
            exported: None,
            generation,
        }
    }

    /// Whose figures are looked at.
    #[must_use]
    pub fn of(&self) -> FiguresOf {
        FiguresOf {
            site: self.site.clone(),
            department: self.department.clone(),
            period: self.period,
            against: (self.comparison == Comparison::Before).then(|| self.period.before()),
        }
    }

    const fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Figures, generation: self.generation, slot }
    }

    /// Asks for the figures (again) and for the day.
    fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.figures.ask(now);
        let figures = Question::Figures(FiguresQuestion::Figures(self.of()));
        let mut effects = vec![Effect::Ask(self.ticket(FIGURES), figures)];
        effects.extend(self.ask_today(now));
        effects
    }

    fn ask_today(&mut self, now: Timestamp) -> Vec<Effect> {
        self.today.ask(now);
        let today = Question::Figures(FiguresQuestion::Today(self.site.clone()));
        vec![Effect::Ask(self.ticket(TODAY), today)]
    }

    /// Other figures: what is shown is of something else and goes, and late answers to it are not heard.
    fn anew(&mut self, now: Timestamp) -> Vec<Effect> {
        self.generation += 1;
        self.figures = Load::Idle;
        self.exported = None;
        let mut effects = vec![Effect::Abandon(Room::Figures)];
        effects.extend(self.ask(now));
        effects
    }

    fn update(&mut self, input: FiguresInput, acting: Acting<'_>) -> Vec<Effect> {
        let now = acting.now;
        match input {
            FiguresInput::AskAgain => return self.ask(now),
            FiguresInput::Length(kind) => {
                if kind == self.period.kind() {
                    return Vec::new();
                }
                let today = now.to_zoned(acting.tz.clone()).date();
                let wanted = self.period.at_length(kind);
                self.period = if wanted.from() > today { Period::of(kind, today) } else { wanted };
                return self.anew(now);
            }
            FiguresInput::Step(way) => {
                let wanted = if way == Way::Earlier { self.period.before() } else { self.period.after() };
                if wanted.from() > now.to_zoned(acting.tz.clone()).date() {
                    return Vec::new();
                }
                self.period = wanted;
                return self.anew(now);
            }
            FiguresInput::Compare => {
                self.comparison = match self.comparison {
                    Comparison::Before => Comparison::Nothing,
                    Comparison::Nothing => Comparison::Before,
                };
                return self.anew(now);
            }
            FiguresInput::Department => {
                let Some(figures) = self.figures.value() else { return Vec::new() };
                let all = &figures.departments;
                let next = match &self.department {
                    None => all.first(),
                    Some(id) => all.iter().position(|d| d.id == *id).and_then(|at| all.get(at + 1)),
                };
                self.department = next.map(|department| department.id.clone());
                return self.anew(now);
            }
            FiguresInput::Site => {
                let sites = &acting.session.sites;
                let at = sites.iter().position(|site| site.id == self.site);
                let next = at.and_then(|at| sites.get((at + 1) % sites.len()));
                let Some(next) = next.filter(|site| site.id != self.site) else { return Vec::new() };
                self.site = next.id.clone();
                self.department = None;
                self.today = Load::Idle;
                return self.anew(now);
            }
            FiguresInput::Chart(chart) => self.chart = chart,
            FiguresInput::Table(chart) => {
                self.chart = chart;
                self.table = (self.table != Some(chart)).then_some(chart);
            }
            FiguresInput::Export => {
                if self.exported == Some(Exported::Writing) || self.figures.value().is_none() {
                    return Vec::new();
                }
                self.exported = Some(Exported::Writing);
                return vec![Effect::ExportFigures(Box::new(self.of()))];
            }
            FiguresInput::Exported(became) => self.exported = Some(became),
        }
        Vec::new()
    }

    fn replied(&mut self, ticket: Ticket, reply: FiguresReply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        match reply {
            FiguresReply::Figures(answer) => self.figures.answer(*answer, now),
            FiguresReply::Today(answer) => self.today.answer(answer, now),
        }
    }
}

impl Desk {
    /// The figures of the site that she works at; nobody but a team leader has them.
    pub(crate) fn ready_figures(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.figures {
            return page.ask(now);
        }
        let Some(me) = self.session.me.value().filter(|me| me.role == Role::TeamLeader) else { return Vec::new() };
        let site = me.site.clone();
        let generation = self.next_generation();
        let mut page = FiguresPage::open(site, generation, acting!(self, now));
        let effects = page.ask(now);
        self.figures = Some(page);
        effects
    }

    pub(crate) fn figures_step(&mut self, input: FiguresInput, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        self.figures.as_mut().map(|page| page.update(input, acting)).unwrap_or_default()
    }

    pub(crate) fn figures_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        if let (Some(page), Reply::Figures(reply)) = (&mut self.figures, reply) {
            page.replied(ticket, reply, now);
        }
        Vec::new()
    }

    /// Something of the day changed: it is asked for again while she looks at it, one asking at a time.
    pub(crate) fn figures_heard(&mut self, event: &Event, now: Timestamp) -> Vec<Effect> {
        let looked_at = self.place() == Place::Figures;
        let of_the_day = matches!(event.kind, EventKind::TicketChanged | EventKind::AvailabilityChanged);
        match &mut self.figures {
            Some(page) if looked_at && of_the_day && !page.today.is_waiting() => page.ask_today(now),
            _ => Vec::new(),
        }
    }
}
