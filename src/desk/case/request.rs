//! Asking for what is missing, beside the case: the papers, the text in her language with Danish beside it, the last day, the channel; and
//! what becomes of requests that were sent. What does not live here: one letter over several cases (see `crate::sheets::letter`), the
//! catalogue's words, drawing.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use skranke_api::cases::CaseView;
use skranke_api::casework::{RequestChange, RequestState, RequestView};
use skranke_api::contacts::LetterItem;
use skranke_api::{ETag, paths};
use skranke_client::outbox::{Deed, Draft, Entry, FieldKey, Label};
use skranke_domain::checklist::{Due, ItemState, REASON_CHARS};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::letter::{Letter, LetterLanguage};
use skranke_domain::{CaseId, CitizenText, ItemId, LetterId, Localized};

use super::ItemShown;
use crate::acting::Acting;
use crate::effect::Effect;
use crate::letters::{self, AnswerBy, LetterProblem, Sending};

/// So long after the last letter she counts as writing.
const WRITING: SignedDuration = SignedDuration::from_secs(120);

/// The panel that asks for what is missing.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RequestPanel {
    /// The letter as it stands; none before the case has come, and while one is being written to the outbox.
    pub letter: Option<Asking>,
    /// What is being changed about a request that was sent.
    pub changing: Option<Changing>,
    /// What was sent and does not lie in the outbox yet: it comes back if it never does.
    #[serde(skip)]
    sending: Option<(LetterId, Box<Asking>)>,
}

/// A paper that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestPaper {
    /// The item.
    pub item: ItemId,
    /// Whether the letter asks for it.
    pub on: bool,
    /// What the clerk calls it.
    pub label: Localized,
    /// The sentence of the letter.
    pub asks: CitizenText,
    /// What came was rejected.
    pub rejected: bool,
    /// It stands so because of a judgement that is not confirmed.
    pub unconfirmed: bool,
    seen: ETag,
}

/// A letter while it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Asking {
    /// The papers that can be asked for, in the order of the checklist.
    pub papers: Vec<RequestPaper>,
    /// The language that is shown, which is the one that is sent.
    pub language: LetterLanguage,
    /// The language she is written to in, where letters are written in it; else what she gets instead.
    pub hers: LetterLanguage,
    /// Her language, where no letter is written in it.
    pub unwritten: Option<LanguageCode>,
    /// How it is sent.
    pub channel: Channel,
    /// She is exempt from Digital Post.
    pub exempt: bool,
    /// The last day as it was typed.
    pub deadline: String,
    /// Whether she is reminded.
    pub reminds: bool,
    /// The text that is shown.
    pub text: String,
    /// Why it could not be sent when that was tried.
    #[serde(skip)]
    pub problem: Option<LetterProblem>,
    edited: Vec<(LetterLanguage, String)>,
    chosen: Vec<(ItemId, bool)>,
    from: String,
    today: Date,
    /// The last day that was understood; the letter says this one.
    day: Date,
    touched: bool,
    #[serde(skip)]
    typed_at: Option<Timestamp>,
    /// It changed without her doing, and she did nothing here since.
    moved: bool,
}

/// What is being changed about a request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changing {
    /// Which.
    pub letter: LetterId,
    /// What.
    pub what: ChangeKind,
    /// What is typed: a day, or a reason.
    pub typed: String,
    /// Why it does not do yet.
    #[serde(skip)]
    pub problem: Option<ChangeProblem>,
}

/// What is changed about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeKind {
    /// She gets longer.
    Extend,
    /// Nothing more is awaited.
    Close,
}

/// Why a request cannot be changed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeProblem {
    /// The day does not do.
    Day(LetterProblem),
    /// The day is not later than the one she has.
    NotLater,
    /// A reason is needed.
    NoReason,
    /// The reason is longer than [`REASON_CHARS`].
    ReasonTooLong,
}

/// What happens in the panel.
#[derive(Clone, Debug)]
pub enum RequestInput {
    /// A paper is ticked, or no longer.
    Toggle(ItemId),
    /// Another language.
    Language(LetterLanguage),
    /// Another way to send it.
    Channel(Channel),
    /// The last day was typed.
    Deadline(String),
    /// She is reminded, or not.
    Remind,
    /// The text was typed.
    Typed(String),
    /// The text is made anew from what is ticked; what was typed into it goes.
    Anew,
    /// Send it.
    Send,
    /// Begin to change a request that was sent.
    Change(LetterId, ChangeKind),
    /// A day or reason was typed.
    ChangeTyped(String),
    /// The change is made.
    ChangeConfirm,
    /// The change is left.
    ChangeCancel,
    /// She is reminded of a request now.
    RemindNow(LetterId),
}

