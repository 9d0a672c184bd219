//! The call display in the waiting room: a program of its own that shows numbers and counters, large, in four languages, and recovers by
//! itself. What lives here: what it knows and how it keeps itself current. What must never be here: a name, a case, a reason. What does
//! not live here: how it looks (`view`).

#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;
use std::time::Duration;

use iced::{Subscription, Task, event, keyboard, window};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_api::events::EventKind;
use skranke_api::tickets::DisplayView;
use skranke_client::events::{Live, events};
use skranke_client::http::CaseApi;
use skranke_client::{ClientError, Doorway};
use skranke_desk::settings::Theme;
use skranke_domain::SiteId;
use skranke_domain::authority::Role;

use crate::assets;
use crate::launch::Clock;
use crate::theme::{self, ThemeName, Weight};

/// The title of its window.
pub const TITLE: &str = "Skranke";

/// After how long it asks again when an answer did not come.
const AGAIN: Duration = Duration::from_secs(5);
/// How often the clock on it moves.
const TICK: Duration = Duration::from_secs(15);

/// What the display is started with.
#[derive(Clone)]
pub struct DisplayLaunch {
    /// How the server is found. It is asked for nothing but numbers and counters.
    pub doorway: Arc<dyn Doorway>,
    /// The site whose calls it shows.
    pub site: SiteId,
    /// Light or dark.
    pub theme: Theme,
    /// The size of its window until it fills the screen (`F11`), in logical pixels.
    pub size: (u32, u32),
    /// The clock.
    pub clock: Clock,
    /// The office's time zone.
    pub tz: TimeZone,
}

impl std::fmt::Debug for DisplayLaunch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DisplayLaunch").field("site", &self.site).finish_non_exhaustive()
    }
}

/// The display.
#[derive(Debug)]
pub struct Display {
    launch: DisplayLaunch,
    api: CaseApi,
    /// What was called last, once it is known. It stays in sight when the line breaks.
    pub known: Option<DisplayView>,
    /// When what is shown was true.
    as_of: Option<Timestamp>,
    /// It may be old: the line is gone, or the last answer did not come.
    pub stale: bool,
    now: Timestamp,
    window: iced::Size,
    full: bool,
}

/// What happens to the display.
#[derive(Clone, Debug)]
pub enum Message {
    /// The live line said something.
    Live(Live),
    /// The calls, or why they did not come.
    Calls(Result<DisplayView, ClientError>),
    /// Ask again.
    Ask,
    /// The clock moved on.
    Tick,
    /// The window is of another size.
    Resized(iced::Size),
    /// Fill the screen, or stop filling it (`F11`).
    Full,
    /// The window to fill the screen with.
    Fill(Option<window::Id>),
    /// Something that does not matter here.
    Nothing,
}

impl Display {
    /// The display at its start.
    pub fn boot(launch: &DisplayLaunch) -> (Self, Task<Message>) {
        let api = CaseApi::new(Arc::clone(&launch.doorway), Role::Guest);
        let display = Self {
            launch: launch.clone(),
            known: None,
            as_of: None,
            stale: false,
            now: launch.clock.now(),
            window: iced::Size::new(pixels(launch.size.0), pixels(launch.size.1)),
            full: false,
            api: api.clone(),
        };
        let tasks = Task::batch([Task::run(events(api), Message::Live), display.ask()]);
        (display, tasks)
    }

    fn ask(&self) -> Task<Message> {
        let (api, site) = (self.api.clone(), self.launch.site.clone());
        Task::perform(async move { api.display(&site).await }, Message::Calls)
    }

    /// Takes what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.now = self.launch.clock.now();
        match message {
            // Whatever was missed while the line was gone stands in the next answer.
            Message::Live(Live::Connected | Live::Resync) | Message::Ask => self.ask(),
            Message::Live(Live::Event(event)) if event.kind == EventKind::TicketChanged => self.ask(),
            Message::Live(Live::Lost { .. }) => {
                self.stale = true;
                Task::none()
            }
            Message::Calls(Ok(view)) => {
                self.known = Some(view);
                self.as_of = Some(self.now);
                self.stale = false;
                Task::none()
            }
            Message::Calls(Err(error)) => {
                tracing::warn!(%error, "the calls did not come");
                self.stale = true;
                Task::perform(tokio::time::sleep(AGAIN), |()| Message::Ask)
            }
            Message::Full => window::latest().map(Message::Fill),
            Message::Fill(Some(id)) => {
                self.full = !self.full;
                window::set_mode(id, if self.full { window::Mode::Fullscreen } else { window::Mode::Windowed })
            }
            Message::Resized(size) => {
                self.window = size;
                Task::none()
            }
            Message::Live(Live::Event(_) | Live::Waiting(_))
            | Message::Tick
            | Message::Fill(None)
            | Message::Nothing => Task::none(),
        }
    }

    fn theme_name(&self) -> ThemeName {
        match self.launch.theme {
            Theme::Light => ThemeName::Light,
            Theme::Dark => ThemeName::Dark,
        }
    }

    /// What draws it.
    #[must_use]
    pub fn theme(&self) -> iced::Theme {
        theme::iced_theme(self.theme_name())
    }

    /// What it listens to beside the live line: its clock, its size, `F11`.
    pub fn subscription(&self) -> Subscription<Message> {
        let events = event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::Resized(size)) => Some(Message::Resized(size)),
            iced::Event::Keyboard(keyboard::Event::KeyPressed {
                key: keyboard::Key::Named(keyboard::key::Named::F11),
                ..
            }) => Some(Message::Full),
            _ => None,
        });
        if self.launch.clock == Clock::System {
            Subscription::batch([events, iced::time::every(TICK).map(|_| Message::Tick)])
        } else {
            events
        }
    }
}

/// The program of the display. The same one runs in its window and without it.
pub fn program(
    launch: DisplayLaunch,
) -> iced::Application<impl iced::Program<State = Display, Message = Message, Theme = iced::Theme>> {
    let size = iced::Size::new(pixels(launch.size.0), pixels(launch.size.1));
    let mut application = iced::application(move || Display::boot(&launch), Display::update, Display::view)
        .title(|_: &Display| TITLE.to_owned())
        .subscription(Display::subscription)
        .theme(Display::theme)
        .default_font(Weight::Regular.font())
        .window(window::Settings {
            size,
            min_size: Some(iced::Size::new(640.0, 400.0)),
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: "dk.skranke.Display".to_owned(),
                ..Default::default()
            },
            ..window::Settings::default()
        });
    for font in assets::fonts() {
        application = application.font(font);
    }
    application
}

/// Opens the display's window and runs it to its end.
///
/// # Errors
/// What the window system says when the window cannot be opened.
pub fn run(launch: DisplayLaunch) -> Result<(), iced::Error> {
    program(launch).run()
}

/// Window sizes are far below 2^24, where a float would lose a pixel.
#[expect(clippy::cast_precision_loss, reason = "window sizes are far below 2^24")]
const fn pixels(size: u32) -> f32 {
    size as f32
}
