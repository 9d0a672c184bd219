//! The window as a program: what it holds, how it begins, what it listens to. What does not live here: the screens, what is on the desk.

mod chores;
mod clipboard;
mod commands;
mod export;
mod frame;
mod half_written;
mod keyboard;
pub mod message;
pub(crate) mod offline;
mod overlay;
mod papers;
mod program;
mod signing_in;
mod stands;
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
use crate::launch::{Launch, Startup, Stay};
use crate::screens::{
    calendar, case, cases, citizen, counter, figures, gallery, guide, outbox, oversight, palette, sign_in, start,
};
use crate::theme::{self, Look, Tokens};
use crate::widget::ToastSign;
pub use message::Message;
use message::Overlay;
pub use program::{program, run};

/// The title of the window: never a name or a number.
pub const TITLE: &str = "Skranke";

/// How many grounds there are.
const TURNS: u8 = 64;

/// The window.
pub struct App {
    launch: Launch,
    /// What would hurt to lose.
    pub desk: Desk,
    api: CaseApi,
    outbox: Option<Outbox>,
    texts: &'static Texts,
    look: Look<'static>,
    other_look: Look<'static>,
    focus: Focus,
    focus_role: Role,
    startup: Startup,
    overlay: Option<Overlay>,
    gallery_open: bool,
    screens: Screens,
    under_way: HashMap<Room, Vec<iced::task::Handle>>,
    papers: papers::Papers,
    lines: Vec<iced::task::Handle>,
    gate: signing_in::Gate,
    toast: Option<Toast>,
    notices: Vec<String>,
    window: iced::Size,
    exiting: bool,
    keeping: half_written::Keeping,
    copied: clipboard::Copied,
    frames: u8,
    /// Turned where much of the window changes at once, one of [`TURNS`] grounds: see [`App::style`].
    turn: u8,
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
    counter: counter::CounterScreen,
    figures: figures::FiguresScreen,
    oversight: oversight::OversightScreen,
    outbox: outbox::OutboxScreen,
    guide: guide::GuideScreen,
    sign_in: sign_in::SignInScreen,
    gallery: gallery::State,
}

/// Something that was done, or why nothing was, said for a while.
#[derive(Clone, Debug)]
struct Toast {
    sign: ToastSign,
    said: String,
    number: u64,
}

impl App {
    /// The window at its start, and what it does first.
    pub fn boot(launch: &Launch) -> (Self, Task<Message>) {
        let settings = launch.settings.clone();
        let language = language_of(settings.language);
        let texts = Texts::of(language);
        let api = CaseApi::new(Arc::clone(&launch.doorway), launch.persona);
        let desk = signing_in::desk(launch);
        let window = iced::Size::new(px(settings.window.width), px(settings.window.height));
        let notices = launch.notices.iter().map(|notice| overlay::notice(texts, notice)).collect();
        let now = launch.clock.now().to_zoned(launch.tz.clone());
        let look = Look::new(Tokens::light(), texts, &Focus::none(), now);
        let mut app = Self {
            launch: launch.clone(),
            other_look: look.clone(),
            look,
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
            papers: papers::Papers::new(launch.viewer.clone()),
            lines: Vec::new(),
            gate: signing_in::Gate::new(launch),
            toast: None,
            notices,
            window,
            exiting: false,
            keeping: half_written::Keeping::default(),
            copied: clipboard::Copied::default(),
            frames: 0,
            turn: 0,
        };
        let begin = app.desk_input(Input::Begin);
        // At an office nobody listens before somebody is signed in.
        let live = match app.desk.sign_in {
            Some(_) => app.focus_on(&sign_in::START, Role::Button),
            None => app.listen(),
        };
        app.look_again();
        let task = Task::batch([app.watch_startup(), live, begin]);
        (app, task)
    }

    /// The control that has the keyboard.
    #[must_use]
    pub fn focused(&self) -> Option<&crate::focus::FocusId> {
        self.focus.current()
    }

    /// Whether the window is about to close.
    #[must_use]
    pub const fn is_exiting(&self) -> bool {
        self.exiting
    }

    /// What draws the window.
    #[must_use]
    pub fn theme(&self) -> iced::Theme {
        theme::iced_theme(match self.desk.settings.theme {
            Theme::Light => theme::ThemeName::Light,
            Theme::Dark => theme::ThemeName::Dark,
        })
    }

    /// The ground beneath the page, which covers it whole. The software compositor paints every changed place by itself, which takes
    /// ten times as long as painting the window once where hundreds of places change; another ground makes it paint once.
    #[must_use]
    pub fn style(&self, _theme: &iced::Theme) -> iced::theme::Style {
        const STEP: f32 = 1.0 / 255.0;
        let ground = self.look.tokens.bg;
        // Many messages may come between two frames: the ground must differ from the last one painted, not from the last message's.
        let less = |channel: f32, steps: u8| (channel - f32::from(steps) * STEP).max(0.0);
        let background_color =
            iced::Color { g: less(ground.g, self.turn / 8), b: less(ground.b, self.turn % 8), ..ground };
        iced::theme::Style { background_color, text_color: self.look.tokens.ink }
    }

    /// The application's scale: the person's text size.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.desk.settings.scale()
    }

    /// What the window listens to while it runs. Nothing is polled; a clock ticks only while something on the screen shows it.
    pub fn subscription(&self) -> Subscription<Message> {
        let events = event::listen_with(|event, status, _window| {
            use iced::{Event, keyboard, mouse, window};
            match &event {
                Event::Keyboard(keyboard::Event::KeyPressed { .. })
                | Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Window(
                    window::Event::Resized(_)
                    | window::Event::CloseRequested
                    | window::Event::Focused
                    | window::Event::FileDropped(_),
                ) => Some(Message::Event(event, status)),
                _ => None,
            }
        });
        if self.launch.stay == Stay::UntilFirstFrame {
            return iced::window::frames().map(|_| Message::Frame);
        }
        if self.shows_the_clock() {
            // While somebody is served the seconds of the visit are shown.
            let serves = self.desk.counts_seconds() || self.counts_down();
            let pace = std::time::Duration::from_secs(if serves { 1 } else { 30 });
            Subscription::batch([events, iced::time::every(pace).map(|_| Message::Tick)])
        } else {
            events
        }
    }

    /// Ages and the now-line move with the minute.
    fn shows_the_clock(&self) -> bool {
        use skranke_desk::Place;
        matches!(self.desk.place(), Place::Calendar | Place::Queue | Place::Citizen | Place::Start)
            && self.launch.clock == crate::launch::Clock::System
    }

    /// What the views are handed follows what happened.
    fn look_again(&mut self) {
        let settings = &self.desk.settings;
        let now = self.launch.clock.now().to_zoned(self.launch.tz.clone());
        let scale = settings.scale();
        let (mine, other) = match settings.theme {
            Theme::Light => (Tokens::light(), Tokens::dark()),
            Theme::Dark => (Tokens::dark(), Tokens::light()),
        };
        self.look = Look {
            density: match settings.density {
                Density::Calm => theme::Density::Calm,
                Density::Standard => theme::Density::Standard,
                Density::Dense => theme::Density::Dense,
            },
            motion: match settings.motion {
                Motion::Full => theme::Motion::Full,
                Motion::Reduced => theme::Motion::Reduced,
            },
            width: self.window.width / scale,
            height: self.window.height / scale,
            ..Look::new(mine, self.texts, &self.focus, now)
        };
        self.other_look = Look { tokens: other, ..self.look.clone() };
        self.screens.case.wide = self.look.is_wide();
        self.screens.case.today = Some(self.look.now.date());
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
