//! A tiny HTTP server on loopback for tests: real sockets, and every way to fail. What does not live here: the reference server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use skranke_domain::authority::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::{CaseApi, Endpoint, Fixed, Limits, Secret};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A whole answer.
    Whole { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// These bytes as they are, then the connection is closed.
    Raw(Vec<u8>),
    /// Head and these parts, chunked; then the stream ends well, or is left open until the client goes.
    Parts { media: &'static str, parts: Vec<Vec<u8>>, then: Then },
    /// The connection is closed without a word.
    Close,
    /// Nothing is ever said.
    Hang,
}

/// How a chunked answer goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    End,
    Cut,
    StayOpen,
}

impl Reply {
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self::Whole { status, headers, body: body.to_string().into_bytes() }
    }

    pub(crate) fn problem(kind: skranke_api::ProblemKind) -> Self {
        let problem = skranke_api::Problem::new(kind);
        let headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
        Self::Whole { status: problem.status, headers, body: serde_json::to_vec(&problem).unwrap() }
    }

    pub(crate) fn html(status: u16) -> Self {
        let headers = vec![("content-type".to_owned(), "text/html".to_owned())];
        Self::Whole { status, headers, body: b"<h1>Welcome to the guest network</h1>".to_vec() }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Whole { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }
}

/// The server. It ends when dropped, with all its connections.
pub(crate) struct Loopback {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Request>>>,
    arrivals: mpsc::UnboundedReceiver<Request>,
    /// One for every client that left a request without an answer.
    left: mpsc::UnboundedReceiver<()>,
    task: JoinHandle<()>,
}

impl Loopback {
    /// Answers every request by its number and itself.
    pub(crate) async fn start(reply: impl FnMut(usize, &Request) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::on(listener, reply)
    }

    /// As [`Loopback::start`], on a socket of one's own choice.
    pub(crate) fn on(listener: TcpListener, reply: impl FnMut(usize, &Request) -> Reply + Send + 'static) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (tell, arrivals) = mpsc::unbounded_channel();
        let (tell_left, left) = mpsc::unbounded_channel();
        let reply = Arc::new(Mutex::new(reply));
        let record = seen.clone();
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((socket, _)) = listener.accept().await {
                let (reply, record, tell, tell_left) = (reply.clone(), record.clone(), tell.clone(), tell_left.clone());
                connections.spawn(async move {
                    let answer = |request: &Request| {
                        let number = {
                            let mut record = record.lock().unwrap();
                            record.push(request.clone());
                            record.len() - 1
                        };
                        let answer = (reply.lock().unwrap())(number, request);
                        let _ = tell.send(request.clone());
                        answer
                    };
                    if serve(socket, answer).await == Ended::ClientLeft {
                        let _ = tell_left.send(());
                    }
                });
            }
        });
        Self { url, seen, arrivals, left, task }
    }

    /// The next request, as it arrives.
    pub(crate) async fn arrival(&mut self) -> Request {
        soon(self.arrivals.recv()).await.unwrap()
    }

    /// A client goes away without an answer.
    pub(crate) async fn leaving(&mut self) {
        soon(self.left.recv()).await.unwrap();
    }

    /// Everything that arrived.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// A client of this server that does not wait long.
    pub(crate) fn api(&self) -> CaseApi {
        self.api_with(quick())
    }

    pub(crate) fn api_with(&self, limits: Limits) -> CaseApi {
        let endpoint = Endpoint::new(&self.url, Secret::new("token-a")).unwrap();
        CaseApi::with_limits(Arc::new(Fixed::new(endpoint)), Role::Clerk, limits)
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What comes, or a failed test: nothing here takes this long.
pub(crate) async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.unwrap()
}

/// Limits that let a failing test fail soon.
pub(crate) fn quick() -> Limits {
    Limits {
        request: Duration::from_secs(5),
        pause: (Duration::from_millis(1), Duration::from_millis(4)),
        ..Limits::default()
    }
}

/// An address where nobody listens.
pub(crate) async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[derive(PartialEq, Eq)]
enum Ended {
    Usually,
    ClientLeft,
}

async fn serve(mut socket: TcpStream, mut answer: impl FnMut(&Request) -> Reply) -> Ended {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut socket, &mut buffer).await {
        let go_on = match answer(&request) {
            Reply::Whole { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str("\r\n");
                socket.write_all(&[head.into_bytes(), body].concat()).await.is_ok()
            }
            Reply::Raw(bytes) => {
                let _ = socket.write_all(&bytes).await;
                false
            }
            Reply::Parts { media, parts, then } => {
                let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {media}\r\ntransfer-encoding: chunked\r\n\r\n");
                let mut fine = socket.write_all(head.as_bytes()).await.is_ok();
                for part in parts {
                    let chunk = [format!("{:x}\r\n", part.len()).into_bytes(), part, b"\r\n".to_vec()].concat();
                    fine = fine && socket.write_all(&chunk).await.is_ok();
                }
                match then {
                    Then::End => fine && socket.write_all(b"0\r\n\r\n").await.is_ok(),
                    Then::Cut => false,
                    Then::StayOpen => {
                        wait_for_end(&mut socket).await;
                        return Ended::ClientLeft;
                    }
                }
            }
            Reply::Close => false,
            Reply::Hang => {
                wait_for_end(&mut socket).await;
                return Ended::ClientLeft;
            }
        };
        if !go_on {
            break;
        }
    }
    Ended::Usually
}

async fn wait_for_end(socket: &mut TcpStream) {
    let mut sink = [0; 64];
    while matches!(socket.read(&mut sink).await, Ok(n) if n > 0) {}
}

async fn read(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Request> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
        let mut part = [0; 4096];
        match socket.read(&mut part).await {
            Ok(n) if n > 0 => buffer.extend_from_slice(&part[..n]),
            _ => return None,
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let (method, target) = (first.next().unwrap().to_owned(), first.next().unwrap().to_owned());
    let headers: Vec<(String, String)> =
        lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned())).collect();
    let length = headers.iter().find(|(n, _)| n == "content-length").map_or(0, |(_, v)| v.parse().unwrap());
    while buffer.len() < end + 4 + length {
        let mut part = [0; 4096];
        match socket.read(&mut part).await {
            Ok(n) if n > 0 => buffer.extend_from_slice(&part[..n]),
            _ => return None,
        }
    }
    let body = String::from_utf8(buffer[end + 4..end + 4 + length].to_vec()).unwrap();
    buffer.drain(..end + 4 + length);
    Some(Request { method, target, headers, body })
}
