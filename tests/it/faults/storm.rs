//! A line on loopback that does its worst by a seeded plan: the n-th request's fate follows from the seed. It knows of HTTP what it needs to
//! cut it in two: where a request ends. What does not live here: what is expected of those who talk over it.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::Dice;

/// What befalls a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It passes.
    Passes,
    /// It waits, then passes.
    Delayed(u64),
    /// It never arrives: the connection ends.
    Dropped,
    /// It is made; its answer never comes back.
    AnswerLost,
    /// It arrives twice; one answer comes back.
    Doubled,
    /// Half of its answer comes back.
    Truncated,
    /// The connection is reset before the answer.
    Reset,
    /// Something on the way answers 5xx; it never arrives.
    Refused(u16),
    /// It is made, and something on the way answers 5xx.
    MadeAndRefused(u16),
}

/// The kinds of fate, for counting.
pub const KINDS: usize = 9;

impl Fate {
    fn of(seed: u64, number: u64) -> Self {
        let mut dice = Dice::new(seed ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        match dice.below(100) {
            0..50 => Self::Passes,
            50..57 => Self::Delayed(dice.below(40)),
            57..64 => Self::Dropped,
            64..72 => Self::AnswerLost,
            72..80 => Self::Doubled,
            80..86 => Self::Truncated,
            86..92 => Self::Reset,
            92..96 => Self::Refused(500 + u16::try_from(dice.below(5)).unwrap_or(0)),
            _ => Self::MadeAndRefused(500 + u16::try_from(dice.below(5)).unwrap_or(0)),
        }
    }

    const fn kind(self) -> usize {
        match self {
            Self::Passes => 0,
            Self::Delayed(_) => 1,
            Self::Dropped => 2,
            Self::AnswerLost => 3,
            Self::Doubled => 4,
            Self::Truncated => 5,
            Self::Reset => 6,
            Self::Refused(_) => 7,
            Self::MadeAndRefused(_) => 8,
        }
    }
}

/// The line. It ends when dropped.
pub struct Storm {
    pub url: String,
    counts: Arc<[AtomicU64; KINDS]>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Storm {
    /// A line to a server at `http://ADDRESS`, by a seed.
    pub fn to(server: &str, seed: u64) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server: SocketAddr = server.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let counts: Arc<[AtomicU64; KINDS]> = Arc::default();
        let (shared, number) = (counts.clone(), Arc::new(AtomicU64::new(0)));
        runtime.spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (shared, number) = (shared.clone(), number.clone());
                tokio::spawn(async move {
                    // A connection that ended early is part of the storm.
                    let _ = carry(client, server, (seed, &number), &shared).await;
                });
            }
        });
        Self { url, counts, runtime: Some(runtime) }
    }
}

impl fmt::Display for Storm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            "passed",
            "delayed",
            "dropped",
            "answer lost",
            "doubled",
            "truncated",
            "reset",
            "refused",
            "made and refused",
        ];
        for (at, (name, count)) in names.iter().zip(&*self.counts).enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{} {name}", count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}

impl Drop for Storm {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// One request a connection: the answer says that it ends there.
async fn carry(
    mut client: TcpStream,
    server: SocketAddr,
    (seed, number): (u64, &AtomicU64),
    counts: &[AtomicU64; KINDS],
) -> std::io::Result<()> {
    let Some(request) = read_request(&mut client).await? else { return Ok(()) };
    if request.starts_with(b"GET /v1/events") {
        let mut upstream = TcpStream::connect(server).await?;
        upstream.write_all(&request).await?;
        tokio::io::copy_bidirectional(&mut client, &mut upstream).await?;
        return Ok(());
    }
    // Questions pass; what is written meets the storm.
    let is_change = request.starts_with(b"PATCH") || (request.starts_with(b"POST") && has_key(&request));
    let fate = match is_change {
        true => Fate::of(seed, number.fetch_add(1, Ordering::Relaxed)),
        false => Fate::Passes,
    };
    if is_change {
        counts[fate.kind()].fetch_add(1, Ordering::Relaxed);
    }
    match fate {
        Fate::Passes => client.write_all(&ask(server, &request).await?).await?,
        Fate::Delayed(millis) => {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            client.write_all(&ask(server, &request).await?).await?;
        }
        Fate::Dropped => {}
        Fate::AnswerLost => {
            ask(server, &request).await?;
        }
        Fate::Doubled => {
            // At the same time: the second may find the first still running.
            let (first, second) = tokio::join!(ask(server, &request), ask(server, &request));
            second?;
            client.write_all(&first?).await?;
        }
        Fate::Truncated => {
            let answer = ask(server, &request).await?;
            client.write_all(&answer[..answer.len() / 2]).await?;
        }
        Fate::Reset => {
            ask(server, &request).await?;
            client.set_zero_linger()?;
        }
        Fate::Refused(status) => client.write_all(&refusal(status)).await?,
        Fate::MadeAndRefused(status) => {
            ask(server, &request).await?;
            client.write_all(&refusal(status)).await?;
        }
    }
    client.flush().await
}

fn has_key(request: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&request[..request.len().min(4096)]).to_ascii_lowercase();
    head.contains("\r\nidempotency-key:")
}

fn refusal(status: u16) -> Vec<u8> {
    let body = "<html>a gateway's own page</html>";
    format!(
        "HTTP/1.1 {status} Gateway\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks the server and gives its whole answer.
async fn ask(server: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut upstream = TcpStream::connect(server).await?;
    let line = request.windows(2).position(|pair| pair == b"\r\n").unwrap_or(0) + 2;
    upstream.write_all(&request[..line]).await?;
    upstream.write_all(b"connection: close\r\n").await?;
    upstream.write_all(&request[line..]).await?;
    let mut answer = Vec::new();
    upstream.read_to_end(&mut answer).await?;
    Ok(answer)
}

/// A whole request; none when the client went.
async fn read_request(client: &mut TcpStream) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut part = [0; 16 * 1024];
    loop {
        let length = client.read(&mut part).await?;
        if length == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&part[..length]);
        let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
        let body = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length:"))
            .and_then(|value| value.trim().parse::<usize>().ok())
            .unwrap_or(0);
        if bytes.len() >= head + 4 + body {
            return Ok(Some(bytes));
        }
    }
}
