//! What the window does with what happens to it.

use std::time::Duration;

use iced::event::Status;
use iced::{Event, Task, keyboard, mouse, window};
use skranke_api::purpose::PurposeKind;
use skranke_client::outbox::{Deed, Label};
use skranke_client::{Live, OutboxEvent};
use skranke_desk::ask::OversightReply;
use skranke_desk::pending::PendingInput;
use skranke_desk::session::Line;
use skranke_desk::settings::Settings;
use skranke_desk::signing_in::Durability;
use skranke_desk::uploads::UploadsInput;
use skranke_desk::{Input, Place, Reply};

use super::clipboard;
use super::keyboard::ask_controls;
use super::message::{Clip, Command, Message, Move, OutboxOpened};
use super::{App, Toast};
use crate::focus::{FocusId, Role, control_touched, focus_task, reveal_task};
use crate::launch::Startup;
use crate::screens::citizen::sheets::Begins;
use crate::screens::{
    Action, Scene, calendar, case, cases, citizen, counter, locked, need, outbox, oversight, palette, sign_in, turned,
};
use crate::widget::dialog::safe_id;
use crate::widget::toast::{STANDS, ToastSign};

/// How long an answer may take before its place is drawn as awaited, with a little room.
const SKELETON_AFTER: Duration = Duration::from_millis(170);

