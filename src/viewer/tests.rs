//! Papers as strangers send them: sound, damaged, locked, enormous, of another kind.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::draw::{Picture, draw};
use crate::{Order, Why};

fn order(page: u32, width: u32, turned: u8) -> Order {
    Order { path: "/nowhere".into(), page, width, turned }
}

/// A PDF with so many pages of the size of A4 as there are contents, and more entries for its trailer.
fn pdf_with(contents: &[&str], trailer: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    let kids: Vec<String> = (0..contents.len()).map(|n| format!("{} 0 R", 3 + 2 * n)).collect();
    objects.push(format!("<< /Type /Pages /Count {} /Kids [{}] >>", contents.len(), kids.join(" ")));
    for (n, content) in contents.iter().enumerate() {
        let stream = 4 + 2 * n;
        objects.push(format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R >>"));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects.extend(more.iter().map(|object| (*object).to_owned()));
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let xref = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{xref}\n%%EOF\n").into_bytes());
    file
}

fn pdf(contents: &[&str]) -> Vec<u8> {
    pdf_with(contents, "", &[])
}

/// The left half of the page in red.
const RED_LEFT: &str = "1 0 0 rg 0 0 297 842 re f";

fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let picture =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn drawn(bytes: Vec<u8>, order: &Order) -> Picture {
    draw(bytes, order).ok().unwrap()
}

fn refused(bytes: Vec<u8>) -> Why {
    draw(bytes, &order(0, 600, 0)).err().unwrap()
}

fn red(picture: &Picture, x: u32, y: u32) -> bool {
    let [r, g, b, a] = picture.pixels.get_pixel(x, y).0;
    r > 200 && g < 60 && b < 60 && a == 255
}

#[test]
fn a_page_of_a_pdf_is_as_wide_as_was_asked_for_and_opaque() {
    let picture = drawn(pdf(&[RED_LEFT, ""]), &order(0, 600, 0));
    assert_eq!(picture.pages, 2);
    assert!(picture.pixels.width().abs_diff(600) <= 1 && picture.pixels.height().abs_diff(849) <= 1);
    assert!(red(&picture, 100, 400) && !red(&picture, 500, 400));
    assert!(picture.pixels.pixels().all(|pixel| pixel[3] == 255), "paper is white where nothing stands");
}

#[test]
fn a_turned_page_keeps_its_width_and_turns_clockwise() {
    let picture = drawn(pdf(&[RED_LEFT]), &order(0, 842, 1));
    assert!(picture.pixels.width().abs_diff(842) <= 1 && picture.pixels.height().abs_diff(595) <= 1);
    assert!(red(&picture, 400, 100) && !red(&picture, 400, 500), "what was left is on top");
}

#[test]
fn a_page_behind_the_last_one_is_the_last_one() {
    let picture = drawn(pdf(&["", RED_LEFT]), &order(9, 300, 0));
    assert!(red(&picture, 50, 200));
}

#[test]
fn images_of_every_kind_that_is_taken_are_drawn() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff] {
        let picture = drawn(encoded(format, 800, 400), &order(0, 400, 0));
        assert_eq!((picture.pages, picture.pixels.dimensions()), (1, (400, 200)), "{format:?}");
        assert!(red(&picture, 20, 100), "{format:?}");
    }
}

#[test]
fn a_small_image_is_not_blown_up() {
    assert_eq!(drawn(encoded(ImageFormat::Png, 30, 20), &order(0, 600, 0)).pixels.dimensions(), (30, 20));
}

#[test]
fn what_shows_through_is_white_as_paper_is() {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::new_rgba8(10, 10).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let picture = drawn(bytes.into_inner(), &order(0, 100, 0));
    assert_eq!(picture.pixels.get_pixel(5, 5).0, [255; 4]);
}

#[test]
fn each_page_of_a_scanned_tiff_is_found() {
    // Two pages behind one another: the second's directory and its offsets are moved by the length of the first.
    let (first, second) = (encoded(ImageFormat::Tiff, 40, 20), encoded(ImageFormat::Tiff, 20, 60));
    let joined = join_tiff(&first, &second);
    let of = |page| drawn(joined.clone(), &order(page, 4000, 0));
    assert_eq!((of(0).pages, of(0).pixels.dimensions()), (2, (40, 20)));
    assert_eq!(of(1).pixels.dimensions(), (20, 60));
}

#[test]
fn a_tiff_whose_pages_go_round_ends() {
    let mut file = encoded(ImageFormat::Tiff, 40, 20);
    let at = directory(&file);
    let next = at + 2 + 12 * usize::from(u16::from_le_bytes(file[at..at + 2].try_into().unwrap()));
    let back = file[4..8].to_vec();
    file[next..next + 4].copy_from_slice(&back);
    assert_eq!(drawn(file, &order(3, 100, 0)).pages, 1);
}

