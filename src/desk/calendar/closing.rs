//! Closing time at counters, and opening it again: what it meets is shown before it is saved. What does not live here: moving what it meets
//! (see `moving`), opening hours and holidays (the server's).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use skranke_api::appointments::Block;
use skranke_api::opening::{BlockChange, BlockConflicts, BlockRequest, BlockView};
use skranke_api::{ETag, ProblemKind};
use skranke_client::ClientError;
use skranke_client::http::Tagged;
use skranke_domain::appointment::BlockKind;
use skranke_domain::{BlockId, CommandId, CounterId};

use super::{CalendarPage, Layer, slot};
use crate::ask::{Question, VisitQuestion};
use crate::effect::Effect;
use crate::load::Load;

/// So long may the words be that say why, in characters.
pub const MAX_TEXT: usize = 200;

/// What time can be closed for.
pub const KINDS: [BlockKind; 4] = [BlockKind::Break, BlockKind::Meeting, BlockKind::Training, BlockKind::Closed];

/// Time that is about to be closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClosingSheet {
    /// Where.
    pub counters: Vec<CounterId>,
    /// The day.
    pub day: Date,
    /// From, as typed.
    pub from: String,
    /// To, as typed.
    pub to: String,
    /// What for.
    pub kind: BlockKind,
    /// Why, in words.
    pub text: String,
    /// What it would meet.
    #[serde(skip)]
    pub conflicts: Load<BlockConflicts>,
    /// It is being saved, or opened again.
    #[serde(skip)]
    pub saving: bool,
    /// What keeps it from being saved, once that was tried.
    #[serde(skip)]
    pub problem: Option<ClosingProblem>,
    id: BlockId,
    command: CommandId,
}

/// What keeps time from being closed.
#[derive(Clone, Debug)]
pub enum ClosingProblem {
    /// No place is chosen.
    NoCounter,
    /// When it begins is no time of the day on a five-minute mark.
    From,
    /// When it ends is none.
    To,
    /// It ends before it begins.
    Order,
    /// It is not known yet what it meets.
    NotSeen,
    /// Somebody was booked there meanwhile: what it meets is shown anew.
    MetMeanwhile,
    /// The server refused, or could not be asked.
    Refused(ClientError),
}

/// What happens with the time that is about to be closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosingInput {
    /// The sheet is opened (`L`).
    Open,
    /// It is put away; what was typed is kept (`Esc`).
    Close,
    /// A place is added or taken away.
    Toggle(CounterId),
    /// A day forward or back.
    Day(i8),
    /// From.
    From(String),
    /// To.
    To(String),
    /// What for.
    Kind(BlockKind),
    /// Why, in words.
    Text(String),
    /// It is closed (`Ctrl ↵`).
    Save,
    /// Closed time opens again at a counter.
    Reopen(BlockId, ETag, CounterId),
}

/// Reads a time of the day: `9`, `930`, `9.30`, `09:30`, on a five-minute mark; `24:00` is no time of the day.
#[must_use]
pub fn read_time(text: &str) -> Option<Time> {
    let text = text.trim();
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if text.len() <= 2 => (text, "0"),
        None => text.split_at_checked(text.len() - 2)?,
    };
    let digits = |part: &str| (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok());
    let time = Time::new(digits(hour)??, digits(minute)??, 0, 0).ok()?;
    (time.minute() % 5 == 0).then_some(time)
}

impl ClosingSheet {
    fn new(counter: CounterId, day: Date) -> Self {
        Self {
            counters: vec![counter],
            day,
            from: String::new(),
            to: String::new(),
            kind: BlockKind::Meeting,
            text: String::new(),
            conflicts: Load::Idle,
            saving: false,
            problem: None,
            id: BlockId::new(),
            command: CommandId::new(),
        }
    }

    /// Both times as far as they can be read.
    #[must_use]
    pub fn times(&self) -> (Option<Time>, Option<Time>) {
        (read_time(&self.from), read_time(&self.to))
    }

