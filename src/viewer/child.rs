//! The child: one page, and then it ends. It takes an order on its standard input and gives a line and pixels on its standard output. What
//! does not live here: drawing (`draw`), starting it (`pages`).

use std::io::{BufRead, Read, Write};
use std::process::ExitCode;

use image::RgbaImage;

use crate::draw::{Picture, draw};
use crate::{Answer, INPUT_BYTES, Order, Why};

/// An order is a line with a path in it.
const ORDER_BYTES: u64 = 64 << 10;
/// Pages can nest deeply; a deep stack is cheaper than a shallow page that is not shown.
const STACK: usize = 64 << 20;

/// What the child may take.
#[cfg(unix)]
mod limits {
    use rlimit::Resource;

    /// Address space in bytes: the largest file, what it unfolds to, and the program itself.
    const MEMORY: u64 = 1536 << 20;
    /// Processor time in seconds.
    const PROCESSOR: u64 = 10;
    /// Open files: the order, the answer, errors, the document, and the program's own.
    const FILES: u64 = 16;

    /// Sets them for good: nothing raises them again.
    pub(super) fn set() -> std::io::Result<()> {
        rlimit::setrlimit(Resource::AS, MEMORY, MEMORY)?;
        rlimit::setrlimit(Resource::CPU, PROCESSOR, PROCESSOR)?;
        rlimit::setrlimit(Resource::NOFILE, FILES, FILES)?;
        // It writes no file, and leaves none when it dies.
        rlimit::setrlimit(Resource::FSIZE, 0, 0)?;
        rlimit::setrlimit(Resource::CORE, 0, 0)
    }
}

/// Draws one page and ends. Call it before anything else was started.
#[must_use]
pub fn child() -> ExitCode {
    #[cfg(unix)]
    if limits::set().is_err() {
        return answer(&Answer::Not(Why::NoViewer), None);
    }
    // What a page makes panic could print what stands on it.
    std::panic::set_hook(Box::new(|_| {}));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let order = order()?;
        let bytes = read(&order)?;
        draw(bytes, &order)
    });
    let drawn = match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(drawn)) => drawn,
        // It panicked: what it stumbled over is the page.
        Ok(Err(_)) => Err(Why::Broken),
        Err(_) => Err(Why::NoViewer),
    };
    match drawn {
        Ok(Picture { pages, pixels }) => {
            answer(&Answer::Page { pages, width: pixels.width(), height: pixels.height() }, Some(&pixels))
        }
        Err(why) => answer(&Answer::Not(why), None),
    }
}

fn order() -> Result<Order, Why> {
    let mut line = String::new();
    std::io::stdin().lock().take(ORDER_BYTES).read_line(&mut line).map_err(|_| Why::NoViewer)?;
    serde_json::from_str(&line).map_err(|_| Why::NoViewer)
}

fn read(order: &Order) -> Result<Vec<u8>, Why> {
    let file = std::fs::File::open(&order.path).map_err(|_| Why::Unreadable)?;
    let about = file.metadata().map_err(|_| Why::Unreadable)?;
    if !about.is_file() {
        return Err(Why::Unreadable);
    }
    if about.len() > INPUT_BYTES {
        return Err(Why::TooLarge);
    }
    let mut bytes = Vec::new();
    let room = usize::try_from(about.len()).map_err(|_| Why::TooLarge)?;
    bytes.try_reserve_exact(room + 1).map_err(|_| Why::TooLarge)?;
    file.take(INPUT_BYTES).read_to_end(&mut bytes).map_err(|_| Why::Unreadable)?;
    Ok(bytes)
}

fn answer(answer: &Answer, pixels: Option<&RgbaImage>) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let written = serde_json::to_string(answer)
        .map_err(std::io::Error::from)
        .and_then(|line| writeln!(out, "{line}"))
        .and_then(|()| pixels.map_or(Ok(()), |pixels| out.write_all(pixels)))
        .and_then(|()| out.flush());
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
