//! The streamed overview: a line as each department answers. *Unknown never looks like none*: a stream that ends without its last line
//! is an error. What does not live here: what a section means.

use std::collections::VecDeque;

use bytes::Bytes;
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use skranke_api::headers::NDJSON;
use skranke_api::overview::OverviewLine;
use skranke_api::{Purpose, paths};
use skranke_domain::{CitizenId, DepartmentId};

use super::offline::old_lines;
use super::transport::{broken, decode, media_type};
use super::{Call, CaseApi, Limits, Patience};
use crate::error::ClientError;
use crate::replica::{Asked, Recalled};

/// The lines of an overview. After [`OverviewLine::End`] or an error it is over.
pub type OverviewStream = BoxStream<'static, Result<OverviewLine, ClientError>>;

impl CaseApi {
    /// A citizen's cases over all departments, line by line as each department answers.
    ///
    /// # Errors
    /// [`ClientError`] when the stream does not begin; within it, when it breaks ([`ClientError::Truncated`] when it ends too soon).
    pub async fn overview_stream(&self, id: CitizenId, purpose: &Purpose) -> Result<OverviewStream, ClientError> {
        self.overview_of(id, purpose, None).await
    }

    /// The same of one department alone.
    ///
    /// # Errors
    /// As [`CaseApi::overview_stream`].
    pub async fn overview_of(
        &self,
        id: CitizenId,
        purpose: &Purpose,
        department: Option<&DepartmentId>,
    ) -> Result<OverviewStream, ClientError> {
        let call = Call::get(paths::overview(id))
            .query("department", department.map(ToString::to_string))
            .because(Some(purpose))
            .accept(NDJSON, Patience::Beginning);
        // Of one department alone a part of the whole is given, where that is kept.
        let whole = Call::get(paths::overview(id)).because(Some(purpose));
        let kept = |recalled: &Recalled| {
            let lines = old_lines(recalled, department).ok_or(ClientError::Garbage { what: "kept overview" })?;
            Ok(stream::iter(lines.into_iter().map(Ok)).boxed())
        };
        if let Some(recalled) = self.recall_at_once(&whole).await? {
            return kept(&recalled);
        }
        let response = match self.answer(&call).await {
            Ok(response) => response,
            Err(error) => return kept(&self.recall_after(&whole, error).await?),
        };
        if media_type(&response) != NDJSON {
            return Err(ClientError::Garbage { what: "overview" });
        }
        let bytes = response.bytes_stream().map(|part| part.map_err(|error| broken(&error)));
        let keeping = call.asked().map(|asked| Keeping { api: self.clone(), asked, lines: Vec::new() });
        Ok(lines(bytes.boxed(), self.limits().clone(), keeping))
    }
}

struct Lines {
    bytes: BoxStream<'static, Result<Bytes, ClientError>>,
    limits: Limits,
    partial: Vec<u8>,
    ready: VecDeque<Vec<u8>>,
    over: bool,
    keeping: Option<Keeping>,
}

/// The lines as they came, to be kept once all of them have.
struct Keeping {
    api: CaseApi,
    asked: Asked,
    lines: Vec<u8>,
}

fn lines(
    bytes: BoxStream<'static, Result<Bytes, ClientError>>,
    limits: Limits,
    keeping: Option<Keeping>,
) -> OverviewStream {
    let state = Lines { bytes, limits, partial: Vec::new(), ready: VecDeque::new(), over: false, keeping };
    stream::unfold(state, |mut state| async move {
        if state.over {
            return None;
        }
        let line = state.next().await;
        state.over = matches!(line, Err(_) | Ok(OverviewLine::End));
        if let (Ok(OverviewLine::End), Some(keeping)) = (&line, state.keeping.take_if(|_| state.over)) {
            keeping.api.keep_answer(keeping.asked, None, keeping.lines);
        }
        Some((line, state))
    })
    .boxed()
}

impl Lines {
    async fn next(&mut self) -> Result<OverviewLine, ClientError> {
        loop {
            while let Some(line) = self.ready.pop_front() {
                if !line.iter().all(u8::is_ascii_whitespace) {
                    let said = decode(&line, "line of an overview");
                    if let Some(keeping) = &mut self.keeping {
                        keeping.lines.extend_from_slice(&line);
                    }
                    return said;
                }
            }
            match tokio::time::timeout(self.limits.request, self.bytes.next()).await {
                Err(_) => return Err(ClientError::TimedOut),
                Ok(None) => return Err(ClientError::Truncated),
                Ok(Some(part)) => self.take(&part?)?,
            }
        }
    }

    fn take(&mut self, part: &[u8]) -> Result<(), ClientError> {
        for piece in part.split_inclusive(|byte| *byte == b'\n') {
            if self.partial.len() + piece.len() > self.limits.line_bytes {
                return Err(ClientError::TooLarge { limit: self.limits.line_bytes });
            }
            self.partial.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.ready.push_back(std::mem::take(&mut self.partial));
            }
        }
        Ok(())
    }
}
