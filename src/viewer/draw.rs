//! From bytes to pixels. What does not live here: the limits of the process (`child`).

use std::io::Cursor;
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use image::error::ImageError;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbaImage};

use crate::{IMAGE_SIDE, Order, PAGE_PIXELS, Why};

/// A page and how many there are.
pub(crate) struct Picture {
    pub(crate) pages: u32,
    pub(crate) pixels: RgbaImage,
}

/// How many of the first bytes may stand before a PDF's own beginning (ISO 32000-1, annex H, 3.4.1).
const PDF_HEAD: usize = 1024;
/// What decoding an image may take, in bytes.
const IMAGE_BYTES: u64 = 768 << 20;
/// The most pages that are counted in a TIFF file.
const TIFF_PAGES: usize = 2_000;

pub(crate) fn draw(bytes: Vec<u8>, order: &Order) -> Result<Picture, Why> {
    let head = &bytes[..bytes.len().min(PDF_HEAD)];
    if let Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Tiff)) =
        image::guess_format(head)
    {
        return picture(bytes, format, order);
    }
    if head.windows(5).any(|five| five == b"%PDF-") {
        return pdf(bytes, order);
    }
    Err(Why::NotShown)
}

fn pdf(bytes: Vec<u8>, order: &Order) -> Result<Picture, Why> {
    let pdf = Pdf::new(Arc::new(bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Why::Encrypted,
        // Locked in a way that is not opened here: to whoever reads it, that is the same.
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Why::Encrypted,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => Why::Broken,
    })?;
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let at = usize::try_from(order.page.min(count.saturating_sub(1))).map_err(|_| Why::Broken)?;
    let page = pages.get(at).ok_or(Why::Broken)?;
    let (width, height) = page.render_dimensions();
    let fits = |side: f32| side.is_finite() && (0.5..=100_000.0).contains(&side);
    if !fits(width) || !fits(height) {
        return Err(Why::Broken);
    }
    let scale = scale(f64::from(width), f64::from(height), order);
    let cache = RenderCache::new();
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    if width * scale < 1.0 || height * scale < 1.0 {
        return Err(Why::Broken);
    }
    let drawn = hayro::render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
    // On white nothing shows through, so that the premultiplied pixels are the plain ones.
    let pixels = RgbaImage::from_raw(width, height, drawn.data_as_u8_slice().to_vec()).ok_or(Why::Broken)?;
    Ok(Picture { pages: count, pixels: turned(pixels, order.turned) })
}

fn picture(mut bytes: Vec<u8>, format: ImageFormat, order: &Order) -> Result<Picture, Why> {
    let mut pages = 1;
    if format == ImageFormat::Tiff {
        let directories = tiff_pages(&bytes);
        pages = u32::try_from(directories.len()).unwrap_or(1).max(1);
        let at = usize::try_from(order.page).unwrap_or_default().min(directories.len().saturating_sub(1));
        if let Some(page) = directories.get(at) {
            // The decoder opens the page that the header points to, and is told that none follows.
            for (place, four) in [(4, page.offset), (page.next, [0; 4])] {
                if let Some(bytes) = bytes.get_mut(place..place + 4) {
                    bytes.copy_from_slice(&four);
                }
            }
        }
    }
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(IMAGE_SIDE);
    limits.max_image_height = Some(IMAGE_SIDE);
    limits.max_alloc = Some(IMAGE_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| why(&error))?;
    if decoder.total_bytes() > IMAGE_BYTES {
        return Err(Why::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut found = DynamicImage::from_decoder(decoder).map_err(|error| why(&error))?;
    let scale = scale(f64::from(found.width()), f64::from(found.height()), order);
    if scale < 1.0 {
        let side = |length: u32| pixels(f64::from(length) * f64::from(scale));
        found = found.resize_exact(side(found.width()), side(found.height()), FilterType::Triangle);
    }
    found.apply_orientation(orientation);
    Ok(Picture { pages, pixels: turned(on_white(found), order.turned) })
}

/// What shows through shows white, as paper does.
fn on_white(found: DynamicImage) -> RgbaImage {
    let opaque = !found.color().has_alpha();
    let mut pixels = found.into_rgba8();
    if !opaque {
        for pixel in pixels.pixels_mut() {
            let alpha = u16::from(pixel[3]);
            for channel in 0..3 {
                let mixed = (u16::from(pixel[channel]) * alpha + 255 * (255 - alpha)) / 255;
                pixel[channel] = u8::try_from(mixed).unwrap_or(u8::MAX);
            }
            pixel[3] = u8::MAX;
        }
    }
    pixels
}

fn turned(pixels: RgbaImage, quarters: u8) -> RgbaImage {
    match quarters % 4 {
        1 => image::imageops::rotate90(&pixels),
        2 => image::imageops::rotate180(&pixels),
        3 => image::imageops::rotate270(&pixels),
        _ => pixels,
    }
}

/// How much larger or smaller a page is drawn: as wide as was asked for after turning, and within the limits.
#[expect(clippy::cast_possible_truncation, reason = "a scale needs no more digits than a float has")]
fn scale(width: f64, height: f64, order: &Order) -> f32 {
    let across = if order.turned % 2 == 1 { height } else { width };
    let asked = f64::from(order.width.clamp(16, 8000)) / across;
    #[expect(clippy::cast_precision_loss, reason = "the limit is far below 2^52")]
    let most = (PAGE_PIXELS as f64 / (width * height)).sqrt();
    // A picture's sides are counted in 16 bits.
    let sides = f64::from(u16::MAX) / width.max(height);
    asked.min(most).min(sides) as f32
}

/// A length in whole pixels, one at least.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths are positive and below 2^16")]
fn pixels(length: f64) -> u32 {
    (length.round() as u32).max(1)
}

fn why(error: &ImageError) -> Why {
    match error {
        ImageError::Limits(_) => Why::TooLarge,
        ImageError::Unsupported(_) => Why::NotShown,
        _ => Why::Broken,
    }
}

/// A page of a TIFF file.
struct TiffPage {
    /// Where it begins, as the header would write it.
    offset: [u8; 4],
    /// Where it says which page follows.
    next: usize,
}

/// The pages of a TIFF file. A chain that goes round ends where it began.
fn tiff_pages(bytes: &[u8]) -> Vec<TiffPage> {
    let big = bytes.starts_with(b"MM");
    let number = |four: [u8; 4]| if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
    let four = |at: usize| -> Option<[u8; 4]> { bytes.get(at..at.checked_add(4)?)?.try_into().ok() };
    let two = |at: usize| -> Option<u16> {
        let two: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    };
    let mut found: Vec<TiffPage> = Vec::new();
    let mut next = four(4);
    while let Some(offset) = next.filter(|at| number(*at) != 0 && !found.iter().any(|page| page.offset == *at)) {
        let Ok(at) = usize::try_from(number(offset)) else { break };
        let Some(entries) = two(at) else { break };
        let end = at + 2 + 12 * usize::from(entries);
        found.push(TiffPage { offset, next: end });
        if found.len() >= TIFF_PAGES {
            break;
        }
        next = four(end);
    }
    found
}
