//! Sheets: what is laid over a citizen's page to be filled in (a note, a letter, the wrap-up …). A sheet belongs to the page of one citizen
//! and writes to her alone; what was typed survives `Esc`. What lives here: which is open, and how it ends. What does not: the pages.

pub mod application;
pub mod change;
pub mod handover;
pub mod letter;
pub mod note;
pub mod promise;
pub mod situation;
pub mod verify;
pub mod wrap_up;

pub use application::{ApplicationInput, ApplicationSheet};
pub use change::{ChangeInput, ChangeSheet};
pub use handover::{HandoverInput, HandoverSheet};
pub use letter::{LetterInput, LetterSheet};
pub use note::{NoteInput, NoteSheet};
pub use promise::{PromiseInput, PromiseSheet};
pub use situation::{SituationInput, SituationSheet};
pub use verify::{VerifyInput, VerifySheet};
pub use wrap_up::{WrapUpInput, WrapUpSheet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::handovers::Receiver;
use skranke_client::outbox::{Author, Draft, Label};
use skranke_domain::contact::{ForWhom, Verified};
use skranke_domain::life_situation::Happening;
use skranke_domain::{CaseId, ChangeId, CommandId, LifeSituationId, Localized, NoteId, PromiseId, SituationId};

use crate::acting::Acting;
use crate::ask::{Question, Reply};
use crate::citizen::CitizenPage;
use crate::effect::Effect;

/// An open sheet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Sheet {
    /// Registering the contact.
    WrapUp(WrapUpSheet),
    /// A note.
    Note(NoteSheet),
    /// A promise.
    Promise(PromiseSheet),
    /// One letter that asks for what is missing.
    Letter(LetterSheet),
    /// A warm hand-over.
    Handover(HandoverSheet),
    /// A life situation: its questions, and what follows.
    Situation(SituationSheet),
    /// A reported change.
    Change(ChangeSheet),
    /// Verifying a caller.
    #[serde(skip)]
    Verify(VerifySheet),
    /// Finishing an application on her behalf.
    #[serde(skip)]
    Application(ApplicationSheet),
}

/// Which sheet it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SheetKind {
    /// Registering the contact.
    WrapUp,
    /// A note.
    Note,
    /// A promise.
    Promise,
    /// One letter that asks for what is missing.
    Letter,
    /// A warm hand-over.
    Handover,
    /// A life situation: its questions, and what follows.
    Situation,
    /// A reported change.
    Change,
    /// Verifying a caller.
    Verify,
    /// Finishing an application on her behalf.
    Application,
}

/// What opens a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Register the contact (`W`).
    WrapUp,
    /// Write a note, or change one.
    Note(Option<NoteId>),
    /// Give a promise.
    Promise,
    /// Settle a promise with words: withdraw it, say what came of it, open it again.
    Settle(PromiseId),
    /// Ask for everything that is missing in one letter, or for what one case misses.
    Letter(Option<CaseId>),
    /// Hand over, perhaps to somebody who was named already.
    Handover(Option<Receiver>),
    /// Open, or work on, a life situation.
    Situation(Target),
    /// Report a change, perhaps of a kind that was named already.
    Change(Option<ChangeId>),
    /// Verify a caller.
    Verify,
    /// Finish an application that she began, by the case that it will be.
    Application(CaseId),
}

/// Which life situation a sheet is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// The clerk chooses a kind.
    Choose,
    /// A kind that is to be opened.
    Kind(LifeSituationId),
    /// A kind that something which happened proposes.
    Proposed(LifeSituationId, Happening, Date),
    /// One that is open already.
    Open(SituationId),
}

/// What happens on an open sheet.
#[derive(Clone, Debug)]
pub enum SheetInput {
    /// A sheet is opened.
    Open(Opening),
    /// It is done (`Ctrl ↵`).
    Confirm,
    /// It is left (`Esc`); what was typed stays.
    Leave,
    /// On the sheet for registering the contact.
    WrapUp(WrapUpInput),
    /// On the sheet for a note.
    Note(NoteInput),
    /// On the sheet for a promise.
    Promise(PromiseInput),
    /// On the sheet for one letter that asks for what is missing.
    Letter(LetterInput),
    /// On the sheet for a warm hand-over.
    Handover(HandoverInput),
    /// On the sheet for a life situation: its questions, and what follows.
    Situation(SituationInput),
    /// On the sheet for a reported change.
    Change(ChangeInput),
    /// On the sheet for verifying a caller.
    Verify(VerifyInput),
    /// On the sheet that finishes an application.
    Application(ApplicationInput),
}

/// What a sheet sees of the page it belongs to, and who acts.
#[derive(Clone, Copy, Debug)]
pub struct Facing<'a> {
    /// The page.
    pub page: &'a CitizenPage,
    /// Who acts, when.
    pub acting: Acting<'a>,
}

