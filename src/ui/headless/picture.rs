//! Pictures of the window: PNG files, and comparing one with the checked-in one.
//! How a picture comes about lives in `frame.rs`; here it is only pixels.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// Set to `1`, this environment variable makes [`PictureBook::check`] write references instead of comparing.
pub const UPDATE: &str = "SKRANKE_UPDATE_PICTURES";

/// RGBA pixels, row by row from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

/// What can go wrong with a picture's file or its comparison.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file or its folder could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no PNG that can be read.
    #[error("{path}: {source}")]
    Decoding {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        source: png::DecodingError,
    },
    /// The PNG could not be written.
    #[error("{path}: {source}")]
    Encoding {
        /// The file.
        path: PathBuf,
        /// What the encoder said.
        source: png::EncodingError,
    },
    /// A number of bytes that does not make the rows.
    #[error("{width}x{height} pixels need {expected} bytes, there are {found}")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Four bytes each.
        expected: usize,
        /// What there was.
        found: usize,
    },
    /// There is nothing to compare with: a failure, or a forgotten file would always pass.
    #[error("no reference {reference}; what was drawn is in {actual}; once it is looked at, {UPDATE}=1 adopts it")]
    Missing {
        /// Where the reference should be.
        reference: PathBuf,
        /// What was drawn.
        actual: PathBuf,
    },
    /// More differs than may.
    #[error(
        "{reference}: {difference}; drawn: {actual}, changed pixels in red: {marked}; {UPDATE}=1 adopts what was drawn"
    )]
    Different {
        /// The reference.
        reference: PathBuf,
        /// How much differs.
        difference: Box<Difference>,
        /// What was drawn.
        actual: PathBuf,
        /// The reference with the changed pixels marked.
        marked: PathBuf,
    },
}

/// How much may differ. Zero and zero ask for equality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// The greatest difference of one colour channel that still counts as the same, 0 to 255.
    pub channel: u8,
    /// The share of pixels, 0 to 1, that may differ by more than that.
    pub share: f32,
}

impl Default for Tolerance {
    /// Room for another processor's rounding, none for a moved line.
    fn default() -> Self {
        Self { channel: 8, share: 0.0005 }
    }
}

/// The pixels that differ by more than the tolerance's channel.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{:.3} % of the pixels differ (sizes {}x{} and {}x{})", .share * 100.0, .sizes[0], .sizes[1], .sizes[2], .sizes[3])]
pub struct Difference {
    /// Their share of the larger picture, 0 to 1.
    pub share: f32,
    /// Width and height of the reference, then of the other.
    pub sizes: [u32; 4],
    /// The reference, paled, with these pixels red.
    pub picture: Picture,
}

impl Picture {
    /// A picture of these pixels.
    ///
    /// # Errors
    /// The bytes are not `width * height * 4`.
    pub fn new(width: u32, height: u32, rgba: Vec<u8>) -> Result<Self, PictureError> {
        let expected = width as usize * height as usize * 4;
        if rgba.len() == expected {
            Ok(Self { width, height, rgba })
        } else {
            Err(PictureError::Size { width, height, expected, found: rgba.len() })
        }
    }

    /// Pixels across.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Pixels down.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The bytes, four a pixel.
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }

    /// The colour at a place, `None` outside.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let at = (y as usize * self.width as usize + x as usize) * 4;
        self.rgba.get(at..at + 4)?.try_into().ok()
    }

    /// Whether every pixel has one and the same colour: nothing was drawn.
    pub fn is_blank(&self) -> bool {
        let mut pixels = self.rgba.chunks_exact(4);
        let first = pixels.next();
        pixels.all(|pixel| Some(pixel) == first)
    }

    /// Writes an 8-bit PNG, creating the folder. Opaque pictures are stored without alpha.
    ///
    /// # Errors
    /// The folder or file cannot be written.
    pub fn save_png(&self, path: impl AsRef<Path>) -> Result<(), PictureError> {
        let path = path.as_ref();
        let failed = |source| PictureError::File { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = File::create(path).map_err(failed)?;
        let mut encoder = png::Encoder::new(BufWriter::new(file), self.width, self.height);
        encoder.set_depth(png::BitDepth::Eight);
        let opaque = self.rgba.chunks_exact(4).all(|pixel| pixel[3] == u8::MAX);
        let bytes = if opaque {
            encoder.set_color(png::ColorType::Rgb);
            self.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
        } else {
            encoder.set_color(png::ColorType::Rgba);
            self.rgba.clone()
        };
        encoder
            .write_header()
            .and_then(|mut writer| {
                writer.write_image_data(&bytes)?;
                writer.finish()
            })
            .map_err(|source| PictureError::Encoding { path: path.to_owned(), source })
    }

    /// Reads a PNG of any colour type.
    ///
    /// # Errors
    /// There is no such file, or it is no PNG.
    pub fn load_png(path: impl AsRef<Path>) -> Result<Self, PictureError> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|source| PictureError::File { path: path.to_owned(), source })?;
        let undecoded = |source| PictureError::Decoding { path: path.to_owned(), source };
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(undecoded)?;
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut bytes).map_err(undecoded)?;
        bytes.truncate(info.buffer_size());
        let rgba = match info.color_type {
            png::ColorType::Rgb => bytes.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], u8::MAX]).collect(),
            png::ColorType::Grayscale => bytes.iter().flat_map(|grey| [*grey, *grey, *grey, u8::MAX]).collect(),
            png::ColorType::GrayscaleAlpha => bytes.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect(),
            png::ColorType::Rgba | png::ColorType::Indexed => bytes,
        };
        Self::new(info.width, info.height, rgba)
    }
}

