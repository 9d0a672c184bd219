//! What the window is started with. What does not live here: reading configuration, finding folders (the root package's).

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_client::sign_in::SignIn;
use skranke_client::{Doorway, KeyPlace};
use skranke_desk::settings::Settings;
use skranke_domain::authority::Role;
use tokio::sync::watch;

use crate::outside::Outside;

/// How far the way to the server is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Startup {
    /// Looking for it.
    #[default]
    Finding,
    /// The training municipality is being made.
    Generating {
        /// Citizens made.
        done: u32,
        /// Citizens to make.
        total: u32,
    },
    /// It answers, on a new database: the damaged one was set aside.
    SetAside(PathBuf),
    /// It answers.
    Ready,
    /// It cannot be reached; the sentence is for whoever mends it.
    Failed(String),
}

/// How long what is copied in the window usually stays in the clipboard.
pub const KEEP_COPIED: Duration = Duration::from_secs(60);

/// Where "now" comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine.
    System,
    /// One moment that runs on from the start: pictures and tests.
    From {
        /// The moment.
        at: Timestamp,
        /// When it was that moment.
        since: Instant,
    },
    /// One moment that stands still: pictures.
    Still(Timestamp),
}

impl Clock {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::From { at, since } => {
                let gone = jiff::SignedDuration::try_from(since.elapsed()).unwrap_or_default();
                at.checked_add(gone).unwrap_or(*at)
            }
            Self::Still(at) => *at,
        }
    }
}

/// Whether the person may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personas {
    /// A training server: the persona menu switches.
    Switchable,
    /// One person is signed in.
    Fixed,
}

/// Something to tell the clerk at the start, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Her settings hold a mistake; the usual ones are used and the file was kept under another name.
    SettingsMistake {
        /// File, line and what was expected.
        mistake: String,
    },
}

/// How long the window stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stay {
    /// Until it is closed.
    #[default]
    UntilClosed,
    /// Until its first frame is on the screen: measuring the start.
    UntilFirstFrame,
}

/// What becomes of what is seen on this machine: it is kept sealed, to be read without a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeenHere {
    /// Who is read before anybody opens her.
    pub ahead: ReadAhead,
    /// What becomes of it when its person signs out.
    pub at_sign_out: AtSignOut,
}

/// Who is read before anybody opens her, so that she can be read without a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadAhead {
    /// Nobody.
    #[default]
    Nobody,
    /// Who is booked at the person's counter today.
    Today,
}

/// What becomes of what somebody saw when she signs out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AtSignOut {
    /// It is wiped.
    #[default]
    Wipe,
    /// It stays, sealed, for the same person.
    Keep,
}

/// What the window is started with.
#[derive(Clone)]
pub struct Launch {
    /// How the server is found.
    pub doorway: Arc<dyn Doorway>,
    /// How far that is.
    pub startup: watch::Receiver<Startup>,
    /// How people sign in at a configured office; none in training, where personas hold tokens.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// Who signs in.
    pub persona: Role,
    /// Whether that may change.
    pub personas: Personas,
    /// The person's settings.
    pub settings: Settings,
    /// Where they are kept; none keeps them nowhere.
    pub settings_file: Option<PathBuf>,
    /// The folder of the outbox.
    pub outbox: PathBuf,
    /// Where its key is.
    pub keys: KeyPlace,
    /// How long what is copied here stays in the clipboard.
    pub keep_copied: Duration,
    /// What becomes of what is seen on this machine.
    pub seen: SeenHere,
    /// The clock.
    pub clock: Clock,
    /// The office's time zone.
    pub tz: TimeZone,
    /// What to tell at the start.
    pub notices: Vec<Notice>,
    /// How long the window stays.
    pub stay: Stay,
    /// The program that draws pages of documents: this one, called by another word.
    pub viewer: PathBuf,
    /// Other programs: file dialogs, opening documents.
    pub outside: Arc<dyn Outside>,
}

impl fmt::Debug for Launch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Launch")
            .field("persona", &self.persona)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
