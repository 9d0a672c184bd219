//! The bytes of documents: pieces that come, and the whole as it is read. What does not live here: what a document is evidence for
//! (`documents`), where the bytes lie (`store::blobs`).

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::documents::{DocumentUse, DocumentView};
use skranke_api::headers::UPLOAD_OFFSET;
use skranke_api::{Problem, ProblemKind};
use skranke_domain::DocumentId;
use skranke_domain::document::{DocumentState, FileKind, HEAD_BYTES, PIECE_BYTES};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::acting::Act;
use super::documents::{check_work, visible};
use super::landing::served;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Path, Why, body, header as text_of};
use crate::problem::{Answer, Refusal, tagged};
use crate::store::blobs::{READ_BYTES, Sum};
use crate::store::documents::{self, Stored};
use crate::store::{Tx, cases, items};

/// What a disk says, without the names of files.
pub(super) fn broken(error: &std::io::Error) -> Refusal {
    tracing::error!(kind = ?error.kind(), "the documents' folder failed");
    let full = matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded);
    Refusal::new(if full { ProblemKind::Unavailable } else { ProblemKind::Internal })
}

/// Sends a piece of a document: the bytes from `upload-offset` on. It carries no command id: the offset says where the bytes belong, so a
/// piece that is sent twice is written once. An offset at which the server does not stand is refused with the document as it is
/// (`current`), and the client goes on from its `received`. The last piece makes it whole if the sum is what was announced; otherwise all
/// its bytes are dropped and it begins again at 0. What is none of the kinds that are taken is dropped with its description.
#[utoipa::path(patch, path = "/v1/documents/{document}/content", operation_id = "sendPiece", tag = "documents",
    params(("document" = DocumentId, Path, description = "The document")),
    request_body(content_type = "application/octet-stream", description = "At most 4 MiB"),
    responses((status = 200, body = DocumentView)))]
pub async fn piece(
    State(app): State<App>,
    person: Person,
    Path(id): Path<DocumentId>,
    headers: HeaderMap,
    request: Request,
) -> Answer<Response> {
    if text_of(&headers, &header::CONTENT_TYPE) != Some("application/octet-stream") {
        return Err(Refusal::new(ProblemKind::UnsupportedMedia).detail("a piece is application/octet-stream"));
    }
    let offset: u64 = offset(&headers)?;
    let piece = body(request, usize::try_from(PIECE_BYTES).unwrap_or(usize::MAX)).await?;
    let _turn = app.turns.of(id).await;
    let (stored, view) = {
        let mut conn = app.store.read().await?;
        let (stored, view) = visible(&mut conn, &person, id).await?;
        let home = cases::one(&mut conn, &app.procedures, stored.home).await?.ok_or(ProblemKind::NotFound)?;
        check_work(&app, &person, &home)?;
        (stored, view)
    };
    if stored.view.state == DocumentState::Complete {
        return Err(Refusal::not_now(&view, "all its bytes are here already"));
    }
    // After a crash the file may hold less than was counted.
    let here = stored.view.received.min(app.blobs.length(id).await.map_err(|e| broken(&e))?);
    if offset != here {
        let view = DocumentView { received: here, ..view };
        return Err(Refusal::not_now(&view, format!("the next byte that is missing is {here}")));
    }
    let end = offset.saturating_add(piece.len() as u64);
    if end > stored.view.bytes {
        return Err(Refusal::field("/content", "range", format!("{} bytes were announced", stored.view.bytes)));
    }
    let course = Course { app: &app, person: &person, stored };
    course.take(&piece, (offset, end)).await
}

fn offset(headers: &HeaderMap) -> Answer<u64> {
    let wrong = |code, detail: &str| {
        Problem::new(ProblemKind::Malformed).field(format!("header:{UPLOAD_OFFSET}"), code, detail).into()
    };
    let mut values = headers.get_all(UPLOAD_OFFSET).iter();
    match (values.next().map(HeaderValue::to_str), values.next()) {
        (None, _) => Err(wrong("missing", "a piece says where it begins")),
        (Some(Ok(text)), None) => text.parse().map_err(|_| wrong("type", "a whole number was expected")),
        _ => Err(wrong("type", "a whole number was expected")),
    }
}

/// A document whose bytes are coming, in its turn.
struct Course<'a> {
    app: &'a App,
    person: &'a Person,
    stored: Stored,
}