/// What the panel sees of its case.
#[derive(Clone, Copy)]
pub(crate) struct Beside<'a> {
    pub(crate) view: &'a CaseView,
    pub(crate) items: &'a [ItemShown<'a>],
    pub(crate) acting: Acting<'a>,
}

impl Beside<'_> {
    const fn case(&self) -> CaseId {
        self.view.row.id
    }

    fn label(&self, deed: Deed, text: String) -> Label {
        let about = Some(self.view.row.title.clone());
        Label::Deed { citizen_name: self.view.citizen_name.clone(), deed, about, text }
    }
}

/// Whether a paper can be asked for: she can send it before the visit and nobody has asked, or what she sent was rejected, whenever it is
/// due: nobody is to come with what will not do.
#[must_use]
pub fn can_be_asked(shown: &ItemShown<'_>) -> bool {
    let open = match shown.state {
        ItemState::Missing => shown.item.due == Due::BeforeVisit,
        ItemState::Rejected => true,
        _ => false,
    };
    open && !shown.item.supplied_by.is_office()
}

impl RequestPanel {
    /// Whether something was typed or chosen that must not be lost.
    #[must_use]
    pub fn is_worth_keeping(&self) -> bool {
        self.letter.as_ref().is_some_and(|letter| letter.touched) || self.changing.is_some() || self.sending.is_some()
    }

    /// Whether something was typed or chosen that is not sent.
    pub(crate) fn is_typed(&self) -> bool {
        self.letter.as_ref().is_some_and(|letter| letter.touched) || self.changing.is_some()
    }

    /// Whether she is writing here.
    pub(crate) fn is_writing(&self, now: Timestamp) -> bool {
        let typed = self.letter.as_ref().and_then(|letter| letter.typed_at);
        self.changing.is_some() || typed.is_some_and(|at| now.duration_since(at) < WRITING)
    }

    /// It is on its way to the outbox.
    #[must_use]
    pub const fn is_sending(&self) -> bool {
        self.sending.is_some()
    }

    /// A paper is to be asked for, whatever was ticked before.
    pub(crate) fn want(&mut self, item: ItemId, beside: Beside<'_>) {
        if let Some(letter) = &mut self.letter {
            letter.choose(item, true);
            // She goes to the letter now, and reads it as it stands.
            letter.moved = false;
            letter.take_in(beside);
        }
    }

    /// Brings the panel in step with the case and the outbox.
    pub(crate) fn follow(&mut self, beside: Beside<'_>) {
        let pending = beside.acting.pending;
        if let Some((id, asking)) = self.sending.take() {
            if pending.trouble.is_some() {
                self.letter = Some(*asking);
            } else if !pending.case_deeds(beside.case()).any(|(_, entry)| is_letter(entry, id)) {
                self.sending = Some((id, asking));
                return;
            }
        }
        match &mut self.letter {
            Some(letter) => {
                let before: Vec<ItemId> = letter.ticked().map(|paper| paper.item.clone()).collect();
                letter.take_in(beside);
                letter.moved |= moved_by_others(&before, letter, beside.items);
            }
            None => self.letter = Some(Asking::open(beside)),
        }
        let open = |id: LetterId| beside.view.requests.iter().any(|r| r.id == id && is_open(r));
        if self.changing.as_ref().is_some_and(|changing| !open(changing.letter)) {
            self.changing = None;
        }
    }

    pub(crate) fn update(&mut self, input: RequestInput, beside: Beside<'_>) -> Vec<Effect> {
        match input {
            RequestInput::Send => return self.send(beside),
            RequestInput::Change(letter, what) => {
                let Some(request) = beside.view.requests.iter().find(|r| r.id == letter && is_open(r)) else {
                    return Vec::new();
                };
                let typed = match what {
                    ChangeKind::Extend => {
                        letters::typed_day(letters::usual_day(request.deadline.max(beside.acting.today())))
                    }
                    ChangeKind::Close => String::new(),
                };
                self.changing = Some(Changing { letter, what, typed, problem: None });
            }
            RequestInput::ChangeTyped(typed) => {
                if let Some(changing) = &mut self.changing {
                    changing.typed = typed;
                    changing.problem = None;
                }
            }
            RequestInput::ChangeConfirm => return self.change(beside),
            RequestInput::ChangeCancel => self.changing = None,
            RequestInput::RemindNow(letter) => {
                return send_change(letter, &RequestChange::Remind, String::new(), beside);
            }
            input => {
                if let Some(letter) = &mut self.letter {
                    letter.update(input, beside);
                }
            }
        }
        Vec::new()
    }

    fn send(&mut self, beside: Beside<'_>) -> Vec<Effect> {
        let Some(letter) = &mut self.letter else { return Vec::new() };
        match letter.draft(beside) {
            Ok((id, draft)) => {
                self.sending = self.letter.take().map(|letter| (id, Box::new(letter)));
                vec![Effect::Enqueue(Box::new(draft))]
            }
            Err(problem) => {
                letter.problem = Some(problem);
                letter.moved = false;
                Vec::new()
            }
        }
    }

