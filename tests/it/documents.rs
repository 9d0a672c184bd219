//! Documents from end to end: pages drawn in the real child process, files brought over a line that breaks, what cannot be shown. What does
//! not live here: kinds of damage in a file (the viewer's tests), the course of an upload piece by piece (the client's).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use skranke::desk::case::pane::Sight;
use skranke::desk::uploads::UploadState;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::ui::launch::Launch;
use skranke::viewer::{Order, Pages, Why};

use crate::support::line::{Fate, Line};
use crate::support::outside::Somebody;
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};

const REGISTRATION: &str = "cpr-eu-employee";

fn viewer() -> Pages {
    Pages::new(env!("CARGO_BIN_EXE_skranke").into())
}

fn order(path: &Path) -> Order {
    Order { path: path.to_owned(), page: 0, width: 300, turned: 0 }
}

fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A PDF of one page that says nothing, with `filler` bytes of a comment in it.
fn pdf(filler: usize) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ];
    let mut file = b"%PDF-1.4\n%".to_vec();
    file.extend(std::iter::repeat_n(b'x', filler));
    file.push(b'\n');
    let mut table = String::from("xref\n0 4\n0000000000 65535 f \n");
    for (n, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).into_bytes());
    }
    let end = file.len();
    file.extend(format!("{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{end}\n%%EOF\n").into_bytes());
    file
}

/// A picture that is one colour.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 40, 20);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().unwrap().write_image_data(&[128; 800]).unwrap();
    bytes
}

#[tokio::test]
async fn a_page_is_drawn_in_a_process_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), "a.pdf", &pdf(0));
    let pages = viewer();
    let drawn = pages.draw(&order(&path)).await.unwrap();
    assert_eq!(drawn.pages, 1);
    assert!(drawn.width.abs_diff(300) <= 1);
    assert_eq!(drawn.rgba.len(), (drawn.width * drawn.height * 4) as usize);
    // Here and back again: it is not drawn twice.
    std::fs::remove_file(&path).unwrap();
    assert_eq!(pages.draw(&order(&path)).await.unwrap(), drawn);
    assert_eq!(viewer().draw(&order(&path)).await, Err(Why::Unreadable));
}

#[tokio::test]
async fn what_cannot_be_shown_says_which_way() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("a.pdf", b"%PDF-1.4 and nothing more".to_vec(), Why::Broken),
        ("a.docx", b"PK\x03\x04 a letter".to_vec(), Why::NotShown),
        ("a.png", png()[..20].to_vec(), Why::Broken),
    ];
    for (name, bytes, why) in cases {
        let path = written(folder.path(), name, &bytes);
        assert_eq!(viewer().draw(&order(&path)).await, Err(why), "{name}");
    }
    let enormous = written(folder.path(), "b.pdf", b"%PDF-1.4");
    std::fs::File::options().write(true).open(&enormous).unwrap().set_len((512 << 20) + 1).unwrap();
    assert_eq!(viewer().draw(&order(&enormous)).await, Err(Why::TooLarge));
    assert_eq!(viewer().draw(&order(folder.path())).await, Err(Why::Unreadable));
    assert_eq!(Pages::new("/nowhere/skranke".into()).draw(&order(&enormous)).await, Err(Why::NoViewer));
}

/// A program that never answers, and the file where it leaves its number.
#[cfg(unix)]
fn stuck(folder: &Path) -> (PathBuf, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let number = folder.join("number");
    let script = format!("#!/bin/sh\necho $$ > '{}'\nexec /usr/bin/tail -f /dev/null\n", number.display());
    let program = written(folder, "stuck", script.as_bytes());
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    (program, number)
}

#[cfg(unix)]
#[tokio::test]
async fn a_page_that_takes_too_long_is_given_up_and_its_process_ended() {
    let folder = tempfile::tempdir().unwrap();
    let (program, number) = stuck(folder.path());
    let pages = Pages::new(program).within(Duration::from_secs(2));
    assert_eq!(pages.draw(&order(Path::new("/nowhere"))).await, Err(Why::TooSlow));
    let number = std::fs::read_to_string(number).unwrap();
    assert!(!Path::new("/proc").join(number.trim()).exists(), "it was ended and waited for");
}

