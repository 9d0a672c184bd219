//! Papers of the training municipality: small PDFs and pictures, all invented. What lives here: writing a minimal PDF (ISO 32000-1) and
//! PNG by hand. What does not: whose papers they are (`showcase`, `arrivals`).

use std::fmt::Write as _;

/// A line on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How large, in points.
    pub size: u8,
    /// How heavy.
    pub weight: Weight,
    /// What it says.
    pub text: String,
}

/// How heavy a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As running text.
    Plain,
    /// As a heading.
    Bold,
}

impl Line {
    /// A heading.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self { size: 16, weight: Weight::Bold, text: text.into() }
    }

    /// Running text.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { size: 10, weight: Weight::Plain, text: text.into() }
    }

    /// What counts on the page.
    #[must_use]
    pub fn bold(text: impl Into<String>) -> Self {
        Self { size: 10, weight: Weight::Bold, text: text.into() }
    }
}

/// A PDF of such pages (A4), with Helvetica alone: every reader has it.
#[must_use]
pub fn pdf(pages: &[Vec<Line>]) -> Vec<u8> {
    // 1 catalogue, 2 pages, 3 and 4 fonts; then a page and its content each.
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>").into_bytes()
    };
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), kids.len()).into_bytes(),
        font("Helvetica"),
        font("Helvetica-Bold"),
    ];
    for (at, lines) in pages.iter().enumerate() {
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {} 0 R >>",
            6 + 2 * at
        );
        objects.push(page.into_bytes());
        let content = content(lines);
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    assemble(&objects)
}

fn content(lines: &[Line]) -> Vec<u8> {
    let mut out = b"BT\n72 770 Td\n".to_vec();
    for line in lines {
        let font = if line.weight == Weight::Bold { 2 } else { 1 };
        out.extend(format!("/F{font} {} Tf\n(", line.size).bytes());
        out.extend(escaped(&line.text));
        out.extend(format!(") Tj\n0 -{} Td\n", u16::from(line.size) + 8).bytes());
    }
    out.extend(b"ET");
    out
}

/// Text in WinAnsi, with what a string of PDF must escape. What the code page lacks becomes its plain letter or a question mark.
fn escaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | ')' | '\\' => out.extend([b'\\', c as u8]),
            ' '..='~' => out.push(c as u8),
            '–' => out.push(0x96),
            '—' => out.push(0x97),
            '•' => out.push(0x95),
            '’' => out.push(0x92),
            // Latin-1 letters stand at the same places in WinAnsi.
            '\u{A0}'..='\u{FF}' => out.push(u8::try_from(u32::from(c)).unwrap_or(b'?')),
            _ => out.push(b'?'),
        }
    }
    out
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::with_capacity(objects.len());
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        // Writing into a text never fails.
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(end, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    out.extend(end.bytes());
    out
}

/// A drawing in sixteen greys (0 is black, 15 is white).
pub struct Drawing {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Drawing {
    /// An empty sheet of a grey.
    #[must_use]
    pub fn new(width: usize, height: usize, grey: u8) -> Self {
        Self { width, height, pixels: vec![grey & 15; width * height] }
    }

    /// Fills a rectangle; what lies outside the sheet is left out.
    pub fn fill(&mut self, (x, y): (usize, usize), (width, height): (usize, usize), grey: u8) {
        for row in y..(y + height).min(self.height) {
            for column in x..(x + width).min(self.width) {
                self.pixels[row * self.width + column] = grey & 15;
            }
        }
    }

    /// Fills a circle.
    pub fn disc(&mut self, (x, y): (usize, usize), radius: usize, grey: u8) {
        for row in y.saturating_sub(radius)..(y + radius).min(self.height) {
            for column in x.saturating_sub(radius)..(x + radius).min(self.width) {
                if row.abs_diff(y).pow(2) + column.abs_diff(x).pow(2) <= radius * radius {
                    self.pixels[row * self.width + column] = grey & 15;
                }
            }
        }
    }

    /// Writes capital letters, digits and `<` in squares of so many pixels.
    pub fn write(&mut self, (x, y): (usize, usize), square: usize, text: &str) {
        for (at, c) in text.chars().enumerate() {
            let rows = glyph(c);
            for dot in (0..15).filter(|dot| rows >> (14 - dot) & 1 == 1) {
                let corner = (x + (at * 4 + dot % 3) * square, y + dot / 3 * square);
                self.fill(corner, (square, square), 1);
            }
        }
    }