impl Course<'_> {
    async fn take(mut self, piece: &Bytes, (offset, end): (u64, u64)) -> Answer<Response> {
        let (blobs, id) = (&self.app.blobs, self.stored.view.id);
        blobs.write(id, offset, piece).await.map_err(|e| broken(&e))?;
        if self.stored.view.kind.is_none() && end >= self.stored.view.bytes.min(HEAD_BYTES as u64) {
            let head = blobs.head(id).await.map_err(|e| broken(&e))?;
            match FileKind::of(&head) {
                Some(kind) => self.stored.view.kind = Some(kind),
                None => return self.refuse().await,
            }
        }
        if end < self.stored.view.bytes {
            return self.note(end).await;
        }
        match blobs.finish(id, &self.stored.view.sha256).await.map_err(|e| broken(&e))? {
            Sum::Fits => self.finish().await,
            Sum::Differs => self.again().await,
        }
    }

    /// The row as it stands inside a write; somebody may have moved the document meanwhile.
    async fn fresh(&self, tx: &mut Tx) -> Answer<Stored> {
        let mut now = documents::one(tx, self.stored.view.id).await?.ok_or(ProblemKind::NotFound)?;
        now.view.kind = self.stored.view.kind;
        now.touch();
        Ok(now)
    }

    fn shown(&self, stored: &Stored) -> Answer<DocumentView> {
        Ok(stored.shown(self.person.withheld()).ok_or(ProblemKind::NotFound)?)
    }

    /// Some bytes came.
    async fn note(self, received: u64) -> Answer<Response> {
        let mut tx = self.app.store.begin().await?;
        let mut now = self.fresh(&mut tx).await?;
        now.view.received = received;
        documents::save(&mut tx, &now).await?;
        tx.commit().await?;
        let view = self.shown(&now)?;
        tagged(&view, &view.etag)
    }

    /// All bytes are here: it lands on what it is for.
    async fn finish(self) -> Answer<Response> {
        let mut tx = self.app.store.begin().await?;
        let mut now = self.fresh(&mut tx).await?;
        now.view.received = now.view.bytes;
        now.view.state = DocumentState::Complete;
        documents::save(&mut tx, &now).await?;
        // The announcement's command: whoever announced it knows its own echo.
        let act = Act { app: self.app, person: self.person, key: now.command, now: self.app.clock.now() };
        // It was announced for these cases; who finishes it need not see all of them.
        let mut landing = Vec::new();
        for one in &now.view.uses {
            let Some(case) = super::landing::hers(&mut tx, &act, now.view.citizen, one.case).await? else { continue };
            let list = items::of_case(&mut tx, case.no).await?;
            // An item that a newer checklist lacks: the paper belongs to the case as a whole.
            let item = one.item.clone().filter(|id| list.iter().any(|there| there.id == *id));
            let used = DocumentUse { case: one.case, item };
            if !landing.contains(&used) {
                landing.push(used);
            }
        }
        let cases = served(&mut tx, (&act, now.view.citizen), &landing, "/uses").await?;
        act.land(&mut tx, &cases, HistoryKind::DocumentCame, Some((now.view.id, &now.view.etag))).await?;
        let entry = Entry::new(self.person, AuditAction::BringDocument).citizen(now.view.citizen).case(now.home);
        self.app.chain.append(&mut tx, &[entry.command(now.command).note("complete")]).await?;
        tx.commit().await?;
        self.app.bell.ring();
        let view = self.shown(&now)?;
        tagged(&view, &view.etag)
    }

    /// Something broke on the way: it begins again.
    async fn again(mut self) -> Answer<Response> {
        self.stored.view.kind = None;
        let mut tx = self.app.store.begin().await?;
        let mut now = self.fresh(&mut tx).await?;
        now.view.received = 0;
        documents::save(&mut tx, &now).await?;
        tx.commit().await?;
        Err(Refusal::not_now(
            &self.shown(&now)?,
            "the bytes are not those that were announced: send them again from the first",
        ))
    }

    /// It is nothing that is taken here, whatever its name says.
    async fn refuse(self) -> Answer<Response> {
        let mut tx = self.app.store.begin().await?;
        documents::drop_unfinished(&mut tx, self.stored.no).await?;
        let act = Act { app: self.app, person: self.person, key: self.stored.command, now: self.app.clock.now() };
        if let Some(home) = cases::one(&mut tx, &self.app.procedures, self.stored.home).await? {
            act.tell_of_document(&mut tx, &home, self.stored.view.id, &self.stored.view.etag).await?;
        }
        tx.commit().await?;
        self.app.bell.ring();
        self.app.blobs.forget(self.stored.view.id).await.map_err(|e| broken(&e))?;
        Err(not_taken("/content"))
    }
}

