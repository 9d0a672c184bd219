//! Signing in by OpenID Connect: authorisation code with PKCE in the system's browser, renewing, signing out. What lives here: who is signed in,
//! and one renewal at a time. What does not: the provider's language (`provider`), where things are kept (`store`).

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use tokio::sync::watch;

use super::browser::Browser;
use super::landing::{Expected, Landing};
use super::provider::{Came, Http, Named, Prove, Provider, Settings, Unproved};
use super::store::{Kept, TokenStore};
use super::{Asking, Keeping, PATIENCE, SignIn, SignInError, SignedIn};
use crate::endpoint::Secret;

/// An access token is renewed so long before it ends; one that lives shortly, at half its life.
const BEFOREHAND: Duration = Duration::from_secs(60);
/// A token that is refused within so long after it came is refused for a reason that another one does not mend.
const JUST_CAME: Duration = Duration::from_secs(10);
/// A provider that could not be asked is asked again after so long: requests that wait for it must not queue up meanwhile.
const PAUSE: Duration = Duration::from_secs(15);

/// Signing in by OpenID Connect. Cheap to clone.
#[derive(Clone)]
pub struct Oidc(Arc<Inner>);

struct Inner {
    settings: Arc<Settings>,
    http: Http,
    store: Arc<TokenStore>,
    browser: Arc<dyn Browser>,
    /// Taken by whoever renews, so that windows of one person spend what was kept one after the other.
    turn_file: Option<PathBuf>,
    /// Held while tokens are renewed, put in place or given back: one at a time.
    turn: tokio::sync::Mutex<()>,
    provider: Mutex<Option<Arc<Provider>>>,
    session: Mutex<State>,
    by_hand: watch::Sender<Option<String>>,
}

#[derive(Default)]
struct State {
    session: Option<Session>,
    /// Who was signed in last; outlives her tokens, so that nobody else opens her lock.
    who: Option<SignedIn>,
    /// When the provider could not be asked, and why.
    failed: Option<(Instant, SignInError)>,
    /// She signed out: whoever comes next says who she is, whatever the browser remembers.
    left: bool,
    /// She was let in while nobody could be asked, and has no tokens yet.
    let_in: bool,
}

/// Somebody who is signed in.
#[derive(Clone)]
struct Session {
    access: Secret,
    refresh: Option<Secret>,
    came: Instant,
    lasts: Duration,
    /// The server refused the token.
    refused: bool,
}

impl Session {
    fn of(came: &Came, before: Option<Secret>) -> Self {
        let refresh = came.refresh().or(before);
        Self { access: came.access(), refresh, came: Instant::now(), lasts: came.lasts(), refused: false }
    }

    /// It can be used and needs no renewal yet.
    fn is_fresh(&self) -> bool {
        !self.refused && self.came.elapsed() + BEFOREHAND.min(self.lasts / 2) < self.lasts
    }

    /// It can be used at all.
    fn lives(&self) -> bool {
        !self.refused && self.came.elapsed() < self.lasts
    }
}

/// Clears the address that is shown, however the sign-in ends.
struct ByHand<'a>(&'a watch::Sender<Option<String>>);

impl Drop for ByHand<'_> {
    fn drop(&mut self) {
        self.0.send_replace(None);
    }
}

impl Oidc {
    /// Nobody is signed in yet, and nobody is asked.
    ///
    /// # Errors
    /// [`SignInError`] when this machine cannot ask anybody.
    pub fn new(settings: Settings, store: TokenStore, browser: Arc<dyn Browser>) -> Result<Self, SignInError> {
        Self::assemble(settings, store, browser, None)
    }

    /// The same, with a file by which the windows of one person take turns. Nothing is written into it.
    ///
    /// # Errors
    /// As [`Oidc::new`].
    pub fn taking_turns(
        settings: Settings,
        store: TokenStore,
        browser: Arc<dyn Browser>,
        turn_file: PathBuf,
    ) -> Result<Self, SignInError> {
        Self::assemble(settings, store, browser, Some(turn_file))
    }

