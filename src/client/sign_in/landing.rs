//! Where the browser comes back to: a listener on this machine that lives as long as one sign-in (RFC 8252, section 7.3). What does not live
//! here: what is done with what it brings.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::SignInError;
use crate::endpoint::Secret;

/// The only path that means anything.
const PATH: &str = "/callback";
/// No browser needs more for one question.
const HEAD_BYTES: usize = 16 << 10;
/// A browser that opened a connection and says nothing does not keep it for ever.
const SILENCE: Duration = Duration::from_secs(10);
const PAGE: &str = include_str!("landing.html");

/// The listener, before anybody comes.
pub(super) struct Landing {
    listener: TcpListener,
    address: SocketAddr,
}

/// What has to come back for it to be the answer to what was asked.
pub(super) struct Expected {
    /// The word that was sent along.
    pub(super) state: Secret,
    /// Who was asked (RFC 9207).
    pub(super) issuer: String,
    /// Whether the provider always says who it is.
    pub(super) names_itself: NamesItself,
}

/// Whether a provider says who it is in what it sends back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamesItself {
    /// It promised to.
    Always,
    /// It may.
    Perhaps,
}

impl Landing {
    /// Takes a free port of this machine.
    pub(super) async fn open() -> Result<Self, SignInError> {
        let machine = |error: io::Error| SignInError::Machine(format!("no port could be opened: {error}"));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(machine)?;
        let address = listener.local_addr().map_err(machine)?;
        Ok(Self { listener, address })
    }

    /// Where the browser is to be sent back to.
    pub(super) fn redirect(&self) -> String {
        format!("http://{}{PATH}", self.address)
    }

    /// Waits until the browser brings the code, or the provider's no. Whatever else comes is answered and forgotten.
    pub(super) async fn wait(self, expected: Expected) -> Result<Secret, SignInError> {
        let expected = Arc::new(expected);
        let (tell, mut told) = mpsc::channel(1);
        // Ends with this future, and every connection with it.
        let mut visits = JoinSet::new();
        loop {
            tokio::select! {
                come = self.listener.accept() => {
                    let (stream, _) = come.map_err(|error| SignInError::Machine(format!("the port was lost: {error}")))?;
                    let (expected, tell, host) = (Arc::clone(&expected), tell.clone(), self.address.to_string());
                    visits.spawn(async move {
                        let visit = tokio::time::timeout(SILENCE, visit(stream, &expected, &host));
                        if let Ok(Ok(Some(brought))) = visit.await {
                            let _ = tell.send(brought).await;
                        }
                    });
                }
                Some(brought) = told.recv() => return brought,
                Some(_) = visits.join_next() => {}
            }
        }
    }
}

/// What came with one visit; none: nothing that was waited for.
type Brought = Option<Result<Secret, SignInError>>;

async fn visit(mut stream: TcpStream, expected: &Expected, host: &str) -> io::Result<Brought> {
    let Some(head) = head(&mut stream).await? else { return Ok(None) };
    let (brought, answer) = meaning(&head, expected, host);
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(brought)
}

/// The question's head; none where it is too long or ends early.
async fn head(stream: &mut TcpStream) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut part = [0_u8; 2048];
    while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = stream.read(&mut part).await?;
        if read == 0 || bytes.len() + read > HEAD_BYTES {
            return Ok(None);
        }
        bytes.extend_from_slice(&part[..read]);
    }
    Ok(String::from_utf8(bytes).ok())
}

/// What a question brings, and what the browser shows for it.
fn meaning(head: &str, expected: &Expected, host: &str) -> (Brought, String) {
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap_or_default().split(' ');
    let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let named = lines.filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("host"));
    // A page elsewhere that was pointed at this machine names another host.
    let Some(url) = named
        .filter(|(_, value)| value.trim() == host)
        .and_then(|_| Url::parse(&format!("http://{host}")).ok()?.join(target).ok())
    else {
        return (None, page(400, &LOST));
    };
    if method != "GET" || url.path() != PATH {
        return (None, page(404, &LOST));
    }
    let of = |name: &str| url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned());
    if of("state").is_none_or(|state| state != expected.state.expose()) {
        tracing::warn!("a browser came back with another state");
        return (None, page(400, &LOST));
    }
    let names_right = match of("iss") {
        Some(issuer) => issuer == expected.issuer,
        None => expected.names_itself == NamesItself::Perhaps,
    };
    if !names_right {
        let wrong = SignInError::Provider("another provider answered than the one that was asked");
        return (Some(Err(wrong)), page(400, &REFUSED));
    }
    if let Some(error) = of("error") {
        // What the provider writes beside it may name somebody.
        let known = ["access_denied", "login_required", "interaction_required", "consent_required"];
        let brought = match known.contains(&error.as_str()) {
            true => SignInError::Refused,
            false => SignInError::Provider("it says that the question is wrong: see its own log"),
        };
        return (Some(Err(brought)), page(200, &REFUSED));
    }
    match of("code").filter(|code| !code.is_empty()) {
        Some(code) => (Some(Ok(Secret::new(code))), page(200, &BACK)),
        None => (Some(Err(SignInError::Provider("it sent neither a code nor a reason"))), page(400, &REFUSED)),
    }
}

