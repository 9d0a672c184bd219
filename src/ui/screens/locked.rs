//! The lock: nothing of any citizen, only who is signed in and how to come back. What does not live here: when it locks (the desk).

use iced::widget::column;
use skranke_desk::lock::Why;
use skranke_desk::signing_in::Trouble;
use skranke_desk::{Desk, StandId};

use super::gate::{self, Typed};
use super::words::pick;
use super::{Key, Scene, sentence};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::launch::Personas;
use crate::widget::Element;

/// The button that the lock opens on.
pub const UNLOCK: FocusId = FocusId::new("locked/unlock");
/// The field that it opens on while a PIN opens it.
pub const PIN: FocusId = FocusId::new("locked/pin");

/// What happens on the lock.
#[derive(Clone, Debug)]
pub enum Message {
    /// Sign in again.
    Unlock,
    /// She no longer waits for the browser.
    GiveUp,
    /// Somebody else signs in.
    SomeoneElse,
    /// The PIN is being typed.
    Pin(Typed),
    /// It is typed.
    TryPin,
    /// The address goes to the clipboard.
    Copy(String),
}

/// The keys that work while it is locked.
pub fn keys(desk: &Desk) -> Vec<Key<Message>> {
    if desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.browser.is_some()) {
        return vec![Key::in_place("Esc", "signin-cancel", Message::GiveUp)];
    }
    let unlock = if desk.takes_pin() { Message::TryPin } else { Message::Unlock };
    vec![Key::in_place("↵", "key-unlock", unlock)]
}

/// Where the keyboard is when it locks, or when another way to open it is there.
pub fn begins(desk: &Desk) -> (FocusId, Role) {
    let waits = desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.browser.is_some());
    if desk.takes_pin() && !waits { (PIN, Role::TextField) } else { (UNLOCK, Role::Button) }
}

/// The lock.
pub fn view<'a>(scene: Scene<'a>, personas: Personas, typed: &Typed) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let locked = desk.lock.locked()?;
    let me = desk.session.me.value();
    let sign_in = desk.sign_in.as_ref();
    let name = me.map(|me| me.name.as_str()).or_else(|| sign_in?.name()).unwrap_or_default();
    let visits = StandId::BOTH.into_iter().filter(|stand| !desk.stands.get(*stand).is_empty()).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let waits = match locked.why {
        // What she had open ended with the program.
        Why::Restarted => look.with("locked-restarted-waits", &[("name", name.to_owned().into())]),
        _ => look.with(
            "locked-waits",
            &[
                ("name", name.to_owned().into()),
                ("visits", number(visits).into()),
                ("unsent", number(desk.pending.count()).into()),
            ],
        ),
    };
    let mut middle = column![gate::title(look, Icon::Lock, look.t("locked-title")), gate::line(look, waits)];
    let browser = sign_in.and_then(|sign_in| sign_in.browser.as_ref());
    let other = || {
        let switches = personas == Personas::Switchable || sign_in.is_some();
        let other = FocusId::new("locked/other");
        switches.then(|| gate::side(look, other, (look.t("locked-someone-else"), None), Message::SomeoneElse))
    };
    let mut how = None;
    match browser {
        Some(browser) => {
            middle = middle.extend(gate::waiting(scene, browser, (UNLOCK, Message::GiveUp), Message::Copy));
        }
        None if desk.takes_pin() => {
            let words = (PIN, look.t("locked-pin"), look.t("locked-pin-hint"));
            middle = middle.push(gate::secret(look, words, typed, Message::Pin, Message::TryPin));
            let verb = look.t(if locked.opening { "locked-opening" } else { "locked-unlock" });
            let unlock = gate::main(look, UNLOCK, (verb, "↵"), Message::TryPin);
            let again = FocusId::new("locked/again");
            let again = gate::side(look, again, (look.t("locked-sign-in-instead"), None), Message::Unlock);
            middle = middle.push(gate::buttons([unlock, again].into_iter().chain(other())));
            how = Some("locked-pin-why");
        }
        None => {
            let verb = look.t(if locked.opening { "locked-opening" } else { "locked-unlock" });
            let unlock = gate::main(look, UNLOCK, (verb, "↵"), Message::Unlock);
            middle = middle.push(gate::buttons([unlock].into_iter().chain(other())));
            how = sign_in.map(|_| "locked-how");
        }
    }
    let wrong = match sign_in {
        Some(sign_in) => sign_in.trouble.as_ref().map(|trouble| gate::sentence(look, trouble, name)),
        None => desk.session.me.trouble().map(|error| sentence::sentence(look, error)),
    };
    middle = middle.extend(wrong.map(|wrong| gate::trouble(look, wrong)));
    // Said once: five wrong PINs are the reason in themselves.
    let spent = matches!(sign_in.and_then(|sign_in| sign_in.trouble.as_ref()), Some(Trouble::WrongPin(0)));
    let how = how.filter(|_| !spent).map(|id| look.t(id));
    let why = match locked.why {
        Why::Idle => look.with("locked-idle", &[("minutes", i64::from(desk.settings.lock_minutes).into())]),
        Why::Asked => look.t("locked-asked"),
        Why::Demanded => look.t("locked-demanded"),
        Why::Ended => look.t("locked-ended"),
        Why::Restarted => look.t("locked-restarted"),
    };
    middle = middle.push(gate::small(look, how.into_iter().chain([why]).collect::<Vec<_>>().join(" ")));
    let counter = me.and_then(|me| {
        let site = desk.session.sites.iter().find(|site| site.id == me.site)?;
        let counter = site.counters.iter().find(|c| Some(&c.id) == me.counter.as_ref())?;
        Some(format!("{}, {}", pick(look.texts, &counter.name), site.name))
    });
    let today = look.texts.weekday_day_month(look.now.date());
    let time = look.texts.time(look.now.time());
    let place = counter.into_iter().chain([today, time]).collect::<Vec<_>>().join(" · ");
    Some(gate::page(look, gate::place(look, place), middle))
}