    fn assemble(
        settings: Settings,
        store: TokenStore,
        browser: Arc<dyn Browser>,
        turn_file: Option<PathBuf>,
    ) -> Result<Self, SignInError> {
        let http = Http::new(&settings)?;
        Ok(Self(Arc::new(Inner {
            settings: Arc::new(settings),
            http,
            store: Arc::new(store),
            browser,
            turn_file,
            turn: tokio::sync::Mutex::new(()),
            provider: Mutex::new(None),
            session: Mutex::new(State::default()),
            by_hand: watch::Sender::new(None),
        })))
    }

    /// The access token, renewed where it ends soon; none: nobody is signed in.
    pub(super) async fn access(&self) -> Result<Option<Secret>, SignInError> {
        if let Some(access) = self.0.fresh() {
            return Ok(Some(access));
        }
        self.0.go_on().await
    }

    /// Whether a token is the one that is used now and needs no renewal.
    pub(super) fn is_current(&self, access: &Secret) -> bool {
        self.0.fresh().as_ref() == Some(access)
    }

    /// The server refused a token: the next one who asks gets another.
    pub(super) fn refused(&self, access: &Secret) {
        let mut state = self.0.state();
        if let Some(session) = state.session.as_mut().filter(|s| s.access == *access) {
            session.refused = session.came.elapsed() > JUST_CAME.min(session.lasts / 2);
        }
    }
}

