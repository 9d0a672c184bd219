//! The figures of the product, printed: `cargo bench`. Speeds are measured, never asserted; quote medians and ratios. What does not live
//! here: tests.
//!
//! `SKRANKE_BENCH_CITIZENS=650000` sets the size of the large municipality (it is made once and kept under `target/bench`).

mod support;

use std::process::ExitCode;

/// One group of figures.
type Figures = fn() -> Result<(), support::Trouble>;

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let all: [(&str, Figures); 10] = [
        ("start", support::start::figures),
        ("search", support::search::figures),
        ("overview", support::overview::figures),
        ("board", support::board::figures),
        ("case", support::case::figures),
        ("upload", support::upload::figures),
        ("queue", support::queue::figures),
        ("slots", support::slots::figures),
        ("audit", support::audit::figures),
        ("frames", support::frames::figures),
    ];
    let mut code = ExitCode::SUCCESS;
    for (name, figures) in all {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            println!("\n== {name}");
            if let Err(error) = figures() {
                println!("{name}: {error}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