impl App {
    /// Takes a message.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        let laid = self.laid_out();
        let wide = changes_much(&message);
        let task = self.take(message);
        self.look_again();
        if wide || laid != self.laid_out() {
            self.turn = (self.turn + 1) % super::TURNS;
        }
        task
    }

    /// What stands where in the window: where this changes, very many places change.
    fn laid_out(&self) -> impl PartialEq + use<> {
        let desk = &self.desk;
        let page = desk.citizen().map(|page| (page.id, page.folded.len()));
        let above =
            (desk.sheet().map(skranke_desk::sheets::Sheet::kind), self.overlay, desk.finder.is_some(), self.cover());
        let above = (above, case::over::open(desk));
        let dialog = (self.reason_is_open(), desk.inbox.replying.is_some());
        (desk.place(), desk.stands.front(), page, above, dialog, self.gallery_open, self.notices.len())
    }

    fn take(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Desk(input) => {
                let role = self.role_told(&input);
                let task = Task::batch([self.desk_with_consequences(input), role]);
                match self.screens.palette.answered(&self.desk, self.texts) {
                    Some(outcome) => Task::batch([task, self.palette_wants(outcome)]),
                    None => task,
                }
            }
            Message::Event(event, status) => self.event(&event, status),
            Message::Startup(startup) => {
                self.startup = match startup {
                    Startup::SetAside(file) => {
                        let args = [("file", file.display().to_string().into())];
                        self.notices.push(self.texts.with("notice-database-set-aside", &args));
                        Startup::Ready
                    }
                    other => other,
                };
                Task::none()
            }
            Message::OutboxOpened(person, opened) => self.outbox_opened(person, opened),
            Message::Seen(news) => self.seen(news),
            Message::NotWritten(why) => {
                tracing::error!("a change could not be written to the outbox");
                let sentence = self.texts.with("error-not-written", &[("why", why.into())]);
                // The page's own line lies under whatever is laid over it: the reason must be seen where she looks.
                let told = self.say_why(sentence.clone());
                Task::batch([told, self.desk_input(Input::Pending(PendingInput::NotWritten(sentence)))])
            }
            Message::Controls(controls, way) if controls.is_empty() && way != Move::Settle => ask_controls(way),
            Message::Controls(controls, way) => self.move_focus(&controls, way),
            Message::Clicked(control) => self.clicked(control),
            Message::Focus(id, role) => self.focus_on(&id, role),
            Message::Clipboard(news) => self.clipboard(news),
            Message::HalfWrittenDue => self.half_written_due(),
            Message::HalfWrittenKept(kept) => self.half_written_kept(kept),
            Message::HalfWrittenFound(person, recovered) => self.half_written_found(person, recovered),
            Message::HalfWrittenAdopted => self.find_half_written(),
            Message::NotKept(number, why) => self.not_kept(number, why),
            Message::Tick | Message::Nothing => Task::none(),
            // The second frame is asked for when the first is on the screen.
            Message::Frame => {
                self.frames += 1;
                if self.frames < 2 { Task::none() } else { iced::exit() }
            }
            Message::Palette(message) => self.palette(message),
            Message::Start(message) => {
                let action = self.screens.start.update(message, &self.desk);
                self.act(action, Message::Start)
            }
            Message::Citizen(message) => {
                let action = self.screens.citizen.update(message, &self.desk);
                self.act(action, Message::Citizen)
            }
            Message::Case(message) => {
                let action = self.screens.case.update(message, &self.desk);
                self.act(action, Message::Case)
            }
            Message::Cases(message) => {
                let action = self.screens.cases.update(message, &self.desk);
                self.act(action, Message::Cases)
            }
            Message::Calendar(message) => {
                let action = self.screens.calendar.update(message, &self.desk);
                self.act(action, Message::Calendar)
            }
            Message::Counter(message) => {
                let scene = Scene { look: &self.look, desk: &self.desk };
                let action = self.screens.counter.update(message, scene);
                self.act(action, Message::Counter)
            }
            Message::Figures(message) => {
                let action = self.screens.figures.update(message, &self.desk);
                self.act(action, Message::Figures)
            }
            Message::Oversight(message) => {
                let today = self.look.now.date();
                let action = self.screens.oversight.update(message, (&self.desk, today));
                self.act(action, Message::Oversight)
            }
            Message::Guide(message) => {
                let action = self.screens.guide.update(message, &self.desk);
                self.act(action, Message::Guide)
            }
            Message::Outbox(message) => {
                let copies = matches!(message, outbox::Message::Copy(_));
                let action = self.screens.outbox.update(message, &self.desk);
                let task = self.act(action, Message::Outbox);
                if copies { task.chain(self.read_clipboard(Clip::Copied)) } else { task }
            }
            Message::Locked(message) => self.locked_screen(message),
            Message::SignIn(message) => self.sign_in_screen(message),
            Message::Pin(step) => self.pin_step(step),
            Message::Gallery(message) => {
                self.screens.gallery.update(message);
                Task::none()
            }
            Message::Do(command) => self.command(command),
            Message::Page(ticket, key, drawn) => self.page_drawn(ticket, key, drawn),
            Message::NotOpened(why) => self.say_why(case::pane::words::outside(self.texts, &why)),
            Message::ScannerFolder(typed) => {
                let folder = Some(typed).filter(|typed| !typed.trim().is_empty()).map(std::path::PathBuf::from);
                self.desk_input(Input::Settings(Settings { scanner_folder: folder, ..self.desk.settings.clone() }))
            }
            Message::ToastEnds(number) => {
                if self.toast.as_ref().is_some_and(|t| t.number == number) {
                    self.toast = None;
                }
                Task::none()
            }
            Message::SettingsNotSaved(why) => {
                self.notices.push(self.texts.with("error-settings-not-saved", &[("why", why.into())]));
                Task::none()
            }
        }
    }

    fn act<M: Send + 'static>(
        &mut self,
        action: Action<M>,
        wrap: impl Fn(M) -> Message + Clone + Send + Sync + 'static,
    ) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Desk(input) => self.desk_with_consequences(input),
            Action::DeskAll(inputs) => {
                let tasks: Vec<_> = inputs.into_iter().map(|input| self.desk_with_consequences(input)).collect();
                Task::batch(tasks)
            }
            Action::Run(task) => task.map(wrap),
            Action::Both(input, task) => {
                let first = self.desk_with_consequences(input);
                Task::batch([first, task.map(wrap)])
            }
            Action::Focus(input, id, role) => {
                let first = input.map_or_else(Task::none, |input| self.desk_with_consequences(input));
                Task::batch([first, self.focus_on(&id, role)])
            }
        }
    }

    /// Hands something to the desk; a change of page or a dialog that opens takes the keyboard along.
    pub(super) fn desk_with_consequences(&mut self, input: Input) -> Task<Message> {
        let place = self.desk.place();
        let subject = (self.desk.citizen().map(|c| c.id), self.desk.case().map(|c| c.id));
        let (dialog, finder) = (self.reason_is_open(), self.desk.finder.is_some());
        let cover = self.covering();
        let bringing = self.is_bringing();
        // The same sheet at the other stand is another sheet.
        let sheet = self.desk.sheet().map(|open| (self.desk.stands.front(), open.kind()));
        let replying = self.desk.inbox.replying.is_some();
        let began = self.desk.sheet().map(|open| citizen::sheets::begins(open).0);
        let booking = self.desk.calendar.as_ref().is_some_and(|c| c.booking.is_some());
        let board = self.laid_begins();
        let over = (case::over::open(&self.desk), case::over::begins(&self.desk));
        let me = self.desk.person();
        let said = self.said(&input);
        // A window that ended while this one ran may have left something unsent.
        let adopt = matches!(input, Input::Live(Live::Connected)) && self.outbox.is_some();
        let moved = sheet.is_some().then(|| input.clone());
        let mut tasks = vec![self.desk_input(input)];
        if let (Some(moved), Some(open)) = (&moved, self.desk.sheet())
            && let Some(row) = citizen::sheets::stepped(moved, open)
        {
            tasks.push(reveal_task(&row));
        }
        if let Some(said) = said {
            tasks.push(self.say(said));
        }
        if adopt {
            tasks.push(self.adopt());
        }
        if let Some(person) = self.desk.person().filter(|p| me != Some(*p) || self.outbox.is_none())
            && me.is_none()
        {
            tasks.push(self.open_outbox(person));
            tasks.push(self.open_pins(person));
        }
        let now = (self.desk.citizen().map(|c| c.id), self.desk.case().map(|c| c.id));
        // Who comes to a stand changes the page only where she is the page: elsewhere the keyboard stays in what is being typed.
        let another = subject != now && matches!(self.desk.place(), Place::Citizen | Place::Case);
        let booking_began = !booking && self.desk.calendar.as_ref().is_some_and(|c| c.booking.is_some());
        if finder && self.desk.finder.is_none() {
            self.focus.close();
        }
        // Somebody is looked up from where she stands in the queue.
        if !finder && self.desk.finder.is_some() {
            tasks.push(self.palette_begins());
            return Task::batch(tasks);
        }
        let laid = self.laid_begins();
        let sheet_now = self.desk.sheet().map(|open| (self.desk.stands.front(), open.kind()));
        if let Some(task) = self.covered(cover) {
            tasks.push(task);
            return Task::batch(tasks);
        }
        if sheet.is_some() && sheet != sheet_now {
            self.focus.close();
        }
        let over_now = (case::over::open(&self.desk), case::over::begins(&self.desk));
        if over.0.is_some() && over.0 != over_now.0 {
            self.focus.close();
        }
        // What is laid over the case page takes the keyboard, and each of its steps does.
        if let (Some(_), Some((id, role))) = &over_now
            && over != over_now
        {
            if over.0 != over_now.0 {
                self.focus.open(id.clone());
            }
            tasks.push(self.focus_on(id, *role));
            return Task::batch(tasks);
        }
        if let Some(open) = self.desk.sheet().filter(|_| sheet != sheet_now) {
            let Begins(id, role) = citizen::sheets::begins(open);
            self.focus.open(id.clone());
            tasks.push(self.focus_on(&id, role));
        } else if let Some(Begins(id, role)) =
            self.desk.sheet().map(citizen::sheets::begins).filter(|begins| began.as_ref() != Some(&begins.0))
        {
            // A step of the sheet is done: the keyboard goes to the next.
            tasks.push(self.focus_on(&id, role));
        } else if self.desk.place() != place || another || booking_began {
            self.gallery_open = false;
            tasks.push(self.focus_page());
            // What is still awaited then shows as a skeleton.
            tasks.push(Task::perform(tokio::time::sleep(SKELETON_AFTER), |()| Message::Tick));
        } else if (over.0.is_some() && over_now.0.is_none())
            || (sheet.is_some() && sheet_now.is_none())
            || (replying && self.desk.inbox.replying.is_none())
        {
            tasks.push(self.focus_page());
        } else if !replying && self.desk.inbox.replying.is_some() {
            tasks.push(self.focus_on(&crate::screens::start::inbox::REPLY, Role::TextField));
        } else if let Some((id, role)) = laid.clone().filter(|begins| board.as_ref() != Some(begins)) {
            tasks.push(self.focus_on(&id, role));
        } else if board.is_some() && laid.is_none() {
            tasks.push(self.focus_page());
        } else if !dialog && self.reason_is_open() {
            self.focus.open(safe_id(&case::reason::DIALOG));
            tasks.push(self.focus_on(&case::reason::FIELD, Role::TextField));
        } else if dialog && !self.reason_is_open() {
            self.focus.close();
            self.focus_role = Role::List;
            tasks.push(focus_task(&case::CHECKLIST, Role::List));
        }
        tasks.extend(self.bring_focus(bringing));
        Task::batch(tasks)
    }

    /// Where the keyboard begins on what is laid over the page in front.
    fn laid_begins(&self) -> Option<(FocusId, Role)> {
        let desk = &self.desk;
        need::begins(desk)
            .or_else(|| need::glass::begins(desk))
            .or_else(|| oversight::over::begins(desk))
            .or_else(|| cases::begins(desk))
            .or_else(|| counter::begins(desk))
            .or_else(|| calendar::begins(desk))
    }

    /// Says which role she works in from now on, or why it is as it was.
    fn role_told(&mut self, input: &Input) -> Task<Message> {
        let Input::Reply(_, Reply::Oversight(OversightReply::Role(answer))) = input else { return Task::none() };
        match answer.as_ref() {
            Ok(me) => {
                let role = self.texts.t(palette::role_word(me.role));
                self.say(self.texts.with("role-taken", &[("role", role.into())]))
            }
            Err(error) => {
                let why = crate::screens::sentence::spoken(self.texts, error);
                self.say_why(self.texts.with("role-not-taken", &[("why", why.into())]))
            }
        }
    }

    /// What covers the whole window, if anything does.
    pub(super) fn cover(&self) -> Option<Cover> {
        if self.desk.lock.locked().is_some() {
            Some(Cover::Lock)
        } else if self.desk.is_signing_in() {
            Some(Cover::SignIn)
        } else if self.desk.turned.is_some() {
            Some(Cover::Turned)
        } else {
            None
        }
    }

    /// What covers the whole window, and where the keyboard is on it.
    fn covering(&self) -> Option<(Cover, FocusId, Role)> {
        let cover = self.cover()?;
        let (id, role) = match cover {
            Cover::Lock => locked::begins(&self.desk),
            Cover::SignIn => sign_in::begins(&self.desk),
            Cover::Turned => (turned::BACK, Role::Button),
        };
        Some((cover, id, role))
    }

    /// The keyboard goes to what covers the window now, and comes back to where it was when nothing does any more.
    fn covered(&mut self, before: Option<(Cover, FocusId, Role)>) -> Option<Task<Message>> {
        let now = self.covering();
        if before == now {
            return None;
        }
        let was = before.map(|(cover, ..)| cover);
        let is = now.as_ref().map(|(cover, ..)| *cover);
        if was != is {
            self.toast = None;
            self.overlay = None;
        }
        match now {
            // Its next step: what was typed there is not gone, and a question laid over it keeps the keyboard.
            Some(_) if was == is && self.overlay.is_some() => None,
            Some((_, id, role)) => {
                if was.is_none() {
                    self.focus.open(id.clone());
                }
                Some(self.focus_on(&id, role))
            }
            None if was == Some(Cover::SignIn) => {
                self.focus.close();
                Some(self.focus_page())
            }
            None => {
                self.focus.close();
                Some(ask_controls(Move::Settle))
            }
        }
    }

    /// What is said when something was done.
    fn said(&self, input: &Input) -> Option<String> {
        let Input::Pending(PendingInput::News(OutboxEvent::Confirmed { id, .. }, _)) = input else { return None };
        let entry = self.desk.pending.entries.iter().find(|e| e.id == *id)?;
        match &entry.draft.label {
            Label::Booking { start, .. } => {
                let local = start.to_zoned(self.desk.tz().clone());
                let args = [
                    ("day", self.texts.weekday_day_month(local.date()).into()),
                    ("time", self.texts.time(local.time()).into()),
                ];
                Some(self.texts.with("toast-booked", &args))
            }
            Label::Deed { deed, about: Some(about), .. } => {
                let id = match deed {
                    Deed::CaseStarted => "toast-case-started",
                    Deed::SituationOpened => "toast-situation-opened",
                    Deed::ChangeReported => "toast-change-reported",
                    _ => return None,
                };
                Some(
                    self.texts.with(id, &[("title", crate::screens::words::pick(self.texts, about).to_owned().into())]),
                )
            }
            _ => None,
        }
    }

    fn event(&mut self, event: &Event, status: Status) -> Task<Message> {
        match event {
            Event::Keyboard(key @ keyboard::Event::KeyPressed { .. }) => {
                let touched = self.desk_input(Input::Touched);
                let copied = match clipboard::copies(key) {
                    true => self.read_clipboard(Clip::Copied),
                    false => Task::none(),
                };
                Task::batch([touched, copied, self.pressed(key, status)])
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                let touched = self.desk_input(Input::Touched);
                Task::batch([touched, control_touched().map(Message::Clicked)])
            }
            Event::Window(window::Event::Resized(size)) => {
                self.window = iced::Size::new(size.width * self.scale(), size.height * self.scale());
                self.remember_size()
            }
            Event::Window(window::Event::FileDropped(path)) => {
                self.desk_with_consequences(Input::Uploads(UploadsInput::Dropped(path.clone())))
            }
            Event::Window(window::Event::Focused) => self.read_clipboard(Clip::Foreign),
            Event::Window(window::Event::CloseRequested) => self.command(Command::Quit),
            _ => Task::none(),
        }
    }

    /// The window's size is a setting that survives a restart.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "window sizes are small and positive")]
    fn remember_size(&mut self) -> Task<Message> {
        let settings = Settings {
            window: skranke_desk::settings::WindowSize {
                width: self.window.width.round() as u32,
                height: self.window.height.round() as u32,
            },
            ..self.desk.settings.clone()
        };
        if settings == self.desk.settings { Task::none() } else { self.desk_input(Input::Settings(settings)) }
    }

    fn outbox_opened(&mut self, person: skranke_domain::StaffId, opened: OutboxOpened) -> Task<Message> {
        if self.desk.person() != Some(person) {
            return Task::none();
        }
        match opened {
            OutboxOpened::Open(opened) => {
                for file in &opened.set_aside {
                    let args = [("file", file.display().to_string().into())];
                    self.notices.push(self.texts.with("error-outbox-set-aside", &args));
                }
                self.outbox = Some(opened.outbox.clone());
                let durable = opened.outbox.is_durable();
                let durability = if durable { Durability::OnDisk } else { Durability::InMemory };
                let told = self.desk_input(Input::Durability(durability));
                let found = self.find_half_written();
                let seen = self.desk.session.me.value().map_or_else(Task::none, |me| self.open_replica(me));
                Task::batch([told, self.send_outbox(&opened.outbox), found, seen])
            }
            OutboxOpened::Failed(why) => {
                self.notices.push(self.texts.with("error-outbox-failed", &[("why", why.into())]));
                Task::none()
            }
        }
    }

    fn palette(&mut self, message: palette::Message) -> Task<Message> {
        let asks_note = matches!(message, palette::Message::NextPurpose | palette::Message::Purpose(_));
        let outcome = self.screens.palette.update(message, &self.desk, self.texts);
        let task = self.palette_wants(outcome);
        let other = self.desk.finder.as_ref().is_some_and(|f| f.purpose == PurposeKind::Other);
        if asks_note && other {
            return Task::batch([task, self.focus_on(&palette::NOTE, Role::TextField)]);
        }
        task
    }

    fn palette_wants(&mut self, outcome: palette::Outcome) -> Task<Message> {
        match outcome {
            palette::Outcome::Action(action) => self.act(*action, Message::Palette),
            palette::Outcome::Do(command) => {
                let close = self.command(Command::Close);
                Task::batch([close, self.command(command)])
            }
        }
    }

    /// Says that something was done, for eight seconds.
    pub(super) fn say(&mut self, said: String) -> Task<Message> {
        self.show_toast(ToastSign::Done, said)
    }

    /// Says for a while why nothing was done.
    pub(super) fn say_why(&mut self, why: String) -> Task<Message> {
        self.show_toast(ToastSign::Why, why)
    }

    fn show_toast(&mut self, sign: ToastSign, said: String) -> Task<Message> {
        let number = self.toast.as_ref().map_or(0, |t| t.number) + 1;
        self.toast = Some(Toast { sign, said, number });
        Task::perform(tokio::time::sleep(STANDS), move |()| Message::ToastEnds(number))
    }

    /// Whether the line to the server is down.
    pub(super) fn line_is_down(&self) -> Option<jiff::Timestamp> {
        match self.desk.session.line {
            Line::Down { since } => Some(since),
            Line::Starting | Line::Up => None,
        }
    }
}

/// What covers the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// The lock.
    Lock,
    /// Signing in.
    SignIn,
    /// The page that faces the citizen.
    Turned,
}

/// Whether what follows from a message changes the window in very many places.
const fn changes_much(message: &Message) -> bool {
    matches!(
        message,
        Message::Citizen(citizen::Message::Scrolled(_))
            | Message::Case(_)
            | Message::Cases(_)
            | Message::Palette(_)
            | Message::Do(_)
            | Message::Desk(Input::Reply(..) | Input::Finder(_) | Input::Pending(_))
    )
}
