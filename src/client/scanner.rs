//! The folder of the scanner: which complete documents lie in it, told whenever that changes. What does not live here: bringing them in
//! (`crate::uploads`), which folder it is (a setting).

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use futures::Stream;
use notify::{EventKind, RecursiveMode, Watcher};
use skranke_domain::document::{DOCUMENT_BYTES, FileKind, HEAD_BYTES};
use tokio::sync::mpsc;

/// Where a scan goes when it was brought in.
pub const TAKEN: &str = "taken";
/// How long a file must stay as it is before it counts as complete.
pub const SETTLES: Duration = Duration::from_millis(600);
/// The most scans that are told.
const SCANS: usize = 200;

/// A complete document in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The file.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was written.
    pub at: SystemTime,
}

/// What is known of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanNews {
    /// The complete documents in it, the newest first.
    Waiting(Vec<Scan>),
    /// It cannot be watched.
    Lost(io::ErrorKind),
}

/// Watches a folder for as long as somebody listens. It is told at once, and then whenever something else lies in it.
pub fn watch(folder: PathBuf, settles: Duration) -> impl Stream<Item = ScanNews> + Send {
    let (tell, news) = mpsc::channel(4);
    let watching = async move {
        if let Err(error) = look_on(&folder, settles, &tell).await {
            let _ = tell.send(ScanNews::Lost(error.kind())).await;
        }
        drop(tell);
    };
    let news = futures::stream::unfold(news, |mut news| async move { Some((news.recv().await?, news)) });
    futures::stream::select(
        futures::StreamExt::filter_map(futures::stream::once(watching), |()| std::future::ready(None)),
        news,
    )
}

async fn look_on(folder: &Path, settles: Duration, tell: &mpsc::Sender<ScanNews>) -> io::Result<()> {
    let (stir, mut stirred) = mpsc::channel(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Looking at a file is no change of it.
        if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(notify::event::AccessKind::Open(_)))) {
            // One that waits already says enough.
            let _ = stir.try_send(());
        }
    })
    .map_err(lost)?;
    watcher.watch(folder, RecursiveMode::NonRecursive).map_err(lost)?;
    let (mut before, mut told) = (HashMap::new(), None);
    loop {
        let place = folder.to_owned();
        let now = tokio::task::spawn_blocking(move || list(&place)).await.map_err(io::Error::other)??;
        let same = |path: &PathBuf, seen: &(u64, SystemTime)| before.get(path) == Some(seen);
        let unsettled = now.iter().any(|(path, seen)| !same(path, seen));
        let complete: Vec<PathBuf> =
            now.iter().filter(|(path, seen)| same(path, seen)).map(|(path, _)| path.clone()).collect();
        let waiting = tokio::task::spawn_blocking(move || known(complete)).await.map_err(io::Error::other)?;
        if told.as_ref() != Some(&waiting) {
            told = Some(waiting.clone());
            if tell.send(ScanNews::Waiting(waiting)).await.is_err() {
                return Ok(());
            }
        }
        before = now;
        if unsettled {
            // A file that is written still is looked at again, whether or not the system tells of it.
            let _ = tokio::time::timeout(settles, tell.closed()).await;
        } else {
            tokio::select! {
                next = stirred.recv() => if next.is_none() { return Ok(()) },
                () = tell.closed() => return Ok(()),
            }
        }
    }
}

fn lost(error: notify::Error) -> io::Error {
    match error.kind {
        notify::ErrorKind::Io(error) => error,
        notify::ErrorKind::PathNotFound => io::ErrorKind::NotFound.into(),
        _ => io::Error::other("the folder cannot be watched"),
    }
}

/// The files in the folder with what tells whether they change still.
fn list(folder: &Path) -> io::Result<HashMap<PathBuf, (u64, SystemTime)>> {
    let mut found = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let Ok(entry) = entry else { continue };
        // Hidden files are what programs keep for themselves while they write.
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let Ok(about) = entry.metadata() else { continue };
        if hidden || !about.is_file() || about.len() == 0 || about.len() > DOCUMENT_BYTES {
            continue;
        }
        let at = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        found.insert(entry.path(), (about.len(), at));
    }
    Ok(found)
}

/// Those that are documents by their content, the newest first.
fn known(paths: Vec<PathBuf>) -> Vec<Scan> {
    let mut scans: Vec<Scan> = paths.into_iter().filter_map(scan).collect();
    scans.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.path.cmp(&a.path)));
    scans.truncate(SCANS);
    scans
}

fn scan(path: PathBuf) -> Option<Scan> {
    let file = File::open(&path).ok()?;
    let about = file.metadata().ok()?;
    let mut head = Vec::new();
    file.take(HEAD_BYTES as u64).read_to_end(&mut head).ok()?;
    FileKind::of(&head)?;
    Some(Scan { bytes: about.len(), at: about.modified().ok()?, path })
}

/// Puts a scan that was brought in aside, into a folder beside it. Nothing there is overwritten.
///
/// # Errors
/// What the disk says.
pub fn put_aside(scan: &Path) -> io::Result<()> {
    let (Some(folder), Some(name)) = (scan.parent(), scan.file_name()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let aside = folder.join(TAKEN);
    std::fs::create_dir_all(&aside)?;
    let mut to = aside.join(name);
    let mut count = 1_u32;
    while to.exists() {
        count += 1;
        let mut other = std::ffi::OsString::from(format!("{count}-"));
        other.push(name);
        to = aside.join(other);
    }
    std::fs::rename(scan, to)
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::*;

    const SOON: Duration = Duration::from_millis(20);

    async fn next(news: &mut (impl Stream<Item = ScanNews> + Unpin)) -> Vec<String> {
        let told = tokio::time::timeout(Duration::from_secs(20), news.next()).await.unwrap().unwrap();
        let ScanNews::Waiting(scans) = told else { panic!("{told:?}") };
        scans.iter().map(|scan| scan.path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[tokio::test]
    async fn a_new_scan_waits_and_what_is_no_document_does_not() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("old.pdf"), b"%PDF-1.4 old").unwrap();
        std::fs::write(folder.path().join("letter.pdf"), b"PK a letter of another program").unwrap();
        std::fs::write(folder.path().join(".part.pdf"), b"%PDF-1.4 half").unwrap();
        let mut news = Box::pin(watch(folder.path().to_owned(), SOON));
        let mut waiting = next(&mut news).await;
        while waiting.is_empty() {
            waiting = next(&mut news).await;
        }
        assert_eq!(waiting, ["old.pdf"]);
        std::fs::write(folder.path().join("new.png"), b"\x89PNG\r\n\x1a\n and more").unwrap();
        let waiting = next(&mut news).await;
        assert_eq!(waiting.len(), 2);
        put_aside(&folder.path().join("old.pdf")).unwrap();
        assert_eq!(next(&mut news).await, ["new.png"]);
        assert!(folder.path().join(TAKEN).join("old.pdf").exists());
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut news = Box::pin(watch(folder.path().join("nowhere"), SOON));
        assert_eq!(news.next().await, Some(ScanNews::Lost(io::ErrorKind::NotFound)));
        assert_eq!(news.next().await, None);
    }

    #[test]
    fn two_scans_of_one_name_are_both_kept() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["first", "second"] {
            let scan = folder.path().join("scan.pdf");
            std::fs::write(&scan, text).unwrap();
            put_aside(&scan).unwrap();
        }
        let kept = |name: &str| std::fs::read_to_string(folder.path().join(TAKEN).join(name)).unwrap();
        assert_eq!((kept("scan.pdf"), kept("2-scan.pdf")), ("first".to_owned(), "second".to_owned()));
    }
}
