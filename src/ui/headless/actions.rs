//! What a program asks of the system, answered without one: a clipboard in memory, one window that is always there.
//! Whatever only a real desktop can do (moving a window, say) is accepted and has no effect.

use iced::advanced::clipboard::{self, Kind};
use iced::advanced::graphics::text::font_system;
use iced::advanced::subscription;
use iced::advanced::widget::operation::Outcome;
use iced::window::{self, Mode};
use iced::{Event, Program};
use iced_runtime::window::Action as WindowAction;
use iced_runtime::{Action, clipboard::Action as ClipboardAction, image, system};
use std::sync::PoisonError;

use super::driver::{Driver, Redraw};

/// A clipboard nobody else sees.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    standard: Option<String>,
    primary: Option<String>,
}

impl clipboard::Clipboard for Clipboard {
    fn read(&self, kind: Kind) -> Option<String> {
        match kind {
            Kind::Standard => self.standard.clone(),
            Kind::Primary => self.primary.clone(),
        }
    }

    fn write(&mut self, kind: Kind, contents: String) {
        match kind {
            Kind::Standard => self.standard = Some(contents),
            Kind::Primary => self.primary = Some(contents),
        }
    }
}

impl<P: Program + 'static> Driver<P> {
    /// What was copied last, if anything.
    pub fn clipboard(&self) -> Option<String> {
        clipboard::Clipboard::read(&self.clipboard, Kind::Standard)
    }

    /// Puts a text into the clipboard, as if copied in another program.
    pub fn set_clipboard(&mut self, text: impl Into<String>) -> &mut Self {
        clipboard::Clipboard::write(&mut self.clipboard, Kind::Standard, text.into());
        self
    }

    /// Carries out one wish. Messages and events it leads to wait for the turn.
    pub(super) fn perform(&mut self, action: Action<P::Message>) {
        match action {
            Action::Output(message) => self.messages.push(message),
            Action::Widget(operation) => {
                let mut current = operation;
                self.with_interface(|interface, renderer, _, _, _| {
                    loop {
                        interface.operate(renderer, current.as_mut());
                        match current.finish() {
                            Outcome::None | Outcome::Some(()) => break,
                            Outcome::Chain(next) => current = next,
                        }
                    }
                });
                self.redraw = Redraw::Now;
            }
            Action::Clipboard(ClipboardAction::Read { target, channel }) => {
                let _ = channel.send(clipboard::Clipboard::read(&self.clipboard, target));
            }
            Action::Clipboard(ClipboardAction::Write { target, contents }) => {
                clipboard::Clipboard::write(&mut self.clipboard, target, contents);
            }
            Action::Window(action) => self.perform_on_window(action),
            Action::System(action) => self.perform_on_system(action),
            Action::Image(image::Action::Allocate(handle, channel)) => {
                use iced::advanced::Renderer as _;

                self.renderer.allocate_image(&handle, move |allocation| {
                    let _ = channel.send(allocation);
                });
            }
            Action::LoadFont { bytes, channel } => {
                font_system().write().unwrap_or_else(PoisonError::into_inner).load_font(bytes);
                let _ = channel.send(Ok(()));
                self.redraw = Redraw::Now;
            }
            Action::Reload => self.redraw = Redraw::Now,
            Action::Exit => self.exited = true,
        }
    }

    fn perform_on_system(&mut self, action: system::Action) {
        match action {
            system::Action::GetTheme(channel) => {
                let _ = channel.send(self.system_theme);
            }
            system::Action::NotifyTheme(mode) => {
                if self.system_theme != mode {
                    self.system_theme = mode;
                    self.runtime.broadcast(subscription::Event::SystemThemeChanged(mode));
                    self.redraw = Redraw::Now;
                }
            }
            // As in a desktop build without system information: nobody answers.
            system::Action::GetInformation(channel) => drop(channel),
        }
    }

    fn perform_on_window(&mut self, action: WindowAction) {
        match action {
            // The one window is open already; a second one is not drawn.
            WindowAction::Open(id, _, channel) => {
                let _ = channel.send(id);
            }
            WindowAction::Close(id) if id == self.window => {
                self.events.push(Event::Window(window::Event::Closed));
                self.exited = true;
            }
            WindowAction::GetOldest(channel) | WindowAction::GetLatest(channel) => {
                let _ = channel.send((!self.exited).then_some(self.window));
            }
            WindowAction::Resize(_, size) => {
                // The program speaks of zoomed pixels, the window is kept in plain ones.
                let zoom = self.program.scale_factor(&self.state, self.window);
                self.size = size * zoom;
                self.events.push(Event::Window(window::Event::Resized(size)));
            }
            WindowAction::GetSize(_, channel) => {
                let _ = channel.send(self.logical_size());
            }
            WindowAction::GetScaleFactor(_, channel) => {
                let _ = channel.send(self.scale);
            }
            WindowAction::GetMonitorSize(_, channel) => {
                let _ = channel.send(Some(self.size));
            }
            WindowAction::GetMaximized(_, channel) => {
                let _ = channel.send(false);
            }
            WindowAction::GetMinimized(_, channel) => {
                let _ = channel.send(Some(false));
            }
            WindowAction::GetPosition(_, channel) => {
                let _ = channel.send(None);
            }
            WindowAction::GetMode(_, channel) => {
                let _ = channel.send(Mode::Windowed);
            }
            WindowAction::GetRawId(_, channel) => {
                let _ = channel.send(0);
            }
            WindowAction::Screenshot(_, channel) => {
                let picture = self.draw();
                let size = iced::Size::new(picture.width(), picture.height());
                let _ = channel.send(window::Screenshot::new(picture.rgba().to_vec(), size, self.scale));
            }
            WindowAction::RedrawAll | WindowAction::RelayoutAll => self.redraw = Redraw::Now,
            WindowAction::Close(_)
            | WindowAction::Drag(_)
            | WindowAction::DragResize(..)
            | WindowAction::Maximize(..)
            | WindowAction::Minimize(..)
            | WindowAction::Move(..)
            | WindowAction::SetMode(..)
            | WindowAction::ToggleMaximize(_)
            | WindowAction::ToggleDecorations(_)
            | WindowAction::RequestUserAttention(..)
            | WindowAction::GainFocus(_)
            | WindowAction::SetLevel(..)
            | WindowAction::ShowSystemMenu(_)
            | WindowAction::SetIcon(..)
            // There is no window handle to run it with.
            | WindowAction::Run(..)
            | WindowAction::EnableMousePassthrough(_)
            | WindowAction::DisableMousePassthrough(_)
            | WindowAction::SetMinSize(..)
            | WindowAction::SetMaxSize(..)
            | WindowAction::SetResizable(..)
            | WindowAction::SetResizeIncrements(..)
            | WindowAction::SetAllowAutomaticTabbing(_) => {}
        }
    }
}
