//! Documents on their way in: which ones, how far, what stopped them; and the scans that wait. What does not live here: reading files and
//! sending pieces (`skranke_client::uploads`), showing a document (`crate::case::pane`).

#[cfg(test)]
mod tests;
mod typed;

use std::path::PathBuf;

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::documents::DocumentUse;
use skranke_client::http::DownloadError;
use skranke_client::scanner::{Scan, ScanNews};
use skranke_client::uploads::{FileError, Progress, UploadError, UploadOrder};
use skranke_domain::document::{DocumentSource, FileKind, Openness, safe_name};
use skranke_domain::{CaseId, CitizenId, CommandId, DocumentId, ItemId};

use crate::case::pane::PageKey;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Ticket};
use crate::stands::StandId;

pub use typed::typed_path;

/// How many documents are sent at the same time.
pub const AT_ONCE: usize = 2;
/// How many stopped uploads are remembered.
const STOPPED: usize = 20;

/// Where a document that is brought belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The case.
    pub case: CaseId,
    /// Its citizen.
    pub citizen: CitizenId,
    /// The item; none is the case as a whole.
    pub item: Option<ItemId>,
    /// The document that it is a newer version of.
    pub replaces: Option<DocumentId>,
    /// Why the case is open.
    pub purpose: Purpose,
}

/// A document whose bytes are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRef {
    /// Which.
    pub document: DocumentId,
    /// Its file name.
    pub name: String,
    /// What it is by its content.
    pub kind: Option<FileKind>,
    /// Its size in bytes.
    pub bytes: u64,
    /// The sum of its bytes.
    pub sha256: String,
    /// Why the case is open.
    pub purpose: Purpose,
}

/// What the desk wants done with papers.
#[derive(Clone, Debug)]
pub enum PaperEffect {
    /// Let the clerk choose files in the system's own dialog; they come back as [`UploadsInput::Bring`].
    Pick(Target),
    /// Bring these files. The desk takes this one up itself.
    Bring(Target, Vec<PathBuf>),
    /// Send a document; news come back as [`UploadsInput::Progress`].
    Upload(Box<UploadOrder>),
    /// Stop sending it.
    Cancel(DocumentId),
    /// Draw a page; the reply comes back with the ticket.
    Draw(Ticket, PaperRef, PageKey),
    /// Ask where to, and save it there.
    Save(PaperRef),
    /// Open it in another program.
    OpenOutside(PaperRef),
    /// Watch this folder of the scanner, or none; news come back as [`UploadsInput::Scans`].
    Watch(Option<PathBuf>),
    /// A scan was brought in: put its file aside.
    PutAside(PathBuf),
}

/// How far an upload is.
#[derive(Clone, Debug, PartialEq)]
pub enum UploadState {
    /// Others go first.
    Waiting,
    /// The file is read.
    Checking,
    /// Its pieces are sent.
    Sending,
    /// The line is broken; it goes on by itself.
    LineDown,
    /// It did not come.
    Failed(UploadError),
}

/// A document on its way in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// What is carried out.
    pub order: UploadOrder,
    /// Where it belongs.
    pub target: Target,
    /// Its file name, safe to show.
    pub name: String,
    /// Its size in bytes, once it is known.
    pub bytes: Option<u64>,
    /// Bytes that the server has; while the file is read, bytes read.
    pub done: u64,
    /// How far it is.
    pub state: UploadState,
}

impl Upload {
    /// It takes one of the places of those that are sent.
    const fn is_under_way(&self) -> bool {
        matches!(self.state, UploadState::Checking | UploadState::Sending | UploadState::LineDown)
    }

    /// How much of it is done, from 0 to 1; none where nobody knows.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits than a float has")]
    pub fn share(&self) -> Option<f32> {
        self.bytes.filter(|bytes| *bytes > 0).map(|bytes| (self.done as f32 / bytes as f32).min(1.0))
    }
}

/// What became of a document that was saved or opened in another program.
#[derive(Clone, Debug, PartialEq)]
pub enum Outside {
    /// It lies where the clerk said, under this name.
    Saved(String),
    /// It did not come.
    NotFetched(DownloadError),
    /// No program took it.
    NotOpened,
}

/// The scans that wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scans {
    /// No folder is watched.
    #[default]
    Off,
    /// The newest first.
    Waiting(Vec<Scan>),
    /// The folder cannot be watched.
    Lost(std::io::ErrorKind),
}

