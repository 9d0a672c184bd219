//! Paper: text set in lines on pages of A4, written as PDF. What lives here: measuring, breaking lines, turning pages, and the one font. What
//! does not: what a decision's letter or a summary says (`letter`, `summary`), where the bytes go.

use std::sync::LazyLock;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::text::{Font, TextDirection};

pub(crate) mod access;
pub(crate) mod letter;
#[cfg(test)]
pub(crate) mod reading;
pub(crate) mod summary;
#[cfg(test)]
mod tests;

/// A4, in points.
const WIDTH: f32 = 595.276;
const HEIGHT: f32 = 841.89;
/// Margins: the address stands in the window of a C4 or C5 envelope.
const LEFT: f32 = 62.0;
const RIGHT: f32 = 62.0;
const TOP: f32 = 62.0;
const BOTTOM: f32 = 62.0;
/// The distance of two lines, as a part of the size.
const LEADING: f32 = 1.42;
/// The character for what the font cannot draw: it must be seen that something stood there.
const UNKNOWN: char = '?';

/// What went wrong on the way to paper.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PdfError {
    /// The font that comes with the program cannot be read.
    #[error("the font cannot be read")]
    Font,
    /// The size of the paper makes no sense.
    #[error("the page cannot be made")]
    Page,
    /// The document cannot be written.
    #[error("the document cannot be written: {0}")]
    Write(String),
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    face: Face,
    size: f32,
    grey: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Regular,
    SemiBold,
}

impl Style {
    /// What is read.
    pub(crate) const TEXT: Self = Self { face: Face::Regular, size: 10.5, grey: 20 };
    /// What the letter is.
    pub(crate) const HEADING: Self = Self { face: Face::SemiBold, size: 15.0, grey: 0 };
    /// What a paragraph is about.
    pub(crate) const SUBHEADING: Self = Self { face: Face::SemiBold, size: 10.5, grey: 0 };
    /// What stands beside: dates, numbers.
    pub(crate) const FINE: Self = Self { face: Face::Regular, size: 9.0, grey: 80 };
    /// A line of a list on a page that must suffice.
    pub(crate) const DENSE: Self = Self { face: Face::Regular, size: 9.5, grey: 20 };

    fn line(self) -> f32 {
        self.size * LEADING
    }
}

/// A face of the font: to measure with, and to write with.
struct Cut {
    measure: ttf_parser::Face<'static>,
    write: Font,
}

static REGULAR: LazyLock<Option<Cut>> =
    LazyLock::new(|| cut(include_bytes!("../../../assets/fonts/IBMPlexSans-Regular.ttf")));
static SEMI_BOLD: LazyLock<Option<Cut>> =
    LazyLock::new(|| cut(include_bytes!("../../../assets/fonts/IBMPlexSans-SemiBold.ttf")));

fn cut(bytes: &'static [u8]) -> Option<Cut> {
    Some(Cut { measure: ttf_parser::Face::parse(bytes, 0).ok()?, write: Font::new(bytes.into(), 0)? })
}

fn face(face: Face) -> Result<&'static Cut, PdfError> {
    let cut = match face {
        Face::Regular => &*REGULAR,
        Face::SemiBold => &*SEMI_BOLD,
    };
    cut.as_ref().ok_or(PdfError::Font)
}

impl Cut {
    fn has(&self, c: char) -> bool {
        self.measure.glyph_index(c).is_some()
    }

    /// How wide a text is, in points. Kerning is left out: it makes lines narrower, never wider than what is measured by more than a hair.
    fn width(&self, text: &str, size: f32) -> f32 {
        let advance = |c: char| {
            let glyph = self.measure.glyph_index(c).unwrap_or_default();
            f32::from(self.measure.glyph_hor_advance(glyph).unwrap_or_default())
        };
        text.chars().map(advance).sum::<f32>() * size / f32::from(self.measure.units_per_em())
    }