/// The refusal of what is none of the kinds that are taken.
pub(super) fn not_taken(pointer: &str) -> Refusal {
    Refusal::field(pointer, "kind", "by its content this is no PDF, JPEG, PNG, WebP or TIFF, whatever its name says")
}

/// Reads the bytes of a document. A single range is answered with that part.
#[utoipa::path(get, path = "/v1/documents/{document}/content", operation_id = "readDocument", tag = "documents",
    params(("document" = DocumentId, Path, description = "The document")),
    responses((status = 200, description = "The bytes, as an attachment", content_type = "application/octet-stream")))]
pub async fn read(
    State(app): State<App>,
    person: Person,
    Path(id): Path<DocumentId>,
    Why(purpose): Why,
    headers: HeaderMap,
) -> Answer<Response> {
    let (stored, view) = {
        let mut conn = app.store.read().await?;
        visible(&mut conn, &person, id).await?
    };
    let (DocumentState::Complete, Some(kind)) = (view.state, view.kind) else {
        return Err(Refusal::not_now(&view, "some of its bytes are missing"));
    };
    let entry = Entry::new(&person, AuditAction::ReadDocument).citizen(view.citizen).case(stored.home);
    app.auditor.record(entry.purpose(purpose).note("content")).await?;
    let part = range(&headers, view.bytes);
    let (from, length) = part.unwrap_or((0, view.bytes));
    let file = app.blobs.read(id, from).await.map_err(|e| broken(&e))?;
    let mut response = Response::new(stream(file, length));
    let set = response.headers_mut();
    let mut put = |name, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            set.insert(name, value);
        }
    };
    put(header::CONTENT_TYPE, kind.media_type().to_owned());
    put(header::CONTENT_LENGTH, length.to_string());
    // The document's own name stands in its description: a header travels further than it should.
    put(header::CONTENT_DISPOSITION, format!("attachment; filename=\"document.{}\"", kind.ending()));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned());
    put(header::CACHE_CONTROL, "no-store".to_owned());
    put(header::ACCEPT_RANGES, "bytes".to_owned());
    if part.is_some() {
        put(header::CONTENT_RANGE, format!("bytes {from}-{}/{}", from + length - 1, view.bytes));
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// The one range that is asked for, as offset and length; anything else is answered with the whole (RFC 9110, 14.2, allows that).
fn range(headers: &HeaderMap, bytes: u64) -> Option<(u64, u64)> {
    let (first, last) = text_of(headers, &header::RANGE)?.strip_prefix("bytes=")?.split_once('-')?;
    let (from, end) = match (first.trim(), last.trim()) {
        ("", count) => (bytes.checked_sub(count.parse().ok()?)?, bytes),
        (from, "") => (from.parse().ok()?, bytes),
        (from, last) => (from.parse().ok()?, last.parse::<u64>().ok()?.checked_add(1)?.min(bytes)),
    };
    (from < end).then(|| (from, end - from))
}

/// So many bytes of a file, a little at a time.
fn stream(file: Box<dyn AsyncRead + Send + Unpin>, length: u64) -> Body {
    let parts = futures::stream::try_unfold((file, length), |(mut file, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let mut buffer = vec![0_u8; usize::try_from(left).unwrap_or(READ_BYTES).min(READ_BYTES)];
        let read = file.read(&mut buffer).await?;
        if read == 0 {
            return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof));
        }
        buffer.truncate(read);
        Ok(Some((Bytes::from(buffer), (file, left - read as u64))))
    });
    Body::from_stream(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_asked_for_by_its_first_and_last_byte() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(text));
            range(&headers, 100)
        };
        assert_eq!(of("bytes=0-9"), Some((0, 10)));
        assert_eq!(of("bytes=90-"), Some((90, 10)));
        assert_eq!(of("bytes=-5"), Some((95, 5)));
        assert_eq!(of("bytes=90-200"), Some((90, 10)));
        for whole in ["bytes=100-", "bytes=9-3", "bytes=-0", "bytes=-101", "bytes=0-1,5-6", "lines=0-1", "bytes=x-"] {
            assert_eq!(of(whole), None, "{whole}");
        }
    }
}
