//! The driver at work on a small counter of its own: every kind of task, subscription and widget that a real screen
//! uses, once.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use iced::keyboard::key::Named;
use iced::widget::operation::{focus, focus_next};
use iced::widget::{button, column, container, mouse_area, scrollable, text, text_input};
use iced::{Element, Event, Fill, Font, Point, Program, Size, Subscription, Task, event, keyboard, window};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

mod scripts;

const PLEX: &[u8] = include_bytes!("../../../../assets/fonts/IBMPlexSans-Regular.ttf");
const SOON: Duration = Duration::from_secs(20);

#[derive(Default)]
struct Counter {
    name: String,
    phone: String,
    answer: Option<String>,
    palette: u32,
    ignored_keys: String,
    enters: u32,
    row: Option<usize>,
    hovered: bool,
    frames: u32,
    size: Option<Size>,
    opened: bool,
    saved: bool,
}

#[derive(Debug, Clone)]
enum Message {
    Name(String),
    Phone(String),
    Submit,
    Ask,
    Answered(String),
    Palette,
    Ignored(String),
    NextField,
    Paste,
    Pasted(Option<String>),
    Row(usize),
    Hover(bool),
    Animate,
    Frame,
    Size(Size),
    Opened,
    CloseRequested(window::Id),
    Saved(window::Id),
}

/// A round trip over the loopback, so that the answer really comes from a socket of tokio's.
async fn ask(name: String) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut question = String::new();
        socket.read_to_string(&mut question).await.unwrap();
        socket.write_all(format!("Goddag, {question}").as_bytes()).await.unwrap();
    });
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket.write_all(name.as_bytes()).await.unwrap();
    socket.shutdown().await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    server.await.unwrap();
    answer
}

impl Counter {
    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Name(name) => self.name = name,
            Message::Phone(phone) => self.phone = phone,
            Message::Submit => self.enters += 1,
            Message::Ask => return Task::perform(ask(self.name.clone()), Message::Answered),
            Message::Answered(answer) => self.answer = Some(answer),
            Message::Palette => {
                self.palette += 1;
                return focus("name");
            }
            Message::Ignored(key) => self.ignored_keys.push_str(&key),
            Message::NextField => return focus_next(),
            Message::Paste => return iced::clipboard::read().map(Message::Pasted),
            Message::Pasted(text) => self.phone = text.unwrap_or_default(),
            Message::Row(row) => self.row = Some(row),
            Message::Hover(hovered) => self.hovered = hovered,
            Message::Animate => self.frames = 5,
            Message::Frame => self.frames -= 1,
            Message::Size(size) => self.size = Some(size),
            Message::Opened => self.opened = true,
            Message::CloseRequested(id) => {
                return Task::perform(tokio::task::yield_now(), move |()| Message::Saved(id));
            }
            Message::Saved(id) => {
                self.saved = true;
                return window::close(id);
            }
        }
        Task::none()
    }

    fn view(&self) -> Element<'_, Message> {
        let rows = (0..100).map(|row| button(text(format!("Sag {row}."))).on_press(Message::Row(row)).into());
        column![
            text(format!("Navn: {}", self.name)),
            text_input("Navn", &self.name).id("name").on_input(Message::Name).on_submit(Message::Submit),
            text_input("Telefon", &self.phone).on_input(Message::Phone),
            button("Spørg").on_press(Message::Ask),
            text(self.answer.as_deref().unwrap_or("Intet svar")),
            mouse_area(text(if self.hovered { "Musen er her" } else { "Peg her" }))
                .on_enter(Message::Hover(true))
                .on_exit(Message::Hover(false)),
            text(format!("Palette {}, valgt sag {:?}, Enter {}", self.palette, self.row, self.enters)),
            text(format!("Antal 10\u{202f}000, billeder {}", self.frames)),
            container(scrollable(column(rows)).width(Fill)).height(120),
        ]
        .into()
    }

    fn subscription(&self) -> Subscription<Message> {
        let shortcuts = event::listen_with(|event, _, _| match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => match key.as_ref() {
                keyboard::Key::Character("k") if modifiers.control() => Some(Message::Palette),
                keyboard::Key::Named(Named::Tab) => Some(Message::NextField),
                keyboard::Key::Named(Named::F7) => Some(Message::Animate),
                keyboard::Key::Named(Named::F8) => Some(Message::Paste),
                _ => None,
            },
            Event::Window(window::Event::Resized(size)) => Some(Message::Size(size)),
            Event::Window(window::Event::Opened { .. }) => Some(Message::Opened),
            _ => None,
        });
        let ignored = keyboard::listen().filter_map(|event| match event {
            keyboard::Event::KeyPressed { text: Some(text), .. } => Some(Message::Ignored(text.to_string())),
            _ => None,
        });
        let closing = window::close_requests().map(Message::CloseRequested);
        let frames = if self.frames > 0 { window::frames().map(|_| Message::Frame) } else { Subscription::none() };
        Subscription::batch([shortcuts, ignored, closing, frames])
    }
}

