//! The oversight for the team leader: the log, the glasses that were broken, who may what. What lives here: which of them is looked at, what
//! the keys act on, asking. What does not: how a review or a lock is asked for (`deeds`), which rows the rights are (`rights`), how it looks.

mod deeds;
mod log;
mod rights;

use jiff::Timestamp;
use skranke_api::access::{BreakGlassView, Finding, StaffRights};
use skranke_domain::authority::Role;
use skranke_domain::{BreakGlassId, CitizenId, StaffId};

pub use self::deeds::{LockQuestion, ReviewProblem, ReviewSheet};
pub use self::log::{FilterChange, LogFilter, LogList, Span};
pub use self::rights::{RightLine, SOON_DAYS, Standing};
use crate::acting::{Acting, acting};
use crate::ask::{OversightQuestion, OversightReply, Question, Reply};
use crate::citizen::Step;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Room, Ticket};
use crate::figures::Exported;
use crate::load::Load;

const LOG: u8 = 0;
const MORE: u8 = 1;
const GLASSES: u8 = 2;
const RIGHTS: u8 = 3;
const REVIEW: u8 = 4;
const LOCK: u8 = 5;

/// What of it is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The log.
    #[default]
    Log,
    /// Glasses that were broken.
    Emergencies,
    /// Who may what.
    Rights,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Log, Self::Emergencies, Self::Rights];
}

/// The oversight.
#[derive(Clone, Debug)]
pub struct OversightPage {
    /// What of it is looked at.
    pub tab: Tab,
    /// The log.
    pub log: LogList,
    /// The glasses that were broken.
    pub glasses: Load<Vec<BreakGlassView>>,
    /// The one that the keys act on.
    pub glass: Option<BreakGlassId>,
    /// The review of it, while it is written.
    pub review: Option<ReviewSheet>,
    /// Who may what.
    pub rights: Load<Vec<StaffRights>>,
    /// The row of it that the keys act on.
    pub right: usize,
    /// The question before somebody's windows are locked.
    pub locking: Option<LockQuestion>,
    /// Whose windows were locked last.
    pub locked: Option<StaffId>,
    /// What became of the last file.
    pub exported: Option<Exported>,
    generation: u64,
}

/// What happens there.
#[derive(Clone, Debug, PartialEq)]
pub enum OversightInput {
    /// Another tab.
    Tab(Tab),
    /// Ask again.
    AskAgain,
    /// The next or previous row.
    Step(Step),
    /// A record of the log was chosen.
    Record(i64),
    /// A broken glass was chosen.
    Glass(BreakGlassId),
    /// A row of the rights was chosen.
    Right(usize),
    /// All of the chosen record, or its row alone.
    Details,
    /// Older records.
    More,
    /// Other records.
    Filter(FilterChange),
    /// What was looked up about a citizen.
    About(CitizenId),
    /// Review the chosen one.
    Review(Finding),
    /// What is said about it.
    Note(String),
    /// Ask whether the chosen person's windows are to be locked.
    Lock,
    /// Do what was asked.
    Confirm,
    /// Leave what was asked; what was typed stays until the page is left.
    Leave,
    /// Save the look-ups about the citizen that the log is of.
    Export,
    /// What became of it.
    Exported(Exported),
}

impl OversightPage {
    fn open(generation: u64) -> Self {
        Self {
            tab: Tab::Log,
            log: LogList::default(),
            glasses: Load::Idle,
            glass: None,
            review: None,
            rights: Load::Idle,
            right: 0,
            locking: None,
            locked: None,
            exported: None,
            generation,
        }
    }

