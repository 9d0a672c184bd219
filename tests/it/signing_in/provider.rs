//! The provider of `provider.mjs` as a process, and a browser in which somebody signs in at it. What does not live here: what is expected.

use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response, Url};
use skranke::client::sign_in::Browser;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// No sign-in takes more pages.
const PAGES: usize = 16;

/// Where `.ci/prepare.sh` puts the provider's modules, or the reason that they are not there.
pub fn modules() -> Result<PathBuf, String> {
    let folder = std::env::var_os("SKRANKE_OIDC_MODULES")
        .map_or_else(|| Path::new(ROOT).join("target/ci/oidc/node_modules"), PathBuf::from);
    if !folder.join("oidc-provider").exists() {
        return Err(format!("oidc-provider is not installed in {}: run .ci/prepare.sh", folder.display()));
    }
    match node().arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(folder),
        _ => Err("there is no node".to_owned()),
    }
}

/// The node that `.ci/prepare.sh` installed, or the system's.
fn node() -> Command {
    let own = Path::new(ROOT).join("target/ci/tools/bin/node");
    if own.exists() { Command::new(own) } else { Command::new("node") }
}

/// The provider. It ends when dropped.
pub struct Provider {
    child: Child,
    tell: ChildStdin,
    told: BufReader<ChildStdout>,
    pub issuer: String,
}

impl Provider {
    pub fn start(modules: &Path, audience: &str) -> Self {
        let mut child = node()
            .arg(Path::new(ROOT).join("tests/it/signing_in/provider.mjs"))
            .arg(modules)
            .arg(audience)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, told) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut provider = Self { child, tell, told, issuer: String::new() };
        provider.issuer = provider.hear("READY ");
        provider
    }

    /// The rest of the next line that begins so.
    fn hear(&mut self, begin: &str) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.told.read_line(&mut line).unwrap() > 0, "the provider ended");
            if let Some(rest) = line.strip_prefix(begin) {
                return rest.trim().to_owned();
            }
        }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.tell, "{line}").unwrap();
    }

    pub fn rotate(&mut self) {
        self.say("rotate");
        self.hear("done");
    }

    /// How long access tokens last from now on.
    pub fn tokens_last(&mut self, seconds: u32) {
        self.say(&format!("ttl {seconds}"));
        self.hear("done");
    }

    /// Whether a refresh token would still be taken.
    pub fn takes(&mut self, refresh: &str) -> bool {
        self.say(&format!("alive {refresh}"));
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.told.read_line(&mut line).unwrap() > 0, "the provider ended");
            match line.trim() {
                "yes" => return true,
                "no" => return false,
                _ => {}
            }
        }
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with cookies, and somebody who types into the forms it shows.
#[derive(Clone)]
pub struct Hands {
    client: Client,
    cookies: Arc<Mutex<Vec<(String, String)>>>,
    types: Arc<Mutex<&'static str>>,
    typed: Arc<Mutex<Vec<&'static str>>>,
}

impl Hands {
    pub fn new(types: &'static str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .no_proxy()
            .tls_certs_only(std::iter::empty())
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { client, cookies: Arc::default(), types: Arc::new(Mutex::new(types)), typed: Arc::default() }
    }

    /// Who sits there from now on.
    pub fn become_somebody(&self, types: &'static str) {
        *self.types.lock().unwrap() = types;
    }

    /// The forms that were filled in since the last time somebody asked.
    pub fn typed(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.typed.lock().unwrap())
    }

    async fn send(&self, url: &Url, form: Option<String>) -> Response {
        let cookies =
            self.cookies.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ");
        let mut request = match form {
            Some(form) => {
                self.client.post(url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
            }
            None => self.client.get(url.clone()),
        };
        // The way back is another host: what the provider set is not its business.
        if !is_way_back(url) {
            request = request.header(COOKIE, cookies);
        }
        let response = request.send().await.unwrap();
        for set in response.headers().get_all(SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            let mut kept = self.cookies.lock().unwrap();
            kept.retain(|(n, _)| n != name);
            if !value.is_empty() {
                kept.push((name.to_owned(), value.to_owned()));
            }
        }
        response
    }

    /// Follows an address until it is at its end.
    async fn go(&self, address: Url) {
        let mut at = address;
        let mut form = None;
        for _ in 0..PAGES {
            let response = self.send(&at, form.take()).await;
            if let Some(to) = response.headers().get(LOCATION) {
                at = at.join(to.to_str().unwrap()).unwrap();
                continue;
            }
            let page = response.text().await.unwrap();
            let Some(filled) = self.fill(&page) else { return };
            (at, form) = (at.join(&action(&page)).unwrap(), Some(filled));
        }
        panic!("the sign-in has no end");
    }

    /// What is sent with the form of a page; none where there is nothing to fill in.
    fn fill(&self, page: &str) -> Option<String> {
        let (what, filled) = if page.contains(r#"value="login""#) {
            ("login", format!("prompt=login&login={}&password=x", self.types.lock().unwrap()))
        } else if page.contains(r#"value="consent""#) {
            ("consent", "prompt=consent".to_owned())
        } else if let Some(word) = between(page, r#"name="xsrf" value=""#, "\"") {
            ("leave", format!("xsrf={word}&logout=yes"))
        } else {
            return None;
        };
        self.typed.lock().unwrap().push(what);
        Some(filled)
    }
}

fn is_way_back(url: &Url) -> bool {
    url.path() == "/callback"
}

fn action(page: &str) -> String {
    between(page, r#"action=""#, "\"").unwrap().replace("&amp;", "&")
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let rest = text.split_once(from)?.1;
    Some(rest.split_once(to)?.0)
}

impl Browser for Hands {
    fn open(&self, address: &str) -> io::Result<()> {
        let (hands, address) = (self.clone(), Url::parse(address).unwrap());
        tokio::runtime::Handle::current().spawn(async move { hands.go(address).await });
        Ok(())
    }
}