fn counter() -> impl Program<State = Counter, Message = Message, Theme = iced::Theme> + 'static {
    iced::application(Counter::default, Counter::update, Counter::view)
        .subscription(Counter::subscription)
        .theme(|_: &Counter| iced::Theme::Light)
        .font(PLEX)
        .default_font(Font::with_name("IBM Plex Sans"))
        .exit_on_close_request(false)
}

/// The program that only says goodbye.
fn farewell((): &()) -> Element<'_, ()> {
    "Farvel".into()
}

fn still((): &mut (), (): ()) {}

fn settings() -> Settings {
    Settings { size: Size::new(600.0, 480.0), ..Settings::default() }
}

fn window() -> Driver<impl Program<State = Counter, Message = Message, Theme = iced::Theme> + 'static> {
    Driver::new(counter(), settings()).unwrap()
}

#[test]
fn what_she_types_stands_in_the_field_and_on_the_page() {
    let mut clerk = window();
    assert!(clerk.state().opened, "the program hears that its window is open");
    clerk.click_text("Navn").unwrap().type_text("Bjørn Ærø, Århus 7-8?").press("Backspace").unwrap();
    assert_eq!(clerk.state().name, "Bjørn Ærø, Århus 7-8");
    assert!(clerk.sees("Navn: Bjørn Ærø, Århus 7-8"));
    clerk.press("Enter").unwrap();
    assert_eq!(clerk.state().enters, 1);
}

#[test]
fn a_shortcut_works_even_while_a_field_has_the_keys_and_the_next_key_already_lands_behind_it() {
    let mut clerk = window();
    // The palette opens through a subscription, on another thread: the letter typed next must find it open.
    clerk.press("Ctrl+K").unwrap().type_text("j");
    assert_eq!((clerk.state().palette, clerk.state().name.as_str()), (1, "j"));
    clerk.press("Ctrl+K").unwrap();
    assert_eq!(clerk.state().palette, 2);
}

#[test]
fn a_key_the_field_takes_is_not_a_shortcut_and_one_it_leaves_is() {
    let mut clerk = window();
    clerk.press("?").unwrap();
    clerk.press("Ctrl+K").unwrap().type_text("?");
    assert_eq!((clerk.state().ignored_keys.as_str(), clerk.state().name.as_str()), ("?\u{b}", "?"));
}

#[test]
fn tab_moves_on_to_the_next_field() {
    let mut clerk = window();
    clerk.press("Tab").unwrap().type_text("Mia").press("Tab").unwrap().type_text("12345678");
    assert_eq!((clerk.state().name.as_str(), clerk.state().phone.as_str()), ("Mia", "12345678"));
}

#[test]
fn an_answer_from_the_network_appears_when_it_comes() {
    let mut clerk = window();
    clerk.press("Tab").unwrap().type_text("Mia").click_text("Spørg").unwrap();
    clerk.wait_for("Goddag, Mia", SOON).unwrap();
    clerk.wait_gone("Intet svar", SOON).unwrap();
}

#[test]
fn what_does_not_come_is_told_with_what_is_there_instead() {
    let mut clerk = window();
    let error = clerk.wait_for("Farvel", Duration::ZERO).map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with("`Farvel` was not seen within 0ns; on the screen: `Navn: ` `Navn` `Telefon`"), "{error}");
    let error = clerk.wait_gone("Telefon", Duration::ZERO).map(|_| ()).unwrap_err().to_string();
    assert!(error.starts_with("`Telefon` was still there"), "{error}");
    assert!(matches!(clerk.click_text("Farvel").map(|_| ()), Err(DriverError::NotSeen { .. })));
    assert!(matches!(clerk.press("Crtl+K").map(|_| ()), Err(DriverError::Chord(_))));
}

#[test]
fn rows_scrolled_out_of_view_are_neither_seen_nor_clicked() {
    let mut clerk = window();
    assert!(clerk.sees("Sag 0.") && !clerk.sees("Sag 50."));
    let list = clerk.find("Sag 0.").unwrap().center();
    for _ in 0..200 {
        if clerk.sees("Sag 50.") {
            break;
        }
        clerk.scroll(list, -1.0);
    }
    assert!(!clerk.sees("Sag 0."));
    clerk.click_text("Sag 50.").unwrap();
    assert_eq!(clerk.state().row, Some(50));
}

#[test]
fn the_mouse_hovers_and_leaves() {
    let mut clerk = window();
    let place = clerk.find("Peg her").unwrap().center();
    assert!(clerk.move_to(place).sees("Musen er her"));
    assert!(clerk.move_away().move_to(Point::new(300.0, 470.0)).sees("Peg her"));
}

#[test]
fn copied_text_is_pasted_again_by_the_field_and_by_the_program() {
    let mut clerk = window();
    clerk.press("Tab").unwrap().type_text("Aage").press("Ctrl+A").unwrap().press("Ctrl+C").unwrap();
    assert_eq!(clerk.clipboard().as_deref(), Some("Aage"));
    clerk.press("Tab").unwrap().press("Ctrl+V").unwrap();
    assert_eq!(clerk.state().phone, "Aage");
    clerk.set_clipboard("87654321").press("F8").unwrap();
    clerk.pump(|clerk| clerk.state().phone == "87654321", SOON).unwrap();
}

