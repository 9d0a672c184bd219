//! Messages as files in a folder: what the training municipality sends. What does not live here: when something is sent.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use skranke_domain::appointment::MessageChannel;

use super::{Message, SendError, Sender};
use crate::seal::write_private;
use crate::store::Database;

/// Writes each message into a file of its own, named by the message: `ID.eml` or `ID.txt`.
#[derive(Debug)]
pub struct FolderSender {
    folder: Option<PathBuf>,
}

impl FolderSender {
    /// The folder that goes with a database: beside its file. A database in memory keeps nothing, and neither do its messages.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn beside(database: &Database) -> io::Result<Self> {
        let Some(file) = database.file() else { return Ok(Self { folder: None }) };
        let mut folder = file.as_os_str().to_owned();
        folder.push(".messages");
        Self::at(Path::new(&folder))
    }

    /// A folder that is made where it is missing.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn at(folder: &Path) -> io::Result<Self> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(folder)?;
        Ok(Self { folder: Some(folder.to_owned()) })
    }
}

#[async_trait]
impl Sender for FolderSender {
    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let (end, text) = match message.channel {
            MessageChannel::Email => {
                // As a mail program opens it.
                let subject = message.subject.as_deref().unwrap_or_default().replace(['\r', '\n'], " ");
                let text = message.text.replace('\n', "\r\n");
                let head = format!(
                    "To: {}\r\nSubject: {subject}\r\nMessage-ID: <{}@skranke.invalid>\r\nMIME-Version: 1.0\r\n\
                     Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit",
                    message.address, message.id
                );
                ("eml", format!("{head}\r\n\r\n{text}\r\n"))
            }
            MessageChannel::Sms => ("txt", format!("{}\n\n{}\n", message.address, message.text)),
        };
        let path = folder.join(format!("{}.{end}", message.id));
        let beside = folder.join(format!("{}.part", message.id));
        let written = tokio::task::spawn_blocking(move || {
            // What an earlier try left half-written is written again.
            let _ = std::fs::remove_file(&beside);
            write_private(&beside, text.as_bytes())?;
            std::fs::rename(&beside, &path)
        });
        match written.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(SendError::Later(error.kind().to_string())),
            Err(_) => Err(SendError::Later("the writing was broken off".to_owned())),
        }
    }
}
