//! Which deed leads a ticket from which state to which. What lives here: the machine. What does not: who may do a deed (the server's
//! policy), what a deed changes beside the state.

use super::TicketState;
use crate::citizen::words;
use serde::{Deserialize, Serialize};

words! {
    /// What is done with a ticket.
    TicketDeed {
        /// It was given out.
        Give,
        /// She is called.
        Call,
        /// She is called again.
        Recall,
        /// She stands at the counter.
        Start,
        /// She waits for something while another is served.
        Park,
        /// It goes on with her.
        Resume,
        /// She is handed to a colleague, a unit's queue or a counter.
        Transfer,
        /// She is sent to a stand and begins there at once.
        ToStand,
        /// She is served.
        Finish,
        /// The contact is registered.
        Wrap,
        /// She did not come.
        Noshow,
        /// She is called again a little later.
        Later,
        /// She goes to fetch something.
        SendOff,
        /// She is back.
        Back,
        /// It is known who she is.
        Identify,
        /// Something was found out about papers.
        Sort,
        /// She asked for the private room, or no longer needs it.
        Room,
    }
}

/// A deed that the state does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ticket that is {state:?} does not take the deed {deed:?}")]
pub struct StepRefusal {
    /// Where the ticket stands.
    pub state: TicketState,
    /// What was to be done.
    pub deed: TicketDeed,
}

/// Where a deed leads.
///
/// # Errors
/// [`StepRefusal`] when the state does not take the deed.
pub const fn step(state: TicketState, deed: TicketDeed) -> Result<TicketState, StepRefusal> {
    use TicketDeed as D;
    use TicketState as S;
    Ok(match (state, deed) {
        (S::Waiting, D::Call) | (S::Called, D::Recall) => S::Called,
        (S::Called, D::Start)
        | (S::Parked, D::Resume)
        // Whoever is sent to a stand begins there at once: a stand calls nobody.
        | (S::Waiting | S::Called | S::Serving | S::Parked, D::ToStand) => S::Serving,
        (S::Serving, D::Park) => S::Parked,
        (S::Waiting | S::Called | S::Serving | S::Parked, D::Transfer)
        | (S::Waiting | S::Called, D::Later)
        | (S::Returning, D::Back) => S::Waiting,
        (S::Waiting | S::Called | S::Serving | S::Parked, D::SendOff) => S::Returning,
        // Whoever went to fetch something and never came back did not come either.
        (S::Called | S::Returning, D::Noshow) => S::Noshow,
        (S::Serving | S::Parked, D::Finish) | (S::Finished, D::Wrap) => S::Finished,
        // Who she was may still be found out for the wrap-up.
        (S::Waiting | S::Called | S::Serving | S::Parked | S::Returning | S::Finished, D::Identify)
        | (S::Waiting | S::Called | S::Serving | S::Parked | S::Returning, D::Sort | D::Room) => state,
        _ => return Err(StepRefusal { state, deed }),
    })
}

impl TicketState {
    /// Whether nobody has to do anything more with her, save the wrap-up.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Noshow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use TicketState as S;

    #[test]
    fn every_state_is_reached_and_every_open_one_can_be_left() {
        let mut reached = vec![S::Waiting];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            at += 1;
            for deed in TicketDeed::ALL {
                if let Ok(next) = step(state, *deed)
                    && !reached.contains(&next)
                {
                    reached.push(next);
                }
            }
        }
        assert_eq!(reached.len(), S::ALL.len(), "{reached:?}");
        for state in S::ALL {
            let leaves = TicketDeed::ALL.iter().any(|deed| step(*state, *deed).is_ok_and(|next| next != *state));
            assert_eq!(leaves, !state.is_over(), "{state:?}");
        }
    }

    #[test]
    fn from_every_open_state_she_can_be_finished_or_let_go() {
        for state in S::ALL.iter().filter(|state| !state.is_over()) {
            let (mut seen, mut at) = (vec![*state], 0);
            while let Some(state) = seen.get(at).copied() {
                at += 1;
                for deed in TicketDeed::ALL {
                    if let Ok(next) = step(state, *deed)
                        && !seen.contains(&next)
                    {
                        seen.push(next);
                    }
                }
            }
            assert!(seen.contains(&S::Finished) && seen.contains(&S::Noshow), "{state:?} reaches {seen:?}");
        }
    }

    #[test]
    fn nobody_is_served_uncalled_finished_unserved_or_called_once_gone() {
        for (state, deed) in [
            (S::Waiting, TicketDeed::Start),
            (S::Waiting, TicketDeed::Finish),
            (S::Waiting, TicketDeed::Noshow),
            (S::Called, TicketDeed::Call),
            (S::Called, TicketDeed::Finish),
            (S::Serving, TicketDeed::Noshow),
            (S::Serving, TicketDeed::Later),
            (S::Returning, TicketDeed::Call),
            (S::Parked, TicketDeed::Park),
            (S::Finished, TicketDeed::Call),
            (S::Finished, TicketDeed::Transfer),
            (S::Noshow, TicketDeed::Call),
            (S::Noshow, TicketDeed::Identify),
        ] {
            assert_eq!(step(state, deed), Err(StepRefusal { state, deed }));
        }
        for state in S::ALL {
            assert!(step(*state, TicketDeed::Give).is_err(), "a ticket is given out once");
        }
    }
}