    const fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Oversight, generation: self.generation, slot }
    }

    fn question(&self, slot: u8, question: OversightQuestion) -> Effect {
        Effect::Ask(self.ticket(slot), Question::Oversight(question))
    }

    fn ask_log(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        self.log.records.ask(acting.now);
        let query = self.log.filter.query(acting.today());
        vec![self.question(LOG, OversightQuestion::Log(Box::new(query), None))]
    }

    fn ask_glasses(&mut self, now: Timestamp) -> Vec<Effect> {
        self.glasses.ask(now);
        vec![self.question(GLASSES, OversightQuestion::Glasses)]
    }

    fn ask_rights(&mut self, now: Timestamp) -> Vec<Effect> {
        self.rights.ask(now);
        vec![self.question(RIGHTS, OversightQuestion::Rights)]
    }

    /// Asks for what is looked at. Who may what names the colleagues in the log, and is asked for once with it.
    fn ask(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        match self.tab {
            Tab::Log => {
                let mut effects = self.ask_log(acting);
                if matches!(self.rights, Load::Idle | Load::Failed { .. }) {
                    effects.extend(self.ask_rights(acting.now));
                }
                effects
            }
            Tab::Emergencies => self.ask_glasses(acting.now),
            Tab::Rights => self.ask_rights(acting.now),
        }
    }

    /// Other records: what is shown is of something else and goes, and late answers to it are not heard.
    fn anew(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        self.generation += 1;
        self.log = LogList { filter: self.log.filter.clone(), ..LogList::default() };
        self.exported = None;
        // What else was under way is not heard any more either.
        let rights = self.rights.is_waiting();
        let mut effects = vec![Effect::Abandon(Room::Oversight)];
        effects.extend(self.ask_log(acting));
        if rights || self.rights.value().is_none() {
            effects.extend(self.ask_rights(acting.now));
        }
        effects
    }

    /// A colleague's name, once it is known.
    #[must_use]
    pub fn name(&self, staff: StaffId) -> Option<&str> {
        self.rights.value()?.iter().find(|one| one.staff == staff).map(|one| one.name.as_str())
    }

    /// The broken glass that the keys act on: the chosen one, else the first.
    #[must_use]
    pub fn chosen_glass(&self) -> Option<&BreakGlassView> {
        let all = self.glasses.value()?;
        self.glass.and_then(|id| all.iter().find(|one| one.id == id)).or_else(|| all.first())
    }

    /// How many glasses nobody has reviewed.
    #[must_use]
    pub fn unreviewed(&self) -> usize {
        self.glasses.value().map_or(0, |all| all.iter().filter(|one| one.review.is_none()).count())
    }

    fn step(&mut self, step: Step, acting: Acting<'_>) -> Vec<Effect> {
        match self.tab {
            Tab::Log => {
                self.log.step(step);
                if step == Step::Next && self.log.is_near_the_end() {
                    return self.more(acting);
                }
            }
            Tab::Emergencies => {
                let all: Vec<BreakGlassId> = self.glasses.value().into_iter().flatten().map(|one| one.id).collect();
                let at = self.chosen_glass().and_then(|chosen| all.iter().position(|id| *id == chosen.id));
                self.glass = step.from(at, all.len()).map(|to| all[to]);
            }
            Tab::Rights => {
                let count = self.right_lines(acting.today()).len();
                let at = Some(self.right.min(count.saturating_sub(1)));
                self.right = step.from(at, count).unwrap_or_default();
            }
        }
        Vec::new()
    }

    /// Older records than those that are here.
    fn more(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        match self.log.next.clone().filter(|_| !self.log.asking_more) {
            Some(cursor) => {
                self.log.asking_more = true;
                self.log.more_trouble = None;
                let query = self.log.filter.query(acting.today());
                vec![self.question(MORE, OversightQuestion::Log(Box::new(query), Some(cursor)))]
            }
            None => Vec::new(),
        }
    }

    fn update(&mut self, input: OversightInput, open: Option<CitizenId>, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            OversightInput::Tab(tab) => {
                self.tab = tab;
                return self.ask(acting);
            }
            OversightInput::AskAgain => return self.ask(acting),
            OversightInput::Step(step) => return self.step(step, acting),
            OversightInput::Record(seq) => self.log.chosen = Some(seq),
            OversightInput::Glass(id) => self.glass = Some(id),
            OversightInput::Right(at) => self.right = at,
            OversightInput::Details => self.log.opened = !self.log.opened && self.log.record().is_some(),
            OversightInput::More => return self.more(acting),
            OversightInput::Filter(change) => {
                if self.log.change(change, open) {
                    return self.anew(acting);
                }
            }
            OversightInput::About(citizen) => {
                self.tab = Tab::Log;
                self.log.filter = LogFilter { citizen: Some(citizen), span: Span::All, ..LogFilter::default() };
                return self.anew(acting);
            }
            OversightInput::Review(finding) => self.begin_review(finding),
            OversightInput::Note(note) => self.note(note),
            OversightInput::Lock => self.ask_to_lock(acting),
            OversightInput::Confirm => return self.confirm(),
            OversightInput::Leave => self.leave(),
            OversightInput::Export => {
                let citizen = self.log.filter.citizen.filter(|_| self.exported != Some(Exported::Writing));
                if let Some(citizen) = citizen {
                    self.exported = Some(Exported::Writing);
                    return vec![Effect::SaveLookUps(citizen)];
                }
            }
            OversightInput::Exported(became) => self.exported = Some(became),
        }
        Vec::new()
    }

    fn replied(&mut self, ticket: Ticket, reply: OversightReply, now: Timestamp) -> Vec<Effect> {
        if ticket.generation != self.generation {
            return Vec::new();
        }
        match reply {
            OversightReply::Log(answer) if ticket.slot == MORE => self.log.more_came(answer),
            OversightReply::Log(answer) => self.log.came(answer, now),
            OversightReply::Glasses(answer) => {
                self.glasses.answer(answer, now);
                self.review_follows();
            }
            OversightReply::Rights(answer) => self.rights.answer(answer, now),
            OversightReply::Reviewed(answer) => return self.reviewed(*answer, now),
            OversightReply::Locked(staff, answer) => self.lock_answered(staff, answer),
            OversightReply::Opened(_) | OversightReply::Role(_) => {}
        }
        Vec::new()
    }
}

