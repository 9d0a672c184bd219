//! Messages by the office's mail server; text messages go to a gateway that takes mail. What does not live here: when something is sent.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, header};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use skranke_domain::appointment::MessageChannel;

use super::{Message, SendError, Sender};

/// How long the mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which mail server takes the office's messages.
#[derive(Clone)]
pub struct MailOffice {
    /// Its address: `smtps://mail.example:465`, `smtp://mail.example:587?tls=required`, `smtp://127.0.0.1:2525`. It carries no password.
    pub url: String,
    /// Who signs in there, and with which password.
    pub login: Option<(String, String)>,
    /// Who the messages are from.
    pub from: String,
    /// The domain of a gateway that sends mail to `NUMBER@DOMAIN` on as a text message; without one text messages cannot be sent.
    pub sms_domain: Option<String>,
}

impl std::fmt::Debug for MailOffice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither who signs in nor the password.
        f.debug_struct("MailOffice")
            .field("from", &self.from)
            .field("sms_domain", &self.sms_domain)
            .finish_non_exhaustive()
    }
}

/// Why a mail server cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailOfficeError {
    /// The address of the server is none. It is not repeated, since somebody may have written a password into it.
    #[error(
        "the mail server's address cannot be read: write smtp://HOST:PORT or smtps://HOST:PORT, without a user or a password"
    )]
    Url,
    /// A server that is not on this machine, without encryption.
    #[error("mail to another machine must be encrypted: write smtps://HOST or smtp://HOST?tls=required")]
    Plain,
    /// Our own address is none.
    #[error("{0} is no e-mail address to send from")]
    From(String),
    /// The gateway's domain is none.
    #[error("{0} is no domain that text messages could be mailed to")]
    SmsDomain(String),
}

/// Sends by SMTP.
#[derive(Debug)]
pub struct SmtpSender {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    sms_domain: Option<String>,
}

impl SmtpSender {
    /// A sender by a mail server. Nothing is asked of the server yet.
    ///
    /// # Errors
    /// [`MailOfficeError`] says what is wrong with the addresses.
    pub fn new(office: &MailOffice) -> Result<Self, MailOfficeError> {
        if office.url.contains('@') {
            return Err(MailOfficeError::Url);
        }
        let plain = office.url.starts_with("smtp://") && !office.url.contains("tls=required");
        if plain && !is_loopback(&office.url) {
            return Err(MailOfficeError::Plain);
        }
        let mut builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(&office.url).map_err(|_| MailOfficeError::Url)?;
        if let Some((user, password)) = &office.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        let from = office.from.parse::<Mailbox>().map_err(|_| MailOfficeError::From(office.from.clone()))?;
        if let Some(domain) = &office.sms_domain
            && Address::new("4512345678", domain.as_str()).is_err()
        {
            return Err(MailOfficeError::SmsDomain(domain.clone()));
        }
        Ok(Self { server: builder.timeout(Some(PATIENCE)).build(), from, sms_domain: office.sms_domain.clone() })
    }

    fn receiver(&self, message: &Message) -> Result<Mailbox, SendError> {
        let address = match message.channel {
            MessageChannel::Email => message.address.parse(),
            MessageChannel::Sms => {
                let domain = self.sms_domain.as_deref();
                let domain =
                    domain.ok_or_else(|| SendError::Never("there is no gateway for text messages".to_owned()))?;
                let digits: String = message.address.chars().filter(char::is_ascii_digit).collect();
                Address::new(digits, domain)
            }
        };
        let address = address.map_err(|_| SendError::Never("the receiver's address is none".to_owned()))?;
        Ok(Mailbox::new(None, address))
    }
}

/// Whether a mail server's address is this machine.
fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?']).next().unwrap_or_default();
    let name = place.strip_prefix('[').and_then(|h| h.split(']').next());
    let name = name.unwrap_or_else(|| place.split(':').next().unwrap_or_default());
    matches!(name, "127.0.0.1" | "localhost" | "::1")
}

#[async_trait]
impl Sender for SmtpSender {
    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let domain = self.from.email.domain();
        let mail = lettre::Message::builder()
            .from(self.from.clone())
            .to(self.receiver(message)?)
            .message_id(Some(format!("<{}@{domain}>", message.id)))
            .header(header::Subject::from(message.subject.clone().unwrap_or_default()))
            .header(ContentType::TEXT_PLAIN)
            .body(message.text.clone())
            .map_err(|_| SendError::Never("the message cannot be written as mail".to_owned()))?;
        match self.server.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(SendError::Never(why(&error))),
            Err(error) => Err(SendError::Later(why(&error))),
        }
    }
}

/// What kind of failure it was. A server's own words may repeat an address, so its code alone is told.
fn why(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "the mail server does not answer".to_owned(),
        None if error.is_tls() => "the mail server's encryption does not hold".to_owned(),
        None => "the mail server cannot be reached".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(url: &str, from: &str, sms: Option<&str>) -> Result<SmtpSender, MailOfficeError> {
        let (url, from) = (url.to_owned(), from.to_owned());
        let office = MailOffice { url, login: None, from, sms_domain: sms.map(str::to_owned) };
        SmtpSender::new(&office)
    }

    #[tokio::test]
    async fn a_mail_server_elsewhere_must_be_encrypted_and_addresses_must_be_addresses() {
        assert!(office("smtp://127.0.0.1:2525", "borger@skovvig.invalid", Some("sms.invalid")).is_ok());
        assert!(office("smtps://mail.invalid", "borger@skovvig.invalid", None).is_ok());
        assert!(office("smtp://mail.invalid:587?tls=required", "borger@skovvig.invalid", None).is_ok());
        let wrong = |url, from, sms| office(url, from, sms).err();
        assert_eq!(wrong("smtp://mail.invalid", "a@b.invalid", None), Some(MailOfficeError::Plain));
        assert_eq!(wrong("smtp://127.0.0.1@mail.invalid", "a@b.invalid", None), Some(MailOfficeError::Url));
        assert_eq!(wrong("mail.invalid", "a@b.invalid", None), Some(MailOfficeError::Url));
        assert_eq!(wrong("smtp://[::1]:25", "nobody", None), Some(MailOfficeError::From("nobody".to_owned())));
        let domain = Some(MailOfficeError::SmsDomain("not a domain".to_owned()));
        assert_eq!(wrong("smtp://localhost", "a@b.invalid", Some("not a domain")), domain);
    }

    #[test]
    fn the_mail_servers_password_is_never_shown() {
        let login = Some(("office".to_owned(), "secret".to_owned()));
        let (url, from) = ("smtps://mail.invalid".to_owned(), "a@b.invalid".to_owned());
        let office = MailOffice { url, login, from, sms_domain: None };
        assert!(!format!("{office:?}").contains("secret"));
    }
}
