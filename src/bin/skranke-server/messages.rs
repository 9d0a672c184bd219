//! How messages to citizens leave the house, on the command line. What does not live here: sending them (the server's `outbound`).

use std::path::PathBuf;

use clap::Args;
use skranke_server::outbound::{MailOffice, Way};

use crate::Failure;

/// How messages to citizens leave the house; without any of these they become files in a folder beside the database.
#[derive(Debug, Args)]
pub struct Messages {
    /// Write messages to citizens into this folder instead of the one beside the database.
    #[arg(long, value_name = "DIR", conflicts_with = "smtp")]
    messages: Option<PathBuf>,
    /// Send messages by this mail server: smtps://HOST, smtp://HOST:587?tls=required, or smtp://127.0.0.1:PORT.
    #[arg(long, value_name = "URL", requires = "mail_from")]
    smtp: Option<String>,
    /// Who messages are from.
    #[arg(long, value_name = "ADDRESS", requires = "smtp")]
    mail_from: Option<String>,
    /// Who signs in at the mail server; the password comes from --smtp-password-file or SKRANKE_SMTP_PASSWORD.
    #[arg(long, value_name = "NAME", requires = "smtp")]
    smtp_user: Option<String>,
    /// The file that holds the mail server's password.
    #[arg(long, value_name = "FILE", requires = "smtp_user")]
    smtp_password_file: Option<PathBuf>,
    /// Send text messages as mail to NUMBER@DOMAIN, a gateway's.
    #[arg(long, value_name = "DOMAIN", requires = "smtp")]
    sms_by_mail: Option<String>,
}

impl Messages {
    /// The way that was chosen.
    pub fn way(&self) -> Result<Way, Failure> {
        let (Some(url), Some(from)) = (&self.smtp, &self.mail_from) else {
            return Ok(self.messages.clone().map_or(Way::Folder, Way::FolderAt));
        };
        let login = match &self.smtp_user {
            Some(user) => Some((user.clone(), self.password()?)),
            None => None,
        };
        let (url, from) = (url.clone(), from.clone());
        Ok(Way::Smtp(Box::new(MailOffice { url, login, from, sms_domain: self.sms_by_mail.clone() })))
    }

    /// The password: never from the command line, which everybody on the machine can read.
    fn password(&self) -> Result<String, Failure> {
        match &self.smtp_password_file {
            Some(path) => std::fs::read_to_string(path)
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|error| Failure::Use(format!("the password file {} cannot be read: {error}", path.display()))),
            None => std::env::var("SKRANKE_SMTP_PASSWORD").map_err(|_| {
                Failure::Use(
                    "the mail server's password is missing: --smtp-password-file or SKRANKE_SMTP_PASSWORD".to_owned(),
                )
            }),
        }
    }
}
