//! A line between client and server that can break at the worst moment: the request lost, made and its answer lost, or no news coming
//! through. What does not live here: knowing HTTP beyond the first words of a request.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};

/// What the line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Everything passes.
    Passes,
    /// The change never arrives.
    RequestLost,
    /// The change arrives and is made; its answer never comes back.
    AnswerLost,
    /// No news of what others do comes through; everything else passes.
    NoNews,
}

/// The line. It ends when dropped.
pub struct Line {
    pub url: String,
    fate: Arc<Mutex<Fate>>,
    cut: watch::Sender<bool>,
    news: mpsc::UnboundedReceiver<Fate>,
    /// The first words of what was lost, and of its answer.
    what: Arc<Mutex<String>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Line {
    /// A line to a server at `http://ADDRESS`.
    pub fn to(server: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server: SocketAddr = server.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fate = Arc::new(Mutex::new(Fate::Passes));
        let (tell, news) = mpsc::unbounded_channel();
        let shared = fate.clone();
        let what = Arc::new(Mutex::new(String::new()));
        let words = what.clone();
        let (cut, is_cut) = watch::channel(false);
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let mut is_cut = is_cut.clone();
                let relayed = relay(client, server, shared.clone(), tell.clone(), words.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = relayed => {}
                        _ = is_cut.wait_for(|cut| *cut) => {}
                    }
                });
            }
        });
        Self { url, fate, cut, news, what, runtime: Some(runtime) }
    }

    /// From now on changes go this way.
    pub fn will(&self, fate: Fate) {
        *self.fate.lock().unwrap() = fate;
    }

    /// Cuts it: everything that goes over it ends, and nobody gets through until it is mended.
    pub fn cut(&self) {
        self.cut.send_replace(true);
    }

    /// Mends it.
    pub fn mend(&self) {
        self.cut.send_replace(false);
    }

    /// What was lost: the first line of each request, and of its answer.
    pub fn what(&self) -> String {
        self.what.lock().unwrap().clone()
    }

    /// Waits until a change was lost.
    #[track_caller]
    pub fn lost(&mut self) -> Fate {
        let runtime = self.runtime.as_ref().unwrap();
        let news = &mut self.news;
        let next = runtime.block_on(async { tokio::time::timeout(super::PATIENCE, news.recv()).await });
        next.expect("a change on the line within the time").expect("the line lives")
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn relay(
    mut client: TcpStream,
    server: SocketAddr,
    fate: Arc<Mutex<Fate>>,
    tell: mpsc::UnboundedSender<Fate>,
    what: Arc<Mutex<String>>,
) {
    let note = |part: &[u8]| {
        let line = part.split(|byte| *byte == b'\r').next().unwrap_or_default();
        what.lock().unwrap().push_str(&format!("{}; ", String::from_utf8_lossy(line)));
    };
    let Ok(mut upstream) = TcpStream::connect(server).await else { return };
    let (mut up, mut down) = ([0; 16 * 1024], [0; 16 * 1024]);
    let mut lost = None;
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let Ok(length @ 1..) = read else { return };
                let part = &up[..length];
                let now = *fate.lock().unwrap();
                if lost.is_none() && now.befalls(part) {
                    lost = Some(now);
                    note(part);
                    if now == Fate::RequestLost {
                        let _ = tell.send(now);
                    }
                }
                if matches!(lost, None | Some(Fate::AnswerLost)) && upstream.write_all(part).await.is_err() {
                    return;
                }
            }
            read = upstream.read(&mut down) => {
                let Ok(length @ 1..) = read else { return };
                match lost {
                    None => if client.write_all(&down[..length]).await.is_err() { return },
                    // The server has answered, so the change is made.
                    Some(fate) => {
                        note(&down[..length]);
                        let _ = tell.send(fate);
                    }
                }
            }
        }
    }
}

impl Fate {
    /// Whether a part of what a client says is what this fate is about. A client writes the beginning of a request in one go.
    fn befalls(self, part: &[u8]) -> bool {
        match self {
            Self::Passes => false,
            Self::RequestLost | Self::AnswerLost => is_change(part),
            Self::NoNews => part.starts_with(b"GET /v1/events"),
        }
    }
}

/// Whether a part begins a request that changes something: searches, reveals and a caller's verification are reads in a body; what was looked
/// at without a line is told to the log alone, and who has a case open is forgotten in a minute.
fn is_change(part: &[u8]) -> bool {
    const READS: [&str; 5] = ["search", "reveal", "verification", "audit/offline", "presence"];
    let line = part.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    match (words.next(), words.next()) {
        (Some("PATCH"), Some(_)) => true,
        (Some("POST"), Some(path)) => path.starts_with("/v1/") && !READS.iter().any(|read| path.ends_with(read)),
        _ => false,
    }
}

#[test]
fn a_change_is_told_from_a_question_that_is_posted() {
    let begins = |line: &str| is_change(format!("{line} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes());
    for change in ["PATCH /v1/cases/1/checklist/2", "POST /v1/contacts", "POST /v1/citizens/1/notes"] {
        assert!(begins(change), "{change}");
    }
    for question in [
        "GET /v1/contacts",
        "POST /v1/citizens/search",
        "POST /v1/citizens/1/verification",
        "POST /v1/audit/offline",
        "POST /v1/cases/1/presence",
    ] {
        assert!(!begins(question), "{question}");
    }
    assert!(!is_change(b"{\"query\":\"x\"}"));
}
