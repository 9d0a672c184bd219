//! Uploads against a server that loses lines, forgets pieces and says no.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use futures::StreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};
use skranke_api::headers::UPLOAD_OFFSET;
use skranke_api::{Problem, ProblemKind};
use skranke_domain::CitizenId;

use super::*;
use crate::http::{DownloadError, Existing, Fetch};
use crate::testing::{Loopback, Reply, Request, soon};

/// A document as a server keeps it, of the pieces it took.
#[derive(Debug)]
struct Kept {
    view: serde_json::Value,
    bytes: Vec<u8>,
}

type Shelf = Arc<Mutex<Option<Kept>>>;

fn view(shelf: &Shelf) -> serde_json::Value {
    let mut shelf = shelf.lock().unwrap();
    let kept = shelf.as_mut().unwrap();
    kept.view["received"] = json!(kept.bytes.len());
    kept.view["state"] = json!(if kept.view["bytes"] == json!(kept.bytes.len()) { "complete" } else { "uploading" });
    kept.view.clone()
}

/// What the contract says, and nothing lost.
fn serve(shelf: &Shelf, request: &Request) -> Reply {
    match request.method.as_str() {
        "POST" => {
            let asked: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            let mut view = asked.clone();
            for (name, value) in [
                ("citizen", json!(CitizenId::new())),
                ("kind", json!("pdf")),
                ("version", json!(1)),
                ("at", json!("2026-06-09T08:00:00Z")),
                ("by", json!(null)),
                ("etag", json!("1")),
            ] {
                view[name] = value;
            }
            shelf.lock().unwrap().get_or_insert(Kept { view, bytes: Vec::new() });
            Reply::json(201, &self::view(shelf))
        }
        "PATCH" => {
            let offset: usize = request.header(UPLOAD_OFFSET).unwrap().parse().unwrap();
            let stands = shelf.lock().unwrap().as_ref().unwrap().bytes.len();
            if offset != stands {
                let mut problem = Problem::new(ProblemKind::Transition);
                problem.current = Some(view(shelf));
                let headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
                let status = problem.status;
                return Reply::Whole { status, headers, body: serde_json::to_vec(&problem).unwrap() };
            }
            shelf.lock().unwrap().as_mut().unwrap().bytes.extend_from_slice(request.body.as_bytes());
            Reply::json(200, &view(shelf))
        }
        _ => Reply::json(200, &view(shelf)),
    }
}

fn paper(folder: &Path, bytes: usize) -> PathBuf {
    let path = folder.join("contract.pdf");
    let text: Vec<u8> =
        b"%PDF-1.4 ".iter().copied().chain((0..bytes).map(|n| b'a' + u8::try_from(n % 26).unwrap())).collect();
    std::fs::write(&path, text).unwrap();
    path
}

fn order(path: PathBuf) -> UploadOrder {
    let case = CaseId::new();
    UploadOrder {
        id: DocumentId::new(),
        command: CommandId::new(),
        case,
        path,
        source: DocumentSource::Upload,
        openness: Openness::File,
        uses: vec![DocumentUse { case, item: None }],
        replaces: None,
        purpose: serde_json::from_value(json!({"kind": "case"})).unwrap(),
    }
}

fn pace() -> UploadPace {
    UploadPace { piece: 10, pause: (Duration::from_millis(1), Duration::from_millis(3)), tries: 4 }
}

async fn carried_out(server: &Loopback, order: &UploadOrder) -> Vec<Progress> {
    let news: Vec<Progress> = soon(upload(server.api(), order.clone(), pace()).collect()).await;
    news.into_iter().filter(|one| !matches!(one, Progress::Checking { .. })).collect()
}

#[tokio::test]
async fn a_document_goes_in_pieces_and_the_clerk_sees_how_far() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let server = Loopback::start(move |_, request| serve(&keep, request)).await;
    let path = paper(folder.path(), 26);
    let news = carried_out(&server, &order(path.clone())).await;
    let sent: Vec<u64> = news
        .iter()
        .filter_map(|one| match one {
            Progress::Sending { sent, bytes: 35 } => Some(*sent),
            _ => None,
        })
        .collect();
    assert_eq!(sent, [0, 10, 20, 30]);
    assert!(matches!(news.last(), Some(Progress::Done(_))));
    let shelf = shelf.lock().unwrap();
    let kept = shelf.as_ref().unwrap();
    assert_eq!(kept.bytes, std::fs::read(path).unwrap());
    assert_eq!(kept.view["sha256"], json!(hex(&Sha256::digest(&kept.bytes))));
    assert_eq!(kept.view["name"], json!("contract.pdf"));
}

