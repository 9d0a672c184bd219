//! The course of an upload: look at the file, announce it, send its pieces from where the server stands until it has them all. What does not
//! live here: which uploads there are (the desk's), the routes themselves (`http/documents.rs`).

mod file;
#[cfg(test)]
mod tests;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use futures::Stream;
use skranke_api::Purpose;
use skranke_api::documents::{DocumentRequest, DocumentUse, DocumentView};
use skranke_domain::document::{DocumentSource, DocumentState, Openness, safe_name};
use skranke_domain::{CaseId, CommandId, DocumentId};
use tokio::sync::mpsc;

use self::file::Source;
use crate::error::ClientError;
use crate::http::{CaseApi, backoff, jitter};

pub use file::FileError;
pub(crate) use file::hex;

/// A document to be brought in. The same order may be carried out again and again: it goes on where the server stands.
#[derive(Clone)]
pub struct UploadOrder {
    /// The document's identifier.
    pub id: DocumentId,
    /// The command that announces it.
    pub command: CommandId,
    /// The case that it is announced in.
    pub case: CaseId,
    /// The file.
    pub path: PathBuf,
    /// Where it came from.
    pub source: DocumentSource,
    /// Who may ever read it.
    pub openness: Openness,
    /// What it is evidence for.
    pub uses: Vec<DocumentUse>,
    /// The document that it is a newer version of.
    pub replaces: Option<DocumentId>,
    /// Why the case is open.
    pub purpose: Purpose,
}

// A path can name a person.
impl fmt::Debug for UploadOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UploadOrder").field("id", &self.id).field("case", &self.case).finish_non_exhaustive()
    }
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// The file is read and its sum is made.
    Checking {
        /// Bytes read.
        read: u64,
        /// Bytes in all.
        bytes: u64,
    },
    /// Pieces are sent.
    Sending {
        /// Bytes that the server has.
        sent: u64,
        /// Bytes in all.
        bytes: u64,
    },
    /// The line is broken; it goes on by itself.
    LineDown,
    /// It is here.
    Done(Box<DocumentView>),
    /// It did not come, and why.
    Failed(UploadError),
}

/// Why a document was not brought in.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum UploadError {
    /// It lies with the file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The server refused it, or nobody answered for too long.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// What arrived has another sum than what was sent, twice.
    #[error("what arrived is not what was sent")]
    Damaged,
}

/// How fast an upload goes, and how long it waits for a broken line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadPace {
    /// Bytes in a piece, [`skranke_domain::document::PIECE_BYTES`] at most.
    pub piece: usize,
    /// The shortest and the longest pause before a broken line is tried again.
    pub pause: (Duration, Duration),
    /// How often, without a byte more in between.
    pub tries: u32,
}

impl Default for UploadPace {
    fn default() -> Self {
        // Twenty tries take some four minutes.
        Self { piece: 1 << 20, pause: (Duration::from_millis(500), Duration::from_secs(15)), tries: 20 }
    }
}

/// Carries an upload out. The stream ends after [`Progress::Done`] or [`Progress::Failed`]; dropping it stops the upload, and what the
/// server has stays there for the same order.
pub fn upload(api: CaseApi, order: UploadOrder, pace: UploadPace) -> impl Stream<Item = Progress> + Send {
    let (tell, news) = mpsc::channel(4);
    let course = async move {
        let last = match (Course { api, order, pace, tell: tell.clone() }).run().await {
            Ok(view) => Progress::Done(Box::new(view)),
            Err(error) => Progress::Failed(error),
        };
        // Nobody listens any more: then nobody needs to know.
        let _ = tell.send(last).await;
        drop(tell);
    };
    let news = futures::stream::unfold(news, |mut news| async move { Some((news.recv().await?, news)) });
    // The course runs while somebody listens and no longer.
    futures::stream::select(
        futures::StreamExt::filter_map(futures::stream::once(course), |()| std::future::ready(None)),
        news,
    )
}

struct Course {
    api: CaseApi,
    order: UploadOrder,
    pace: UploadPace,
    tell: mpsc::Sender<Progress>,
}

impl Course {
    async fn run(self) -> Result<DocumentView, UploadError> {
        let tell = self.tell.clone();
        let source = Source::examine(self.order.path.clone(), move |read, bytes| {
            // News that nobody has time for may fall out.
            let _ = tell.try_send(Progress::Checking { read, bytes });
        })
        .await?;
        let view = self.announce(&source).await?;
        self.send(source, view).await
    }

    async fn say(&self, progress: Progress) {
        let _ = self.tell.send(progress).await;
    }

    async fn announce(&self, source: &Source) -> Result<DocumentView, UploadError> {
        let order = &self.order;
        let name = order.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let request = DocumentRequest {
            id: order.id,
            name: safe_name(&name),
            bytes: source.bytes(),
            sha256: source.sha256().to_owned(),
            source: order.source,
            openness: order.openness,
            uses: order.uses.clone(),
            replaces: order.replaces,
        };
        let mut tries = 0;
        loop {
            let announced = self.api.announce_document(order.command, order.case, &request, &order.purpose).await;
            match announced {
                Ok(view) => return Ok(view),
                Err(error) => self.wait(error, &mut tries).await?,
            }
        }
    }

    async fn send(&self, mut source: Source, mut view: DocumentView) -> Result<DocumentView, UploadError> {
        let (mut tries, mut from_the_start) = (0, 0);
        loop {
            if view.state == DocumentState::Complete {
                return Ok(view);
            }
            self.say(Progress::Sending { sent: view.received, bytes: source.bytes() }).await;
            let (offset, before) = (view.received, view.received);
            let (back, piece) = source.piece(offset, self.pace.piece).await?;
            source = back;
            match self.api.document_piece(self.order.id, offset, piece, &self.order.purpose).await {
                Ok(now) => view = now,
                Err(error) => match standing(&error) {
                    // The server stands elsewhere than was thought: an answer was lost, or all began again.
                    Some(now) => view = now,
                    None => {
                        self.wait(error, &mut tries).await?;
                        view = self.ask(&mut tries).await?;
                    }
                },
            }
            if view.received > before {
                tries = 0;
            } else if view.state != DocumentState::Complete && view.received < before {
                // What arrived had another sum, and the server threw it away.
                from_the_start += 1;
                if from_the_start > 1 {
                    return Err(UploadError::Damaged);
                }
            } else if view.state != DocumentState::Complete {
                self.count(ClientError::Garbage { what: "document" }, &mut tries)?;
            }
        }
    }

    /// Where the server stands.
    async fn ask(&self, tries: &mut u32) -> Result<DocumentView, UploadError> {
        loop {
            match self.api.document(self.order.id, &self.order.purpose).await {
                Ok(view) => return Ok(view),
                Err(error) => self.wait(error, tries).await?,
            }
        }
    }

    /// Waits where waiting helps.
    async fn wait(&self, error: ClientError, tries: &mut u32) -> Result<(), UploadError> {
        if !error.is_line_down() {
            return Err(error.into());
        }
        self.say(Progress::LineDown).await;
        let pause = jitter(backoff(self.pace.pause, *tries));
        self.count(error, tries)?;
        tokio::time::sleep(pause).await;
        Ok(())
    }

    fn count(&self, error: ClientError, tries: &mut u32) -> Result<(), UploadError> {
        *tries += 1;
        if *tries > self.pace.tries { Err(error.into()) } else { Ok(()) }
    }
}

/// The document as the server says that it stands, where a problem carries it.
fn standing(error: &ClientError) -> Option<DocumentView> {
    serde_json::from_value(error.problem()?.current.clone()?).ok()
}