/// Compares two pictures pixel by pixel.
///
/// # Errors
/// The sizes differ, or a greater share of pixels than the tolerance allows differs by more than its channel.
pub fn compare(reference: &Picture, other: &Picture, tolerance: Tolerance) -> Result<(), Box<Difference>> {
    let width = reference.width.max(other.width);
    let height = reference.height.max(other.height);
    let mut marked = Vec::with_capacity(width as usize * height as usize * 4);
    let mut changed = 0_u64;
    for y in 0..height {
        for x in 0..width {
            let (a, b) = (reference.pixel(x, y), other.pixel(x, y));
            let same = match (a, b) {
                (Some(a), Some(b)) => a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= tolerance.channel),
                _ => false,
            };
            if same {
                let [r, g, b, _] = a.unwrap_or_default();
                let grey = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
                let pale = (170 + grey / 3).min(255) as u8;
                marked.extend([pale, pale, pale, u8::MAX]);
            } else {
                changed += 1;
                marked.extend([214, 0, 32, u8::MAX]);
            }
        }
    }
    let all = u64::from(width) * u64::from(height);
    let share = if all == 0 { 0.0 } else { changed as f32 / all as f32 };
    let sizes = [reference.width, reference.height, other.width, other.height];
    if share <= tolerance.share && sizes[..2] == sizes[2..] {
        Ok(())
    } else {
        Err(Box::new(Difference { share, sizes, picture: Picture { width, height, rgba: marked } }))
    }
}

/// The checked-in pictures of a test, and where to put what was drawn when it differs.
#[derive(Debug, Clone)]
pub struct PictureBook {
    references: PathBuf,
    drawn: PathBuf,
    tolerance: Tolerance,
    update: Update,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Update {
    Compare,
    Adopt,
}

impl PictureBook {
    /// References in one folder; what differs goes to the other (`target/pictures`). Adopts what is drawn when the
    /// environment says [`UPDATE`]`=1`.
    pub fn new(references: impl Into<PathBuf>, drawn: impl Into<PathBuf>) -> Self {
        let update =
            if std::env::var_os(UPDATE).is_some_and(|value| value == "1") { Update::Adopt } else { Update::Compare };
        Self { references: references.into(), drawn: drawn.into(), tolerance: Tolerance::default(), update }
    }

