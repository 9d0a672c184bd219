//! The hands for papers: the bytes of a document, its pages as pixels, files chosen and saved, uploads, the scanner's folder. What does not
//! live here: which of them is wanted (the desk's), how a page is shown (the case page's).

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;
use iced::task::Handle;
use skranke_client::http::{CaseApi, DownloadError, Existing, Fetch};
use skranke_client::scanner;
use skranke_client::uploads::{UploadPace, upload};
use skranke_desk::ask::Reply;
use skranke_desk::case::pane::{PageDrawn, PageKey, Unshown};
use skranke_desk::effect::Room;
use skranke_desk::uploads::{Outside as Became, PaperEffect, PaperRef, UploadsInput};
use skranke_desk::{Input, Place, StandId, Ticket};
use skranke_domain::document::safe_name;
use skranke_domain::{CaseId, DocumentId};
use skranke_viewer::{Drawn, Order, Pages, Why};
use tempfile::TempDir;

use super::App;
use super::message::Message;
use crate::focus::Role;
use crate::screens::case;
use crate::screens::case::pane::{PATH, fit};

/// What of papers is under way.
pub(super) struct Papers {
    pages: Pages,
    /// The private folder of the bytes that were fetched; it goes with the window.
    folder: Option<Arc<TempDir>>,
    drawing: HashMap<Room, Handle>,
    sending: HashMap<DocumentId, Handle>,
    scanner: Option<Handle>,
}

impl Papers {
    pub(super) fn new(viewer: PathBuf) -> Self {
        Self {
            pages: Pages::new(viewer),
            folder: None,
            drawing: HashMap::new(),
            sending: HashMap::new(),
            scanner: None,
        }
    }

    /// Somebody else signs in: nothing of what was under way is hers.
    pub(super) fn stop(&mut self) {
        let scanner = self.scanner.take();
        for handle in self.drawing.drain().map(|(_, h)| h).chain(self.sending.drain().map(|(_, h)| h)).chain(scanner) {
            handle.abort();
        }
        self.folder = None;
    }

    /// A folder that nobody else may look into, in memory where the system has such a place.
    fn folder(&mut self) -> io::Result<Arc<TempDir>> {
        if let Some(folder) = &self.folder {
            return Ok(folder.clone());
        }
        let builder = || tempfile::Builder::new().prefix("skranke-").to_owned();
        let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|place| place.is_dir());
        let made = runtime.and_then(|place| builder().tempdir_in(place).ok());
        let folder = Arc::new(match made {
            Some(folder) => folder,
            None => builder().tempdir()?,
        });
        self.folder = Some(folder.clone());
        Ok(folder)
    }
}