#[test]
fn the_paper_of_the_chosen_item_stands_beside_the_checklist() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_showcase().open_case(REGISTRATION);
    ida.until("the page", |desk| matches!(desk.case().unwrap().pane.sight, Sight::Shown(_)));
    ida.read("page 1 of 1").read_word("pane-ask-new");
    ida.press(&["+"]).until("the larger page", |desk| {
        let pane = &desk.case().unwrap().pane;
        pane.zoom == 1 && matches!(pane.sight, Sight::Shown(_))
    });
    ida.press(&["."]).until("the turned page", |desk| {
        let pane = &desk.case().unwrap().pane;
        pane.turned == 1 && matches!(pane.sight, Sight::Shown(drawn) if drawn.width > drawn.height)
    });
}

#[test]
fn a_typed_path_brings_a_document_over_a_line_that_loses_questions_and_answers() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut line = Line::to(&town.base_url);
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut ida = sit_down(Launch { doorway, ..launch(&town, profile.path(), Role::Clerk, english()) });
    ida.open_showcase().open_case(REGISTRATION);
    let item = ida.choose_item(|_, state| state == ItemState::Missing);
    let path = written(profile.path(), "en oversættelse.pdf", &pdf(3 << 20));
    line.will(Fate::RequestLost);
    ida.press(&["Ctrl+O"]).type_text(&format!("\"{}\"", path.display())).press(&["Enter"]);
    ida.until("the broken line", |desk| desk.uploads.list.iter().any(|upload| upload.state == UploadState::LineDown));
    assert_eq!(line.lost(), Fate::RequestLost);
    line.will(Fate::Passes);
    ida.item_becomes(&item, ItemState::Received);
    ida.until("nothing is on its way", |desk| desk.uploads.list.is_empty());
    ida.until("the page", |desk| matches!(desk.case().unwrap().pane.sight, Sight::Shown(_)));
    let page = ida.desk().case().unwrap().paper().cloned().unwrap();
    assert_eq!((page.name.as_str(), page.bytes), ("en oversættelse.pdf", std::fs::metadata(&path).unwrap().len()));
}

#[test]
fn a_file_that_is_no_document_says_so_and_the_next_one_comes_all_the_same() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let letter = written(profile.path(), "letter.pdf", b"PK\x03\x04 a letter of another program");
    let photo = written(profile.path(), "photo.png", &png());
    let outside = Arc::new(Somebody { chooses: vec![letter, photo], ..Somebody::default() });
    let mut ida = sit_down(Launch { outside, ..launch(&town, profile.path(), Role::Clerk, english()) });
    ida.open_showcase().open_case(REGISTRATION);
    let item = ida.choose_item(|_, state| state == ItemState::Missing);
    ida.press(&["Ctrl+O"]);
    let choose = ida.word("pane-pick");
    ida.driver.click_text(&choose).unwrap();
    ida.item_becomes(&item, ItemState::Received).read_word("pane-upload-not-taken");
    let dismiss = ida.word("pane-upload-dismiss");
    ida.driver.click_text(&dismiss).unwrap();
    ida.until("nothing is left", |desk| desk.uploads.list.is_empty());
}

#[test]
fn a_document_is_saved_where_the_clerk_says() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let locked = written(profile.path(), "broken.pdf", b"%PDF-1.4 and nothing more");
    let copy = profile.path().join("copy.pdf");
    let outside = Somebody { chooses: vec![locked.clone()], saves: Some(copy.clone()), ..Somebody::default() };
    let opened = outside.opened.clone();
    let outside = Arc::new(outside);
    let mut ida = sit_down(Launch { outside, ..launch(&town, profile.path(), Role::Clerk, english()) });
    ida.open_showcase().open_case(REGISTRATION);
    let item = ida.choose_item(|_, state| state == ItemState::Missing);
    ida.press(&["Ctrl+O"]);
    let choose = ida.word("pane-pick");
    ida.driver.click_text(&choose).unwrap();
    ida.item_becomes(&item, ItemState::Received).read_word("pane-broken");
    let (open, save) = (ida.word("pane-open-outside"), ida.word("pane-save"));
    ida.driver.click_text(&open).unwrap();
    ida.until("it is open elsewhere", |_| !opened.lock().unwrap().is_empty());
    ida.driver.click_text(&save).unwrap();
    ida.until("it is saved", |_| copy.exists());
    ida.read("Saved as copy.pdf");
    assert_eq!(std::fs::read(copy).unwrap(), std::fs::read(locked).unwrap());
}