#[tokio::test]
async fn an_upload_that_is_cut_off_goes_on_where_the_server_stands() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let mut patches = 0;
    let server = Loopback::start(move |_, request| {
        patches += usize::from(request.method == "PATCH");
        let answer = serve(&keep, request);
        // The second piece arrives and its answer is lost, again and again: the line is gone for a while.
        if request.method == "PATCH" && (2..6).contains(&patches) { Reply::Close } else { answer }
    })
    .await;
    let news = carried_out(&server, &order(paper(folder.path(), 41))).await;
    assert!(matches!(news.last(), Some(Progress::Done(_))), "{news:?}");
    let kept = shelf.lock().unwrap().take().unwrap().bytes;
    assert_eq!(kept, std::fs::read(folder.path().join("contract.pdf")).unwrap(), "each byte once");
}

#[tokio::test]
async fn a_server_that_stays_away_ends_the_upload_and_the_same_order_finishes_it() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let server = Loopback::start(move |number, request| {
        let stays_away = (3..40).contains(&number);
        if stays_away { Reply::html(502) } else { serve(&keep, request) }
    })
    .await;
    let order = order(paper(folder.path(), 41));
    let news = carried_out(&server, &order).await;
    assert!(news.contains(&Progress::LineDown));
    let Some(Progress::Failed(UploadError::Client(error))) = news.last() else { panic!("{news:?}") };
    assert!(error.is_line_down());
    while server.seen().len() < 40 {
        carried_out(&server, &order).await;
    }
    let news = carried_out(&server, &order).await;
    assert!(matches!(news.last(), Some(Progress::Done(_))), "{news:?}");
    let posts: Vec<_> = server.seen().into_iter().filter(|request| request.method == "POST").collect();
    let keys: std::collections::HashSet<_> =
        posts.iter().map(|one| one.header("idempotency-key").map(str::to_owned)).collect();
    assert_eq!(keys.len(), 1, "one document, announced once");
}

#[tokio::test]
async fn a_file_that_vanishes_or_changes_while_it_is_sent_stops_the_upload() {
    for vanishes in [true, false] {
        let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
        let path = paper(folder.path(), 41);
        let file = path.clone();
        let keep = shelf.clone();
        let mut patches = 0;
        let server = Loopback::start(move |_, request| {
            patches += usize::from(request.method == "PATCH");
            if patches == 2 && vanishes && file.exists() {
                std::fs::remove_file(&file).unwrap();
            } else if patches == 2 && !vanishes {
                std::fs::OpenOptions::new().append(true).open(&file).unwrap().write_all(b"more").unwrap();
            }
            serve(&keep, request)
        })
        .await;
        let news = carried_out(&server, &order(path)).await;
        let why = if vanishes { FileError::Vanished } else { FileError::Changed };
        assert_eq!(news.last(), Some(&Progress::Failed(UploadError::File(why))));
        assert_eq!(view(&shelf)["state"], json!("uploading"), "never half a document");
    }
}

#[tokio::test]
async fn what_arrives_with_another_sum_is_sent_once_more_and_no_more() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let server = Loopback::start(move |_, request| {
        let offset = request.header(UPLOAD_OFFSET).map(|value| value.parse::<u64>().unwrap());
        if offset == Some(20) {
            keep.lock().unwrap().as_mut().unwrap().bytes.clear();
            let mut problem = Problem::new(ProblemKind::Transition);
            problem.current = Some(view(&keep));
            let headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
            return Reply::Whole { status: problem.status, headers, body: serde_json::to_vec(&problem).unwrap() };
        }
        serve(&keep, request)
    })
    .await;
    let news = carried_out(&server, &order(paper(folder.path(), 20))).await;
    assert_eq!(news.last(), Some(&Progress::Failed(UploadError::Damaged)));
}

