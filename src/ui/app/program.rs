//! The program: one value that the window, the pictures and the scripts run.

use iced::window;

use super::{App, Message, TITLE};
use crate::assets;
use crate::launch::Launch;
use crate::theme::Weight;

/// The program for a launch. The same one runs in the window and without it.
pub fn program(
    launch: Launch,
) -> iced::Application<impl iced::Program<State = App, Message = Message, Theme = iced::Theme>> {
    let size = launch.settings.window;
    let size = iced::Size::new(super::px(size.width), super::px(size.height));
    let mut application = iced::application(move || App::boot(&launch), App::update, App::view)
        .title(|_: &App| TITLE.to_owned())
        .subscription(App::subscription)
        .theme(App::theme)
        .style(App::style)
        .scale_factor(App::scale)
        .default_font(Weight::Regular.font())
        .window(window::Settings {
            size,
            min_size: Some(iced::Size::new(640.0, 400.0)),
            icon: None,
            // The program is asked: what is half written is kept, what was copied is taken along, what would be lost is said.
            exit_on_close_request: false,
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: "dk.skranke.Skranke".to_owned(),
                ..Default::default()
            },
            ..window::Settings::default()
        });
    for font in assets::fonts() {
        application = application.font(font);
    }
    application
}

/// Opens the window and runs it to its end.
///
/// # Errors
/// What the window system says when the window cannot be opened.
pub fn run(launch: Launch) -> Result<(), iced::Error> {
    program(launch).run()
}
