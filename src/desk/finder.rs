//! The palette's search: what was typed, what it was taken for, what was found. What does not live here: the list of commands, the
//! highlighted row (the window's own), opening a citizen.

use std::time::Duration;

use skranke_api::Purpose;
use skranke_api::citizens::{Hit, QUERY_CHARS, QueryKind, SearchAnswer, SearchRequest};
use skranke_api::purpose::PurposeKind;
use skranke_client::ClientError;
use skranke_domain::SessionId;
use skranke_domain::cpr::{CprError, CprTyping, looks_like_cpr};

use crate::ask::{Question, Reply};
use crate::effect::{Effect, Room, Ticket, Wake};

/// How long typing pauses before a search is sent.
pub const PAUSE: Duration = Duration::from_millis(90);
/// How many hits are asked for at once.
pub const HITS: u16 = 8;

/// What the typed words were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing to search for yet.
    Nothing,
    /// Too little to send: a CPR number is sent only when it is complete.
    PartialCpr {
        /// Digits typed so far.
        digits: usize,
    },
    /// A CPR number with a mistake: nothing is sent.
    WrongCpr(CprError),
    /// Searches to send.
    Search(Vec<(QueryKind, String)>),
    /// A command of the window (`>`).
    Command(String),
}

/// Takes typed words for what they most likely are.
#[must_use]
pub fn read(typed: &str) -> Reading {
    let text: String = typed.trim().chars().take(QUERY_CHARS).collect();
    if let Some(command) = text.strip_prefix('>') {
        return Reading::Command(command.trim().to_owned());
    }
    if let Some(number) = text.strip_prefix('#') {
        return search(QueryKind::CaseNumber, number);
    }
    if let Some(phone) = text.strip_prefix('+') {
        return search(QueryKind::Phone, phone);
    }
    match looks_like_cpr(&text) {
        CprTyping::Complete(_) => return Reading::Search(vec![(QueryKind::Cpr, text)]),
        CprTyping::Partial { digits } => return Reading::PartialCpr { digits },
        CprTyping::Wrong(error) => return Reading::WrongCpr(error),
        CprTyping::No => {}
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    match (letters, digits) {
        (0, 0) => Reading::Nothing,
        (0, 1) => Reading::Nothing,
        (0, _) => search(QueryKind::Phone, &text),
        (1, 0) => Reading::Nothing,
        (_, 0) => Reading::Search(vec![(QueryKind::Name, text.clone()), (QueryKind::Address, text)]),
        _ if looks_like_case_number(&text) => search(QueryKind::CaseNumber, &text),
        _ => Reading::Search(vec![(QueryKind::Address, text.clone()), (QueryKind::Name, text)]),
    }
}

fn search(kind: QueryKind, words: &str) -> Reading {
    let words = words.trim();
    if words.chars().count() < 2 { Reading::Nothing } else { Reading::Search(vec![(kind, words.to_owned())]) }
}

/// `KFF-2026-…`: letters, a hyphen, digits.
fn looks_like_case_number(text: &str) -> bool {
    let Some((tag, rest)) = text.split_once('-') else { return false };
    (2..=5).contains(&tag.chars().count())
        && tag.chars().all(char::is_alphabetic)
        && rest.chars().all(|c| c.is_ascii_digit() || c == '-')
        && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The hits of one of the searches that typing led to.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was searched for.
    pub kind: QueryKind,
    /// What came; none while it is awaited.
    pub answer: Option<Result<SearchAnswer, ClientError>>,
}

/// The palette while it is open.
#[derive(Clone, Debug)]
pub struct Finder {
    /// What is typed.
    pub typed: String,
    /// What it was taken for.
    pub reading: Reading,
    /// Why the citizen is looked for.
    pub purpose: PurposeKind,
    /// The words that go with the purpose.
    pub note: String,
    /// The searches under way and their hits.
    pub found: Vec<Found>,
    session: SessionId,
    generation: u64,
}

/// What happens in the palette.
#[derive(Clone, Debug)]
pub enum FinderInput {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// Something was typed.
    Typed(String),
    /// The next purpose (one key).
    NextPurpose,
    /// A purpose was chosen.
    Purpose(PurposeKind),
    /// The words that go with it.
    Note(String),
}

impl Finder {
    /// An empty palette, with the purpose that what she is doing suggests.
    #[must_use]
    pub fn new(purpose: PurposeKind, generation: u64) -> Self {
        Self {
            typed: String::new(),
            reading: Reading::Nothing,
            purpose,
            note: String::new(),
            found: Vec::new(),
            session: SessionId::new(),
            generation,
        }
    }

    /// The purpose as it is sent; none while it lacks the words it needs.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        let note = Some(self.note.trim().to_owned()).filter(|n| !n.is_empty());
        let purpose = Purpose { kind: self.purpose, note };
        purpose.check().is_ok().then_some(purpose)
    }

    /// Which asking the palette is at; rises with every letter.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// All hits, best group first, each citizen once.
    #[must_use]
    pub fn hits(&self) -> Vec<(QueryKind, &Hit)> {
        let mut seen = Vec::new();
        let mut hits = Vec::new();
        for found in &self.found {
            let Some(Ok(answer)) = &found.answer else { continue };
            for hit in &answer.hits {
                if !seen.contains(&hit.citizen) {
                    seen.push(hit.citizen);
                    hits.push((found.kind, hit));
                }
            }
        }
        hits
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        matches!(self.reading, Reading::Search(_)) && self.found.iter().any(|f| f.answer.is_none())
    }

    /// What went wrong, where something did.
    #[must_use]
    pub fn trouble(&self) -> Option<&ClientError> {
        self.found.iter().find_map(|f| f.answer.as_ref()?.as_ref().err())
    }

    pub(crate) fn update(&mut self, input: FinderInput) -> Vec<Effect> {
        match input {
            FinderInput::Open | FinderInput::Close => Vec::new(),
            FinderInput::Typed(text) => {
                self.typed = text;
                self.read_again()
            }
            FinderInput::NextPurpose => {
                let at = PurposeKind::ALL.iter().position(|k| *k == self.purpose).unwrap_or(0);
                self.purpose = PurposeKind::ALL[(at + 1) % PurposeKind::ALL.len()];
                self.read_again()
            }
            FinderInput::Purpose(kind) => {
                self.purpose = kind;
                self.read_again()
            }
            FinderInput::Note(note) => {
                self.note = note;
                self.read_again()
            }
        }
    }

    /// Typing went on: what is under way no longer counts. Hits on the screen stay until better ones come.
    fn read_again(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.reading = read(&self.typed);
        match &self.reading {
            Reading::Search(_) => {
                vec![Effect::Abandon(Room::Finder), Effect::Wake(PAUSE, Wake::Search { generation: self.generation })]
            }
            _ => {
                self.found.clear();
                vec![Effect::Abandon(Room::Finder)]
            }
        }
    }

    pub(crate) fn woken(&mut self, generation: u64) -> Vec<Effect> {
        let (Reading::Search(searches), true, Some(purpose)) =
            (&self.reading, generation == self.generation, self.purpose())
        else {
            return Vec::new();
        };
        let effects = searches
            .iter()
            .enumerate()
            .map(|(slot, (kind, query))| {
                let request = SearchRequest {
                    kind: *kind,
                    query: query.clone(),
                    purpose: purpose.clone(),
                    session: self.session,
                    limit: HITS,
                };
                Effect::Ask(self.ticket(slot), Question::Search(request))
            })
            .collect();
        let old = std::mem::take(&mut self.found);
        self.found = searches
            .iter()
            .map(|(kind, _)| {
                let answer = old.iter().find(|f| f.kind == *kind).and_then(|f| f.answer.clone());
                Found { kind: *kind, answer: answer.filter(Result::is_ok) }
            })
            .collect();
        effects
    }

    fn ticket(&self, slot: usize) -> Ticket {
        Ticket { room: Room::Finder, generation: self.generation, slot: u8::try_from(slot).unwrap_or(u8::MAX) }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply) {
        if ticket.generation != self.generation {
            return;
        }
        if let (Reply::Search(answer), Some(found)) = (reply, self.found.get_mut(usize::from(ticket.slot))) {
            found.answer = Some(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_among_names_and_addresses() {
        let Reading::Search(searches) = read("wron") else { panic!("a search was expected") };
        assert_eq!(searches[0].0, QueryKind::Name);
        assert_eq!(searches[1].0, QueryKind::Address);
    }

    #[test]
    fn an_unfinished_cpr_number_is_never_sent() {
        for typed in ["721190", "721190-", "721190-1", "721190-123"] {
            assert!(matches!(read(typed), Reading::PartialCpr { .. }), "{typed}");
        }
        assert!(matches!(read("721190-1234"), Reading::Search(ref s) if s[0].0 == QueryKind::Cpr));
        assert!(matches!(read("7211901234"), Reading::Search(ref s) if s[0].0 == QueryKind::Cpr));
    }

    #[test]
    fn an_impossible_date_gets_a_sentence_and_sends_nothing() {
        assert!(matches!(read("991390-1234"), Reading::WrongCpr(_)));
    }

    #[test]
    fn a_case_number_is_known_by_its_shape() {
        assert!(matches!(read("KFF-2026-1179"), Reading::Search(ref s) if s[0].0 == QueryKind::CaseNumber));
        assert!(matches!(read("#2026-1179"), Reading::Search(ref s) if s[0].0 == QueryKind::CaseNumber));
    }

    #[test]
    fn a_phone_number_is_searched_as_one() {
        assert!(matches!(read("00 11 22 33"), Reading::Search(ref s) if s[0].0 == QueryKind::Phone));
    }

    #[test]
    fn an_answer_to_what_was_typed_before_is_dropped() {
        let mut finder = Finder::new(PurposeKind::Ticket, 1);
        finder.update(FinderInput::Typed("wrona".into()));
        let old = finder.generation();
        let effects = finder.woken(old);
        assert!(matches!(effects[0], Effect::Ask(_, Question::Search(_))));
        finder.update(FinderInput::Typed("wronas".into()));
        let late = Ticket { room: Room::Finder, generation: old, slot: 0 };
        let answer = SearchAnswer { hits: Vec::new(), more: true, took_us: 1 };
        finder.replied(late, Reply::Search(Ok(answer)));
        assert!(finder.found.iter().all(|f| f.answer.is_none()));
    }

    #[test]
    fn without_words_the_purpose_other_searches_nothing() {
        let mut finder = Finder::new(PurposeKind::Other, 1);
        finder.update(FinderInput::Typed("wrona".into()));
        assert!(finder.woken(finder.generation()).is_empty());
        finder.update(FinderInput::Note("ringer for sin mor".into()));
        assert!(!finder.woken(finder.generation()).is_empty());
    }
}
