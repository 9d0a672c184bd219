//! The handle on the child: starts it, gives it an order, waits no longer than a clerk does, ends it. What does not live here: drawing.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};

use crate::{Answer, COMMAND, Order, PAGE_PIXELS, Why};

/// How long a page may take.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// How many bytes of pages are kept, so that here and back again costs nothing; the last one stays whatever its size.
const KEPT: usize = 96 << 20;
/// The longest first line of an answer, in bytes.
const LINE: u64 = 4096;
/// How much of what a dying child says is read, in bytes.
const LAST_WORDS: u64 = 4096;

/// A drawn page. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// How many pages the document has.
    pub pages: u32,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue, alpha, row after row.
    pub rgba: Bytes,
}

/// Draws pages. Cheap to clone; dropping a drawing's future ends its process.
#[derive(Clone, Debug)]
pub struct Pages {
    program: PathBuf,
    patience: Duration,
    kept: Arc<Mutex<VecDeque<(Order, Drawn)>>>,
}

impl Pages {
    /// With the program that draws: `PROGRAM render-page` must come to [`crate::child`].
    #[must_use]
    pub fn new(program: PathBuf) -> Self {
        Self { program, patience: PATIENCE, kept: Arc::default() }
    }

    /// The same with another patience.
    #[must_use]
    pub const fn within(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Draws a page, or finds it among the last ones.
    ///
    /// # Errors
    /// [`Why`] it is not shown.
    pub async fn draw(&self, order: &Order) -> Result<Drawn, Why> {
        if let Some(found) = self.find(order) {
            return Ok(found);
        }
        let mut child = self.start()?;
        let drawn = match tokio::time::timeout(self.patience, converse(&mut child, order)).await {
            Ok(drawn) => drawn,
            Err(_) => Err(Why::TooSlow),
        };
        // Whatever it does still, nobody listens. An error means that it has ended by itself.
        let _ = child.kill().await;
        let drawn = drawn?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((order.clone(), drawn.clone()));
        let mut sum = 0;
        let fits = kept.iter().take_while(|(_, drawn)| {
            sum += drawn.rgba.len();
            sum <= KEPT
        });
        let count = fits.count().max(1);
        kept.truncate(count);
        Ok(drawn)
    }

    fn find(&self, order: &Order) -> Option<Drawn> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == order).map(|(_, drawn)| drawn.clone())
    }

    fn start(&self) -> Result<Child, Why> {
        // Nothing of this process goes with it: no variables, no folder, no open files.
        Command::new(&self.program)
            .arg(COMMAND)
            .env_clear()
            .current_dir(if cfg!(windows) { "." } else { "/" })
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                tracing::error!(kind = ?error.kind(), "the viewer cannot be started");
                Why::NoViewer
            })
    }
}

async fn converse(child: &mut Child, order: &Order) -> Result<Drawn, Why> {
    let mut line = serde_json::to_vec(order).map_err(|_| Why::Unreadable)?;
    line.push(b'\n');
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Why::NoViewer);
    };
    // A child that died already is told by its answer.
    let _ = input.write_all(&line).await;
    drop(input);
    match answer(output).await {
        Some(answer) => answer,
        None => Err(died(child).await),
    }
}

/// What it said; none where it died in the middle.
async fn answer(output: ChildStdout) -> Option<Result<Drawn, Why>> {
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    (&mut output).take(LINE).read_until(b'\n', &mut line).await.ok()?;
    let (pages, width, height) = match serde_json::from_slice(&line).ok()? {
        Answer::Not(why) => return Some(Err(why)),
        Answer::Page { pages, width, height } => (pages, width, height),
    };
    let pixels = u64::from(width) * u64::from(height);
    // A little more than the limit: sides are whole pixels.
    if pages == 0 || pixels == 0 || pixels > PAGE_PIXELS + PAGE_PIXELS / 100 {
        return Some(Err(Why::Broken));
    }
    let mut rgba = vec![0; usize::try_from(pixels * 4).ok()?];
    output.read_exact(&mut rgba).await.ok()?;
    Some(Ok(Drawn { pages, width, height, rgba: rgba.into() }))
}

/// What the end of a child that gave no answer says.
async fn died(child: &mut Child) -> Why {
    let mut words = Vec::new();
    if let Some(errors) = child.stderr.take() {
        let _ = errors.take(LAST_WORDS).read_to_end(&mut words).await;
    }
    let Ok(status) = child.wait().await else { return Why::NoViewer };
    // The runtime's own words when there is no memory left; a page's never come here.
    let no_memory = words.windows(17).any(|part| part == b"memory allocation");
    match (signal(status), no_memory) {
        (_, true) => Why::TooLarge,
        (Some(SIGXCPU | SIGKILL), _) => Why::TooSlow,
        (Some(_), _) => Why::Broken,
        (None, _) => Why::NoViewer,
    }
}

const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(status: ExitStatus) -> Option<i32> {
    // Elsewhere a process that was ended says so by its code alone.
    (!status.success()).then_some(0)
}