impl App {
    /// Does what the desk wants done with papers.
    pub(super) fn paper(&mut self, effect: PaperEffect) -> Task<Message> {
        let uploads = |input| Message::Desk(Input::Uploads(input));
        match effect {
            PaperEffect::Pick(target) => {
                let chosen = self.launch.outside.choose(self.texts.t("pane-choose-title"));
                Task::perform(chosen, move |paths| uploads(UploadsInput::Bring(target.clone(), paths)))
            }
            PaperEffect::Bring(target, paths) => Task::done(uploads(UploadsInput::Bring(target, paths))),
            PaperEffect::Upload(order) => {
                let id = order.id;
                let news = upload(self.api.clone(), *order, UploadPace::default());
                let (task, handle) =
                    Task::run(news, move |progress| uploads(UploadsInput::Progress(id, progress))).abortable();
                self.papers.sending.retain(|_, handle| !handle.is_aborted());
                self.papers.sending.insert(id, handle.abort_on_drop());
                task
            }
            PaperEffect::Cancel(id) => {
                // Dropping its handle ends it.
                self.papers.sending.remove(&id);
                Task::none()
            }
            PaperEffect::Draw(ticket, paper, key) => self.draw(ticket, paper, key),
            PaperEffect::Save(paper) => self.save(paper),
            PaperEffect::OpenOutside(paper) => self.open_outside(paper),
            PaperEffect::Watch(folder) => {
                self.papers.scanner = None;
                let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) else { return Task::none() };
                let news = scanner::watch(folder, scanner::SETTLES);
                let (task, handle) = Task::run(news, move |news| uploads(UploadsInput::Scans(news))).abortable();
                self.papers.scanner = Some(handle.abort_on_drop());
                task
            }
            PaperEffect::PutAside(scan) => {
                let put = tokio::task::spawn_blocking(move || scanner::put_aside(&scan));
                Task::perform(put, |done| {
                    if !matches!(done, Ok(Ok(()))) {
                        tracing::warn!("a scan that was brought in could not be put aside");
                    }
                    Message::Nothing
                })
            }
        }
    }

    fn draw(&mut self, ticket: Ticket, paper: PaperRef, key: PageKey) -> Task<Message> {
        let shown = |why| Message::Desk(Input::Reply(ticket, Reply::Page(key, Err(why))));
        if self.screens.case.shelf.get(&key).is_some()
            && let Some(drawn) = self.screens.case.shelf.about(&key)
        {
            return Task::done(Message::Desk(Input::Reply(ticket, Reply::Page(key, Ok(drawn)))));
        }
        let folder = match self.papers.folder() {
            Ok(folder) => folder,
            Err(error) => return Task::done(shown(Unshown::Fetch(DownloadError::Disk(error.kind())))),
        };
        let (api, pages) = (self.api.clone(), self.papers.pages.clone());
        let width = fit::pixels(&self.look, key);
        let drawing = async move {
            let path = fetched(&api, &folder, &paper).await.map_err(Unshown::Fetch)?;
            let order = Order { path, page: key.page, width, turned: key.turned };
            pages.draw(&order).await.map_err(unshown)
        };
        let (task, handle) = Task::perform(drawing, move |drawn| Message::Page(ticket, key, drawn)).abortable();
        // Who turns pages quickly waits for the last one alone: the ones before are not drawn to their end.
        self.papers.drawing.insert(ticket.room, handle.abort_on_drop());
        task
    }

    /// A page was drawn, or was not.
    pub(super) fn page_drawn(&mut self, ticket: Ticket, key: PageKey, drawn: Result<Drawn, Unshown>) -> Task<Message> {
        let about = drawn.map(|drawn| {
            let about = PageDrawn { pages: drawn.pages, width: drawn.width, height: drawn.height };
            self.screens.case.shelf.put(key, about, drawn.rgba);
            about
        });
        self.desk_input(Input::Reply(ticket, Reply::Page(key, about)))
    }

    /// Whether the line for the path of a document is open.
    pub(super) fn is_bringing(&self) -> bool {
        self.desk.place() == Place::Case && self.desk.case().is_some_and(|page| page.pane.bring.is_some())
    }

    /// The keyboard goes to the line for a path when it opens, and back to the checklist when it closes.
    pub(super) fn bring_focus(&mut self, before: bool) -> Option<Task<Message>> {
        let now = self.is_bringing();
        if before == now || self.desk.place() != Place::Case {
            return None;
        }
        let (id, role) = if now { (PATH, Role::TextField) } else { (case::CHECKLIST, Role::List) };
        Some(self.focus_on(&id, role))
    }

    fn save(&mut self, paper: PaperRef) -> Task<Message> {
        let name = safe_name(&paper.name);
        let chosen = self.launch.outside.save_as(self.texts.t("pane-save-title"), name);
        let (api, id) = (self.api.clone(), paper.document);
        let saving = async move {
            let to = chosen.await?;
            let name = to.file_name().map(|name| safe_name(&name.to_string_lossy())).unwrap_or_default();
            // The dialog has asked whether a file of that name may go.
            let fetch = fetch(&paper, to, Existing::Replace);
            Some(match api.fetch_document(&fetch).await {
                Ok(()) => Became::Saved(name),
                Err(error) => Became::NotFetched(error),
            })
        };
        Task::perform(saving, move |became| became.map_or(Message::Nothing, |became| told(id, became)))
    }

    /// Opens the page on a case that is printed before the visit in the program that prints.
    pub(super) fn open_summary(&mut self, case: CaseId) -> Task<Message> {
        let pages = StandId::BOTH.into_iter().filter_map(|stand| self.desk.stands.get(stand).case.as_ref());
        let page = pages.into_iter().find(|page| page.id == case);
        let Some(purpose) = page.map(|page| page.purpose.clone()) else { return Task::none() };
        let folder = self.papers.folder();
        let (api, outside) = (self.api.clone(), Arc::clone(&self.launch.outside));
        let opening = async move {
            let disk = |error: io::Error| Became::NotFetched(DownloadError::Disk(error.kind()));
            let folder = folder.map_err(disk)?;
            let bytes = api.summary(case, &purpose).await.map_err(|error| Became::NotFetched(error.into()))?;
            // A name of its own each time: the page before may be open still.
            let file = folder.path().join(format!("{}.pdf", DocumentId::new()));
            tokio::fs::write(&file, bytes).await.map_err(disk)?;
            if outside.open(file).await { Ok(()) } else { Err(Became::NotOpened) }
        };
        Task::perform(opening, move |opened: Result<(), Became>| match opened {
            Ok(()) => Message::Nothing,
            Err(became) => Message::NotOpened(became),
        })
    }

    fn open_outside(&mut self, paper: PaperRef) -> Task<Message> {
        let (id, folder) = (paper.document, self.papers.folder());
        let (api, outside) = (self.api.clone(), Arc::clone(&self.launch.outside));
        let opening = async move {
            let folder = folder.map_err(|error| Became::NotFetched(DownloadError::Disk(error.kind())))?;
            let file = fetched(&api, &folder, &paper).await.map_err(Became::NotFetched)?;
            if outside.open(file).await { Ok(()) } else { Err(Became::NotOpened) }
        };
        Task::perform(opening, move |opened: Result<(), Became>| match opened {
            Ok(()) => Message::Nothing,
            Err(became) => told(id, became),
        })
    }
}