impl Facing<'_> {
    /// The author of every change of this sheet: about this page's citizen and nobody else.
    #[must_use]
    pub fn author(&self) -> Option<Author> {
        self.acting.author(self.page.id)
    }

    /// Her name as the outbox keeps it.
    #[must_use]
    pub fn citizen_name(&self) -> String {
        self.page.full_name()
    }

    /// What the clerk sees of a change in the outbox.
    #[must_use]
    pub fn label(
        &self,
        deed: skranke_client::outbox::Deed,
        about: Option<Localized>,
        text: impl Into<String>,
    ) -> Label {
        Label::Deed { citizen_name: self.citizen_name(), deed, about, text: text.into() }
    }

    /// A question whose reply comes back to this sheet. `slot` is the sheet's own, from 0.
    #[must_use]
    pub fn ask(&self, slot: u8, question: Question) -> Effect {
        self.page.ask_for_sheet(slot, question)
    }
}

/// How a step on a sheet ends.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It stays open.
    Stay(Vec<Effect>),
    /// It is done: the changes go to the outbox, the sheet closes.
    Done(Vec<Effect>),
    /// It is done, and so is the visit: nobody stands there any more.
    Finished(Vec<Effect>),
    /// It is done: it was made sure who stands there or rings, and for whom.
    Verified(Verified, ForWhom),
}

impl Outcome {
    /// Done: this change takes the place of one that waits in the outbox, where it does.
    #[must_use]
    pub fn instead(of: Option<CommandId>, draft: Option<Draft>) -> Self {
        let effect = draft.map(Box::new).map(|draft| match of {
            Some(id) => Effect::Replace(id, draft),
            None => Effect::Enqueue(draft),
        });
        Self::Done(effect.into_iter().collect())
    }

    /// Done with these changes.
    #[must_use]
    pub fn send(drafts: impl IntoIterator<Item = Draft>) -> Self {
        Self::Done(drafts.into_iter().map(|draft| Effect::Enqueue(Box::new(draft))).collect())
    }

    /// Not yet: the sheet says why.
    #[must_use]
    pub const fn not_yet() -> Self {
        Self::Stay(Vec::new())
    }
}

impl Sheet {
    pub(crate) fn open(opening: &Opening, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        fn opened<S>((sheet, effects): (S, Vec<Effect>), wrap: impl FnOnce(S) -> Sheet) -> (Sheet, Vec<Effect>) {
            (wrap(sheet), effects)
        }
        match opening {
            Opening::WrapUp => opened(WrapUpSheet::open(facing), Sheet::WrapUp),
            Opening::Note(note) => opened(NoteSheet::open(*note, facing), Sheet::Note),
            Opening::Promise => opened(PromiseSheet::open(facing), Sheet::Promise),
            Opening::Settle(promise) => opened(PromiseSheet::settle(*promise, facing), Sheet::Promise),
            Opening::Letter(case) => opened(LetterSheet::open(*case, facing), Sheet::Letter),
            Opening::Handover(receiver) => opened(HandoverSheet::open(receiver.clone(), facing), Sheet::Handover),
            Opening::Situation(target) => opened(SituationSheet::open(target.clone(), facing), Sheet::Situation),
            Opening::Change(change) => opened(ChangeSheet::open(change.clone(), facing), Sheet::Change),
            Opening::Verify => opened(VerifySheet::open(facing), Sheet::Verify),
            Opening::Application(case) => opened(ApplicationSheet::open(*case, facing), Sheet::Application),
        }
    }

    /// Which it is.
    #[must_use]
    pub const fn kind(&self) -> SheetKind {
        match self {
            Self::WrapUp(_) => SheetKind::WrapUp,
            Self::Note(_) => SheetKind::Note,
            Self::Promise(_) => SheetKind::Promise,
            Self::Letter(_) => SheetKind::Letter,
            Self::Handover(_) => SheetKind::Handover,
            Self::Situation(_) => SheetKind::Situation,
            Self::Change(_) => SheetKind::Change,
            Self::Verify(_) => SheetKind::Verify,
            Self::Application(_) => SheetKind::Application,
        }
    }

