//! The window's own commands: where to go, what to lay over the page, one step back, closing. What does not live here: which key means which
//! (`keyboard`), what happens on the pages (`update`).

use iced::Task;
use skranke_desk::Input;
use skranke_desk::finder::FinderInput;
use skranke_desk::settings::Settings;

use super::keyboard::ask_controls;
use super::message::{Command, Message, Move, Overlay};
use super::{App, language_of};
use crate::focus::{Role, focus_task};
use crate::i18n::Texts;

impl App {
    pub(super) fn command(&mut self, command: Command) -> Task<Message> {
        match command {
            Command::Find => self.open_palette(),
            Command::Close => self.close_topmost(),
            Command::Back => self.back(),
            Command::Open(overlay) => {
                self.overlay = Some(overlay);
                let (first, role) = super::overlay::first(overlay);
                self.focus.open(first.clone());
                self.focus_role = role;
                focus_task(&first, role)
            }
            Command::Go(place) => {
                self.gallery_open = false;
                self.desk_with_consequences(Input::Go(place))
            }
            Command::Gallery => {
                self.gallery_open = true;
                Task::none()
            }
            Command::TakeRole(role) => {
                let close = self.close_topmost();
                Task::batch([close, self.desk_input(Input::TakeRole(role))])
            }
            Command::Persona(role) => {
                let close = self.close_topmost();
                if role == self.desk.session.persona || self.desk.sign_in.is_some() {
                    return close;
                }
                Task::batch([close, self.desk_with_consequences(Input::SwitchPersona(role))])
            }
            Command::Language(language) => {
                self.texts = Texts::of(language_of(language));
                self.settings(|s| s.language = language)
            }
            Command::Theme(theme) => self.settings(|s| s.theme = theme),
            Command::Density => self.settings(|s| s.density = s.density.next()),
            Command::SetDensity(density) => self.settings(|s| s.density = density),
            Command::Text(step) => self.settings(|s| s.step_text(step)),
            Command::Renderer(renderer) => self.settings(|s| s.renderer = renderer),
            Command::Motion(motion) => self.settings(|s| s.motion = motion),
            Command::LockAfter(minutes) => self.settings(|s| s.lock_minutes = minutes),
            Command::Quit => self.quit(),
        }
    }

    pub(super) fn settings(&mut self, change: impl FnOnce(&mut Settings)) -> Task<Message> {
        let mut settings = self.desk.settings.clone();
        change(&mut settings);
        self.desk_input(Input::Settings(settings))
    }

    /// One layer off: the overlay, the palette.
    pub(super) fn close_topmost(&mut self) -> Task<Message> {
        if self.overlay.take().is_some() {
            self.focus.close();
        } else if self.desk.finder.is_some() {
            self.focus.close();
            let close = self.desk_input(Input::Finder(FinderInput::Close));
            return Task::batch([close, ask_controls(Move::Settle)]);
        }
        ask_controls(Move::Settle)
    }

    /// `Esc`: leaves a field, closes what is laid over, dismisses a notice, goes back.
    pub(super) fn back(&mut self) -> Task<Message> {
        if self.focus_role.takes_text() {
            self.focus_role = Role::Group;
            return self.focus_page();
        }
        if self.gallery_open {
            self.gallery_open = false;
            return self.focus_page();
        }
        if !self.notices.is_empty() {
            self.notices.remove(0);
            return Task::none();
        }
        if self.desk.pending.trouble.take().is_some() {
            return Task::none();
        }
        self.desk_with_consequences(Input::Back)
    }

    /// Everything unsent lies on the disk, so nothing keeps her from closing; only what is kept in memory alone does.
    pub(super) fn quit(&mut self) -> Task<Message> {
        let durable = self.outbox.as_ref().is_none_or(skranke_client::Outbox::is_durable);
        if !durable && self.desk.pending.count() > 0 && self.overlay != Some(Overlay::Leave) {
            return self.command(Command::Open(Overlay::Leave));
        }
        self.keep_half_written_now();
        self.exiting = true;
        self.leave_clipboard().chain(iced::exit())
    }
}
