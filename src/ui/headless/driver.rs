//! The loop: boots a program, gives it events and messages as the desktop's event loop would, and waits for what its
//! tasks and subscriptions bring. Keys and mouse are in `hands.rs`, the program's wishes to the system in
//! `actions.rs`, drawing in `frame.rs`.

use std::mem;
use std::slice;
use std::time::{Duration, Instant};

use iced::advanced::renderer::Headless;
use iced::advanced::subscription;
use iced::advanced::widget::Operation;
use iced::advanced::widget::operation::{self, Outcome};
use iced::mouse::Cursor;
use iced::window::{self, RedrawRequest};
use iced::{Event, Point, Program, Size, Task, theme};
use iced_futures::Runtime;
use iced_futures::futures::{StreamExt, channel::mpsc, task};
use iced_runtime::user_interface::{self, UserInterface};
use iced_runtime::{Action, task::into_stream};

use super::actions::Clipboard;
use super::error::DriverError;
use super::settings::{Settings, load_fonts};
use super::sight::NameOf;
use super::surface::Surface;
use super::worker::{Inbox, ROOM, Watch, Worker};

/// One frame at sixty a second: the pace of an animation.
const FRAME: Duration = Duration::from_millis(16);
/// How long a turn waits for tasks that are computing before it goes on without them.
const BREATH: Duration = Duration::from_millis(250);
/// After so many rounds a turn ends although there is more: an animation always has more.
const ROUNDS: usize = 12;

/// What runs the tasks and subscriptions of a program with these messages.
type Workers<M> = Runtime<Worker, mpsc::Sender<Action<M>>, Action<M>>;

/// Runs a [`Program`] (what `iced::application(…)` gives) without a display.
///
/// Dropping it ends the program's tasks, waits for them and only then drops the state, so that files are free again.
pub struct Driver<P: Program + 'static> {
    // The order matters: tasks end before what they may hold on to is dropped.
    pub(super) runtime: Workers<P::Message>,
    watch: Watch,
    inbox: Inbox<Action<P::Message>>,
    pub(super) cache: user_interface::Cache,
    pub(super) renderer: P::Renderer,
    pub(super) surface: Option<Surface>,
    pub(super) state: P::State,
    pub(super) program: P,
    pub(super) window: window::Id,
    pub(super) size: Size,
    pub(super) scale: f32,
    pub(super) system_theme: theme::Mode,
    pub(super) name_of: Option<NameOf>,
    pub(super) clipboard: Clipboard,
    pub(super) cursor: Cursor,
    pub(super) events: Vec<Event>,
    pub(super) messages: Vec<P::Message>,
    pub(super) redraw: Redraw,
    pub(super) exited: bool,
    /// What came from tasks and subscriptions so far; tells whether anything happens.
    arrived: u64,
}

/// When the window is drawn next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Redraw {
    Now,
    At(Instant),
    Never,
}