impl Inner {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self) -> Option<Secret> {
        self.state().session.as_ref().filter(|s| s.is_fresh()).map(|s| s.access.clone())
    }

    /// Renews on a task of its own: whoever asked may go away, what was spent at the provider must not.
    async fn go_on(self: &Arc<Self>) -> Result<Option<Secret>, SignInError> {
        let inner = Arc::clone(self);
        tokio::spawn(async move { inner.renew().await })
            .await
            .unwrap_or_else(|error| Err(SignInError::Machine(error.to_string())))
    }

    async fn renew(self: &Arc<Self>) -> Result<Option<Secret>, SignInError> {
        let _turn = self.turn.lock().await;
        if let Some(access) = self.fresh() {
            return Ok(Some(access));
        }
        let (session, failed) = {
            let state = self.state();
            if state.session.is_none() && !state.let_in {
                return Ok(None);
            }
            let failed = state.failed.clone().filter(|(at, _)| at.elapsed() < PAUSE).map(|(_, error)| error);
            (state.session.clone(), failed)
        };
        let spent = match (failed, &session) {
            (Some(error), _) => Err(error),
            (None, Some(session)) => self.spend(session.refresh.clone()).await,
            (None, None) => self.begin_again().await,
        };
        match spent {
            Ok(Some(access)) => Ok(Some(access)),
            Ok(None) => {
                let mut state = self.state();
                (state.session, state.let_in) = (None, false);
                Ok(None)
            }
            Err(error) => {
                let mut state = self.state();
                if state.failed.as_ref().is_none_or(|(at, _)| at.elapsed() >= PAUSE) {
                    state.failed = Some((Instant::now(), error.clone()));
                }
                // What is left of the token's life is still hers.
                session.filter(Session::lives).map(|session| Some(session.access)).ok_or(error)
            }
        }
    }

    /// The first tokens of somebody who was let in without the provider. It is heard first: that nothing is kept which it could be asked with
    /// is no reason to send her out while nobody can sign in.
    async fn begin_again(self: &Arc<Self>) -> Result<Option<Secret>, SignInError> {
        self.discover().await?;
        self.spend(None).await
    }

    /// Gives what was kept for new tokens and puts them in place. Whoever calls has the turn. None: it is no longer taken.
    async fn spend(self: &Arc<Self>, own: Option<Secret>) -> Result<Option<Secret>, SignInError> {
        let _between_windows = self.between_windows().await;
        // Another window of hers may have spent what this one remembers, and kept what came for it.
        let kept = self.store.read().await;
        let who = self.state().who.clone();
        let of_her = kept.filter(|kept| who.as_ref().is_none_or(|who| who.subject == kept.who.subject));
        let Some(refresh) = of_her.as_ref().map(|kept| kept.refresh.clone()).or(own) else { return Ok(None) };
        let Some(who) = who.or(of_her.map(|kept| kept.who)) else { return Ok(None) };
        let provider = self.provider().await?;
        let came = match provider.renew(&refresh).await {
            Ok(came) => came,
            Err(SignInError::Refused) => {
                tracing::info!("the sign-in provider does not renew any more");
                self.store.forget().await;
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let who = match came.has_name() {
            true => {
                let named = self.believe(&provider, &came).await?;
                if named.who.subject != who.subject {
                    return Err(SignInError::Provider("it renewed somebody else"));
                }
                named.who
            }
            false => who,
        };
        Ok(Some(self.put_in_place(who, Session::of(&came, Some(refresh))).await))
    }

    async fn put_in_place(self: &Arc<Self>, who: SignedIn, session: Session) -> Secret {
        let access = session.access.clone();
        match &session.refresh {
            Some(refresh) => self.store.write(&Kept { who: who.clone(), refresh: refresh.clone() }).await,
            None => self.store.forget().await,
        }
        *self.state() = State { session: Some(session), who: Some(who), ..State::default() };
        access
    }

    /// Whom tokens are for; a provider that changed its keys is asked for them once.
    async fn believe(self: &Arc<Self>, provider: &Provider, came: &Came) -> Result<Named, SignInError> {
        match provider.named(came) {
            Ok(named) => Ok(named),
            Err(Unproved::UnknownKey) => Ok(self.discover().await?.named(came)?),
            Err(Unproved::No(error)) => Err(error),
        }
    }

    /// The provider as it was described last.
    async fn provider(&self) -> Result<Arc<Provider>, SignInError> {
        let known = self.provider.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known {
            Some(provider) => Ok(provider),
            None => self.discover().await,
        }
    }

    /// The provider as it describes itself now.
    async fn discover(&self) -> Result<Arc<Provider>, SignInError> {
        let provider = Arc::new(Provider::discover(Arc::clone(&self.settings), self.http.clone()).await?);
        *self.provider.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&provider));
        Ok(provider)
    }

    /// Waits for the windows of the same person; held until it is dropped. A folder that cannot be written costs no more than that.
    async fn between_windows(&self) -> Option<std::fs::File> {
        let path = self.turn_file.clone()?;
        let taken = tokio::task::spawn_blocking(move || {
            let file = std::fs::OpenOptions::new().create(true).append(true).open(path)?;
            file.lock()?;
            Ok::<_, std::io::Error>(file)
        });
        taken.await.ok()?.ok()
    }

    async fn ask(self: &Arc<Self>, how: Asking) -> Result<SignedIn, SignInError> {
        // Read anew each time: its keys and places may have changed since the morning.
        let provider = self.discover().await?;
        let landing = Landing::open().await?;
        let prove = if self.state().left { Prove::Anew } else { Prove::Remembered };
        let asked = provider.ask(landing.redirect(), how, prove)?;
        let since = Instant::now();
        let _cleared = ByHand(&self.by_hand);
        let opened = self.open(asked.address.as_str()).await;
        if !opened {
            self.by_hand.send_replace(Some(asked.address.to_string()));
        }
        let expected = Expected {
            state: asked.state.clone(),
            issuer: self.settings.issuer.clone(),
            names_itself: provider.names_itself(),
        };
        let code = match tokio::time::timeout(PATIENCE, landing.wait(expected)).await {
            Ok(brought) => brought?,
            Err(_) if opened => return Err(SignInError::TimedOut),
            Err(_) => return Err(SignInError::Browser),
        };
        self.by_hand.send_replace(None);
        // From here on it is finished even where nobody waits for it any more: the code is spent once.
        let inner = Arc::clone(self);
        let finished = tokio::spawn(async move {
            let came = provider.exchange(&code, asked).await?;
            let named = inner.believe(&provider, &came).await?;
            inner.take_in(&provider, came, named, (how, since)).await
        });
        finished.await.unwrap_or_else(|error| Err(SignInError::Machine(error.to_string())))
    }

    async fn take_in(
        self: &Arc<Self>,
        provider: &Provider,
        came: Came,
        named: Named,
        (how, since): (Asking, Instant),
    ) -> Result<SignedIn, SignInError> {
        if how == Asking::Again {
            let expected = self.remembered().await;
            let somebody_else = expected.is_some_and(|who| who.subject != named.who.subject);
            let unproved = !named.is_proved_within(since.elapsed());
            if somebody_else || unproved {
                // Theirs, and of no use here.
                let token = came.refresh().map_or_else(|| (came.access(), "access_token"), |t| (t, "refresh_token"));
                if let Err(error) = provider.give_back(&token.0, token.1).await {
                    tracing::warn!(%error, "tokens that are not used could not be given back");
                }
                let old = SignInError::Provider("it did not ask anew who she is");
                return Err(if somebody_else { SignInError::SomebodyElse } else { old });
            }
        }
        let _turn = self.turn.lock().await;
        let _between_windows = self.between_windows().await;
        // What was kept before is left to end by itself: many providers take everything of one grant back with any token of it.
        self.put_in_place(named.who.clone(), Session::of(&came, None)).await;
        Ok(named.who)
    }

    async fn remembered(&self) -> Option<SignedIn> {
        let who = self.state().who.clone();
        match who {
            Some(who) => Some(who),
            None => self.store.read().await.map(|kept| kept.who),
        }
    }

    /// Opens an address in the browser; starting a program may take a moment.
    async fn open(&self, address: &str) -> bool {
        let (browser, address) = (Arc::clone(&self.browser), address.to_owned());
        match tokio::task::spawn_blocking(move || browser.open(&address)).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(kind = ?error.kind(), "no browser could be opened");
                false
            }
            Err(_) => false,
        }
    }

    async fn leave(self: &Arc<Self>) -> Result<(), SignInError> {
        let _turn = self.turn.lock().await;
        let _between_windows = self.between_windows().await;
        let kept = self.store.read().await;
        self.store.forget().await;
        let state = std::mem::replace(&mut *self.state(), State { left: true, ..State::default() });
        let mut refreshes: Vec<Secret> = kept.map(|kept| kept.refresh).into_iter().collect();
        let access = state.session.map(|session| {
            refreshes.extend(session.refresh);
            session.access
        });
        refreshes.dedup();
        if refreshes.is_empty() && access.is_none() {
            return Ok(());
        }
        let provider = self.provider().await?;
        let mut outcome = Ok(());
        for refresh in &refreshes {
            outcome = outcome.and(provider.give_back(refresh, "refresh_token").await);
        }
        if let Some(access) = access {
            // Many providers take back only what they can look up; such a token ends by itself within minutes.
            let _ = provider.give_back(&access, "access_token").await;
        }
        if let Some(leaving) = provider.leaving() {
            self.open(leaving.as_str()).await;
        }
        outcome
    }
}

