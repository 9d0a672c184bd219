//! From where something was done: the counter or site of a person and the other end of her line. What lives here: carrying the line's end
//! along with a request, and putting both into words. What does not: what is logged.

use std::net::{IpAddr, SocketAddr};

use crate::auth::Person;

/// What was read from a machine's own store, without a line.
pub const OFFLINE: &str = "offline";

tokio::task_local! {
    /// The other end of the line of the request that is being answered. A request is one task from the guard to its answer.
    static LINE: Option<IpAddr>;
}

/// Answers a request whose line ends at an address.
pub async fn within<F: Future>(peer: Option<SocketAddr>, answer: F) -> F::Output {
    LINE.scope(peer.map(|peer| peer.ip().to_canonical()), answer).await
}

/// Where a person works and where her line ends: `kff-indre-by-3, loopback`.
#[must_use]
pub fn of(person: &Person) -> String {
    let seat = match &person.me.counter {
        Some(counter) => counter.to_string(),
        None => person.me.site.to_string(),
    };
    match LINE.try_with(|line| *line).ok().flatten() {
        Some(address) if address.is_loopback() => format!("{seat}, loopback"),
        Some(address) => format!("{seat}, {address}"),
        None => seat,
    }
}