    /// The lines that a text fills at a width. What was typed as a line of its own stays one; a word that is wider than the paper is cut.
    fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        text.lines().flat_map(|typed| self.wrap(typed, size, width)).collect()
    }

    fn wrap(&self, typed: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in typed.split_whitespace() {
            let clean: String =
                word.chars().filter(|c| !c.is_control()).map(|c| if self.has(c) { c } else { UNKNOWN }).collect();
            for piece in self.cut_to(&clean, size, width) {
                let joined = if line.is_empty() { piece.clone() } else { format!("{line} {piece}") };
                if line.is_empty() || self.width(&joined, size) <= width {
                    line = joined;
                } else {
                    lines.push(std::mem::replace(&mut line, piece));
                }
            }
        }
        lines.push(line);
        lines
    }

    fn cut_to(&self, word: &str, size: f32, width: f32) -> Vec<String> {
        if self.width(word, size) <= width {
            return vec![word.to_owned()];
        }
        let mut pieces = vec![String::new()];
        for c in word.chars() {
            let last = pieces.last().map_or(0.0, |piece| self.width(piece, size));
            if last > 0.0 && last + self.width(c.encode_utf8(&mut [0; 4]), size) > width {
                pieces.push(String::new());
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        pieces
    }
}

/// A line in its place: from the left and from the top, to its baseline.
struct Placed {
    x: f32,
    y: f32,
    style: Style,
    text: String,
}

/// Text on its way to paper, from top to bottom.
pub(crate) struct Paper {
    pages: Vec<Vec<Placed>>,
    y: f32,
}

impl Paper {
    /// An empty first page.
    pub(crate) fn new() -> Self {
        Self { pages: vec![Vec::new()], y: TOP }
    }

    /// Text over the whole width.
    pub(crate) fn text(&mut self, text: &str, style: Style) -> Result<(), PdfError> {
        self.set(text, style, 0.0)
    }

    /// Text that begins further to the right.
    pub(crate) fn indented(&mut self, text: &str, style: Style, by: f32) -> Result<(), PdfError> {
        self.set(text, style, by)
    }

    /// A line with something at its left and something at its right end.
    pub(crate) fn ends(&mut self, left: &str, right: &str, style: Style) -> Result<(), PdfError> {
        let cut = face(style.face)?;
        let room = WIDTH - LEFT - RIGHT;
        let right = cut.lines(right, style.size, room / 2.0).into_iter().next().unwrap_or_default();
        let width = cut.width(&right, style.size);
        let left = cut.lines(left, style.size, room - width - style.size).into_iter().next().unwrap_or_default();
        self.turn(style.line());
        let y = self.y + style.size;
        self.put(Placed { x: LEFT, y, style, text: left });
        self.put(Placed { x: WIDTH - RIGHT - width, y, style, text: right });
        self.y += style.line();
        Ok(())
    }

    /// Leaves room.
    pub(crate) fn gap(&mut self, points: f32) {
        self.y += points;
    }

    /// How much room is left on this page, in points.
    pub(crate) fn room(&self) -> f32 {
        (HEIGHT - BOTTOM - self.y).max(0.0)
    }

    /// How many lines of a style have room on this page.
    pub(crate) fn room_for(&self, style: Style) -> usize {
        // A page has some fifty lines; the number is never near the end of its type.
        (self.room() / style.line()).floor() as usize
    }

    fn set(&mut self, text: &str, style: Style, by: f32) -> Result<(), PdfError> {
        for line in face(style.face)?.lines(text, style.size, WIDTH - LEFT - RIGHT - by) {
            self.turn(style.line());
            let y = self.y + style.size;
            self.put(Placed { x: LEFT + by, y, style, text: line });
            self.y += style.line();
        }
        Ok(())
    }

    fn put(&mut self, placed: Placed) {
        if let Some(page) = self.pages.last_mut() {
            page.push(placed);
        }
    }

    /// Begins another page.
    pub(crate) fn next_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Begins another page where a line has no room on this one.
    fn turn(&mut self, line: f32) {
        if self.y + line > HEIGHT - BOTTOM {
            self.next_page();
        }
    }

    /// Writes the document. Its title names no person.
    pub(crate) fn finish(self, title: &str, language: &str) -> Result<Vec<u8>, PdfError> {
        let mut document = Document::new();
        let metadata = Metadata::new().title(title.to_owned()).language(language.to_owned());
        document.set_metadata(metadata.creator("Skranke".to_owned()));
        let count = self.pages.len();
        for (at, placed) in self.pages.into_iter().enumerate() {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Page)?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            let foot = (count > 1).then(|| Placed {
                x: WIDTH - RIGHT - 20.0,
                y: HEIGHT - BOTTOM / 2.0,
                style: Style::FINE,
                text: format!("{}/{count}", at + 1),
            });
            for one in placed.iter().chain(&foot).filter(|one| !one.text.is_empty()) {
                let paint = luma::Color::new(one.style.grey).into();
                surface.set_fill(Some(Fill { paint, ..Fill::default() }));
                let font = face(one.style.face)?.write.clone();
                let start = Point::from_xy(one.x, one.y);
                surface.draw_text(start, font, one.style.size, &one.text, false, TextDirection::LeftToRight);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| PdfError::Write(format!("{error:?}")))
    }
}
