//! The line to the provider, and what of all this reaches the log.

use std::sync::Mutex;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::*;

/// An authority that signs certificates: its certificate in PEM, and itself.
fn authority() -> (String, Issuer<'static, KeyPair>) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let pem = params.self_signed(&key).unwrap().pem();
    (pem, Issuer::new(params, key))
}

/// Takes encrypted connections, and forgets those that come to nothing.
struct Encrypted(TcpListener, TlsAcceptor);

impl axum::serve::Listener for Encrypted {
    type Io = TlsStream<TcpStream>;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (line, from) = self.0.accept().await.unwrap();
            if let Ok(line) = self.1.accept(line).await {
                return (line, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// A provider whose certificate an authority signed for a name; gives its issuer.
async fn encrypted(says: &Arc<Says>, by: &Issuer<'static, KeyPair>, name: &str) -> String {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, by).unwrap();
    let private = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let server = rustls::ServerConfig::builder().with_no_client_auth();
    let server = server.with_single_cert(vec![certificate.der().clone()], private).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("https://{}/oidc", listener.local_addr().unwrap());
    let (listener, router) = (Encrypted(listener, TlsAcceptor::from(Arc::new(server))), says.router(&issuer));
    tokio::spawn(async move { axum::serve(listener, router).await });
    issuer
}

#[tokio::test]
async fn a_provider_under_the_offices_own_authority_is_believed_and_one_under_another_is_not() {
    let (pem, ours) = authority();
    let (other, _) = authority();
    let pair = Pair::ed("first");
    for (file, name, status) in [(&pem, "127.0.0.1", 200), (&other, "127.0.0.1", 503), (&pem, "login.example", 503)] {
        let says = Says::of(&pair);
        let issuer = encrypted(&says, &ours, name).await;
        let house = House { office: office(&issuer, Some(file)).await, says, issuer, pair: pair.clone() };
        assert_eq!(house.status(&house.ada()).await, status, "{name}");
        assert_eq!(house.fetched(), usize::from(status == 200));
    }
}

#[tokio::test]
async fn a_certificate_that_is_none_is_told_with_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let example = include_str!("../../../../packaging/sign-in.toml").replace("# ca = ", "ca = ");
    let path = folder.path().join("sign-in.toml");
    std::fs::write(&path, example).unwrap();
    let told = || OidcOffice::read(&path, &CATALOGUE, Town::Real).unwrap_err().to_string();
    assert!(told().contains("kommune-ca.pem cannot be read"), "{}", told());
    std::fs::write(folder.path().join("kommune-ca.pem"), "no certificate").unwrap();
    assert!(told().ends_with("kommune-ca.pem holds no certificate in PEM"), "{}", told());
}

/// Keeps what is logged.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps everything that is logged on this thread while the guards live.
    pub(super) fn listen(&self) -> (tracing::Dispatch, tracing::subscriber::DefaultGuard) {
        let kept = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || kept.clone())
            .finish();
        // Beside a second one: while there is but one, what other tests say first on their own threads is taken for unheard and stays so.
        let beside =
            tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::sink).finish();
        (tracing::Dispatch::new(beside), tracing::subscriber::set_default(subscriber))
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_of_a_token_and_nobodys_name_stands_in_the_log() {
    let log = Log::default();
    let _guards = log.listen();
    let house = House::open().await;
    let mut tokens = vec![house.pair.sign(&house.ada())];
    for change in [json!({ "aud": "x" }), json!({ "exp": 1 }), json!({ "groups": [] }), json!({ "sub": "" })] {
        tokens.push(house.pair.sign(&house.ada_but(change)));
    }
    tokens.push(Pair::ed("first").sign(&house.ada()));
    tokens.push(Pair::ed("other").sign(&house.ada()));
    for token in &tokens {
        house.me(token).await;
    }
    let text = log.text();
    for reason in ["Audience", "Expired", "NoRole", "Subject", "Signature", "UnknownKey"] {
        assert!(text.contains(&format!("a token was refused reason={reason} count=1")), "{reason} in {text}");
    }
    let parts = tokens.iter().flat_map(|token| token.split('.')).filter(|part| part.len() > 8);
    for trace in parts.chain(["Ada", "Prøvensen", "ada-7", "Bearer"]) {
        assert!(!text.contains(trace), "{trace}");
    }
}
