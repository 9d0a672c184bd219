//! Signing in at an office: what fills the window while nobody is, and what asks how unsent work is kept. What does not live here: the lock
//! (`locked.rs`), the provider.

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use iced::widget::column;
use skranke_client::sign_in::{Keeping, NoKeyring};
use skranke_desk::Desk;
use skranke_desk::cold::Closed;
use skranke_desk::settings::Language;
use skranke_desk::signing_in::{Keys, SigningIn, Stage, Taking};

use super::gate::{self, Typed};
use super::{Key, Scene};
use crate::assets::Icon;
use crate::command::{Command, Overlay};
use crate::focus::{FocusId, Role};
use crate::theme::Look;
use crate::widget::Element;

/// The button that it opens on.
pub const START: FocusId = FocusId::new("signin/start");
/// Where the passphrase is typed.
pub const WORDS: FocusId = FocusId::new("signin/words");
/// Where it is typed once more.
pub const AGAIN: FocusId = FocusId::new("signin/again");
/// How many characters a passphrase has at the least.
pub const SHORTEST: usize = 12;

/// What is typed on the sign-in, on the lock and for the PIN. None of it outlives its use.
#[derive(Clone, Debug, Default)]
pub struct SignInScreen {
    /// The passphrase.
    pub words: Typed,
    /// Once more.
    pub again: Typed,
    /// Why the passphrase is not taken, once she tried.
    pub amiss: Option<Amiss>,
    /// The PIN, on the lock or where it is chosen.
    pub pin: Typed,
    /// The chosen PIN once more.
    pub pin_again: Typed,
}

/// Why a passphrase is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amiss {
    /// It is too short.
    Short,
    /// It was typed in two ways.
    Differs,
}

/// What happens on the sign-in.
#[derive(Clone, Debug)]
pub enum Message {
    /// She signs in.
    Start,
    /// She no longer waits for the browser.
    GiveUp,
    /// The address goes to the clipboard.
    Copy(String),
    /// The passphrase is typed.
    Words(Typed),
    /// It is typed once more.
    Again(Typed),
    /// It is typed.
    UseWords,
    /// Unsent work is kept nowhere.
    KeepNothing,
    /// One of the window's own commands.
    Do(Command),
}

impl SignInScreen {
    /// Why what was typed cannot be a new passphrase.
    pub fn amiss(&self) -> Option<Amiss> {
        if self.words.len() < SHORTEST {
            return Some(Amiss::Short);
        }
        (self.words != self.again).then_some(Amiss::Differs)
    }

    /// The keys.
    pub fn keys(&self, desk: &Desk) -> Vec<Key<Message>> {
        let Some(sign_in) = &desk.sign_in else { return Vec::new() };
        let quit = Key::in_place("Ctrl Q", "key-quit", Message::Do(Command::Quit));
        let mut keys = match (sign_in.stage, &sign_in.browser) {
            (Stage::Out, None) => vec![Key::in_place("↵", "signin-verb", Message::Start)],
            (Stage::Out | Stage::Words(_), Some(_)) => vec![Key::in_place("Esc", "signin-cancel", Message::GiveUp)],
            (Stage::Keeping(_), _) => vec![Key::in_place("↵", "signin-keep-verb", Message::UseWords)],
            (Stage::Words(_), None) => vec![Key::in_place("↵", "signin-words-verb", Message::UseWords)],
            (Stage::Resuming | Stage::Restarted | Stage::Leaving | Stage::In, _) => Vec::new(),
        };
        keys.push(quit);
        keys
    }