    fn change(&mut self, beside: Beside<'_>) -> Vec<Effect> {
        let Some(changing) = &mut self.changing else { return Vec::new() };
        let typed = changing.typed.trim().to_owned();
        let made = match changing.what {
            ChangeKind::Extend => {
                let known = beside.view.requests.iter().find(|r| r.id == changing.letter).map(|r| r.deadline);
                match letters::answer_by(&typed, beside.acting.today()) {
                    Err(problem) => Err(ChangeProblem::Day(problem)),
                    Ok(by) if known.is_some_and(|known| by.day <= known) => Err(ChangeProblem::NotLater),
                    Ok(by) => Ok(RequestChange::Extend { until: by.day }),
                }
            }
            ChangeKind::Close if typed.is_empty() => Err(ChangeProblem::NoReason),
            ChangeKind::Close if typed.chars().count() > REASON_CHARS => Err(ChangeProblem::ReasonTooLong),
            ChangeKind::Close => Ok(RequestChange::Close { reason: typed.clone() }),
        };
        match made {
            Ok(change) => {
                let effects = send_change(changing.letter, &change, typed, beside);
                if !effects.is_empty() {
                    self.changing = None;
                }
                effects
            }
            Err(problem) => {
                changing.problem = Some(problem);
                Vec::new()
            }
        }
    }
}

