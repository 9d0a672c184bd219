//! Writing behind: what came is gathered and written on a thread of its own, so that no read waits for the disk; and what goes so that the rest
//! stays within the bounds. What does not live here: what is kept, the file.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::sealed::Name;
use super::store::{Line, Step};
use super::{Bounds, Fresh, ReplicaError, Shared, State};

/// How long what came is gathered before it is written: a page asks for a dozen things at once.
const GATHER: Duration = Duration::from_millis(400);

impl Shared {
    /// Writes what comes, gathered, until the replica goes.
    pub(super) fn write_behind(&self) {
        loop {
            let mut state = self.lock();
            while state.fresh.is_empty() && !state.closing {
                state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            if state.fresh.is_empty() {
                return;
            }
            let go_on = |state: &mut State| !state.hurry && !state.closing;
            let waited = self.wake.wait_timeout_while(state, GATHER, go_on);
            drop(waited.unwrap_or_else(PoisonError::into_inner).0);
            let writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let state = self.lock();
            let batch: Vec<(String, Arc<Fresh>)> =
                state.fresh.iter().map(|(identity, one)| (identity.clone(), Arc::clone(one))).collect();
            drop(state);
            if let Err(error) = self.write(&batch) {
                // What was seen is not kept then: it is a help and no promise.
                tracing::warn!(%error, "what was seen could not be kept");
            }
            drop(writing);
            let mut state = self.lock();
            for (identity, one) in batch {
                // What came again meanwhile is written next time.
                if state.fresh.get(&identity).is_some_and(|now| Arc::ptr_eq(now, &one)) {
                    state.fresh.remove(&identity);
                    state.waiting_bytes = state.waiting_bytes.saturating_sub(one.answer.body.len());
                }
            }
            self.written.notify_all();
        }
    }

    fn write(&self, batch: &[(String, Arc<Fresh>)]) -> Result<(), ReplicaError> {
        let mut step = Step::default();
        self.with(|store| {
            for (identity, one) in batch {
                step.keep.push((store.name(self.person, identity), one.line.clone(), Some(one.answer.clone())));
            }
        })?;
        let mut index = self.lock().index.clone();
        index.extend(step.keep.iter().map(|(name, line, _)| (*name, line.clone())));
        step.forget = surplus(&index, self.bounds, (self.clock)());
        // What is too much at once is not even written.
        step.keep.retain(|(name, ..)| !step.forget.contains(name));
        self.apply(&step)?;
        let mut state = self.lock();
        state.index.extend(step.keep.into_iter().map(|(name, line, _)| (name, line)));
        for name in &step.forget {
            state.index.remove(name);
        }
        Ok(())
    }
}

/// What goes so that the rest stays within the bounds: what is too old, then what was looked at longest ago.
fn surplus(index: &HashMap<Name, Line>, bounds: Bounds, now: Timestamp) -> Vec<Name> {
    let (mut gone, mut stay): (Vec<_>, Vec<_>) =
        index.iter().partition(|(_, line)| now.duration_since(line.at) > bounds.age);
    let mut total: u64 = stay.iter().map(|(_, line)| line.bytes).sum();
    stay.sort_by_key(|(name, line)| (line.used, **name));
    for (name, line) in stay {
        if total <= bounds.bytes {
            break;
        }
        total -= line.bytes;
        gone.push((name, line));
    }
    gone.into_iter().map(|(name, _)| *name).collect()
}