impl<P: Program + 'static> Driver<P> {
    /// Boots the program and works off everything that needs no waiting. Software renderer always.
    ///
    /// # Errors
    /// No threads or no software renderer.
    pub fn new(program: P, settings: Settings) -> Result<Self, DriverError> {
        let own = program.settings();
        load_fonts(&own, &settings);
        let font = settings.default_font.unwrap_or(own.default_font);
        let renderer = <P::Renderer as Headless>::new(font, own.default_text_size, Some("tiny-skia"));
        let renderer = futures::executor::block_on(renderer).ok_or(DriverError::Renderer)?;

        let worker = Worker::start()?;
        let watch = worker.watch();
        let (sender, inbox) = Inbox::open();
        let runtime = Runtime::new(worker, sender);
        let (state, boot) = runtime.enter(|| program.boot());

        let mut driver = Self {
            runtime,
            watch,
            inbox,
            cache: user_interface::Cache::default(),
            renderer,
            surface: None,
            state,
            program,
            window: window::Id::unique(),
            size: settings.size,
            scale: settings.scale,
            system_theme: settings.system_theme,
            name_of: settings.name_of,
            clipboard: Clipboard::default(),
            cursor: Cursor::Unavailable,
            events: Vec::new(),
            messages: Vec::new(),
            redraw: Redraw::Now,
            exited: false,
            arrived: 0,
        };
        driver.track();
        let size = driver.logical_size();
        driver.events.push(Event::Window(window::Event::Opened { position: None, size }));
        driver.events.push(Event::Window(window::Event::Focused));
        for action in driver.start(boot) {
            driver.perform(action);
        }
        driver.turn();
        Ok(driver)
    }

    /// The program's state.
    pub fn state(&self) -> &P::State {
        &self.state
    }

    /// The program.
    pub fn program(&self) -> &P {
        &self.program
    }

    /// The window's title now.
    pub fn title(&self) -> String {
        self.program.title(&self.state, self.window)
    }

    /// Whether the program has closed its window or asked to exit.
    pub fn exited(&self) -> bool {
        self.exited
    }

    /// The window's size as the widgets know it: logical pixels, after the program's own zoom.
    pub fn logical_size(&self) -> Size {
        let zoom = self.program.scale_factor(&self.state, self.window);
        Size::new(self.size.width / zoom, self.size.height / zoom)
    }

    /// Ends the program at once, as closing its window without asking does.
    pub fn close(self) {
        drop(self);
    }

    /// Goes on until `until` holds: works off messages and actions as they arrive and redraws when asked to.
    /// Between them it waits without polling.
    ///
    /// # Errors
    /// `timeout` passed, or the program ended, first.
    pub fn pump(&mut self, mut until: impl FnMut(&mut Self) -> bool, timeout: Duration) -> Result<(), DriverError> {
        let deadline = Instant::now() + timeout;
        loop {
            self.turn();
            if until(self) {
                return Ok(());
            }
            if self.exited {
                return Err(DriverError::Ended);
            }
            if Instant::now() >= deadline {
                return Err(DriverError::TimedOut { waited: timeout, seen: self.texts() });
            }
            self.wait(deadline);
        }
    }

    /// Goes on until nothing came from tasks and subscriptions for `quiet`. A blinking caret does not count.
    ///
    /// # Errors
    /// `timeout` passed, or the program ended, first.
    pub fn settle(&mut self, quiet: Duration, timeout: Duration) -> Result<(), DriverError> {
        let deadline = Instant::now() + timeout;
        self.turn();
        let (mut arrived, mut since) = (self.arrived, Instant::now());
        while !self.exited {
            let now = Instant::now();
            if now >= since + quiet {
                return Ok(());
            }
            if now >= deadline {
                return Err(DriverError::TimedOut { waited: timeout, seen: self.texts() });
            }
            self.wait(deadline.min(since + quiet));
            self.turn();
            if arrived != self.arrived {
                (arrived, since) = (self.arrived, Instant::now());
            }
        }
        Err(DriverError::Ended)
    }

    /// Waits until the program has closed its window.
    ///
    /// # Errors
    /// It has not within `timeout`.
    pub fn wait_ended(&mut self, timeout: Duration) -> Result<(), DriverError> {
        self.pump(|driver| driver.exited, timeout)
    }

    /// Runs an operation over the widgets, chained ones to the end.
    pub fn operate<T: 'static>(&mut self, operation: impl Operation<T> + 'static) -> Option<T> {
        let result = self.with_interface(|interface, renderer, _, _, _| {
            let mut current: Box<dyn Operation<T>> = Box::new(operation);
            loop {
                interface.operate(renderer, &mut operation::black_box(current.as_mut()));
                match current.finish() {
                    Outcome::None => break None,
                    Outcome::Some(value) => break Some(value),
                    Outcome::Chain(next) => current = next,
                }
            }
        });
        self.redraw = Redraw::Now;
        result
    }

    /// Builds the interface from the state, keeps what the widgets remember, and gives it to `work`.
    pub(super) fn with_interface<R>(
        &mut self,
        work: impl FnOnce(
            &mut UserInterface<'_, P::Message, P::Theme, P::Renderer>,
            &mut P::Renderer,
            &mut Clipboard,
            Cursor,
            &mut Vec<P::Message>,
        ) -> R,
    ) -> R {
        let size = self.logical_size();
        let view = self.program.view(&self.state, self.window);
        let cache = mem::take(&mut self.cache);
        let mut interface = UserInterface::build(view, size, cache, &mut self.renderer);
        let result = work(&mut interface, &mut self.renderer, &mut self.clipboard, self.cursor, &mut self.messages);
        self.cache = interface.into_cache();
        result
    }

    /// Works off events, messages and actions until everything left waits for something outside the process.
    pub(super) fn turn(&mut self) {
        for _ in 0..ROUNDS {
            // Not until it is empty: what never stops sending would never let the window be drawn.
            for _ in 0..ROOM {
                let Some(action) = self.inbox.take() else {
                    break;
                };
                self.arrived += 1;
                self.perform(action);
            }
            if self.exited {
                self.farewell();
            }
            if !self.events.is_empty() || !self.messages.is_empty() {
                self.interact();
            }
            if self.redraw_is_due() {
                self.repaint(Instant::now());
            }
            // A subscription that heard an event answers through a task: what it says belongs to this turn.
            self.watch.rest(BREATH);
            match self.inbox.take() {
                Some(action) => {
                    self.arrived += 1;
                    self.perform(action);
                }
                None if self.events.is_empty() && self.messages.is_empty() && !self.redraw_is_due() => {
                    return;
                }
                None => {}
            }
        }
        if self.redraw == Redraw::Now {
            self.redraw = Redraw::At(Instant::now() + FRAME);
        }
    }

    fn redraw_is_due(&self) -> bool {
        match self.redraw {
            Redraw::Now => true,
            Redraw::At(at) => at <= Instant::now(),
            Redraw::Never => false,
        }
    }

    /// Blocks until something arrives, a redraw is due or `deadline` is reached.
    fn wait(&mut self, deadline: Instant) {
        let until = match self.redraw {
            Redraw::Now => return,
            Redraw::At(at) => at.min(deadline),
            Redraw::Never => deadline,
        };
        if let Some(action) = self.inbox.wait(until) {
            self.arrived += 1;
            self.perform(action);
        }
    }

    /// Gives the waiting events to the widgets and their messages to the program.
    fn interact(&mut self) {
        let events = mem::take(&mut self.events);
        let (state, statuses) = self.with_interface(|interface, renderer, clipboard, cursor, messages| {
            interface.update(&events, cursor, renderer, clipboard, messages)
        });
        match state {
            user_interface::State::Updated { redraw_request, .. } => self.ask_redraw(redraw_request),
            user_interface::State::Outdated => self.redraw = Redraw::Now,
        }
        for (event, status) in events.into_iter().zip(statuses) {
            self.broadcast(event, status);
        }
        if !self.messages.is_empty() {
            self.update();
        }
        self.redraw = Redraw::Now;
    }

    /// The redraw of a frame, without drawing: widgets that are lazy, hovered or animated catch up.
    fn repaint(&mut self, now: Instant) {
        self.redraw = Redraw::Never;
        let event = Event::Window(window::Event::RedrawRequested(now));
        let mut last = RedrawRequest::Wait;
        for _ in 0..3 {
            let before = self.messages.len();
            let (state, _) = self.with_interface(|interface, renderer, clipboard, cursor, messages| {
                interface.update(slice::from_ref(&event), cursor, renderer, clipboard, messages)
            });
            if let user_interface::State::Updated { redraw_request, .. } = state {
                last = redraw_request;
            }
            if self.messages.len() == before && !state.has_layout_changed() {
                break;
            }
            if !self.messages.is_empty() {
                self.update();
                // Drawn in this very redraw.
                self.redraw = Redraw::Never;
            }
        }
        self.ask_redraw(last);
        self.broadcast(event, iced::event::Status::Ignored);
    }

    fn ask_redraw(&mut self, request: RedrawRequest) {
        let at = match request {
            RedrawRequest::NextFrame => Instant::now() + FRAME,
            RedrawRequest::At(at) => at,
            RedrawRequest::Wait => return,
        };
        self.redraw = match self.redraw {
            Redraw::Now => Redraw::Now,
            Redraw::At(earlier) => Redraw::At(earlier.min(at)),
            Redraw::Never => Redraw::At(at),
        };
    }

    pub(super) fn broadcast(&mut self, event: Event, status: iced::event::Status) {
        self.runtime.broadcast(subscription::Event::Interaction { window: self.window, event, status });
    }

    /// Gives the messages to the program, starts its tasks and compares its subscriptions with the running ones.
    fn update(&mut self) {
        let mut actions = Vec::new();
        for message in mem::take(&mut self.messages) {
            let task = self.runtime.enter(|| self.program.update(&mut self.state, message));
            actions.extend(self.start(task));
        }
        self.track();
        self.redraw = Redraw::Now;
        for action in actions {
            self.perform(action);
        }
    }

    /// Starts a task. What it can do at once it does at once (moving the focus, say), the rest runs on the workers.
    fn start(&mut self, task: Task<P::Message>) -> Vec<Action<P::Message>> {
        let mut actions = Vec::new();
        let Some(mut stream) = into_stream(task) else {
            return actions;
        };
        let mut context = task::Context::from_waker(task::noop_waker_ref());
        loop {
            match self.runtime.enter(|| stream.poll_next_unpin(&mut context)) {
                task::Poll::Ready(Some(action)) => actions.push(action),
                task::Poll::Ready(None) => return actions,
                task::Poll::Pending => {
                    self.runtime.run(stream);
                    return actions;
                }
            }
        }
    }

    fn track(&mut self) {
        let subscription = self.runtime.enter(|| self.program.subscription(&self.state));
        self.runtime.track(subscription::into_recipes(subscription.map(Action::Output)));
    }

    /// The window has gone: subscriptions still hear of it, the program no longer draws.
    fn farewell(&mut self) {
        for event in mem::take(&mut self.events) {
            if matches!(event, Event::Window(window::Event::Closed)) {
                self.broadcast(event, iced::event::Status::Ignored);
            }
        }
        if !self.messages.is_empty() {
            self.update();
        }
        self.redraw = Redraw::Never;
    }

    /// A new size of the window in logical pixels.
    pub fn resize(&mut self, size: Size) -> &mut Self {
        self.size = size;
        let size = self.logical_size();
        self.event(Event::Window(window::Event::Resized(size)))
    }

    /// A new scale, as when the window is moved to another screen.
    pub fn rescale(&mut self, scale: f32) -> &mut Self {
        self.scale = scale;
        self.event(Event::Window(window::Event::Rescaled(scale)))
    }

    /// What the window's close button does: the program is asked when it wants to be, and closed otherwise.
    pub fn request_close(&mut self) -> &mut Self {
        if self.program.window().is_none_or(|window| window.exit_on_close_request) {
            self.perform(Action::Window(iced_runtime::window::Action::Close(self.window)));
            self.turn();
            self
        } else {
            self.event(Event::Window(window::Event::CloseRequested))
        }
    }

    /// Any other event, as the desktop would send it.
    pub fn event(&mut self, event: Event) -> &mut Self {
        self.turn();
        if !self.exited {
            self.events.push(event);
            self.turn();
        }
        self
    }

    /// The place of the mouse, if it is in the window.
    pub fn mouse(&self) -> Option<Point> {
        self.cursor.position()
    }
}
