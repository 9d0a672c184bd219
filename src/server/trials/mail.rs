//! Messages by SMTP to a mail server that somebody else wrote, on the loopback: aiosmtpd in a process of its own. Without Python or aiosmtpd
//! the trials say so and are skipped.

use std::process::Stdio;

use skranke_domain::MessageId;
use skranke_domain::appointment::MessageChannel;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use super::*;
use crate::outbound::{MailOffice, Message, SendError, Sender, SmtpSender, Way};

struct MailServer {
    /// Ends with the trial.
    _process: Child,
    says: Lines<BufReader<ChildStdout>>,
    port: u64,
}

impl MailServer {
    /// Starts a mail server; none where this machine cannot.
    async fn start() -> Option<Self> {
        for python in ["python3", "/usr/bin/python3", "python"] {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/trials/mail_server.py");
            let mut command = Command::new(python);
            command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
            let Ok(mut process) = command.spawn() else { continue };
            let mut says = BufReader::new(process.stdout.take().unwrap()).lines();
            if let Ok(Some(line)) = says.next_line().await {
                let port = serde_json::from_str::<Value>(&line).unwrap()["port"].as_u64().unwrap();
                return Some(Self { _process: process, says, port });
            }
        }
        println!("SKIPPED: no Python with aiosmtpd (Debian: python3-aiosmtpd)");
        None
    }

    fn office(&self) -> MailOffice {
        MailOffice {
            url: format!("smtp://127.0.0.1:{}", self.port),
            login: None,
            from: "Borgerservice <svar@skovvig.invalid>".to_owned(),
            sms_domain: Some("sms.invalid".to_owned()),
        }
    }

    async fn next(&mut self) -> Value {
        serde_json::from_str(&self.says.next_line().await.unwrap().unwrap()).unwrap()
    }
}

fn message(channel: MessageChannel, address: &str) -> Message {
    let subject = (channel == MessageChannel::Email).then(|| "Termin wizyty: środa, 17 czerwca".to_owned());
    let text = format!("Prosimy zabrać ze sobą:\n• paszport\n.\n{}", "ż".repeat(1200));
    Message { id: MessageId::new(), channel, address: address.to_owned(), subject, text }
}

#[tokio::test]
async fn a_mail_server_takes_what_we_send_with_every_letter_and_our_own_identifier() {
    let Some(mut server) = MailServer::start().await else { return };
    let sender = SmtpSender::new(&server.office()).unwrap();
    let mail = message(MessageChannel::Email, "kalina.1@example.dk");
    sender.send(&mail).await.unwrap();
    let taken = server.next().await;
    assert_eq!((&taken["from"], &taken["to"]), (&json!("svar@skovvig.invalid"), &json!(["kalina.1@example.dk"])));
    assert_eq!(taken["id"], format!("<{}@skovvig.invalid>", mail.id));
    assert_eq!(taken["subject"], mail.subject.clone().unwrap());
    assert_eq!(taken["text"].as_str().unwrap().replace("\r\n", "\n").trim_end(), mail.text);
    let text = message(MessageChannel::Sms, "00 12 34 56");
    sender.send(&text).await.unwrap();
    assert_eq!(server.next().await["to"], json!(["00123456@sms.invalid"]));

    let never = sender.send(&message(MessageChannel::Email, "nobody@example.dk")).await.unwrap_err();
    assert_eq!(never, SendError::Never("the mail server answered 550".to_owned()));
    let later = sender.send(&message(MessageChannel::Email, "later@example.dk")).await.unwrap_err();
    assert_eq!(later, SendError::Later("the mail server answered 451".to_owned()));
    let none = sender.send(&message(MessageChannel::Email, "no address")).await.unwrap_err();
    assert!(matches!(none, SendError::Never(_)));
    let no_gateway = SmtpSender::new(&MailOffice { sms_domain: None, ..server.office() }).unwrap();
    let never = no_gateway.send(&message(MessageChannel::Sms, "00 12 34 56")).await.unwrap_err();
    assert!(matches!(never, SendError::Never(_)));
    drop(server);
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_asked_again_later() {
    // A port that was free a moment ago: nobody listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let office = MailOffice {
        url: format!("smtp://127.0.0.1:{port}"),
        login: None,
        from: "svar@skovvig.invalid".to_owned(),
        sms_domain: None,
    };
    let sender = SmtpSender::new(&office).unwrap();
    let later = sender.send(&message(MessageChannel::Email, "kalina.1@example.dk")).await.unwrap_err();
    assert!(matches!(later, SendError::Later(_)), "{later:?}");
}

#[tokio::test]
async fn what_runs_out_reaches_a_mail_server() {
    let Some(mut server) = MailServer::start().await else { return };
    let way = Way::Smtp(Box::new(server.office()));
    let office = Office::open_with(|config| Config { way, ..config }).await;
    let mut conn = office.service.app().store.writer().await.unwrap();
    sqlx::query("DELETE FROM expiry").execute(&mut *conn).await.unwrap();
    sqlx::query("INSERT INTO expiry (citizen, what, until) VALUES (1, 'passport', '2026-07-01')")
        .execute(&mut *conn)
        .await
        .unwrap();
    drop(conn);
    assert_eq!(office.service.remind_due().await.unwrap(), 1);
    assert_eq!(office.service.send_due().await.unwrap(), 2);
    let (one, other) = (server.next().await, server.next().await);
    let mail = if one["subject"] == "" { &other } else { &one };
    assert!(mail["subject"].as_str().unwrap().contains("Paszport"), "{mail}");
}
