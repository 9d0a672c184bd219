//! What other programs do for the window: the system's file dialogs, opening a document elsewhere. What does not live here: what is chosen
//! for (the desk's), the bytes (the client's).

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use futures::future::BoxFuture;
use skranke_domain::document::FileKind;

/// Other programs. The window is given one when it starts; tests give it one that chooses by itself.
pub trait Outside: Send + Sync + fmt::Debug {
    /// Lets the clerk choose documents. Nothing is chosen where she leaves the dialog, or there is none on this machine.
    fn choose(&self, title: String) -> BoxFuture<'static, Vec<PathBuf>>;
    /// Lets the clerk say where a document is saved. The dialog itself asks before a file is replaced.
    fn save_as(&self, title: String, name: String) -> BoxFuture<'static, Option<PathBuf>>;
    /// Opens a file in the program that this machine has for it; says whether one took it.
    fn open(&self, file: PathBuf) -> BoxFuture<'static, bool>;
}

/// The system's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl Outside for System {
    fn choose(&self, title: String) -> BoxFuture<'static, Vec<PathBuf>> {
        let kinds = [FileKind::Pdf, FileKind::Jpeg, FileKind::Png, FileKind::WebP, FileKind::Tiff];
        let endings: Vec<&str> = kinds.into_iter().map(FileKind::ending).chain(["jpeg", "tiff"]).collect();
        // The name does not decide: what is chosen is looked at by its content.
        let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter("PDF, JPEG, PNG, WebP, TIFF", &endings);
        Box::pin(async move {
            let files = dialog.pick_files().await.unwrap_or_default();
            files.into_iter().map(|file| file.path().to_owned()).collect()
        })
    }

    fn save_as(&self, title: String, name: String) -> BoxFuture<'static, Option<PathBuf>> {
        let dialog = rfd::AsyncFileDialog::new().set_title(title).set_file_name(name);
        Box::pin(async move { dialog.save_file().await.map(|file| file.path().to_owned()) })
    }

    fn open(&self, file: PathBuf) -> BoxFuture<'static, bool> {
        Box::pin(async move {
            let mut command = opener(&file);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            matches!(command.status().await, Ok(status) if status.success())
        })
    }
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener(file: &Path) -> tokio::process::Command {
    let mut command = tokio::process::Command::new("xdg-open");
    command.arg(file);
    command
}

#[cfg(target_os = "macos")]
fn opener(file: &Path) -> tokio::process::Command {
    let mut command = tokio::process::Command::new("open");
    command.arg(file);
    command
}

#[cfg(windows)]
fn opener(file: &Path) -> tokio::process::Command {
    let mut command = tokio::process::Command::new("explorer");
    command.arg(file);
    command
}