#[tokio::test]
async fn what_is_no_document_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let server = Loopback::start(|_, _| Reply::Close).await;
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("letter.pdf"), b"PK a letter of another program").unwrap();
    std::fs::write(at("empty.pdf"), b"").unwrap();
    std::fs::create_dir(at("folder.pdf")).unwrap();
    let enormous = std::fs::File::create(at("enormous.pdf")).unwrap();
    enormous.set_len((512 << 20) + 1).unwrap();
    let cases = [
        ("letter.pdf", FileError::NotTaken),
        ("empty.pdf", FileError::Empty),
        ("folder.pdf", FileError::NoFile),
        ("enormous.pdf", FileError::TooLarge { bytes: (512 << 20) + 1 }),
        ("nowhere.pdf", FileError::NotThere),
        ("zero\0.pdf", FileError::NotThere),
    ];
    for (name, why) in cases {
        let news = carried_out(&server, &order(at(name))).await;
        assert_eq!(news, [Progress::Failed(UploadError::File(why))], "{name:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_name_that_is_announced_is_a_name_and_nothing_else() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let server = Loopback::start(move |_, request| serve(&keep, request)).await;
    let path = folder.path().join("..\\..\\løn\u{202E}fdp.\u{7}pdf");
    std::fs::write(&path, b"%PDF-1.4 ").unwrap();
    carried_out(&server, &order(path)).await;
    assert_eq!(view(&shelf)["name"], json!("lønfdp.pdf"));
}

#[tokio::test]
async fn an_upload_that_nobody_follows_any_more_stops() {
    let (shelf, folder) = (Shelf::default(), tempfile::tempdir().unwrap());
    let keep = shelf.clone();
    let mut server =
        Loopback::start(move |_, request| if request.method == "PATCH" { Reply::Hang } else { serve(&keep, request) })
            .await;
    let mut news = Box::pin(upload(server.api(), order(paper(folder.path(), 41)), pace()));
    while !matches!(soon(news.next()).await, Some(Progress::Sending { .. })) {}
    // The next step sends the piece; nobody waits for its answer.
    let _ = futures::poll!(news.next());
    server.arrival().await;
    while server.seen().iter().all(|request| request.method != "PATCH") {
        let _ = futures::poll!(news.next());
        tokio::task::yield_now().await;
    }
    drop(news);
    server.leaving().await;
}

fn fetch(to: PathBuf, bytes: &[u8], existing: Existing) -> Fetch {
    Fetch {
        document: DocumentId::new(),
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)),
        purpose: serde_json::from_value(json!({"kind": "case"})).unwrap(),
        to,
        existing,
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_download_overwrites_nothing_without_being_told() {
    let folder = tempfile::tempdir().unwrap();
    let server =
        Loopback::start(|_, _| Reply::Whole { status: 200, headers: Vec::new(), body: b"the paper".to_vec() }).await;
    let to = folder.path().join("paper.pdf");
    let keep = fetch(to.clone(), b"the paper", Existing::Keep);
    soon(server.api().fetch_document(&keep)).await.unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), b"the paper");
    std::fs::write(&to, "somebody else's").unwrap();
    assert_eq!(soon(server.api().fetch_document(&keep)).await, Err(DownloadError::Exists));
    assert_eq!(std::fs::read_to_string(&to).unwrap(), "somebody else's");
    let replace = fetch(to.clone(), b"the paper", Existing::Replace);
    soon(server.api().fetch_document(&replace)).await.unwrap();
    assert_eq!(std::fs::read(&to).unwrap(), b"the paper");
    assert_eq!(files(folder.path()), ["paper.pdf"]);
}

#[tokio::test]
async fn a_download_that_is_cut_off_or_is_another_paper_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("paper.pdf");
    let server = Loopback::start(|number, _| match number {
        0 => Reply::Whole { status: 200, headers: Vec::new(), body: b"the pap".to_vec() },
        1 => Reply::Whole { status: 200, headers: Vec::new(), body: b"The paper".to_vec() },
        _ => Reply::Whole { status: 200, headers: Vec::new(), body: b"the paper, and much more".to_vec() },
    })
    .await;
    let whole = fetch(to, b"the paper", Existing::Keep);
    assert_eq!(soon(server.api().fetch_document(&whole)).await, Err(ClientError::Truncated.into()));
    assert_eq!(soon(server.api().fetch_document(&whole)).await, Err(DownloadError::Damaged));
    assert_eq!(soon(server.api().fetch_document(&whole)).await, Err(DownloadError::Damaged));
    assert!(files(folder.path()).is_empty());
}
