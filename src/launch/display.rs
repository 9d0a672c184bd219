//! `--display SITE`: the call display of a waiting room. It signs in as itself and can read nothing but numbers and counters. What does
//! not live here: what it shows (`skranke_ui::display`).

use std::sync::Arc;

use skranke_client::endpoint::OfDisplay;
use skranke_domain::SiteId;
use skranke_ui::display::{self, DisplayLaunch};

use super::{Prepared, StartError};
use crate::cli::EXIT_OK;

/// What the display is started with.
///
/// # Errors
/// [`StartError::Site`] where the name can be no site's.
pub(super) fn launch(prepared: &Prepared, site: &str) -> Result<DisplayLaunch, StartError> {
    let site = SiteId::parse(site).map_err(|_| StartError::Site(site.to_owned()))?;
    let launch = &prepared.launch;
    Ok(DisplayLaunch {
        doorway: Arc::new(OfDisplay(Arc::clone(&launch.doorway))),
        site,
        theme: launch.settings.theme,
        size: (launch.settings.window.width, launch.settings.window.height),
        clock: launch.clock,
        tz: launch.tz.clone(),
    })
}

/// Shows it until its window is closed.
pub(super) fn show(prepared: &Prepared, site: &str) -> Result<u8, StartError> {
    display::run(launch(prepared, site)?).map_err(|error| StartError::Window(error.to_string()))?;
    Ok(EXIT_OK)
}
