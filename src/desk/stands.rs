//! Two citizens at once: the stands A and B, each with its own citizen, case and way back. What lives here: which is in front. What does not:
//! what is on their pages.

use skranke_api::Purpose;
use skranke_api::citizens::AddressView;
use skranke_domain::{CitizenId, TicketId};

use crate::case::CasePage;
use crate::citizen::CitizenPage;
use crate::desk::Place;

/// Names a stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StandId {
    /// The first.
    #[default]
    A,
    /// The second.
    B,
}

impl StandId {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Its letter, the same in every language.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }
}

/// What stands before one citizen.
#[derive(Clone, Debug, Default)]
pub struct Stand {
    /// What fills the window while this stand is in front.
    pub place: Place,
    /// The open citizen.
    pub citizen: Option<CitizenPage>,
    /// The open case.
    pub case: Option<CasePage>,
    /// The ticket of whoever stands here.
    pub ticket: Option<TicketId>,
    pub(crate) trail: Vec<Place>,
}

impl Stand {
    pub(crate) fn enter(&mut self, place: Place) {
        if self.place != place {
            self.trail.retain(|p| *p != place);
            self.trail.push(self.place);
            self.place = place;
        }
    }

    pub(crate) fn back(&mut self) {
        if let Some(place) = self.trail.pop() {
            self.place = place;
        }
    }

    /// Nobody is there.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.citizen.is_none() && self.ticket.is_none()
    }

    /// The open citizen, if it is this one: a page, or its reply, that belongs to somebody else is never handed out.
    pub(crate) fn citizen_of(&mut self, id: CitizenId) -> Option<&mut CitizenPage> {
        self.citizen.as_mut().filter(|page| page.id == id)
    }

    /// Nobody stands there any more.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Both stands.
#[derive(Clone, Debug, Default)]
pub struct Stands {
    front: StandId,
    a: Stand,
    b: Stand,
}

impl Stands {
    /// Which is in front.
    #[must_use]
    pub const fn front(&self) -> StandId {
        self.front
    }

    /// A stand.
    #[must_use]
    pub const fn get(&self, id: StandId) -> &Stand {
        match id {
            StandId::A => &self.a,
            StandId::B => &self.b,
        }
    }

    pub(crate) const fn get_mut(&mut self, id: StandId) -> &mut Stand {
        match id {
            StandId::A => &mut self.a,
            StandId::B => &mut self.b,
        }
    }

    /// The one in front.
    #[must_use]
    pub const fn active(&self) -> &Stand {
        self.get(self.front)
    }

    pub(crate) const fn active_mut(&mut self) -> &mut Stand {
        self.get_mut(self.front)
    }

    pub(crate) const fn bring_to_front(&mut self, id: StandId) {
        self.front = id;
    }

    pub(crate) const fn both_mut(&mut self) -> [&mut Stand; 2] {
        [&mut self.a, &mut self.b]
    }
}

/// A citizen who was open in this window, for the palette. Kept in memory alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Who.
    pub citizen: CitizenId,
    /// Given names.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// `DDMMYY-••••`.
    pub cpr_masked: String,
    /// Age in whole years.
    pub age: u16,
    /// The address, as it may be shown.
    pub address: AddressView,
    /// Why she was opened last.
    pub purpose: Purpose,
}

/// How many citizens the palette remembers.
pub const RECENT: usize = 12;