    /// What is wrong with what was typed, if anything is.
    #[must_use]
    pub fn wrong(&self) -> Option<ClosingProblem> {
        let (from, to) = self.times();
        match (from, to) {
            _ if self.counters.is_empty() => Some(ClosingProblem::NoCounter),
            (None, _) => Some(ClosingProblem::From),
            (_, None) => Some(ClosingProblem::To),
            (Some(from), Some(to)) if to <= from => Some(ClosingProblem::Order),
            _ => None,
        }
    }
}

impl CalendarPage {
    /// Closed time of the day shown that somebody closed and that can be opened again.
    pub fn closures(&self, day: Date) -> impl Iterator<Item = &Block> {
        let blocks = self.shown().value().into_iter().flat_map(|shown| &shown.blocks);
        blocks.filter(move |block| block.id.is_some() && block.etag.is_some() && self.date_of(block.start) == day)
    }

    pub(super) fn closing_step(&mut self, input: ClosingInput, now: Timestamp) -> Vec<Effect> {
        match input {
            ClosingInput::Open => {
                let kept = self.kept_closing.take();
                let sheet = kept.unwrap_or_else(|| Box::new(ClosingSheet::new(self.lane.clone(), self.day)));
                self.layer = Some(Layer::Closing(sheet));
                return self.ask_conflicts(now);
            }
            ClosingInput::Close => {
                self.put_layer_away();
                return Vec::new();
            }
            ClosingInput::Save => return self.close_it(now),
            ClosingInput::Reopen(id, etag, counter) => return self.reopen(id, etag, counter),
            _ => {}
        }
        let Some(Layer::Closing(sheet)) = &mut self.layer else { return Vec::new() };
        match input {
            ClosingInput::Toggle(counter) => {
                let before = sheet.counters.len();
                sheet.counters.retain(|one| *one != counter);
                if sheet.counters.len() == before {
                    sheet.counters.push(counter);
                }
            }
            ClosingInput::Day(by) => sheet.day = sheet.day.saturating_add(jiff::Span::new().days(by)),
            ClosingInput::From(text) => sheet.from = text,
            ClosingInput::To(text) => sheet.to = text,
            ClosingInput::Kind(kind) => sheet.kind = kind,
            ClosingInput::Text(text) => sheet.text = text.chars().take(MAX_TEXT).collect(),
            _ => {}
        }
        // What is sent is another closure than the one that may have been tried.
        (sheet.id, sheet.command) = (BlockId::new(), CommandId::new());
        sheet.problem = None;
        self.ask_conflicts(now)
    }

    /// What was typed on the sheet that closes time, open or put away.
    pub(crate) fn typed_closing(&self) -> Option<&ClosingSheet> {
        let open = match &self.layer {
            Some(Layer::Closing(sheet)) => Some(sheet.as_ref()),
            _ => None,
        };
        let typed = |text: &str| !text.trim().is_empty();
        let all = open.or(self.kept_closing.as_deref());
        all.filter(|sheet| typed(&sheet.from) || typed(&sheet.to) || typed(&sheet.text))
    }

    /// The sheet with what was typed before the window ended.
    pub(crate) fn lay_closing(&mut self, sheet: ClosingSheet, now: Timestamp) -> Vec<Effect> {
        let mut effects = self.go_to(sheet.day, now);
        self.kept_closing = Some(Box::new(sheet));
        effects.extend(self.closing_step(ClosingInput::Open, now));
        effects
    }

    fn closure(&self, sheet: &ClosingSheet) -> Option<BlockRequest> {
        let (Some(from), Some(to), None) = (sheet.times().0, sheet.times().1, sheet.wrong()) else { return None };
        let met = sheet.conflicts.value().into_iter().flat_map(|met| &met.appointments);
        Some(BlockRequest {
            id: sheet.id,
            counters: sheet.counters.clone(),
            start: self.at(sheet.day, from)?,
            end: self.at(sheet.day, to)?,
            kind: sheet.kind,
            text: sheet.text.trim().to_owned(),
            seen: met.map(|appointment| appointment.id).collect(),
        })
    }