#[async_trait]
impl SignIn for Oidc {
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError> {
        if self.0.fresh().is_some() {
            return Ok(self.0.state().who.clone());
        }
        let inner = Arc::clone(&self.0);
        let resumed = tokio::spawn(async move {
            let _turn = inner.turn.lock().await;
            let own = inner.state().session.as_ref().and_then(|session| session.refresh.clone());
            let access = inner.spend(own).await?;
            let mut state = inner.state();
            if access.is_none() {
                state.session = None;
            }
            Ok(access.and_then(|_| state.who.clone()))
        });
        resumed.await.unwrap_or_else(|error| Err(SignInError::Machine(error.to_string())))
    }

    async fn sign_in(&self, how: Asking) -> Result<SignedIn, SignInError> {
        self.0.ask(how).await
    }

    async fn sign_out(&self) -> Result<(), SignInError> {
        let inner = Arc::clone(&self.0);
        let left = tokio::spawn(async move { inner.leave().await });
        left.await.unwrap_or_else(|error| Err(SignInError::Machine(error.to_string())))
    }

    fn keeping(&self) -> Keeping {
        self.0.store.keeping()
    }

    async fn remembered(&self) -> Option<SignedIn> {
        self.0.remembered().await
    }

    async fn answers(&self) -> Result<(), SignInError> {
        self.0.discover().await.map(|_| ())
    }

    fn let_in(&self, who: &SignedIn) {
        let mut state = self.0.state();
        if state.session.is_none() {
            state.who = Some(who.clone());
            state.let_in = true;
        }
    }

    fn by_hand(&self) -> watch::Receiver<Option<String>> {
        self.0.by_hand.subscribe()
    }
}

impl std::fmt::Debug for Oidc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Oidc").field("keeping", &self.keeping()).finish_non_exhaustive()
    }
}