#[test]
fn a_damaged_pdf_says_so() {
    assert_eq!(refused(b"%PDF-1.7\nnothing that follows from here on".to_vec()), Why::Broken);
    assert_eq!(refused(pdf(&[])), Why::Broken, "no pages");
}

#[test]
fn a_pdf_that_is_cut_off_is_mended_or_says_so_and_never_more() {
    let whole = pdf(&[RED_LEFT; 3]);
    for length in 0..whole.len() {
        match draw(whole[..length].to_vec(), &order(0, 40, 0)) {
            Ok(picture) => assert!(picture.pages <= 3),
            Err(why) => assert!(matches!(why, Why::Broken | Why::NotShown), "{why:?} at {length}"),
        }
    }
}

#[test]
fn a_locked_pdf_says_that_it_is_locked() {
    let key = "41".repeat(32);
    let lock = format!("<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>");
    let file = pdf_with(&[RED_LEFT], "/Encrypt 5 0 R /ID [<4142> <4142>]", &[&lock]);
    assert_eq!(refused(file), Why::Encrypted);
}

#[test]
fn a_page_without_a_size_is_damaged_and_one_as_large_as_a_field_is_drawn_small() {
    let sized = |size: &str| String::from_utf8(pdf(&[RED_LEFT])).unwrap().replace("[0 0 595 842]", size).into_bytes();
    let picture = drawn(sized("[0 0 9999 9999]"), &order(0, 8000, 0));
    let (width, height) = picture.pixels.dimensions();
    assert!(u64::from(width) * u64::from(height) <= crate::PAGE_PIXELS);
    assert_eq!(refused(sized("[0 0 9e9 9]")), Why::Broken);
}

#[test]
fn an_image_that_claims_to_be_a_field_is_not_unfolded() {
    assert_eq!(refused(png_header(60_000, 60_000)), Why::TooLarge);
    assert_eq!(refused(png_header(15_999, 15_999)), Why::TooLarge, "within the sides, and not within the memory");
}

#[test]
fn a_damaged_image_says_so() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Tiff] {
        let mut bytes = encoded(format, 80, 40);
        bytes.truncate(24);
        assert_eq!(refused(bytes), Why::Broken, "{format:?}");
    }
}

#[test]
fn something_else_is_not_shown() {
    for other in [&b"PK\x03\x04 a letter of another program"[..], b"GIF89a", b"", b"MZ"] {
        assert_eq!(refused(other.to_vec()), Why::NotShown);
    }
}

/// The beginning of a PNG that claims a size, with one row's worth of data.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [&kind[..], data].concat();
        file.extend(&body);
        file.extend(crc(&body).to_be_bytes());
    };
    let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
    chunk(b"IHDR", &[&sides[..], &[8, 6, 0, 0, 0]].concat());
    chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]);
    chunk(b"IEND", &[]);
    file
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

fn directory(file: &[u8]) -> usize {
    u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize
}

/// Two little-endian files with one page each become one with two.
fn join_tiff(first: &[u8], second: &[u8]) -> Vec<u8> {
    let shift = u32::try_from(first.len()).unwrap();
    let mut second = second.to_vec();
    let at = directory(&second);
    let entries = usize::from(u16::from_le_bytes(second[at..at + 2].try_into().unwrap()));
    for n in 0..entries {
        let entry = at + 2 + 12 * n;
        let two = |from: usize| u16::from_le_bytes(second[from..from + 2].try_into().unwrap());
        let (tag, kind) = (two(entry), two(entry + 2));
        let count = u32::from_le_bytes(second[entry + 4..entry + 8].try_into().unwrap());
        let size = match kind {
            3 => 2,
            4 => 4,
            5 => 8,
            _ => 1,
        };
        // Values that do not fit stand elsewhere; where the picture itself stands is such a place by its meaning.
        if count * size > 4 || tag == 273 {
            let value = u32::from_le_bytes(second[entry + 8..entry + 12].try_into().unwrap()) + shift;
            second[entry + 8..entry + 12].copy_from_slice(&value.to_le_bytes());
        }
    }
    let mut joined = first.to_vec();
    let end = directory(first);
    let next = end + 2 + 12 * usize::from(u16::from_le_bytes(first[end..end + 2].try_into().unwrap()));
    let to = u32::try_from(at).unwrap() + shift;
    joined[next..next + 4].copy_from_slice(&to.to_le_bytes());
    joined.extend(second);
    joined
}