/// What a page says, in Danish and in English: the browser's own language is not the window's to know.
struct Words {
    da: (&'static str, &'static str),
    en: (&'static str, &'static str),
}

const BACK: Words = Words {
    da: ("Du kan lukke dette vindue", "Gå tilbage til Skranke. Den logger dig på nu."),
    en: ("You can close this window", "Go back to Skranke. It is signing you in."),
};
const REFUSED: Words = Words {
    da: (
        "Du blev ikke logget på",
        "Luk dette vindue, og gå tilbage til Skranke. Der står hvorfor, og du kan prøve igen.",
    ),
    en: ("You were not signed in", "Close this window and go back to Skranke. It says why, and you can try again."),
};
const LOST: Words = Words {
    da: ("Her er ikke noget", "Luk dette vindue, og begynd at logge på i Skranke."),
    en: ("There is nothing here", "Close this window and start signing in from Skranke."),
};

fn page(status: u16, words: &Words) -> String {
    let body = PAGE
        .replace("{da-heading}", words.da.0)
        .replace("{da-text}", words.da.1)
        .replace("{en-heading}", words.en.0)
        .replace("{en-text}", words.en.1);
    let reason = match status {
        200 => "OK",
        404 => "Not Found",
        _ => "Bad Request",
    };
    // Neither kept nor told on: the address bar holds a code that is spent, and nobody needs it.
    format!(
        "HTTP/1.1 {status} {reason}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\ncache-control: no-store\r\n\
         referrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'; style-src 'unsafe-inline'\r\n\
         x-content-type-options: nosniff\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "127.0.0.1:4711";

    fn expected(names_itself: NamesItself) -> Expected {
        Expected { state: Secret::new("s1"), issuer: "https://login.example.dk".to_owned(), names_itself }
    }

    fn come(target: &str) -> (Brought, String) {
        let head = format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\nAccept: text/html\r\n\r\n");
        meaning(&head, &expected(NamesItself::Perhaps), HOST)
    }

    #[test]
    fn the_code_is_taken_with_the_right_state_alone() {
        let (brought, page) = come("/callback?code=c1&state=s1&iss=https%3A%2F%2Flogin.example.dk");
        assert_eq!(brought, Some(Ok(Secret::new("c1"))));
        assert!(page.contains("Du kan lukke dette vindue") && page.contains("You can close this window"));
        assert!(!page.contains("c1"), "what came is not shown");
        for other in [
            "/callback?code=c1&state=s2",
            "/callback?code=c1",
            "/callback",
            "/favicon.ico",
            "/",
            "/callback/x?state=s1",
        ] {
            assert_eq!(come(other).0, None, "{other}");
        }
        let post = format!("POST /callback?code=c1&state=s1 HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
        assert_eq!(meaning(&post, &expected(NamesItself::Perhaps), HOST).0, None);
    }

    #[test]
    fn a_page_elsewhere_that_points_here_is_not_listened_to() {
        for host in ["login.example.dk", "127.0.0.1:1", ""] {
            let head = format!("GET /callback?code=c1&state=s1 HTTP/1.1\r\nhost: {host}\r\n\r\n");
            assert_eq!(meaning(&head, &expected(NamesItself::Perhaps), HOST).0, None, "{host}");
        }
    }

    #[test]
    fn another_providers_answer_and_a_no_are_told_apart() {
        let (other, _) = come("/callback?code=c1&state=s1&iss=https%3A%2F%2Fevil.example");
        assert!(matches!(other, Some(Err(SignInError::Provider(_)))));
        let head = format!("GET /callback?code=c1&state=s1 HTTP/1.1\r\nhost: {HOST}\r\n\r\n");
        let (silent, _) = meaning(&head, &expected(NamesItself::Always), HOST);
        assert!(matches!(silent, Some(Err(SignInError::Provider(_)))), "it promised to name itself");
        assert_eq!(come("/callback?error=access_denied&state=s1").0, Some(Err(SignInError::Refused)));
        assert!(matches!(come("/callback?error=invalid_scope&state=s1").0, Some(Err(SignInError::Provider(_)))));
        assert_eq!(come("/callback?error=access_denied&state=s2").0, None, "not even a no is taken from a stranger");
    }
}
