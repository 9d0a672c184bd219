//! Cold start of the real program to its first frame, in a window where there is a display; and the first run, which makes the training
//! municipality, apart.

use std::process::Command;
use std::time::{Duration, Instant};

use super::{Trouble, report};

pub fn figures() -> Result<(), Trouble> {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        println!("skipped: there is no display (start Xvfb and set DISPLAY)");
        return Ok(());
    }
    let profile = tempfile::tempdir()?;
    let run = |profile: &std::path::Path| -> Result<Duration, Trouble> {
        let began = Instant::now();
        let status =
            Command::new(env!("CARGO_BIN_EXE_skranke")).arg("--profile").arg(profile).arg("--first-frame").status()?;
        let took = began.elapsed();
        if status.success() { Ok(took) } else { Err("the program did not end well".into()) }
    };
    report("first run to the first frame (the municipality is made behind)", "-", vec![run(profile.path())?]);
    let times = (0..15).map(|_| run(profile.path())).collect::<Result<Vec<_>, _>>()?;
    report("cold start to the first frame, and the end of the process", "150 ms", times);
    Ok(())
}
