//! The palette's search: what was typed, what was asked, what was found. What does not live here: what typed words are taken for
//! (`reading`), the list of commands, the highlighted row (the window's own), opening a citizen.

use std::time::Duration;

use skranke_api::Purpose;
use skranke_api::citizens::{Hit, QueryKind, SearchAnswer, SearchRequest};
use skranke_api::handovers::Colleague;
use skranke_api::purpose::PurposeKind;
use skranke_client::ClientError;
use skranke_domain::SessionId;

use crate::ask::{Question, Reply};
use crate::effect::{Effect, Room, Ticket, Wake};

mod reading;

pub use reading::{Reading, Wanted, read};

/// How long typing pauses before a search is sent.
pub const PAUSE: Duration = Duration::from_millis(90);
/// How many hits are asked for at once.
pub const HITS: u16 = 8;
/// How many that are only similar stand after exact ones: there must be room for the other groups.
const SIMILAR: usize = 3;

/// The hits of one of the searches that typing led to.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was searched for.
    pub kind: QueryKind,
    /// What came; none while nothing did.
    pub answer: Option<Result<SearchAnswer, ClientError>>,
    /// What came belongs to what was typed before; its own answer is awaited.
    pub old: bool,
    /// It was found on this machine: nobody else can be found without a line.
    pub kept: bool,
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
    /// The colleagues that were asked for; none while nobody asked, or the answer is awaited.
    pub colleagues: Option<Result<Vec<Colleague>, ClientError>>,
    session: SessionId,
    generation: u64,
    /// Which typing was asked about last: what was typed since waits for the pause.
    asked: u64,
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
            colleagues: None,
            session: SessionId::new(),
            generation,
            asked: generation,
        }
    }

    /// The purpose as it is sent; none while it lacks the words it needs.
    #[must_use]
    pub fn purpose(&self) -> Option<Purpose> {
        let note = Some(self.note.trim().to_owned()).filter(|n| !n.is_empty());
        let purpose = Purpose::noted(self.purpose, note);
        purpose.check().is_ok().then_some(purpose)
    }

    /// Which asking the palette is at; rises with every letter.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// All hits, best group first, each citizen once; within a group the exact before the similar, and few of those where there are
    /// exact ones.
    #[must_use]
    pub fn hits(&self) -> Vec<(QueryKind, &Hit)> {
        let answers = || {
            let known = self.found.iter().filter_map(|f| Some((f.kind, f.answer.as_ref()?.as_ref().ok()?)));
            known.flat_map(|(kind, answer)| answer.hits.iter().map(move |hit| (kind, hit)))
        };
        // Who is found exactly by one search is not similar because of another.
        let exact: Vec<_> = answers().filter(|(_, hit)| !hit.near).map(|(_, hit)| hit.citizen).collect();
        let mut similar = if exact.is_empty() { usize::MAX } else { SIMILAR };
        let mut seen = Vec::new();
        let mut hits = Vec::new();
        for (kind, hit) in answers() {
            if seen.contains(&hit.citizen) || (hit.near && (similar == 0 || exact.contains(&hit.citizen))) {
                continue;
            }
            similar -= usize::from(hit.near);
            seen.push(hit.citizen);
            hits.push((kind, hit));
        }
        hits
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        match self.reading {
            Reading::Search(_) => {
                let due = self.asked != self.generation && self.purpose().is_some();
                due || self.found.iter().any(|f| f.answer.is_none() || f.old)
            }
            Reading::Colleague(_) => self.colleagues.is_none(),
            _ => false,
        }
    }

    /// What went wrong, where something did.
    #[must_use]
    pub fn trouble(&self) -> Option<&ClientError> {
        let colleagues = self.colleagues.as_ref().and_then(|answer| answer.as_ref().err());
        self.found.iter().find_map(|f| f.answer.as_ref()?.as_ref().err()).or(colleagues)
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
        if !matches!(self.reading, Reading::Colleague(_)) {
            self.colleagues = None;
        }
        let wake = Effect::Wake(PAUSE, Wake::Search { generation: self.generation });
        match &self.reading {
            Reading::Search(_) => vec![Effect::Abandon(Room::Finder), wake],
            Reading::Colleague(_) => {
                self.found.clear();
                vec![Effect::Abandon(Room::Finder), wake]
            }
            _ => {
                self.found.clear();
                vec![Effect::Abandon(Room::Finder)]
            }
        }
    }

    pub(crate) fn woken(&mut self, generation: u64) -> Vec<Effect> {
        if generation != self.generation {
            return Vec::new();
        }
        match (&self.reading, self.purpose()) {
            // Who works here is no secret from whoever works here: nothing is said about why.
            (Reading::Colleague(words), _) => vec![Effect::Ask(self.ticket(0), Question::Colleagues(words.clone()))],
            (Reading::Search(searches), Some(purpose)) => self.search(searches.clone(), &purpose),
            _ => Vec::new(),
        }
    }

    fn search(&mut self, searches: Vec<Wanted>, purpose: &Purpose) -> Vec<Effect> {
        let ask = |(slot, wanted): (usize, &Wanted)| {
            let request = SearchRequest {
                kind: wanted.kind,
                query: wanted.words.clone(),
                born: wanted.born,
                purpose: purpose.clone(),
                session: self.session,
                limit: HITS,
            };
            Effect::Ask(self.ticket(slot), Question::Search(request))
        };
        let effects = searches.iter().enumerate().map(ask).collect();
        self.asked = self.generation;
        let old = std::mem::take(&mut self.found);
        // What stood there stays until the answer comes, in its own place.
        self.found = searches
            .iter()
            .enumerate()
            .map(|(slot, wanted)| {
                let before = old.get(slot).filter(|f| f.kind == wanted.kind);
                let answer =
                    before.or_else(|| old.iter().find(|f| f.kind == wanted.kind)).and_then(|f| f.answer.clone());
                Found { kind: wanted.kind, answer: answer.filter(Result::is_ok), old: true, kept: false }
            })
            .collect();
        effects
    }

    fn ticket(&self, slot: usize) -> Ticket {
        Ticket { room: Room::Finder, generation: self.generation, slot: u8::try_from(slot).unwrap_or(u8::MAX) }
    }

    /// What was found stands on this machine alone.
    pub(crate) fn aged(&mut self, ticket: Ticket) {
        if let Some(found) =
            self.found.get_mut(usize::from(ticket.slot)).filter(|_| ticket.generation == self.generation)
        {
            found.kept = true;
        }
    }

    /// Whether what was found stands on this machine alone.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.found.iter().any(|found| found.kept)
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply) {
        if ticket.generation != self.generation {
            return;
        }
        match reply {
            Reply::Search(answer) => {
                if let Some(found) = self.found.get_mut(usize::from(ticket.slot)) {
                    found.answer = Some(answer);
                    found.old = false;
                }
            }
            Reply::Colleagues(answer) if matches!(self.reading, Reading::Colleague(_)) => {
                self.colleagues = Some(answer);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_what_was_typed_before_is_dropped() {
        let mut finder = Finder::new(PurposeKind::Ticket, 1);
        finder.update(FinderInput::Typed("wrona".into()));
        let old = finder.generation();
        let effects = finder.woken(old);
        assert!(matches!(effects[0], Effect::Ask(_, Question::Search(_))));
        finder.update(FinderInput::Typed("wronas".into()));
        let late = Ticket { room: Room::Finder, generation: old, slot: 0 };
        finder.replied(late, Reply::Search(Ok(SearchAnswer { hits: Vec::new(), more: true, took_us: 1 })));
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

    fn hit(no: u128, near: bool) -> Hit {
        serde_json::from_value(serde_json::json!({
            "citizen": format!("00000000-0000-0000-0000-{no:012}"), "givenName": "Kalina", "surname": "Wrona", "cprMasked": "721190-••••", "age": 35,
            "address": { "view": "protected" }, "status": "resident", "case": null, "near": near,
        }))
        .unwrap()
    }

    fn typed(text: &str) -> (Finder, Vec<Effect>) {
        let mut finder = Finder::new(PurposeKind::Ticket, 1);
        finder.update(FinderInput::Typed(text.into()));
        let effects = finder.woken(finder.generation());
        (finder, effects)
    }

    fn answer(finder: &mut Finder, slot: u8, hits: Vec<Hit>) {
        let ticket = Ticket { room: Room::Finder, generation: finder.generation(), slot };
        finder.replied(ticket, Reply::Search(Ok(SearchAnswer { hits, more: false, took_us: 900 })));
    }

    #[test]
    fn a_birth_date_goes_with_the_search() {
        let (_, effects) = typed("wrona 12.11.90");
        let [Effect::Ask(_, Question::Search(request))] = effects.as_slice() else { panic!("{effects:?}") };
        assert_eq!((request.query.as_str(), request.born.unwrap().to_string().as_str()), ("wrona", "1990-11-12"));
    }

    #[test]
    fn a_colleague_is_asked_for_without_a_reason() {
        let mut finder = Finder::new(PurposeKind::Other, 1);
        finder.update(FinderInput::Typed("@nina".into()));
        let effects = finder.woken(finder.generation());
        assert!(matches!(effects.as_slice(), [Effect::Ask(_, Question::Colleagues(words))] if words == "nina"));
        assert!(finder.is_waiting());
        let ticket = Ticket { room: Room::Finder, generation: finder.generation(), slot: 0 };
        finder.replied(ticket, Reply::Colleagues(Ok(Vec::new())));
        assert!(!finder.is_waiting() && finder.colleagues.is_some());
        finder.update(FinderInput::Typed("nina".into()));
        assert!(finder.colleagues.is_none());
    }

    #[test]
    fn similar_names_come_after_the_exact_and_leave_room_for_the_rest() {
        let (mut finder, _) = typed("wrona");
        answer(
            &mut finder,
            0,
            vec![hit(1, false), hit(2, true), hit(3, true), hit(4, true), hit(5, true), hit(6, true)],
        );
        answer(&mut finder, 1, vec![hit(6, false), hit(1, false)]);
        let shown: Vec<(QueryKind, bool)> = finder.hits().into_iter().map(|(kind, hit)| (kind, hit.near)).collect();
        let (name, address) = (QueryKind::Name, QueryKind::Address);
        assert_eq!(shown, [(name, false), (name, true), (name, true), (name, true), (address, false)]);
        answer(&mut finder, 0, (1..7).map(|no| hit(no, true)).collect());
        answer(&mut finder, 1, Vec::new());
        assert_eq!(finder.hits().len(), 6, "all there are, where nobody is found exactly");
    }

    #[test]
    fn what_was_found_before_is_never_taken_for_the_answer() {
        let (mut finder, _) = typed("wrona");
        answer(&mut finder, 0, Vec::new());
        answer(&mut finder, 1, Vec::new());
        assert!(!finder.is_waiting());
        finder.update(FinderInput::Typed("wron".into()));
        assert!(finder.is_waiting(), "the search is not even sent: it waits for the pause in typing");
        finder.woken(finder.generation());
        assert!(finder.is_waiting(), "nobody was found before; now nobody knows yet");
    }
}