    /// As a PNG (ISO/IEC 15948), four bits a pixel, not compressed.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
        let mut raw = Vec::with_capacity(self.height * (self.width / 2 + 2));
        for row in self.pixels.chunks(self.width.max(1)) {
            raw.push(0);
            raw.extend(row.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
        }
        let mut header = Vec::new();
        header.extend(size(self.width));
        header.extend(size(self.height));
        // Four bits, greys, the one compression, the one family of filters, no interlacing.
        header.extend([4, 0, 0, 0, 0]);
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        for (name, data) in [(b"IHDR", header), (b"IDAT", stored(&raw)), (b"IEND", Vec::new())] {
            out.extend(size(data.len()));
            let body = [name.as_slice(), &data].concat();
            out.extend(&body);
            out.extend(crc(&body).to_be_bytes());
        }
        out
    }
}

/// Letters three squares wide and five high, row by row from the top left.
fn glyph(c: char) -> u16 {
    match c {
        'A' => 0b010_101_111_101_101,
        'B' => 0b110_101_110_101_110,
        'C' => 0b011_100_100_100_011,
        'D' => 0b110_101_101_101_110,
        'E' => 0b111_100_110_100_111,
        'F' => 0b111_100_110_100_100,
        'G' => 0b011_100_101_101_011,
        'H' => 0b101_101_111_101_101,
        'I' => 0b111_010_010_010_111,
        'J' => 0b001_001_001_101_010,
        'K' => 0b101_101_110_101_101,
        'L' => 0b100_100_100_100_111,
        'M' => 0b101_111_111_101_101,
        'N' => 0b111_101_101_101_101,
        'O' => 0b010_101_101_101_010,
        'P' => 0b110_101_110_100_100,
        'Q' => 0b010_101_101_111_011,
        'R' => 0b110_101_110_101_101,
        'S' => 0b011_100_010_001_110,
        'T' => 0b111_010_010_010_010,
        'U' => 0b101_101_101_101_111,
        'V' => 0b101_101_101_101_010,
        'W' => 0b101_101_111_111_101,
        'X' => 0b101_101_010_101_101,
        'Y' => 0b101_101_010_010_010,
        'Z' => 0b111_001_010_100_111,
        '0' => 0b111_101_101_101_111,
        '1' => 0b010_110_010_010_111,
        '2' => 0b110_001_010_100_111,
        '3' => 0b110_001_010_001_110,
        '4' => 0b101_101_111_001_001,
        '5' => 0b111_100_110_001_110,
        '6' => 0b011_100_111_101_111,
        '7' => 0b111_001_010_010_010,
        '8' => 0b111_101_111_101_111,
        '9' => 0b111_101_111_001_110,
        '<' => 0b001_010_100_010_001,
        '/' => 0b001_001_010_100_100,
        _ => 0,
    }
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 3.2.4).
fn stored(raw: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 65_535;
    let mut out = vec![0x78, 0x01];
    let count = raw.chunks(BLOCK).count();
    for (at, block) in raw.chunks(BLOCK).enumerate() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(at + 1 == count));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend((b << 16 | a).to_be_bytes());
    out
}

/// The check sum of a PNG's parts (its annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ sum >> 1 } else { sum >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_says_where_its_parts_are() {
        let bytes = pdf(&[vec![Line::heading("Ansættelseskontrakt (kopi)")], vec![Line::plain("Side 2")]]);
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("/Count 2") && text.ends_with("%%EOF\n"));
        assert!(bytes.windows(20).any(|w| w == b"Ans\xe6ttelseskontrakt "), "WinAnsi");
        assert!(text.contains("\\(kopi\\)"));
        let table: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(bytes[table..].starts_with(b"xref\n0 9\n"));
        let entries = &bytes[table + b"xref\n0 9\n".len()..];
        for (at, entry) in entries.chunks(20).take(9).enumerate().skip(1) {
            let place: usize = std::str::from_utf8(&entry[..10]).unwrap().parse().unwrap();
            assert!(bytes[place..].starts_with(format!("{at} 0 obj").as_bytes()), "object {at}");
        }
    }

    #[test]
    fn a_picture_has_the_sums_its_readers_check() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(stored(b"a")[stored(b"a").len() - 4..], 0x0062_0062_u32.to_be_bytes());
        let mut drawing = Drawing::new(3, 2, 15);
        drawing.fill((1, 0), (9, 1), 0);
        assert_eq!(drawing.pixels, [15, 0, 0, 15, 15, 15]);
        let png = drawing.png();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && png.ends_with(&0xae42_6082_u32.to_be_bytes()));
    }
}