    /// The page; none where nobody has to sign in.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        let Scene { look, desk } = scene;
        let sign_in = desk.sign_in.as_ref().filter(|sign_in| sign_in.is_open())?;
        let middle = match (sign_in.stage, &sign_in.browser) {
            (Stage::Resuming | Stage::Restarted, _) => {
                column![
                    gate::title(look, Icon::User, look.t("signin-resuming")),
                    gate::line(look, look.t("signin-wait"))
                ]
            }
            (Stage::Leaving | Stage::In, _) => {
                column![
                    gate::title(look, Icon::User, look.t("signin-leaving")),
                    gate::line(look, look.t("signin-left"))
                ]
            }
            (Stage::Out | Stage::Words(_), Some(browser)) => {
                let title = gate::title(look, Icon::User, look.t("signin-waiting-title"));
                column![title].extend(gate::waiting(scene, browser, (START, Message::GiveUp), Message::Copy))
            }
            (Stage::Out, None) => {
                let start = gate::main(look, START, (look.t("signin-verb"), "↵"), Message::Start);
                let trouble = sign_in.trouble.as_ref().map(|trouble| gate::sentence(look, trouble, ""));
                column![
                    gate::title(look, Icon::User, look.t("signin-title")),
                    gate::line(look, look.t("signin-lead")),
                    gate::buttons([start])
                ]
                .extend(trouble.map(|trouble| gate::trouble(look, trouble)))
                .extend(sign_in.closed.map(|why| gate::line(look, look.t(closed(why)))))
                .push(gate::small(look, look.t(keeping(sign_in.keeping))))
            }
            (Stage::Keeping(taking), _) => self.passphrase(look, sign_in, taking),
            (Stage::Words(taking), None) => self.words_alone(look, sign_in, taking),
        };
        let (other, code) = match desk.settings.language {
            Language::Da => (Language::En, "English"),
            Language::En => (Language::Da, "Dansk"),
        };
        let language = FocusId::new("signin/language");
        let language = gate::corner(look, language, code.to_owned(), Message::Do(Command::Language(other)));
        Some(gate::page(look, language, middle))
    }

    /// Her passphrase, where nobody can be asked and only it tells who she is.
    fn words_alone<'a>(
        &'a self,
        look: &Look<'_>,
        sign_in: &SigningIn,
        taking: Taking,
    ) -> iced::widget::Column<'a, Message, crate::widget::Theme, crate::widget::Renderer> {
        let words = (WORDS, look.t("signin-words"), look.t("signin-words"));
        let verb = if taking == Taking::Trying { "signin-words-trying" } else { "signin-words-verb" };
        let open = gate::main(look, START, (look.t(verb), "↵"), Message::UseWords);
        let instead = FocusId::new("signin/instead");
        let instead = gate::side(look, instead, (look.t("locked-sign-in-instead"), None), Message::Start);
        let wrong = match taking {
            Taking::Wrong => Some(look.t("signin-words-wrong")),
            Taking::Failed => Some(look.t("signin-words-failed")),
            Taking::Asked | Taking::Trying => sign_in.trouble.as_ref().map(|trouble| gate::sentence(look, trouble, "")),
        };
        column![
            gate::title(look, Icon::Lock, look.t("signin-words-title")),
            gate::line(look, look.t("signin-words-offline")),
            gate::secret(look, words, &self.words, Message::Words, Message::UseWords),
            gate::buttons([open, instead])
        ]
        .extend(wrong.map(|wrong| gate::trouble(look, wrong)))
    }

    fn passphrase<'a>(
        &'a self,
        look: &Look<'_>,
        sign_in: &SigningIn,
        taking: Taking,
    ) -> iced::widget::Column<'a, Message, crate::widget::Theme, crate::widget::Renderer> {
        let known = sign_in.keys == Keys::Passphrase;
        let (title, lead) = match known {
            true => ("signin-words-title", "signin-words-lead"),
            false => ("signin-keep-title", "signin-keep-lead"),
        };
        let name = |id: &str| look.t(id);
        let words = (WORDS, name("signin-words"), name("signin-words"));
        let mut middle = column![
            gate::title(look, Icon::Lock, look.t(title)),
            gate::line(look, look.t(lead)),
            gate::secret(look, words, &self.words, Message::Words, Message::UseWords),
        ];
        if !known {
            let again = (AGAIN, name("signin-words-again"), name("signin-words-again"));
            middle = middle.push(gate::secret(look, again, &self.again, Message::Again, Message::UseWords));
        }
        let verb = match (taking, known) {
            (Taking::Trying, _) => "signin-words-trying",
            (_, true) => "signin-words-verb",
            (_, false) => "signin-keep-verb",
        };
        let take = gate::main(look, START, (look.t(verb), "↵"), Message::UseWords);
        let nothing = FocusId::new("signin/nothing");
        let nothing = gate::side(look, nothing, (look.t("signin-keep-nothing"), None), Message::KeepNothing);
        let forgot = known.then(|| {
            let forgot = FocusId::new("signin/forgot");
            let open = Message::Do(Command::Open(Overlay::ForgetPassphrase));
            gate::side(look, forgot, (look.t("signin-words-forgot"), None), open)
        });
        middle = middle.push(gate::buttons([take, nothing].into_iter().chain(forgot)));
        let wrong = match (taking, self.amiss) {
            (Taking::Wrong, _) => Some(look.t("signin-words-wrong")),
            (Taking::Failed, _) => Some(look.t("signin-words-failed")),
            (_, Some(Amiss::Short)) => {
                let shortest = i64::try_from(SHORTEST).unwrap_or(i64::MAX);
                Some(look.with("signin-words-short", &[("count", shortest.into())]))
            }
            (_, Some(Amiss::Differs)) => Some(look.t("signin-words-differ")),
            _ => None,
        };
        middle = middle.extend(wrong.map(|wrong| gate::trouble(look, wrong)));
        middle.push(gate::small(look, look.t("signin-keep-nothing-what")))
    }
}

/// Where the keyboard is when the page opens, or its next step.
pub fn begins(desk: &Desk) -> (FocusId, Role) {
    match desk.sign_in.as_ref().map(|sign_in| sign_in.stage) {
        Some(Stage::Keeping(_)) => (WORDS, Role::TextField),
        Some(Stage::Words(_)) if desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.browser.is_none()) => {
            (WORDS, Role::TextField)
        }
        _ => (START, Role::Button),
    }
}

/// Why nobody's window begins without a line.
pub(super) const fn closed(why: Closed) -> &'static str {
    match why {
        Closed::NothingKept => "signin-closed-nothing",
        Closed::NoPin => "signin-closed-no-pin",
        Closed::PinSpent => "signin-closed-pin-spent",
        Closed::TooOld => "signin-closed-too-old",
    }
}

/// Whether she signs in each time, and why.
const fn keeping(keeping: Keeping) -> &'static str {
    match keeping {
        Keeping::Keyring => "signin-kept",
        Keeping::EachTime(NoKeyring::Missing) => "signin-each-time-missing",
        Keeping::EachTime(NoKeyring::Locked) => "signin-each-time-locked",
        Keeping::EachTime(NoKeyring::Failed) => "signin-each-time-failed",
    }
}
