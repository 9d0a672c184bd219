//! What somebody is told whose server cannot prove who it is: real handshakes on loopback with certificates made here.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use skranke_domain::authority::Role;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::*;
use crate::keyring::ProcessKeyring;
use crate::sign_in::{Asking, Browser, Consent, Oidc, Settings, SignIn, SignInError, TokenStore};
use crate::testing::quick;
use crate::{CaseApi, ClientError, Endpoint, Fixed, Secret};

/// An office's own authority.
struct Authority(Issuer<'static, KeyPair>, String);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self(Issuer::new(params, key), pem)
    }

    fn trust(&self) -> Trust {
        Trust::from_pem(self.1.as_bytes()).unwrap()
    }

    /// A server's certificate, bent.
    fn server(&self, name: &str, bend: impl FnOnce(&mut CertificateParams)) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        bend(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder().with_no_client_auth();
        Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap())
    }
}

/// A server behind TLS that says who is signed in, and counts who comes and who asks.
struct Server {
    url: String,
    came: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(config: Arc<ServerConfig>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let (came, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counters = (came.clone(), asked.clone());
        let task = tokio::spawn(async move {
            let acceptor = TlsAcceptor::from(config);
            while let Ok((socket, _)) = listener.accept().await {
                counters.0.fetch_add(1, Ordering::SeqCst);
                let (acceptor, asked) = (acceptor.clone(), counters.1.clone());
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(socket).await else { return };
                    let mut head = [0_u8; 4096];
                    if stream.read(&mut head).await.is_ok_and(|read| read > 0) {
                        asked.fetch_add(1, Ordering::SeqCst);
                        let body = r#"{"id":"01890000-0000-7000-8000-000000000001","name":"Ida Mellemgaard","initials":"IM",
                            "role":"clerk","department":"kff","authorities":[],"site":"norrebro","counter":null,
                            "training":false,"municipality":"Prøvekøbing"}"#;
                        let answer = format!(
                            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                            body.len()
                        );
                        let _ = stream.write_all(answer.as_bytes()).await;
                        let _ = stream.shutdown().await;
                    }
                });
            }
        });
        Self { url, came, asked, task }
    }

    fn api(&self, trust: Trust) -> CaseApi {
        let endpoint = Endpoint::new(&self.url, Secret::new("token-a")).unwrap();
        CaseApi::with_limits(Arc::new(Fixed::new(endpoint).trusting(trust)), Role::Clerk, quick())
    }

    fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[tokio::test]
async fn a_server_of_the_offices_own_authority_is_believed() {
    let authority = Authority::new();
    let server = Server::start(authority.server("localhost", |_| {})).await;
    assert_eq!(server.api(authority.trust()).me().await.unwrap().initials, "IM");
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_and_nothing_is_sent_to_whoever_holds_it() {
    let (office, other) = (Authority::new(), Authority::new());
    let bent: [(Arc<ServerConfig>, Untrusted); 5] = [
        (other.server("localhost", |_| {}), Untrusted::UnknownIssuer),
        (
            office.server("localhost", |p| {
                (p.not_before, p.not_after) = (date_time_ymd(2019, 1, 1), date_time_ymd(2020, 1, 1))
            }),
            Untrusted::Expired,
        ),
        (
            office.server("localhost", |p| {
                (p.not_before, p.not_after) = (date_time_ymd(4000, 1, 1), date_time_ymd(4001, 1, 1))
            }),
            Untrusted::NotYetValid,
        ),
        (office.server("elsewhere.example.dk", |_| {}), Untrusted::WrongName),
        (
            office.server("localhost", |p| p.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth]),
            Untrusted::Other,
        ),
    ];
    for (config, expected) in bent {
        let server = Server::start(config).await;
        let error = server.api(office.trust()).me().await.unwrap_err();
        assert_eq!(error, ClientError::Certificate(expected));
        assert_eq!((error.untrusted(), error.is_line_down()), (Some(expected), true));
        assert_eq!((server.came(), server.asked()), (1, 0), "{expected:?}: asked once, and nothing said");
        assert!(!format!("{error} {error:?}").contains("localhost"));
    }
}

struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&self, _: &str) -> io::Result<()> {
        panic!("nobody is sent to a provider that is not believed");
    }
}

#[tokio::test]
async fn a_provider_that_cannot_prove_who_it_is_is_asked_nothing() {
    let (office, other) = (Authority::new(), Authority::new());
    let server = Server::start(other.server("localhost", |_| {})).await;
    let settings = Settings {
        issuer: server.url.clone(),
        client_id: "skranke".to_owned(),
        scopes: Vec::new(),
        resource: None,
        consent: Consent::AsItLikes,
        trust: office.trust(),
    };
    let store = TokenStore::new(Arc::new(ProcessKeyring::default()), Ok(()), &settings.issuer, &settings.client_id);
    let window = Oidc::new(settings, store, Arc::new(NoBrowser)).unwrap();
    let refused = window.sign_in(Asking::Anew).await;
    assert_eq!(refused, Err(SignInError::Certificate(Untrusted::UnknownIssuer)));
    assert_eq!(server.asked(), 0);
}

#[test]
fn a_file_without_certificates_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    assert!(matches!(Trust::from_file(&file), Err(TrustError::File(_))));
    let rubbish = "-----BEGIN CERTIFICATE-----\naGVq\n-----END CERTIFICATE-----\n";
    for text in ["", "not a certificate", rubbish] {
        std::fs::write(&file, text).unwrap();
        assert!(matches!(Trust::from_file(&file), Err(TrustError::NoCertificates)), "{text}");
    }
    std::fs::write(&file, Authority::new().1).unwrap();
    assert!(Trust::from_file(&file).is_ok());
}