/// Documents on their way in.
#[derive(Clone, Debug, Default)]
pub struct Uploads {
    /// Those that are not here yet, the first one first.
    pub list: Vec<Upload>,
    /// The folder of the scanner.
    pub scans: Scans,
    /// What was last done outside with a document.
    pub outside: Option<(DocumentId, Outside)>,
}

/// What happens to uploads.
#[derive(Clone, Debug)]
pub enum UploadsInput {
    /// These files belong there.
    Bring(Target, Vec<PathBuf>),
    /// A file was dropped on the window.
    Dropped(PathBuf),
    /// News of one.
    Progress(DocumentId, Progress),
    /// Stop it.
    Cancel(DocumentId),
    /// Try it again.
    Retry(DocumentId),
    /// Forget one that was stopped.
    Dismiss(DocumentId),
    /// News of the scanner's folder.
    Scans(ScanNews),
    /// The newest scan belongs to the chosen item (`S`).
    TakeScan,
    /// A document was saved or opened in another program, or was not.
    Outside(DocumentId, Outside),
}

impl Uploads {
    /// Those of a case.
    pub fn of_case(&self, case: CaseId) -> impl Iterator<Item = &Upload> {
        self.list.iter().filter(move |upload| upload.target.case == case)
    }

    /// The scans that nobody has taken yet, the newest first.
    pub fn waiting_scans(&self) -> impl Iterator<Item = &Scan> {
        let scans = match &self.scans {
            Scans::Waiting(scans) => scans.as_slice(),
            Scans::Off | Scans::Lost(_) => &[],
        };
        scans.iter().filter(|scan| !self.list.iter().any(|upload| upload.order.path == scan.path))
    }

    fn bring(&mut self, target: &Target, path: PathBuf, source: DocumentSource) {
        let name = path.file_name().map(|name| safe_name(&name.to_string_lossy())).unwrap_or_default();
        let order = UploadOrder {
            id: DocumentId::new(),
            command: CommandId::new(),
            case: target.case,
            path,
            source,
            openness: Openness::File,
            uses: vec![DocumentUse { case: target.case, item: target.item.clone() }],
            replaces: target.replaces,
            purpose: target.purpose.clone(),
        };
        let target = target.clone();
        self.list.push(Upload { order, target, name, bytes: None, done: 0, state: UploadState::Waiting });
    }

    /// As many as may are sent.
    fn go_on(&mut self) -> Vec<Effect> {
        let mut free = AT_ONCE.saturating_sub(self.list.iter().filter(|upload| upload.is_under_way()).count());
        let mut effects = Vec::new();
        for upload in self.list.iter_mut().filter(|upload| upload.state == UploadState::Waiting) {
            if free == 0 {
                break;
            }
            free -= 1;
            upload.state = UploadState::Checking;
            effects.push(Effect::Paper(PaperEffect::Upload(Box::new(upload.order.clone()))));
        }
        effects
    }

    fn progress(&mut self, id: DocumentId, progress: Progress) -> Option<Upload> {
        let at = self.list.iter().position(|upload| upload.order.id == id)?;
        let upload = &mut self.list[at];
        match progress {
            Progress::Checking { read, bytes } => {
                (upload.done, upload.bytes, upload.state) = (read, Some(bytes), UploadState::Checking);
            }
            Progress::Sending { sent, bytes } => {
                (upload.done, upload.bytes, upload.state) = (sent, Some(bytes), UploadState::Sending);
            }
            Progress::LineDown => upload.state = UploadState::LineDown,
            Progress::Failed(error) => {
                upload.state = UploadState::Failed(error);
                self.forget_old();
            }
            Progress::Done(_) => return Some(self.list.remove(at)),
        }
        None
    }

    fn forget_old(&mut self) {
        let stopped = |upload: &Upload| matches!(upload.state, UploadState::Failed(_));
        while self.list.iter().filter(|upload| stopped(upload)).count() > STOPPED {
            if let Some(at) = self.list.iter().position(stopped) {
                self.list.remove(at);
            }
        }
    }

