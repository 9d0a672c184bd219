//! The window as a program: what it holds, how it begins, what it listens to. What does not live here: the screens, what is on the desk.

mod chores;
mod frame;
mod keyboard;
pub mod message;
mod overlay;
mod update;

use std::collections::HashMap;
use std::sync::Arc;

use iced::{Subscription, Task, event};
use skranke_client::http::CaseApi;
use skranke_client::outbox::Outbox;
use skranke_desk::effect::Room;
use skranke_desk::settings::{Density, Language, Motion, Theme};
use skranke_desk::{Desk, Input};

use crate::focus::{Focus, Role};
use crate::i18n::{self, Texts};
use crate::launch::{Launch, Startup};
use crate::screens::{calendar, case, cases, citizen, gallery, outbox, palette, start};
use crate::theme::{self, Look, Tokens};
use message::{Message, Overlay};

/// The title of the window: never a name or a number.
pub const TITLE: &str = "Skranke";

/// The window.
pub struct App {
    launch: Launch,
    /// What would hurt to lose.
    pub desk: Desk,
    api: CaseApi,
    outbox: Option<Outbox>,
    texts: Arc<Texts>,
    focus: Focus,
    focus_role: Role,
    startup: Startup,
    overlay: Option<Overlay>,
    gallery_open: bool,
    screens: Screens,
    under_way: HashMap<Room, Vec<iced::task::Handle>>,
    lines: Vec<iced::task::Handle>,
    toast: Option<Toast>,
    notices: Vec<String>,
    window: iced::Size,
    exiting: bool,
}

/// The screens' own states.
#[derive(Default)]
struct Screens {
    palette: palette::Palette,
    start: start::StartScreen,
    citizen: citizen::CitizenScreen,
    case: case::CaseScreen,
    cases: cases::CasesScreen,
    calendar: calendar::CalendarScreen,
    outbox: outbox::OutboxScreen,
    gallery: gallery::Gallery,
}

/// Something that was done, said for a while.
#[derive(Clone, Debug)]
struct Toast {
    said: String,
    number: u64,
}

impl App {
    /// The window at its start, and what it does first.
    #[must_use]
    pub fn boot(launch: &Launch) -> (Self, Task<Message>) {
        let settings = launch.settings.clone();
        let language = language_of(settings.language);
        let texts = Arc::new(Texts::new(language));
        let api = CaseApi::new(Arc::clone(&launch.doorway), launch.persona);
        let desk = Desk::new(launch.persona, settings.clone(), launch.tz.clone());
        let window = iced::Size::new(px(settings.window.width), px(settings.window.height));
        let notices = launch.notices.iter().map(|notice| overlay::notice(&texts, notice)).collect();
        let mut app = Self {
            launch: launch.clone(),
            desk,
            api,
            outbox: None,
            texts,
            focus: Focus::none(),
            focus_role: Role::Group,
            startup: launch.startup.borrow().clone(),
            overlay: None,
            gallery_open: false,
            screens: Screens::default(),
            under_way: HashMap::new(),
            lines: Vec::new(),
            toast: None,
            notices,
            window,
            exiting: false,
        };
        let begin = app.desk_input(Input::Begin);
        let task = Task::batch([app.watch_startup(), app.listen(), begin]);
        (app, task)
    }

    /// Whether the window is about to close.
    #[must_use]
    pub const fn is_exiting(&self) -> bool {
        self.exiting
    }

    /// What draws the window.
    #[must_use]
    pub fn theme(&self) -> iced::Theme {
        theme::iced_theme(self.tokens())
    }

    /// The application's scale: the person's text size.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.desk.settings.scale()
    }

    /// What the window listens to while it runs. Nothing is polled; a clock ticks only while something on the screen shows it.
    #[must_use]
    pub fn subscription(&self) -> Subscription<Message> {
        let events = event::listen_with(|event, status, _window| {
            use iced::{Event, keyboard, mouse, window};
            match &event {
                Event::Keyboard(keyboard::Event::KeyPressed { .. })
                | Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Window(window::Event::Resized(_) | window::Event::CloseRequested) => {
                    Some(Message::Event(event, status))
                }
                _ => None,
            }
        });
        if self.shows_the_clock() {
            Subscription::batch([events, iced::time::every(std::time::Duration::from_secs(30)).map(|_| Message::Tick)])
        } else {
            events
        }
    }

    /// Ages and the now-line move with the minute.
    fn shows_the_clock(&self) -> bool {
        use skranke_desk::Place;
        matches!(self.desk.place, Place::Calendar | Place::Citizen | Place::Start)
            && self.launch.clock == crate::launch::Clock::System
    }

    fn tokens(&self) -> Tokens {
        match self.desk.settings.theme {
            Theme::Light => Tokens::light(),
            Theme::Dark => Tokens::dark(),
        }
    }

    fn look(&self) -> Look<'_> {
        let now = self.launch.clock.now().to_zoned(self.launch.tz.clone());
        let scale = self.scale();
        Look {
            density: match self.desk.settings.density {
                Density::Calm => theme::Density::Calm,
                Density::Standard => theme::Density::Standard,
                Density::Dense => theme::Density::Dense,
            },
            motion: match self.desk.settings.motion {
                Motion::Full => theme::Motion::Full,
                Motion::Reduced => theme::Motion::Reduced,
            },
            width: self.window.width / scale,
            height: self.window.height / scale,
            ..Look::new(self.tokens(), &self.texts, &self.focus, now)
        }
    }
}

fn language_of(language: Language) -> i18n::Language {
    match language {
        Language::Da => i18n::Language::Danish,
        Language::En => i18n::Language::English,
    }
}

/// Window sizes are far below 2^24, where a float would lose a pixel.
#[expect(clippy::cast_precision_loss, reason = "window sizes are far below 2^24")]
const fn px(size: u32) -> f32 {
    size as f32
}