    /// Another tolerance than the usual one.
    #[must_use]
    pub fn tolerance(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Compares with `NAME.png`.
    ///
    /// # Errors
    /// The reference is missing (the picture is written as `NAME.actual.png`) or differs (also `NAME.diff.png`).
    pub fn check(&self, name: &str, picture: &Picture) -> Result<(), PictureError> {
        let reference = self.references.join(format!("{name}.png"));
        let actual = self.drawn.join(format!("{name}.actual.png"));
        let marked = self.drawn.join(format!("{name}.diff.png"));
        for old in [&actual, &marked] {
            match fs::remove_file(old) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(PictureError::File { path: old.clone(), source });
                }
                _ => {}
            }
        }
        if self.update == Update::Adopt {
            return picture.save_png(&reference);
        }
        if !reference.exists() {
            picture.save_png(&actual)?;
            return Err(PictureError::Missing { reference, actual });
        }
        let expected = Picture::load_png(&reference)?;
        match compare(&expected, picture, self.tolerance) {
            Ok(()) => Ok(()),
            Err(difference) => {
                picture.save_png(&actual)?;
                difference.picture.save_png(&marked)?;
                Err(PictureError::Different { reference, difference, actual, marked })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32, level: u8) -> Picture {
        Picture::new(width, height, [level, level, level, 255].repeat((width * height) as usize)).unwrap()
    }

    fn with_pixel(mut picture: Picture, x: u32, y: u32, colour: [u8; 4]) -> Picture {
        let at = ((y * picture.width + x) * 4) as usize;
        picture.rgba[at..at + 4].copy_from_slice(&colour);
        picture
    }

    /// A folder of its own for one test, gone with it.
    struct Folder(PathBuf);

    impl std::ops::Deref for Folder {
        type Target = Path;

        fn deref(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn folder(name: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("skranke-pictures-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Folder(folder)
    }

    fn book(folder: &Path) -> PictureBook {
        let mut book = PictureBook::new(folder.join("checked-in"), folder.join("drawn"));
        book.update = Update::Compare;
        book
    }

    #[test]
    fn small_differences_of_colour_pass_and_a_moved_line_does_not() {
        let white = grey(100, 100, 250);
        assert_eq!(compare(&white, &grey(100, 100, 246), Tolerance::default()), Ok(()));
        let line = (0..100).fold(white.clone(), |picture, x| with_pixel(picture, x, 40, [0, 0, 0, 255]));
        let difference = compare(&white, &line, Tolerance::default()).unwrap_err();
        assert!((difference.share - 0.01).abs() < 1e-6, "{difference}");
        assert_eq!(difference.picture.pixel(7, 40), Some([214, 0, 32, 255]));
        assert_eq!(difference.picture.pixel(7, 41), Some([253, 253, 253, 255]));
    }

    #[test]
    fn the_share_says_how_many_pixels_may_differ() {
        let white = grey(10, 10, 250);
        let one = with_pixel(white.clone(), 3, 3, [0, 0, 0, 255]);
        assert!(compare(&white, &one, Tolerance { channel: 8, share: 0.01 }).is_ok());
        assert!(compare(&white, &one, Tolerance { channel: 8, share: 0.009 }).is_err());
    }

    #[test]
    fn another_size_is_always_a_difference() {
        let difference = compare(&grey(10, 10, 9), &grey(10, 12, 9), Tolerance { channel: 255, share: 1.0 });
        assert_eq!(difference.unwrap_err().sizes, [10, 10, 10, 12]);
    }

    #[test]
    fn a_png_gives_back_the_same_pixels() {
        let folder = folder("png");
        for (name, colour) in [("opaque", [9, 200, 30, 255]), ("translucent", [9, 200, 30, 77])] {
            let picture = with_pixel(grey(7, 3, 128), 6, 2, colour);
            let path = folder.join("deep/er").join(name).with_extension("png");
            picture.save_png(&path).unwrap();
            assert_eq!(Picture::load_png(&path).unwrap(), picture);
        }
        fs::write(folder.join("broken.png"), b"not a picture").unwrap();
        assert!(matches!(Picture::load_png(folder.join("broken.png")), Err(PictureError::Decoding { .. })));
    }

    #[test]
    fn a_missing_reference_fails_and_leaves_what_was_drawn() {
        let folder = folder("missing");
        let error = book(&folder).check("home", &grey(4, 4, 1)).unwrap_err();
        assert!(matches!(error, PictureError::Missing { .. }), "{error}");
        assert_eq!(Picture::load_png(folder.join("drawn/home.actual.png")).unwrap(), grey(4, 4, 1));
        assert!(!folder.join("checked-in/home.png").exists());
    }

    #[test]
    fn a_difference_is_written_out_and_an_update_adopts_it() {
        let folder = folder("difference");
        let mut book = book(&folder);
        grey(4, 4, 1).save_png(folder.join("checked-in/home.png")).unwrap();
        assert!(matches!(book.check("home", &grey(4, 4, 90)), Err(PictureError::Different { .. })));
        assert_eq!(Picture::load_png(folder.join("drawn/home.diff.png")).unwrap(), {
            Picture::new(4, 4, [214, 0, 32, 255].repeat(16)).unwrap()
        });
        book.update = Update::Adopt;
        book.check("home", &grey(4, 4, 90)).unwrap();
        book.update = Update::Compare;
        book.check("home", &grey(4, 4, 90)).unwrap();
        assert!(!folder.join("drawn/home.diff.png").exists(), "what no longer differs must not lie about");
    }

    #[test]
    fn a_window_in_one_colour_counts_as_blank() {
        assert!(grey(5, 5, 3).is_blank());
        assert!(!with_pixel(grey(5, 5, 3), 4, 4, [3, 3, 4, 255]).is_blank());
    }
}