    fn ask_conflicts(&mut self, now: Timestamp) -> Vec<Effect> {
        let ticket = self.fresh(slot::CONFLICTS);
        let Some(Layer::Closing(sheet)) = &mut self.layer else { return Vec::new() };
        sheet.conflicts = Load::Idle;
        let Some(Layer::Closing(sheet)) = &self.layer else { return Vec::new() };
        let Some(request) = self.closure(sheet) else { return Vec::new() };
        if let Some(Layer::Closing(sheet)) = &mut self.layer {
            sheet.conflicts.ask(now);
        }
        vec![Effect::Ask(ticket, Question::Visit(VisitQuestion::Conflicts(request)))]
    }

    pub(super) fn conflicts_known(&mut self, answer: Result<BlockConflicts, ClientError>, now: Timestamp) {
        if let Some(Layer::Closing(sheet)) = &mut self.layer {
            sheet.conflicts.answer(answer, now);
        }
    }

    fn close_it(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(Layer::Closing(sheet)) = &mut self.layer else { return Vec::new() };
        if sheet.saving {
            return Vec::new();
        }
        sheet.problem = sheet.wrong();
        if sheet.problem.is_some() {
            return Vec::new();
        }
        // What it meets must have been seen.
        if sheet.conflicts.value().is_none() {
            sheet.problem = Some(ClosingProblem::NotSeen);
            return if sheet.conflicts.is_waiting() { Vec::new() } else { self.ask_conflicts(now) };
        }
        let Some(Layer::Closing(sheet)) = &self.layer else { return Vec::new() };
        let (command, request) = (sheet.command, self.closure(sheet));
        let Some(request) = request else { return Vec::new() };
        self.sends();
        vec![Effect::Ask(self.fresh(slot::CLOSING), Question::Visit(VisitQuestion::Close(command, request)))]
    }

    fn reopen(&mut self, id: BlockId, etag: ETag, counter: CounterId) -> Vec<Effect> {
        if !self.sends() {
            return Vec::new();
        }
        let change = BlockChange { opens: vec![counter] };
        let question = VisitQuestion::Open(CommandId::new(), id, etag, change);
        vec![Effect::Ask(self.fresh(slot::CLOSING), Question::Visit(question))]
    }

    fn sends(&mut self) -> bool {
        let Some(Layer::Closing(sheet)) = &mut self.layer else { return false };
        let idle = !sheet.saving;
        sheet.saving = true;
        sheet.problem = None;
        idle
    }

    pub(super) fn closed(&mut self, answer: Result<Tagged<BlockView>, ClientError>, now: Timestamp) -> Vec<Effect> {
        let Some(Layer::Closing(sheet)) = &mut self.layer else { return self.ask(now) };
        sheet.saving = false;
        match answer {
            Ok(view) => {
                // Opening leaves the sheet where it is: more may be opened.
                if view.value.id == sheet.id {
                    self.layer = None;
                    self.kept_closing = None;
                }
                self.ask(now)
            }
            Err(error) if error.kind() == Some(ProblemKind::Transition) => {
                sheet.problem = Some(ClosingProblem::MetMeanwhile);
                sheet.command = CommandId::new();
                self.ask_conflicts(now)
            }
            Err(error) => {
                // Where nothing was answered, the same command may be asked again: it is done once.
                if error.kind().is_some() {
                    sheet.command = CommandId::new();
                }
                sheet.problem = Some(ClosingProblem::Refused(error));
                self.ask(now)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    #[test]
    fn times_are_read_as_people_type_them_and_only_on_five_minute_marks() {
        for (typed, read) in [
            ("9", Some(time(9, 0, 0, 0))),
            ("09:30", Some(time(9, 30, 0, 0))),
            ("9.05", Some(time(9, 5, 0, 0))),
            ("1430", Some(time(14, 30, 0, 0))),
            ("930", Some(time(9, 30, 0, 0))),
            (" 12 ", Some(time(12, 0, 0, 0))),
            ("9:31", None),
            ("9:5", None),
            ("24:00", None),
            ("", None),
            ("kl. 9", None),
            ("æøå", None),
            ("-900", None),
        ] {
            assert_eq!(read_time(typed), read, "{typed}");
        }
    }
}
