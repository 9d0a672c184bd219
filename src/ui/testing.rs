//! A bench for single views in this crate's tests: builds one, walks it, presses its keys and draws it, without a window.
//! Whole programs with their tasks are driven by `headless`.

use std::path::Path;

use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::{Outcome, black_box};
use iced::advanced::widget::{Id, Operation};
use iced::advanced::{clipboard, mouse, renderer};
use iced::keyboard::key::{Code, Key, Named, Physical};
use iced::keyboard::{self, Location, Modifiers};
use iced::time::Instant;
use iced::{Event, Pixels, Point, Rectangle, Size, window};
use iced_runtime::user_interface::{Cache, UserInterface};

use crate::focus::{self, ControlInfo};
use crate::theme::{ThemeName, Tokens, Type, Weight, iced_theme};
use crate::widget::{Element, Renderer, Theme};

/// One view, laid out.
pub(crate) struct Bench<'a, Message> {
    ui: UserInterface<'a, Message, Theme, Renderer>,
    renderer: Renderer,
    size: Size,
}

fn renderer_with_fonts() -> Renderer {
    use std::sync::Once;
    static FONTS: Once = Once::new();
    FONTS.call_once(|| {
        let mut system =
            iced::advanced::graphics::text::font_system().write().expect("no test panics while loading fonts");
        crate::assets::fonts().for_each(|font| system.load_font(font));
    });
    futures::executor::block_on(<Renderer as Headless>::new(
        Weight::Regular.font(),
        Pixels(Type::BODY.size),
        Some("tiny-skia"),
    ))
    .expect("the software renderer is always there")
}

impl<'a, Message> Bench<'a, Message> {
    pub(crate) fn new(view: impl Into<Element<'a, Message>>, size: Size) -> Self {
        let mut renderer = renderer_with_fonts();
        let ui = UserInterface::build(view, size, Cache::new(), &mut renderer);
        let mut bench = Self { ui, renderer, size };
        bench.send(&[redraw()], mouse::Cursor::Unavailable);
        bench
    }

    fn send(&mut self, events: &[Event], cursor: mouse::Cursor) -> Vec<Message> {
        let mut messages = Vec::new();
        let _ = self.ui.update(events, cursor, &mut self.renderer, &mut clipboard::Null, &mut messages);
        messages
    }

    pub(crate) fn walk<T: 'static>(&mut self, operation: impl Operation<T> + 'static) -> Outcome<T> {
        let mut operation: Box<dyn Operation<T>> = Box::new(operation);
        loop {
            self.ui.operate(&self.renderer, &mut black_box(operation.as_mut()));
            match operation.finish() {
                Outcome::Chain(next) => operation = next,
                done => return done,
            }
        }
    }

    /// All texts in sight, tips included.
    pub(crate) fn texts(&mut self) -> Vec<String> {
        #[derive(Default)]
        struct Texts(Vec<String>);
        impl Operation<Vec<String>> for Texts {
            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Vec<String>>)) {
                operate(self);
            }
            fn text(&mut self, _id: Option<&Id>, _bounds: Rectangle, text: &str) {
                self.0.push(text.to_owned());
            }
            fn finish(&self) -> Outcome<Vec<String>> {
                Outcome::Some(self.0.clone())
            }
        }
        // A tip opens on one frame and is laid out on the next.
        self.send(&[redraw()], mouse::Cursor::Unavailable);
        match self.walk(Texts::default()) {
            Outcome::Some(texts) => texts,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn controls(&mut self) -> Vec<ControlInfo> {
        match self.walk(focus::controls()) {
            Outcome::Some(controls) => controls,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn control_at(&mut self, point: Point) -> Option<ControlInfo> {
        match self.walk(focus::control_at(point)) {
            Outcome::Some(control) => control,
            other => panic!("{other:?}"),
        }
    }

    /// What pressing a named key gives.
    pub(crate) fn press(&mut self, named: Named) -> Vec<Message> {
        self.strike(Key::Named(named))
    }

    /// What pressing the key of a character gives.
    pub(crate) fn type_key(&mut self, typed: &str) -> Vec<Message> {
        self.strike(Key::Character(typed.into()))
    }

    fn strike(&mut self, key: Key) -> Vec<Message> {
        let event = keyboard::Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: Physical::Code(Code::Enter),
            location: Location::Standard,
            modifiers: Modifiers::empty(),
            text: None,
            repeat: false,
        };
        self.send(&[Event::Keyboard(event)], mouse::Cursor::Unavailable)
    }

    /// What a click gives.
    pub(crate) fn click(&mut self, at: Point) -> Vec<Message> {
        let cursor = mouse::Cursor::Available(at);
        let button = mouse::Button::Left;
        let events = [
            Event::Mouse(mouse::Event::CursorMoved { position: at }),
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ];
        self.send(&events, cursor)
    }

    /// What pressing at one place, moving to another in steps and letting go there gives.
    pub(crate) fn drag(&mut self, from: Point, to: Point) -> Vec<Message> {
        const STEPS: u8 = 8;
        let button = mouse::Button::Left;
        let moved = |at: Point| Event::Mouse(mouse::Event::CursorMoved { position: at });
        let mut all = self.send(&[moved(from)], mouse::Cursor::Available(from));
        all.extend(self.send(&[Event::Mouse(mouse::Event::ButtonPressed(button))], mouse::Cursor::Available(from)));
        for step in 1..=STEPS {
            let share = f32::from(step) / f32::from(STEPS);
            let at = from + (to - from) * share;
            all.extend(self.send(&[moved(at)], mouse::Cursor::Available(at)));
        }
        all.extend(self.send(&[Event::Mouse(mouse::Event::ButtonReleased(button))], mouse::Cursor::Available(to)));
        all
    }

    /// The view's pixels at a scale.
    pub(crate) fn draw(&mut self, scale: f32, theme: ThemeName) -> Pixmap {
        let tokens = Tokens::of(theme);
        let style = renderer::Style { text_color: tokens.ink };
        self.send(&[redraw()], mouse::Cursor::Unavailable);
        self.ui.draw(&mut self.renderer, &iced_theme(theme), &style, mouse::Cursor::Unavailable);
        let size = Size::new((self.size.width * scale) as u32, (self.size.height * scale) as u32);
        let rgba = self.renderer.screenshot(size, scale, tokens.bg);
        Pixmap { size, rgba }
    }
}

fn redraw() -> Event {
    Event::Window(window::Event::RedrawRequested(Instant::now()))
}

/// What was drawn.
pub(crate) struct Pixmap {
    size: Size<u32>,
    rgba: Vec<u8>,
}

impl Pixmap {
    pub(crate) fn pixels(&self) -> impl Iterator<Item = [u8; 4]> {
        self.rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]])
    }

    pub(crate) fn save(&self, path: &Path) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the target folder can be written");
        let file = std::fs::File::create(path).expect("a picture can be written");
        let mut encoder = png::Encoder::new(file, self.size.width, self.size.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgba))
            .expect("a picture can be written");
    }
}
