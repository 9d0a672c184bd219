//! What is left of a refused request's body: read and thrown away, so that whoever is still writing it gets to read the answer.
//!
//! A request can be refused by its head alone (no sign-in, a length that is too large), while the client is still sending the body. Were the
//! answer given then, the connection would be closed under a client in the middle of writing, and it would see a broken line where it should
//! see a sentence (RFC 9112 §9.6). What is read here is bounded in bytes and in time, and nothing of it is kept.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::{StreamExt, TryStreamExt};
use http::header::EXPECT;

/// How much of a refused body is read, in bytes: more than the largest piece of an upload and the largest delivery.
const MOST_BYTES: usize = 32 << 20;

/// How long is read at most.
const LONGEST: Duration = Duration::from_secs(5);

/// A body that two hold: the handler that may read it, and this module that reads what the handler left.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl Shared {
    fn body(&self) -> MutexGuard<'_, Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut *self.body()).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body().is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body().size_hint()
    }
}

/// Answers a request, and reads what a refusal left unread before the answer goes out.
pub(crate) async fn linger(request: Request, next: Next) -> Response {
    // Whoever waits for a "continue" has not begun to write.
    if request.body().is_end_stream() || request.headers().contains_key(EXPECT) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let left = Shared(Arc::new(Mutex::new(body)));
    let response = next.run(Request::from_parts(head, Body::new(left.clone()))).await;
    let refused = response.status().is_client_error() || response.status().is_server_error();
    if refused && !left.is_end_stream() {
        // What breaks off or lasts too long is closed as it is: nobody is left who would read.
        let _ = tokio::time::timeout(LONGEST, drain(left)).await;
    }
    response
}

async fn drain(left: Shared) {
    let mut pieces = Body::new(left).into_data_stream().map_ok(|piece| piece.len());
    let mut read = 0;
    while let Some(Ok(length)) = pieces.next().await {
        read += length;
        if read > MOST_BYTES {
            return;
        }
    }
}
