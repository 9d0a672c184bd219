//! Sentences about documents: why a page is not shown, why a document did not come, how large one is. What does not live here: what happened.

use skranke_client::http::DownloadError;
use skranke_client::uploads::{FileError, UploadError};
use skranke_desk::case::pane::Unshown;
use skranke_desk::uploads::Outside;
use skranke_domain::document::DOCUMENT_BYTES;

use crate::i18n::Texts;
use crate::screens::sentence::spoken;

/// Why a page is not shown, and what to do.
pub(super) fn unshown(texts: &Texts, why: &Unshown) -> String {
    match why {
        Unshown::Broken => texts.t("pane-broken"),
        Unshown::Encrypted => texts.t("pane-encrypted"),
        Unshown::TooLarge => texts.t("pane-too-large"),
        Unshown::TooSlow => texts.t("pane-too-slow"),
        Unshown::NotShown => texts.t("pane-not-shown"),
        Unshown::NoViewer => texts.t("pane-no-viewer"),
        Unshown::Fetch(error) => download(texts, error),
    }
}

/// Why a document was not brought here.
pub(super) fn download(texts: &Texts, error: &DownloadError) -> String {
    match error {
        DownloadError::Exists => texts.t("pane-download-exists"),
        DownloadError::Disk(_) => texts.t("pane-download-disk"),
        DownloadError::Damaged => texts.t("pane-download-damaged"),
        DownloadError::Client(error) => spoken(texts, error),
    }
}

/// Why a document was not brought in, and what to do.
pub(super) fn upload(texts: &Texts, error: &UploadError) -> String {
    let file = match error {
        UploadError::Client(error) if error.is_line_down() => return texts.t("pane-upload-cut-off"),
        // What the server says of this file is more than its kind of problem.
        UploadError::Client(error) => {
            let said = error.problem().and_then(|problem| Some(problem.errors.first()?.code.clone()));
            return match said.as_deref() {
                Some("kind") => texts.t("pane-upload-not-taken"),
                _ => spoken(texts, error),
            };
        }
        UploadError::Damaged => return texts.t("pane-upload-damaged"),
        UploadError::File(file) => file,
    };
    match file {
        FileError::NotThere => texts.t("pane-upload-not-there"),
        FileError::NoFile => texts.t("pane-upload-no-file"),
        FileError::Unreadable(_) => texts.t("pane-upload-unreadable"),
        FileError::Empty => texts.t("pane-upload-empty"),
        FileError::TooLarge { bytes } => {
            let args = [("size", size(texts, *bytes).into()), ("most", size(texts, DOCUMENT_BYTES).into())];
            texts.with("pane-upload-too-large", &args)
        }
        FileError::NotTaken => texts.t("pane-upload-not-taken"),
        FileError::Vanished => texts.t("pane-upload-vanished"),
        FileError::Changed => texts.t("pane-upload-changed"),
    }
}

/// What became of a document outside.
pub(crate) fn outside(texts: &Texts, outside: &Outside) -> String {
    match outside {
        Outside::Saved(name) => texts.with("pane-saved", &[("name", name.clone().into())]),
        Outside::NotFetched(error) => download(texts, error),
        Outside::NotOpened => texts.t("pane-not-opened"),
    }
}

/// A size as people read it.
pub(super) fn size(texts: &Texts, bytes: u64) -> String {
    const KILO: u64 = 1000;
    let number = |n: u64| texts.number(i64::try_from(n).unwrap_or(i64::MAX)).into();
    if bytes < KILO {
        texts.with("pane-size-bytes", &[("size", number(bytes))])
    } else if bytes < KILO * KILO {
        texts.with("pane-size-kilo", &[("size", number(bytes.div_ceil(KILO)))])
    } else {
        texts.with("pane-size-mega", &[("size", number(bytes.div_ceil(KILO * KILO)))])
    }
}