fn told(id: DocumentId, became: Became) -> Message {
    Message::Desk(Input::Uploads(UploadsInput::Outside(id, became)))
}

fn fetch(paper: &PaperRef, to: PathBuf, existing: Existing) -> Fetch {
    Fetch {
        document: paper.document,
        bytes: paper.bytes,
        sha256: paper.sha256.clone(),
        purpose: paper.purpose.clone(),
        to,
        existing,
    }
}

/// The document's bytes in the private folder, fetched once.
async fn fetched(api: &CaseApi, folder: &TempDir, paper: &PaperRef) -> Result<PathBuf, DownloadError> {
    let path = place(folder.path(), paper);
    match api.fetch_document(&fetch(paper, path.clone(), Existing::Keep)).await {
        // It was fetched before, or by another drawing at the same time.
        Ok(()) | Err(DownloadError::Exists) => Ok(path),
        Err(error) => Err(error),
    }
}

/// Named by the document's identifier: the name that it came with can name a person.
fn place(folder: &Path, paper: &PaperRef) -> PathBuf {
    let ending = paper.kind.map_or("bin", skranke_domain::document::FileKind::ending);
    folder.join(format!("{}.{ending}", paper.document))
}

const fn unshown(why: Why) -> Unshown {
    match why {
        Why::Broken => Unshown::Broken,
        Why::Encrypted => Unshown::Encrypted,
        Why::TooLarge => Unshown::TooLarge,
        Why::TooSlow => Unshown::TooSlow,
        Why::NotShown => Unshown::NotShown,
        Why::Unreadable => Unshown::Fetch(DownloadError::Damaged),
        Why::NoViewer => Unshown::NoViewer,
    }
}