#[test]
fn a_number_is_found_with_an_ordinary_space() {
    assert!(window().sees("Antal 10 000"));
}

#[test]
fn an_animation_plays_and_then_the_window_rests() {
    let mut clerk = window();
    clerk.press("F7").unwrap();
    clerk.settle(Duration::from_millis(60), SOON).unwrap();
    assert_eq!(clerk.state().frames, 0);
}

#[test]
fn a_blinking_caret_is_no_unrest_and_stands_still_in_pictures() {
    let mut clerk = window();
    let unfocused = clerk.picture();
    clerk.press("Tab").unwrap();
    let first = clerk.picture();
    assert_ne!(first, unfocused, "the caret and the border are drawn");
    // More than half a second later the caret would be gone from the screen.
    clerk.settle(Duration::from_millis(700), SOON).unwrap();
    assert_eq!(clerk.picture(), first);
}

#[test]
fn a_picture_has_the_window_size_times_its_scale_and_a_resize_reaches_the_program() {
    let mut clerk = window();
    clerk.resize(Size::new(320.0, 200.0)).rescale(2.0);
    assert_eq!(clerk.state().size, Some(Size::new(320.0, 200.0)));
    let picture = clerk.picture();
    assert_eq!((picture.width(), picture.height()), (640, 400));
    assert!(!picture.is_blank());
}

#[test]
fn the_same_window_gives_the_same_picture() {
    assert_eq!(window().picture(), window().picture());
}

#[test]
fn painting_only_what_changed_gives_the_same_window_as_painting_it_whole() {
    let mut clerk = window();
    assert!(clerk.painted().is_none());
    let first = clerk.measure_frame(Repaint::Changes).unwrap();
    assert_eq!(first.painted, 1.0);
    let still = clerk.measure_frame(Repaint::Changes).unwrap();
    assert_eq!(still.painted, 0.0, "nothing changed");

    let row = clerk.find("Sag 1.").unwrap().center();
    clerk.click(row);
    let changed = clerk.measure_frame(Repaint::Changes).unwrap();
    assert!(changed.painted > 0.0 && changed.painted < 0.9, "{changed:?}");
    let partly = clerk.painted().unwrap();
    let whole = clerk.measure_frame(Repaint::Full).unwrap();
    assert_eq!(whole.painted, 1.0);
    assert!(whole.total() >= whole.pixels);
    compare(&clerk.painted().unwrap(), &partly, Tolerance { channel: 2, share: 0.0 }).unwrap();
    compare(&clerk.picture(), &partly, Tolerance { channel: 2, share: 0.0 }).unwrap();
}

#[test]
fn closing_the_window_lets_the_program_save_first() {
    let mut clerk = window();
    clerk.request_close();
    clerk.wait_ended(SOON).unwrap();
    assert!(clerk.state().saved);
    assert!(matches!(clerk.wait_for("Navn", SOON).map(|_| ()), Ok(())), "the last screen can still be read");
    assert!(matches!(clerk.wait_for("Farvel", SOON).map(|_| ()), Err(DriverError::Ended)));
    clerk.type_text("x");
    assert_eq!(clerk.state().name, "");
}

#[test]
fn a_program_that_does_not_ask_is_closed_at_once() {
    let program = iced::application(|| (), still, farewell);
    let mut clerk = Driver::new(program, settings()).unwrap();
    assert!(clerk.sees("Farvel"));
    assert!(clerk.request_close().exited());
}

#[test]
fn closing_drops_the_tasks_before_the_state_even_inside_another_runtime() {
    static ALIVE: AtomicU32 = AtomicU32::new(0);

    /// Something that may be held once only, as a locked file.
    struct Lock;
    impl Lock {
        fn take() -> Self {
            assert_eq!(ALIVE.fetch_add(1, Ordering::SeqCst), 0, "held twice");
            Self
        }
    }
    impl Drop for Lock {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn boot() -> ((), Task<()>) {
        let lock = Lock::take();
        let endless = async move {
            let _lock = lock;
            std::future::pending::<()>().await;
        };
        ((), Task::future(endless))
    }

    let outer = tokio::runtime::Builder::new_current_thread().build().unwrap();
    outer.block_on(async {
        for _ in 0..3 {
            let program = iced::application(boot, still, farewell);
            let mut clerk = Driver::new(program, settings()).unwrap();
            assert!(clerk.sees("Farvel"));
            assert_eq!(ALIVE.load(Ordering::SeqCst), 1);
            clerk.close();
            assert_eq!(ALIVE.load(Ordering::SeqCst), 0);
        }
    });
}

#[test]
fn the_programs_own_zoom_makes_everything_larger() {
    let zoomed = |zoom: f32| {
        let program = iced::application(|| (), still, farewell).scale_factor(move |(): &()| zoom);
        let mut clerk = Driver::new(program, settings()).unwrap();
        (clerk.logical_size(), clerk.picture().width())
    };
    assert_eq!(zoomed(1.0), (Size::new(600.0, 480.0), 600));
    assert_eq!(zoomed(1.5), (Size::new(400.0, 320.0), 600));
}