impl Desk {
    fn leads(&self) -> bool {
        self.session.me.value().is_some_and(|me| me.role == Role::TeamLeader)
    }

    fn make_oversight(&mut self) -> Option<&mut OversightPage> {
        if self.oversight.is_none() && self.leads() {
            let generation = self.next_generation();
            self.oversight = Some(OversightPage::open(generation));
        }
        self.oversight.as_mut()
    }

    /// The oversight; nobody but a team leader has it.
    pub(crate) fn ready_oversight(&mut self, now: Timestamp) -> Vec<Effect> {
        self.make_oversight();
        let acting = acting!(self, now);
        self.oversight.as_mut().map(|page| page.ask(acting)).unwrap_or_default()
    }

    pub(crate) fn oversight_step(&mut self, input: OversightInput, now: Timestamp) -> Vec<Effect> {
        let open = self.citizen().filter(|page| page.identity.value().is_some()).map(|page| page.id);
        self.make_oversight();
        let acting = acting!(self, now);
        let Some(page) = &mut self.oversight else { return Vec::new() };
        let about = matches!(input, OversightInput::About(_));
        let effects = page.update(input, open, acting);
        if about {
            self.stands.active_mut().enter(Place::Oversight);
        }
        effects
    }

    pub(crate) fn oversight_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        match (&mut self.oversight, reply) {
            (Some(page), Reply::Oversight(reply)) => page.replied(ticket, reply, now),
            _ => Vec::new(),
        }
    }

    /// Somebody broke the glass, or one was reviewed: the team leader sees how many wait for her, wherever she is.
    pub(crate) fn glass_heard(&mut self, now: Timestamp) -> Vec<Effect> {
        self.make_oversight().map(|page| page.ask_glasses(now)).unwrap_or_default()
    }
}
