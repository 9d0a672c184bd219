//! `--play`: runs the same program and outbox without a window from a file of keys and expectations.

use std::path::Path;

use skranke_ui::headless::{Driver, Script, Settings as DriverSettings, play};

use super::{Prepared, StartError, read};
use crate::cli::{Cli, EXIT_OK};

/// Runs a script to its end or to the first expectation that is not met.
pub(super) fn run(cli: &Cli, file: &Path, prepared: &Prepared) -> Result<u8, StartError> {
    let script: Script = read(file)?.parse().map_err(|error: skranke_ui::headless::ScriptError| {
        StartError::Script(format!("{}: {error}", file.display()))
    })?;
    let window = prepared.launch.settings.window;
    let settings = DriverSettings {
        #[expect(clippy::cast_precision_loss, reason = "window sizes are far below 2^24")]
        size: iced::Size::new(window.width as f32, window.height as f32),
        scale: cli.scale,
        name_of: Some(skranke_ui::focus::name_of),
        ..DriverSettings::default()
    };
    let mut driver = Driver::new(skranke_ui::program(prepared.launch.clone()), settings)
        .map_err(|error| StartError::Play(error.to_string()))?;
    let pictures = file.parent().unwrap_or_else(|| Path::new("."));
    let played = play(&mut driver, &script, pictures, &mut std::io::stdout());
    driver.close();
    played.map_err(|error| StartError::Play(format!("{}: {error}", file.display())))?;
    Ok(EXIT_OK)
}
