//! The keyboard: which key means what where it is pressed, and where the keyboard goes. Plain letters act only when no text field has the
//! keyboard; AltGr is never a command.

use iced::Task;
use iced::event::Status;
use iced::keyboard;
use skranke_desk::finder::FinderInput;
use skranke_desk::settings::TextStep;
use skranke_desk::{Input, Place};
use skranke_domain::authority::Role as StaffRole;

use super::App;
use super::message::{Command, Message, Move, Overlay};
use crate::focus::{ControlInfo, FocusId, Role, collect_controls, focus_task, reveal_task};
use crate::keys::{Chord, ChordKey};
use crate::screens::{Key, Printed, Scene, case, citizen, locked, need, oversight, palette, turned};

impl App {
    /// What a key press gives.
    pub(super) fn pressed(&mut self, event: &keyboard::Event, status: Status) -> Task<Message> {
        let typing = self.focus_role.takes_text() && self.focus.current().is_some();
        for key in self.keys() {
            let Ok(chord) = key.chord.parse::<Chord>() else { continue };
            if !chord.matches(event) || !self.acts(chord, typing, status) {
                continue;
            }
            return match key.disabled {
                Some(why) => self.say_why(why),
                None => Task::done(key.message),
            };
        }
        Task::none()
    }

    /// Whether a chord is a command now, or belongs to the field that has the keyboard.
    fn acts(&self, chord: Chord, typing: bool, status: Status) -> bool {
        match chord.key() {
            // In a sheet a line to type in leaves Enter to the sheet, which takes what was found.
            ChordKey::Enter
                if chord == Chord::named(ChordKey::Enter)
                    && (self.desk.sheet().is_some()
                        || self.desk.need().is_some()
                        || case::over::open(&self.desk).is_some()) =>
            {
                status == Status::Ignored
            }
            // A line that sends by itself has done so: what lies behind it, the letter above all, must not hear the same key again.
            ChordKey::Enter
                if status == Status::Captured
                    && self.desk.place() == Place::Case
                    && self.desk.sheet().is_none()
                    && self.desk.finder.is_none() =>
            {
                false
            }
            // A field takes Escape for itself; it still means "back".
            ChordKey::Escape | ChordKey::F(_) | ChordKey::Tab => true,
            // In the palette Enter opens the chosen row while the line, or the reason, takes what is typed.
            ChordKey::Enter if chord == Chord::named(ChordKey::Enter) && self.desk.finder.is_some() => {
                status == Status::Ignored
            }
            ChordKey::Enter | ChordKey::Space if !chord.is_typing() && chord == Chord::named(chord.key()) => {
                status == Status::Ignored && !typing
            }
            ChordKey::Up | ChordKey::Down | ChordKey::PageUp | ChordKey::PageDown => {
                status == Status::Ignored || self.desk.finder.is_some()
            }
            ChordKey::Left
            | ChordKey::Right
            | ChordKey::Home
            | ChordKey::End
            | ChordKey::Delete
            | ChordKey::Backspace => status == Status::Ignored && !typing,
            _ if chord.is_typing() => !typing && status == Status::Ignored,
            _ => true,
        }
    }

    /// Every key that works now, the innermost first: the table feeds the keyboard, the action bar and the list of all keys.
    pub(super) fn keys(&self) -> Vec<Key<Message>> {
        let mut keys = Vec::new();
        if self.overlay.is_some() {
            keys.push(Key::in_place("Esc", "key-close", Message::Do(Command::Close)));
            keys.push(lock_key());
            keys.extend(focus_keys());
            return keys;
        }
        if self.desk.lock.locked().is_some() {
            keys.extend(locked::keys(&self.desk).into_iter().map(|k| k.map(Message::Locked)));
            keys.extend(focus_keys());
            return keys;
        }
        if self.desk.is_signing_in() {
            keys.extend(map(self.screens.sign_in.keys(&self.desk), Message::SignIn));
            keys.extend(focus_keys());
            return keys;
        }
        if self.desk.turned.is_some() {
            keys.extend(turned::keys().into_iter().map(|k| k.map(Message::Desk)));
            keys.extend(focus_keys());
            return keys;
        }
        if self.desk.finder.is_some() {
            keys.push(Key::in_place("Esc", "key-close", Message::Do(Command::Close)));
            keys.push(Key::in_place("Ctrl K", "key-find", Message::Nothing));
            keys.extend(self.screens.palette.keys().into_iter().map(|k| k.map(Message::Palette)));
            keys.push(lock_key());
            keys.extend(focus_keys());
            return keys;
        }
        if let Some(asked) = self.asked_keys() {
            keys.extend(asked);
            let stays = ["Ctrl K", "F6", "Ctrl L"];
            keys.extend(self.window_keys().into_iter().filter(|key| stays.contains(&key.chord)));
            keys.extend(focus_keys());
            return keys;
        }
        if self.reason_is_open() {
            let input = |input| Message::Desk(Input::Case(input));
            keys.push(Key::in_place("Esc", "key-close", input(skranke_desk::case::CaseInput::Cancel)));
            keys.push(Key::in_place("Ctrl ↵", "key-confirm", input(skranke_desk::case::CaseInput::Confirm)));
            keys.push(lock_key());
            keys.extend(focus_keys());
            return keys;
        }
        if let Some(over) = case::over::keys(&self.desk, self.texts) {
            keys.extend(map(over, Message::Case));
            let stays = ["Ctrl K", "F6", "F8", "Ctrl L"];
            keys.extend(self.window_keys().into_iter().filter(|key| stays.contains(&key.chord)));
            keys.extend(focus_keys());
            return keys;
        }
        if let (Some(page), Some(sheet)) = (self.desk.citizen(), self.desk.sheet()) {
            keys.extend(citizen::sheets::keys(page, sheet, self.texts).into_iter().map(|k| k.map(Message::Desk)));
            keys.extend(
                citizen::sheets::jumps(sheet).into_iter().map(|k| k.map(|(id, role)| Message::Focus(id, role))),
            );
            // The phone rings, or she at the other stand speaks, in the middle of a sheet: it stays as it is.
            let stays = ["Ctrl K", "F6", "F8", "Ctrl L"];
            keys.extend(self.window_keys().into_iter().filter(|key| stays.contains(&key.chord)));
            keys.extend(focus_keys());
            return keys;
        }
        keys.extend(self.screen_keys());
        keys.extend(self.window_keys());
        keys.extend(focus_keys());
        keys
    }