    fn retry(&mut self, id: DocumentId) {
        let Some(upload) = self.list.iter_mut().find(|upload| upload.order.id == id) else { return };
        let UploadState::Failed(error) = &upload.state else { return };
        // After a broken line the same document goes on where it stood; a changed file is another document.
        if !matches!(error, UploadError::Client(error) if error.is_line_down()) {
            (upload.order.id, upload.order.command) = (DocumentId::new(), CommandId::new());
        }
        (upload.done, upload.bytes, upload.state) = (0, None, UploadState::Waiting);
    }
}

impl Desk {
    pub(crate) fn uploads_step(&mut self, input: UploadsInput, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            UploadsInput::Bring(target, paths) => {
                for path in paths {
                    self.uploads.bring(&target, path, DocumentSource::Upload);
                }
            }
            UploadsInput::Dropped(path) => {
                // A paper that falls on a page of which nobody may bring papers is not taken.
                let place = (self.place() == Place::Case).then(|| self.case()).flatten();
                let target = place.filter(|page| may_bring(page)).and_then(|page| page.target());
                match target {
                    Some(target) => self.uploads.bring(&target, path, DocumentSource::Upload),
                    None => return Vec::new(),
                }
            }
            UploadsInput::Progress(id, progress) => {
                if let Some(done) = self.uploads.progress(id, progress) {
                    if done.order.source == DocumentSource::Scanner {
                        effects.push(Effect::Paper(PaperEffect::PutAside(done.order.path.clone())));
                    }
                    effects.extend(self.came(&done, now));
                }
            }
            UploadsInput::Cancel(id) => {
                self.uploads.list.retain(|upload| upload.order.id != id);
                effects.push(Effect::Paper(PaperEffect::Cancel(id)));
            }
            UploadsInput::Dismiss(id) => self.uploads.list.retain(|upload| upload.order.id != id),
            UploadsInput::Retry(id) => self.uploads.retry(id),
            UploadsInput::Scans(ScanNews::Waiting(scans)) => self.uploads.scans = Scans::Waiting(scans),
            UploadsInput::Scans(ScanNews::Lost(kind)) => self.uploads.scans = Scans::Lost(kind),
            UploadsInput::TakeScan => {
                let target = self.case().filter(|page| may_bring(page)).and_then(|page| page.target());
                let newest = self.uploads.waiting_scans().next().map(|scan| scan.path.clone());
                if let (Some(target), Some(path)) = (target, newest) {
                    self.uploads.bring(&target, path, DocumentSource::Scanner);
                }
            }
            UploadsInput::Outside(document, outside) => self.uploads.outside = Some((document, outside)),
        }
        effects.extend(self.uploads.go_on());
        effects
    }

    /// A document is here: the case that it belongs to is asked for again wherever it is open.
    fn came(&mut self, done: &Upload, now: Timestamp) -> Vec<Effect> {
        let mut effects = Vec::new();
        for stand in StandId::BOTH {
            if let Some(page) = self.stands.get_mut(stand).case.as_mut().filter(|page| page.id == done.target.case) {
                effects.extend(page.ask(now));
            }
        }
        effects
    }

    /// What was done may have chosen another document, or brought files: the pane follows, and the files go their way.
    pub(crate) fn follow_papers(&mut self, effects: Vec<Effect>, now: Timestamp) -> Vec<Effect> {
        let mut all = Vec::with_capacity(effects.len());
        for effect in effects {
            match effect {
                Effect::Paper(PaperEffect::Bring(target, paths)) => {
                    all.extend(self.uploads_step(UploadsInput::Bring(target, paths), now));
                }
                other => all.push(other),
            }
        }
        if self.place() == Place::Case
            && let Some(page) = &mut self.stands.active_mut().case
        {
            all.extend(page.follow_paper());
        }
        all
    }

    /// The scanner's folder as the settings name it.
    pub(crate) fn watch_scanner(&mut self) -> Vec<Effect> {
        self.uploads.scans = Scans::Off;
        vec![Effect::Paper(PaperEffect::Watch(self.settings.scanner_folder.clone()))]
    }
}

fn may_bring(page: &crate::case::CasePage) -> bool {
    page.view.value().is_some_and(|view| view.value.may.work)
}

/// Whether trying again could help: the clerk can mend what lies with the file, and a line comes back.
#[must_use]
pub const fn may_help_to_retry(error: &UploadError) -> bool {
    !matches!(error, UploadError::File(FileError::Empty | FileError::TooLarge { .. } | FileError::NotTaken))
}
