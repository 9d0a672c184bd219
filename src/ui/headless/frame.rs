//! Drawing: a still picture of the window, and the cost of a frame part by part.
//! The picture is the same however often it is taken: the caret stands, animations have come to rest.

use std::slice;
use std::time::{Duration, Instant};

use iced::advanced::renderer::{self, Headless};
use iced::theme::Base;
use iced::window;
use iced::{Event, Program, Size};

use super::driver::{Driver, Redraw};
use super::picture::Picture;
use super::surface::{Surface, software};

/// Where the time of one frame goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrameTimes {
    /// The program's `view`.
    pub view: Duration,
    /// Comparing with the widgets there were, and laying out.
    pub layout: Duration,
    /// The redraw event: lazy and hovered widgets catch up.
    pub update: Duration,
    /// The widgets say what to draw.
    pub draw: Duration,
    /// The software renderer paints it.
    pub pixels: Duration,
    /// The share of the window that was painted, 0 to 1.
    pub painted: f32,
}

impl FrameTimes {
    /// All parts together.
    pub fn total(&self) -> Duration {
        self.view + self.layout + self.update + self.draw + self.pixels
    }
}

/// How much of the window is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repaint {
    /// Everything, as after a resize.
    Full,
    /// What changed since the last measured frame, as the window does.
    Changes,
}

/// How far ahead a still picture looks: past the end of any animation, and an even number of the half seconds the
/// caret blinks in, so that it stands.
const AT_REST: Duration = Duration::from_secs(10);

impl<P: Program + 'static> Driver<P> {
    /// A still picture of the window as it is now, in device pixels.
    pub fn picture(&mut self) -> Picture {
        self.turn();
        self.draw()
    }

    pub(super) fn draw(&mut self) -> Picture {
        let (theme, style) = self.style();
        let (physical, scale) = self.physical();
        let rgba = self.with_interface(|interface, renderer, clipboard, cursor, messages| {
            // Focus starts the caret's blinking anew; ten seconds on, it is exactly where it started.
            let focused = Event::Window(window::Event::Focused);
            interface.update(&[focused], cursor, renderer, clipboard, messages);
            let rest = Event::Window(window::Event::RedrawRequested(Instant::now() + AT_REST));
            for _ in 0..3 {
                let (state, _) = interface.update(slice::from_ref(&rest), cursor, renderer, clipboard, messages);
                if !state.has_layout_changed() {
                    break;
                }
            }
            let text = renderer::Style { text_color: style.text_color };
            interface.draw(renderer, &theme, &text, cursor);
            renderer.screenshot(physical, scale, style.background_color)
        });
        self.redraw = Redraw::Now;
        // invariant: a screenshot has four bytes for each of the pixels asked for
        #[allow(clippy::expect_used)]
        Picture::new(physical.width, physical.height, rgba).expect("a screenshot has the size asked for")
    }

    /// Draws one frame of the present state and says where the time went. `None` when the program's renderer is not
    /// iced's software renderer.
    pub fn measure_frame(&mut self, repaint: Repaint) -> Option<FrameTimes> {
        let (theme, style) = self.style();
        let (physical, scale) = self.physical();
        let size = self.logical_size();
        let mut surface = match self.surface.take().filter(|surface| surface.fits(physical, scale)) {
            Some(surface) => surface,
            None => Surface::new(physical, scale)?,
        };
        if repaint == Repaint::Full {
            surface.forget();
        }

        let mut clock = Clock::start();
        let view = self.program.view(&self.state, self.window);
        let view_time = clock.lap();
        let cache = std::mem::take(&mut self.cache);
        let renderer = &mut self.renderer;
        let mut interface = iced_runtime::UserInterface::build(view, size, cache, renderer);
        let layout = clock.lap();
        let redraw = Event::Window(window::Event::RedrawRequested(Instant::now()));
        interface.update(&[redraw], self.cursor, renderer, &mut self.clipboard, &mut self.messages);
        let update = clock.lap();
        let text = renderer::Style { text_color: style.text_color };
        interface.draw(renderer, &theme, &text, self.cursor);
        let draw = clock.lap();
        let painted = software(renderer).map(|renderer| surface.paint(renderer, style.background_color));
        let pixels = clock.lap();
        self.cache = interface.into_cache();
        self.surface = Some(surface);
        painted.map(|painted| FrameTimes { view: view_time, layout, update, draw, pixels, painted })
    }

    /// What the measured frames have painted so far, in device pixels; `None` before the first.
    pub fn painted(&self) -> Option<Picture> {
        let surface = self.surface.as_ref()?;
        let size = surface.physical();
        Picture::new(size.width, size.height, surface.rgba()).ok()
    }

    fn style(&self) -> (P::Theme, iced::theme::Style) {
        let theme = self
            .program
            .theme(&self.state, self.window)
            .unwrap_or_else(|| <P::Theme as Base>::default(self.system_theme));
        let style = self.program.style(&self.state, &theme);
        (theme, style)
    }

    /// Device pixels, and how many of them make one of the widgets' pixels.
    fn physical(&self) -> (Size<u32>, f32) {
        let pixels = |length: f32| (length * self.scale).round().max(1.0) as u32;
        let zoom = self.program.scale_factor(&self.state, self.window);
        (Size::new(pixels(self.size.width), pixels(self.size.height)), self.scale * zoom)
    }
}

/// Time since it was last asked.
struct Clock(Instant);

impl Clock {
    fn start() -> Self {
        Self(Instant::now())
    }

    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now - std::mem::replace(&mut self.0, now)
    }
}