    /// Something happened on it. An input for another sheet is not for this one.
    pub(crate) fn update(&mut self, input: SheetInput, facing: &Facing<'_>) -> Vec<Effect> {
        match (self, input) {
            (Self::WrapUp(sheet), SheetInput::WrapUp(input)) => sheet.update(input, facing),
            (Self::Note(sheet), SheetInput::Note(input)) => sheet.update(input, facing),
            (Self::Promise(sheet), SheetInput::Promise(input)) => sheet.update(input, facing),
            (Self::Letter(sheet), SheetInput::Letter(input)) => sheet.update(input, facing),
            (Self::Handover(sheet), SheetInput::Handover(input)) => sheet.update(input, facing),
            (Self::Situation(sheet), SheetInput::Situation(input)) => sheet.update(input, facing),
            (Self::Change(sheet), SheetInput::Change(input)) => sheet.update(input, facing),
            (Self::Verify(sheet), SheetInput::Verify(input)) => sheet.update(input, facing),
            (Self::Application(sheet), SheetInput::Application(input)) => sheet.update(input, facing),
            _ => Vec::new(),
        }
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        match self {
            Self::WrapUp(sheet) => sheet.confirm(facing),
            Self::Note(sheet) => sheet.confirm(facing),
            Self::Promise(sheet) => sheet.confirm(facing),
            Self::Letter(sheet) => sheet.confirm(facing),
            Self::Handover(sheet) => sheet.confirm(facing),
            Self::Situation(sheet) => sheet.confirm(facing),
            Self::Change(sheet) => sheet.confirm(facing),
            Self::Verify(sheet) => sheet.confirm(facing),
            Self::Application(sheet) => sheet.confirm(facing),
        }
    }

    pub(crate) fn replied(&mut self, slot: u8, reply: Reply, facing: &Facing<'_>) {
        match self {
            Self::WrapUp(sheet) => sheet.replied(slot, reply, facing),
            Self::Note(sheet) => sheet.replied(slot, reply, facing),
            Self::Promise(sheet) => sheet.replied(slot, reply, facing),
            Self::Letter(sheet) => sheet.replied(slot, reply, facing),
            Self::Handover(sheet) => sheet.replied(slot, reply, facing),
            Self::Situation(sheet) => sheet.replied(slot, reply, facing),
            Self::Change(sheet) => sheet.replied(slot, reply, facing),
            Self::Verify(sheet) => sheet.replied(slot, reply, facing),
            Self::Application(sheet) => sheet.replied(slot, reply, facing),
        }
    }

    /// It was kept and is opened again: what happened since is taken in, and what it had fetched is fetched anew where it comes from disk.
    pub(crate) fn reopened(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        match self {
            Self::WrapUp(sheet) => sheet.catch_up(facing),
            Self::Letter(sheet) => sheet.catch_up(facing),
            Self::Handover(sheet) => return sheet.fetch(facing),
            Self::Change(sheet) => return sheet.fetch(facing),
            _ => {}
        }
        Vec::new()
    }

    /// The page knows more than when it was laid: a letter names the papers that were not known yet.
    pub(crate) fn page_came(&mut self, facing: &Facing<'_>) {
        if let Self::Letter(sheet) = self {
            sheet.page_came(facing);
        }
    }

    /// The change in the outbox that it words anew, if it does.
    #[must_use]
    pub const fn replaces(&self) -> Option<CommandId> {
        match self {
            Self::Note(sheet) => sheet.replaces,
            Self::Promise(sheet) => sheet.replaces,
            Self::WrapUp(sheet) => sheet.replaces,
            _ => None,
        }
    }

    pub(crate) fn is_worth_keeping(&self) -> bool {
        match self {
            Self::WrapUp(sheet) => sheet.is_worth_keeping(),
            Self::Note(sheet) => sheet.is_worth_keeping(),
            Self::Promise(sheet) => sheet.is_worth_keeping(),
            Self::Letter(sheet) => sheet.is_worth_keeping(),
            Self::Handover(sheet) => sheet.is_worth_keeping(),
            Self::Situation(sheet) => sheet.is_worth_keeping(),
            Self::Change(sheet) => sheet.is_worth_keeping(),
            Self::Verify(sheet) => sheet.is_worth_keeping(),
            Self::Application(sheet) => sheet.is_worth_keeping(),
        }
    }

    /// Whether a kept sheet is what an opening asks for, so that what was typed comes back.
    pub(crate) fn answers(&self, opening: &Opening) -> bool {
        // What words a change anew is opened from the outbox, and never mistaken for something new.
        if self.replaces().is_some() {
            return false;
        }
        match (self, opening) {
            (Self::WrapUp(_), Opening::WrapUp)
            | (Self::Handover(_), Opening::Handover(None))
            | (Self::Change(_), Opening::Change(None)) => true,
            (Self::Note(sheet), Opening::Note(note)) => sheet.is_about(*note),
            (Self::Promise(sheet), Opening::Promise) => sheet.is_about(None),
            (Self::Promise(sheet), Opening::Settle(promise)) => sheet.is_about(Some(*promise)),
            (Self::Letter(sheet), Opening::Letter(case)) => sheet.is_about(*case),
            (Self::Situation(sheet), Opening::Situation(target)) => sheet.is_about(target),
            _ => false,
        }
    }
}