    /// The keys of what asks why, of what opens in an emergency, of what the oversight asks.
    fn asked_keys(&self) -> Option<Vec<Key<Message>>> {
        let asked = need::keys(&self.desk, self.texts).or_else(|| need::glass::keys(&self.desk));
        let asked = asked.or_else(|| oversight::over::keys(&self.desk))?;
        Some(map(asked, Message::Desk))
    }

    /// The keys of the screen that fills the window.
    pub(super) fn screen_keys(&self) -> Vec<Key<Message>> {
        let (desk, texts) = (&self.desk, self.texts);
        if self.gallery_open {
            return Vec::new();
        }
        match desk.place() {
            Place::Start => map(self.screens.start.keys(desk, texts), Message::Start),
            Place::Citizen => map(self.screens.citizen.keys(desk, texts), Message::Citizen),
            Place::Case => map(self.screens.case.keys(desk, texts), Message::Case),
            Place::Cases => {
                let mut keys = map(self.screens.cases.keys(desk, texts), Message::Cases);
                if crate::screens::cases::begins(desk).is_none() {
                    let narrow = Message::Focus(crate::screens::cases::NARROW, Role::TextField);
                    keys.push(Key::in_place("/", "cases-narrow", narrow));
                }
                keys
            }
            Place::Calendar => map(self.screens.calendar.keys(desk, texts), Message::Calendar),
            Place::Queue => map(self.screens.counter.keys(Scene { look: &self.look, desk }), Message::Counter),
            Place::Figures => map(self.screens.figures.keys(desk, texts), Message::Figures),
            Place::Oversight => map(self.screens.oversight.keys(desk, texts), Message::Oversight),
            Place::Outbox => map(self.screens.outbox.keys(desk, texts), Message::Outbox),
            Place::Guide => map(self.screens.guide.keys(desk, texts), Message::Guide),
        }
    }

    /// The keys that work on every page.
    pub(super) fn window_keys(&self) -> Vec<Key<Message>> {
        let command = |chord, label, command| Key::in_place(chord, label, Message::Do(command));
        let nobody = self.desk.citizen().is_none().then(|| self.texts.t("key-nobody-open"));
        let mut keys = vec![
            Key { printed: Printed::BarEnd, ..command("Ctrl K", "key-find", Command::Find) },
            Key { printed: Printed::BarEnd, ..command("?", "key-all-keys", Command::Open(Overlay::Keys)) },
            command("Ctrl 1", "key-go-queue", Command::Go(Place::Queue)),
            command("Ctrl 2", "key-go-citizen", Command::Go(Place::Citizen)).disabled(nobody),
            command("Ctrl 3", "key-go-cases", Command::Go(Place::Cases)),
            command("Ctrl 4", "key-go-calendar", Command::Go(Place::Calendar)),
            command("Ctrl 5", "key-go-figures", Command::Go(Place::Figures)),
            command("Ctrl 6", "key-go-outbox", Command::Go(Place::Outbox)),
            command("Ctrl 7", "key-go-guide", Command::Go(Place::Guide)),
            Key::in_place("F6", "key-stand", Message::Desk(Input::Stand(self.desk.stands.front().other()))),
            Key::in_place("F8", "key-turn", Message::Desk(Input::Turn))
                .disabled((!turned::can_turn(&self.desk)).then(|| self.texts.t("key-nobody-to-turn-to"))),
            lock_key(),
            command("Ctrl D", "key-density", Command::Density),
            command("Ctrl +", "key-larger", Command::Text(TextStep::Larger)),
            command("Ctrl =", "key-larger", Command::Text(TextStep::Larger)),
            command("Ctrl -", "key-smaller", Command::Text(TextStep::Smaller)),
            command("Ctrl 0", "key-text-reset", Command::Text(TextStep::Reset)),
            command("Ctrl ,", "key-settings", Command::Open(Overlay::Settings)),
            command("Ctrl P", "key-personas", Command::Open(Overlay::Personas)),
            command("Ctrl Q", "key-quit", Command::Quit),
            command("Esc", "key-back", Command::Back),
        ];
        if self.desk.session.me.value().is_some_and(|me| me.role == StaffRole::TeamLeader) {
            keys.push(command("Ctrl 8", "key-go-oversight", Command::Go(Place::Oversight)));
        }
        if self.line_is_down().is_some() {
            let now = Input::Offline(skranke_desk::offline::OfflineInput::TryNow);
            keys.push(Key::in_place("F5", "key-try-now", Message::Desk(now)));
        }
        if self.desk.sign_in.is_some() {
            let ask = Command::Open(Overlay::SignOut);
            keys.push(command(super::signing_in::overlays::SIGN_OUT_KEY, "key-sign-out", ask));
        }
        keys
    }

