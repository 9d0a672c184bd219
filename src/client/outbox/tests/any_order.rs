//! Any interleaving of edits, sending, answers, decisions and crashes. What does not live here: single rules (`mod.rs`).

use std::collections::{BTreeMap, HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::http::OutboxRequest;

#[derive(Clone, Debug)]
enum Step {
    /// An edit of one of three items.
    Edit { item: usize },
    /// Of what may leave, the n-th leaves.
    Attempt { nth: usize },
    /// Of what is under way, the n-th is confirmed.
    Confirm { nth: usize },
    /// Of what is under way, the n-th is refused.
    Refuse { nth: usize },
    /// Of all, the n-th is given up.
    Discard { nth: usize },
    /// Of what was refused, the n-th is tried again.
    Retry { nth: usize },
    /// `kill -9` and a new start.
    Crash,
}

fn a_step() -> impl Strategy<Value = Step> {
    let nth = 0..4_usize;
    prop_oneof![
        6 => (0..3_usize).prop_map(|item| Step::Edit { item }),
        5 => nth.clone().prop_map(|nth| Step::Attempt { nth }),
        3 => nth.clone().prop_map(|nth| Step::Confirm { nth }),
        2 => nth.clone().prop_map(|nth| Step::Refuse { nth }),
        1 => nth.clone().prop_map(|nth| Step::Discard { nth }),
        1 => nth.prop_map(|nth| Step::Retry { nth }),
        2 => Just(Step::Crash),
    ]
}

/// What must be in the outbox, kept by the simplest rules that could work: a list of ids and bodies for each resource.
struct World {
    profile: Profile,
    person: StaffId,
    case: CaseId,
    outbox: Outbox,
    expected: BTreeMap<String, Vec<(CommandId, u64)>>,
    attempted: HashSet<CommandId>,
    refused: HashSet<CommandId>,
    requests: HashMap<CommandId, OutboxRequest>,
    /// Every id there ever was.
    ids: HashSet<CommandId>,
    /// The server's version of each resource.
    versions: HashMap<String, i64>,
    typed: u64,
}

impl World {
    fn new() -> Self {
        let (profile, person) = (Profile::new(), StaffId::new());
        let outbox = profile.open(person).outbox;
        Self {
            profile,
            person,
            case: CaseId::new(),
            outbox,
            expected: BTreeMap::new(),
            attempted: HashSet::new(),
            refused: HashSet::new(),
            requests: HashMap::new(),
            ids: HashSet::new(),
            versions: HashMap::new(),
            typed: 0,
        }
    }

    fn edit(&mut self, item: usize) {
        let item = ["lease", "passport", "photo"][item];
        let mut draft = judgement(self.person, self.case, item, ItemAction::Approve);
        self.typed += 1;
        draft.body["n"] = json!(self.typed);
        let version = *self.versions.entry(draft.resource.clone()).or_insert(1);
        draft.based_on = Basis::Version(v(version));
        let resource = draft.resource.clone();
        let entry = self.outbox.enqueue(draft).unwrap();
        let chain = self.expected.entry(resource).or_default();
        // Behind a change that is tried anew, more than one may be unsent: the last word counts.
        let unsent = chain.last_mut().filter(|(id, _)| !self.attempted.contains(id));
        match unsent {
            Some((id, body)) => {
                assert_eq!(entry.id, *id, "an unsent edit is replaced and keeps its id");
                *body = self.typed;
            }
            None => {
                assert!(self.ids.insert(entry.id), "an id was used twice");
                chain.push((entry.id, self.typed));
            }
        }
    }

    fn attempt(&mut self, nth: usize) {
        let ready = self.outbox.ready();
        let Some(entry) = pick(&ready, nth) else { return };
        let request = self.outbox.mark_attempted(entry.id, now()).unwrap();
        self.attempted.insert(entry.id);
        let first = self.requests.entry(entry.id).or_insert_with(|| request.clone());
        assert_eq!(*first, request, "the same command always carries the same request");
        let version = self.versions[&entry.draft.resource];
        assert_eq!(request.if_match, Some(v(version)), "it is based on what its forerunner became");
    }

    fn under_way(&self) -> Vec<Entry> {
        self.outbox.list().into_iter().filter(|e| e.state == EntryState::Attempted).collect()
    }

    fn forget(&mut self, resource: &str, id: CommandId) {
        self.expected.get_mut(resource).unwrap().retain(|(i, _)| *i != id);
    }

    fn confirm(&mut self, nth: usize) {
        let under_way = self.under_way();
        let Some(entry) = pick(&under_way, nth) else { return };
        let resource = entry.draft.resource.clone();
        let version = self.versions.get_mut(&resource).unwrap();
        *version += 1;
        let etag = v(*version);
        self.outbox.confirm(entry.id, Some(etag)).unwrap();
        self.forget(&resource, entry.id);
    }

    fn refuse(&mut self, nth: usize) {
        let under_way = self.under_way();
        let Some(entry) = pick(&under_way, nth) else { return };
        self.outbox.refuse(entry.id, Problem::new(ProblemKind::Transition)).unwrap();
        self.refused.insert(entry.id);
    }

    fn discard(&mut self, nth: usize) {
        let all = self.outbox.list();
        let Some(entry) = pick(&all, nth) else { return };
        let result = self.outbox.discard(entry.id);
        if entry.state == EntryState::Attempted {
            assert!(matches!(result, Err(OutboxError::OutcomeUnknown)));
        } else {
            result.unwrap();
            self.forget(&entry.draft.resource, entry.id);
        }
    }

    fn retry(&mut self, nth: usize) {
        let refused: Vec<Entry> = self.outbox.list().into_iter().filter(|e| e.state.problem().is_some()).collect();
        let Some(entry) = pick(&refused, nth) else { return };
        let basis = Basis::Version(v(self.versions[&entry.draft.resource]));
        let fresh = self.outbox.retry(entry.id, basis, entry.draft.body.clone(), now()).unwrap();
        assert!(self.ids.insert(fresh.id), "an id was used twice");
        let chain = self.expected.get_mut(&entry.draft.resource).unwrap();
        chain.iter_mut().find(|(id, _)| *id == entry.id).unwrap().0 = fresh.id;
    }

    fn crash(&mut self) {
        let before = self.outbox.list();
        self.profile = self.profile.after_a_crash();
        let opened = self.profile.open(self.person);
        assert!(opened.set_aside.is_empty());
        self.outbox = opened.outbox;
        assert_eq!(self.outbox.list(), before);
    }

    fn check(&self) {
        let mut found: BTreeMap<String, Vec<(CommandId, u64)>> = BTreeMap::new();
        let mut blocked: HashSet<String> = HashSet::new();
        let mut before: HashMap<String, CommandId> = HashMap::new();
        for entry in self.outbox.list() {
            let resource = entry.draft.resource.clone();
            let body = entry.draft.body["n"].as_u64().unwrap();
            found.entry(resource.clone()).or_default().push((entry.id, body));
            if let Basis::After(id) = entry.draft.based_on {
                assert_eq!(before.get(&resource), Some(&id), "it follows the one just before it");
            }
            before.insert(resource.clone(), entry.id);
            assert_eq!(entry.state == EntryState::Held, blocked.contains(&resource));
            if self.refused.contains(&entry.id) {
                assert!(entry.state.problem().is_some());
                blocked.insert(resource);
            }
        }
        let mut expected = self.expected.clone();
        expected.retain(|_, chain| !chain.is_empty());
        assert_eq!(found, expected, "nothing lost, nothing doubled, in order");
        let ready: Vec<String> = self.outbox.ready().into_iter().map(|e| e.draft.resource).collect();
        assert_eq!(ready.iter().collect::<HashSet<_>>().len(), ready.len(), "one at a time of a resource");
        assert!(ready.iter().all(|r| !blocked.contains(r)), "a refusal holds its chain");
        let free = expected.keys().filter(|r| !blocked.contains(*r)).count();
        assert_eq!(ready.len(), free, "and only its chain");
    }
}

fn pick(entries: &[Entry], nth: usize) -> Option<&Entry> {
    (!entries.is_empty()).then(|| &entries[nth % entries.len()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_happens_in_whatever_order_nothing_is_lost_doubled_or_reordered(
        steps in proptest::collection::vec(a_step(), 1..40)
    ) {
        let mut world = World::new();
        for step in steps {
            match step {
                Step::Edit { item } => world.edit(item),
                Step::Attempt { nth } => world.attempt(nth),
                Step::Confirm { nth } => world.confirm(nth),
                Step::Refuse { nth } => world.refuse(nth),
                Step::Discard { nth } => world.discard(nth),
                Step::Retry { nth } => world.retry(nth),
                Step::Crash => world.crash(),
            }
            world.check();
        }
    }
}
