//! Reads server-sent events (WHATWG HTML, "Server-sent events"): bounded, and with the ids that come without an event, from which one
//! goes on after a break. What does not live here: connecting (`events.rs`), what an event means.

use crate::error::ClientError;

/// What an empty line ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// An event with its data, and the last id that was told.
    Message { id: Option<String>, data: String },
    /// No event, only where one stands.
    Standing { id: String },
}

/// Puts the pieces of a stream together.
#[derive(Debug)]
pub(super) struct Parser {
    limit: usize,
    /// Bytes since the last empty line.
    size: usize,
    line: Vec<u8>,
    after_return: bool,
    at_start: bool,
    data: Option<String>,
    /// The id told since the last empty line.
    told: Option<String>,
    last: Option<String>,
}

impl Parser {
    /// A parser that takes events of at most so many bytes.
    pub(super) const fn new(limit: usize) -> Self {
        Self {
            limit,
            size: 0,
            line: Vec::new(),
            after_return: false,
            at_start: true,
            data: None,
            told: None,
            last: None,
        }
    }

    /// Takes the next piece; gives what it completes.
    pub(super) fn feed(&mut self, part: &[u8]) -> Result<Vec<Frame>, ClientError> {
        let mut frames = Vec::new();
        for &byte in part {
            // A line ends with CR, LF, or both.
            let second_half = byte == b'\n' && std::mem::take(&mut self.after_return);
            if second_half {
                continue;
            }
            self.after_return = byte == b'\r';
            self.size += 1;
            if self.size > self.limit {
                return Err(ClientError::TooLarge { limit: self.limit });
            }
            if matches!(byte, b'\r' | b'\n') {
                let line = std::mem::take(&mut self.line);
                frames.extend(self.end_of_line(&line)?);
            } else {
                self.line.push(byte);
            }
        }
        Ok(frames)
    }

    fn end_of_line(&mut self, line: &[u8]) -> Result<Option<Frame>, ClientError> {
        let line =
            if std::mem::take(&mut self.at_start) { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        if line.is_empty() {
            return Ok(self.end_of_event());
        }
        let line = std::str::from_utf8(line).map_err(|_| ClientError::Garbage { what: "event stream" })?;
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                let data = self.data.get_or_insert_default();
                data.push_str(value);
                data.push('\n');
            }
            "id" if !value.contains('\0') => self.told = Some(value.to_owned()),
            // Comments have no name; the kind stands in the data, and the pace is our own.
            _ => {}
        }
        Ok(None)
    }

    fn end_of_event(&mut self) -> Option<Frame> {
        self.size = 0;
        let told = self.told.take();
        if let Some(id) = &told {
            self.last = Some(id.clone()).filter(|id| !id.is_empty());
        }
        match (self.data.take(), told) {
            (Some(mut data), _) => {
                data.pop();
                Some(Frame::Message { id: self.last.clone(), data })
            }
            (None, Some(id)) if !id.is_empty() => Some(Frame::Standing { id }),
            (None, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: Option<&str>, data: &str) -> Frame {
        Frame::Message { id: id.map(str::to_owned), data: data.to_owned() }
    }

    const STREAM: &str = "\u{feff}: hello\r\n\r\nid: 1\ndata: æ\ndata:  two\n\nid:2\n: standing\n\ndata: three\r\revent: x\n\nid\ndata\n\n";

    #[test]
    fn events_are_read_however_the_line_cuts_them() {
        let expected = [
            message(Some("1"), "æ\n two"),
            Frame::Standing { id: "2".into() },
            message(Some("2"), "three"),
            message(None, ""),
        ];
        for size in 1..STREAM.len() {
            let mut parser = Parser::new(100);
            let frames: Vec<Frame> = STREAM.as_bytes().chunks(size).flat_map(|p| parser.feed(p).unwrap()).collect();
            assert_eq!(frames, expected, "in pieces of {size}");
        }
    }

    #[test]
    fn an_event_without_end_is_not_taken_but_many_small_ones_are() {
        let mut parser = Parser::new(100);
        for _ in 0..1000 {
            assert!(parser.feed(b": still here\n\n").unwrap().is_empty());
        }
        let endless = (0..1000).find_map(|_| parser.feed(b"data: more\n").err());
        assert_eq!(endless, Some(ClientError::TooLarge { limit: 100 }));
    }

    #[test]
    fn bytes_that_are_no_text_are_rubbish() {
        assert_eq!(Parser::new(100).feed(b"data: \xff\n"), Err(ClientError::Garbage { what: "event stream" }));
    }
}