    pub(super) fn reason_is_open(&self) -> bool {
        self.desk.place() == Place::Case && self.desk.case().is_some_and(|c| c.dialog.is_some())
    }

    /// The controls are known: the keyboard moves.
    pub(super) fn move_focus(&mut self, controls: &[ControlInfo], way: Move) -> Task<Message> {
        let target = match way {
            Move::Next => self.focus.next(controls).cloned(),
            Move::Previous => self.focus.previous(controls).cloned(),
            Move::Settle => {
                let here = controls.iter().find(|c| self.focus.is(&c.id)).cloned();
                if here.is_none() {
                    self.focus.clear();
                }
                here
            }
        };
        match target {
            Some(control) => self.focus_on(&control.id, control.role),
            None => Task::none(),
        }
    }

    /// Puts the keyboard somewhere, and where it can be seen.
    pub(super) fn focus_on(&mut self, id: &FocusId, role: Role) -> Task<Message> {
        self.focus.set(id.clone());
        self.focus_role = role;
        Task::batch([focus_task(id, role), reveal_task(id)])
    }

    /// A click puts the keyboard where it fell: on the control, or on the list whose row it was.
    pub(super) fn clicked(&mut self, control: Option<ControlInfo>) -> Task<Message> {
        let Some(control) = control else { return Task::none() };
        let stop = control.stop().clone();
        let typed = control.role.takes_text();
        self.focus.set(stop.clone());
        self.focus_role = if typed { control.role } else { Role::Group };
        // A text field that was clicked has its own caret there already.
        if typed { Task::none() } else { focus_task(&stop, self.focus_role) }
    }

    /// The place that has the keyboard when a page opens.
    pub(super) fn focus_page(&mut self) -> Task<Message> {
        let id = match self.desk.place() {
            Place::Start if crate::screens::start::inbox::waiting(&self.desk) > 0 => {
                crate::screens::start::inbox::INBOX
            }
            Place::Start => FocusId::new("slab/find"),
            Place::Citizen => citizen::FIRST,
            Place::Case => case::CHECKLIST,
            Place::Cases => crate::screens::cases::FIRST,
            Place::Calendar => crate::screens::calendar::FIRST,
            Place::Queue => crate::screens::counter::FIRST,
            Place::Figures => crate::screens::figures::FIRST,
            Place::Oversight => oversight::FIRST,
            Place::Outbox => crate::screens::outbox::FIRST,
            Place::Guide => crate::screens::guide::FIRST,
        };
        self.focus_on(&id, Role::List)
    }

    /// Opens the palette with the keyboard in its line.
    pub(super) fn open_palette(&mut self) -> Task<Message> {
        let open = self.desk_input(Input::Finder(FinderInput::Open));
        Task::batch([open, self.palette_begins()])
    }

    /// The palette is open: the keyboard goes to its line.
    pub(super) fn palette_begins(&mut self) -> Task<Message> {
        self.screens.palette = palette::Palette::default();
        self.focus.open(palette::QUERY);
        self.focus_role = Role::TextField;
        focus_task(&palette::QUERY, Role::TextField)
    }
}

/// It locks wherever she is: whoever leaves the counter in the middle of something leaves nothing in sight.
fn lock_key() -> Key<Message> {
    Key::in_place("Ctrl L", "key-lock", Message::Desk(Input::Lock))
}

fn focus_keys() -> Vec<Key<Message>> {
    let way = |chord, label, way: Move| Key::in_place(chord, label, Message::Controls(Vec::new(), way));
    vec![way("Tab", "key-next-control", Move::Next), way("Shift Tab", "key-previous-control", Move::Previous)]
}

/// Asks the tree for its controls, to move the keyboard among them.
pub(super) fn ask_controls(way: Move) -> Task<Message> {
    collect_controls().map(move |controls| Message::Controls(controls, way.clone()))
}

fn map<M>(keys: Vec<Key<M>>, f: impl Fn(M) -> Message) -> Vec<Key<Message>> {
    keys.into_iter().map(|key| key.map(&f)).collect()
}