/// Whether the ticked papers are others than before through no doing of hers.
fn moved_by_others(before: &[ItemId], letter: &Asking, items: &[ItemShown<'_>]) -> bool {
    let hers = |item: &ItemId| {
        let shown = items.iter().find(|shown| shown.item.id == *item);
        shown.is_some_and(|shown| shown.pending.is_some() || shown.asked)
    };
    let gone = before.iter().filter(|item| letter.ticked().all(|paper| paper.item != **item));
    let came = letter.ticked().map(|paper| &paper.item).filter(|item| !before.contains(item));
    gone.chain(came).any(|item| !hers(item))
}

/// Whether she is still awaited by it.
#[must_use]
pub const fn is_open(request: &RequestView) -> bool {
    matches!(request.state, RequestState::Open | RequestState::Overdue)
}

fn is_letter(entry: &Entry, id: LetterId) -> bool {
    entry.draft.body.get("id").and_then(|said| said.as_str()).is_some_and(|said| said == id.to_string())
}

fn send_change(letter: LetterId, change: &RequestChange, text: String, beside: Beside<'_>) -> Vec<Effect> {
    let citizen = beside.view.row.citizen;
    let Some(request) = beside.view.requests.iter().find(|request| request.id == letter) else { return Vec::new() };
    let path = paths::letter(citizen, letter);
    let basis = beside.acting.pending.basis(&path, Some(&request.etag));
    let (Some(author), Some(basis)) = (beside.acting.author(citizen), basis) else { return Vec::new() };
    let label = beside.label(Deed::RequestChanged, text);
    let draft = Draft::change(author, (path, FieldKey::new("state")), basis, change, label);
    draft.map(|draft| Effect::Enqueue(Box::new(draft.of_case(beside.case())))).into_iter().collect()
}

impl Asking {
    fn open(beside: Beside<'_>) -> Self {
        let (view, acting) = (beside.view, beside.acting);
        let today = acting.today();
        let spoken = std::slice::from_ref(&view.language);
        let usual = letters::usual_day(today);
        // The case may want it sooner, and she still needs some days.
        let soonest = letters::usual_day(today).min(view.row.deadline.unwrap_or(usual));
        let day = if letters::reminder_day(soonest, today).is_some() { soonest } else { usual };
        let hers = LetterLanguage::for_speaker(spoken);
        let exempt = view.exempt_from_digital_post;
        let mut letter = Self {
            papers: Vec::new(),
            language: hers,
            hers,
            unwritten: LetterLanguage::of_code(&view.language).is_none().then(|| view.language.clone()),
            channel: if exempt { Channel::Letter } else { Channel::DigitalPost },
            exempt,
            deadline: letters::typed_day(day),
            reminds: true,
            text: String::new(),
            problem: None,
            edited: Vec::new(),
            chosen: Vec::new(),
            from: acting.session.me.value().map(|me| me.municipality.clone()).unwrap_or_default(),
            today,
            day,
            touched: false,
            typed_at: None,
            moved: false,
        };
        letter.take_in(beside);
        letter
    }

    /// The papers it asks for.
    pub fn ticked(&self) -> impl Iterator<Item = &RequestPaper> {
        self.papers.iter().filter(|paper| paper.on)
    }

    /// Whether the clerk changed the text that is shown: ticking no longer does.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edit(self.language).is_some()
    }

    /// The last day to answer, as it was understood.
    ///
    /// # Errors
    /// A [`LetterProblem`] when it is no date, past, or more than a year away.
    pub fn answer_by(&self) -> Result<AnswerBy, LetterProblem> {
        letters::answer_by(&self.deadline, self.today)
    }

    /// The day she would be reminded.
    #[must_use]
    pub fn reminder(&self) -> Option<Date> {
        letters::reminder_day(self.answer_by().ok()?.day, self.today)
    }

    /// How many words are shown.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    }

    fn edit(&self, language: LetterLanguage) -> Option<&String> {
        self.edited.iter().find(|(of, _)| *of == language).map(|(_, text)| text)
    }

    fn written(&self, language: LetterLanguage) -> String {
        let asks: Vec<&CitizenText> = self.ticked().map(|paper| &paper.asks).collect();
        if asks.is_empty() {
            return String::new();
        }
        Letter { asks, deadline: self.day, channel: self.channel, from: &self.from }.write(language)
    }

    fn write(&mut self) {
        self.text = self.edit(self.language).cloned().unwrap_or_else(|| self.written(self.language));
    }

    fn choose(&mut self, item: ItemId, on: bool) {
        self.chosen.retain(|(of, _)| *of != item);
        self.chosen.push((item, on));
    }

    fn update(&mut self, input: RequestInput, beside: Beside<'_>) {
        self.problem = None;
        self.touched = true;
        self.moved = false;
        match input {
            RequestInput::Toggle(item) => {
                if let Some(on) = self.papers.iter().find(|paper| paper.item == item).map(|paper| !paper.on) {
                    self.choose(item, on);
                }
            }
            RequestInput::Language(language) => self.language = language,
            RequestInput::Channel(Channel::DigitalPost) if self.exempt => {}
            RequestInput::Channel(channel) => self.channel = channel,
            RequestInput::Deadline(typed) => {
                self.deadline = typed;
                if let Ok(by) = self.answer_by() {
                    self.day = by.day;
                }
            }
            RequestInput::Remind => self.reminds = !self.reminds,
            RequestInput::Typed(text) => {
                self.typed_at = Some(beside.acting.now);
                self.edited.retain(|(of, _)| *of != self.language);
                if text != self.written(self.language) {
                    self.edited.push((self.language, text));
                }
            }
            RequestInput::Anew => self.edited.retain(|(of, _)| *of != self.language),
            _ => {}
        }
        self.take_in(beside);
    }

    /// Brings the papers in step with the checklist. What the clerk wrote herself does not name what turned up since.
    fn take_in(&mut self, beside: Beside<'_>) {
        let fresh = self.edited.is_empty();
        let papers = beside.items.iter().filter(|shown| can_be_asked(shown)).map(|shown| {
            let item = shown.item;
            let before = self.papers.iter().find(|paper| paper.item == item.id).map(|paper| paper.on);
            let chosen = self.chosen.iter().find(|(of, _)| *of == item.id).map(|(_, on)| *on);
            RequestPaper {
                item: item.id.clone(),
                on: chosen.or(before).unwrap_or(fresh),
                label: item.label.clone(),
                asks: letters::asks(
                    beside.acting.session,
                    item.paper.as_ref(),
                    item.citizen_text.as_ref(),
                    &item.label,
                ),
                rejected: shown.state == ItemState::Rejected,
                unconfirmed: shown.pending.as_ref().is_some_and(|pending| !pending.is_refused()),
                seen: item.etag.clone(),
            }
        });
        self.papers = papers.collect();
        self.today = beside.acting.today();
        self.write();
    }

    fn draft(&self, beside: Beside<'_>) -> Result<(LetterId, Draft), LetterProblem> {
        if self.papers.is_empty() {
            return Err(LetterProblem::NothingMissing);
        }
        if self.ticked().next().is_none() {
            return Err(LetterProblem::NothingTicked);
        }
        // Nothing is sent that she may not have read.
        if self.moved {
            return Err(LetterProblem::Changed);
        }
        if self.ticked().any(|paper| paper.unconfirmed) {
            return Err(LetterProblem::Unconfirmed);
        }
        let case = beside.case();
        let items = self.ticked().map(|paper| LetterItem { case, item: paper.item.clone(), seen: paper.seen.clone() });
        let sending = Sending {
            items: items.collect(),
            language: self.language,
            text: self.text.clone(),
            channel: self.channel,
            deadline: self.answer_by()?.day,
            reminder: self.reminds.then(|| self.reminder()).flatten(),
        };
        let label = beside.label(Deed::PapersAsked, self.text.clone());
        let author = beside.acting.author(beside.view.row.citizen);
        let (id, draft) = sending.draft(author, label)?;
        Ok((id, draft.of_case(case)))
    }
}
