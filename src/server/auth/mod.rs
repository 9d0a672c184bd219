//! Who is signed in. What lives here: the person of a request and the door that knows her. What does not: what she may do (see `policy`),
//! the personas of the training municipality (`training`), tokens of a sign-in provider (`oidc`).

use std::time::Duration;

use jiff::Timestamp;
use skranke_api::ProblemKind;
use skranke_api::me::Me;
use skranke_domain::StaffId;
use skranke_domain::authority::Role;

use crate::App;
use crate::policy::Looked;
use crate::problem::{Answer, Refusal};
use crate::seal::fingerprint;
use crate::store::{self, StoreError};

pub mod citizen;
pub mod claims;
pub mod keys;
pub mod office;
pub mod oidc;
pub mod training;

use citizen::Herself;
use oidc::{Fault, Provider, SignedIn};

pub use office::{OfficeError, OidcOffice, Town};
pub(crate) use training::persona;
pub use training::{PersonaTokens, colleague, display, persona_id, persona_name, self_service};

/// How often a served service looks whether the provider's keys are old.
const KEYS_EVERY: Duration = Duration::from_secs(60);

/// How persons prove who they are.
#[derive(Clone, Debug)]
pub enum Auth {
    /// The training municipality: one random token a persona.
    Training {
        /// The tokens.
        tokens: PersonaTokens,
    },
    /// An office: tokens of its sign-in provider.
    Oidc(OidcOffice),
}

/// The signed-in person of a request.
#[derive(Clone, Debug)]
pub struct Person {
    /// Everything about her.
    pub me: std::sync::Arc<Me>,
    /// Whether anybody sits there at all.
    pub hand: Hand,
    /// Until when her sign-in holds; none: it has no end of its own.
    pub until: Option<Timestamp>,
    /// What was found out about a look at a citizen, before its route; nothing where nobody is looked at.
    pub looked: Looked,
}

/// Who stands behind a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Somebody of the staff.
    Staff,
    /// A service that delivers what citizens and authorities send: it may use the routes that say so and no other.
    Service,
    /// A call display in a waiting room: it reads numbers and counters and nothing else.
    Display,
}

impl Person {
    /// Her identifier.
    #[must_use]
    pub fn id(&self) -> StaffId {
        self.me.id
    }

    /// Whether it is a machine and nobody of the staff.
    #[must_use]
    pub fn is_service(&self) -> bool {
        self.hand != Hand::Staff
    }

    /// Her identifier and name, for what remembers who did it; none for a service: what it brings came by itself.
    #[must_use]
    pub fn signature(&self) -> Option<(StaffId, &str)> {
        (!self.is_service()).then(|| (self.me.id, self.me.name.as_str()))
    }

    /// Made of who she is and what is behind her.
    #[must_use]
    pub fn new(me: Me, hand: Hand) -> Self {
        Self { me: std::sync::Arc::new(me), hand, until: None, looked: Looked::default() }
    }

    /// Her role of the day.
    #[must_use]
    pub fn role(&self) -> Role {
        self.me.role
    }
}

/// Knows persons by their tokens.
#[derive(Debug)]
pub enum Doorkeeper {
    /// The personas and machines of the training municipality. Hashes are compared, so that time tells nothing about a token.
    Personas(Vec<([u8; 32], Person)>),
    /// Whoever the office's provider signed in.
    Provider(Box<Provider>),
}

impl Doorkeeper {
    /// A doorkeeper for a way of signing in.
    #[must_use]
    pub fn new(auth: &Auth) -> Self {
        let tokens = match auth {
            Auth::Training { tokens } => tokens,
            Auth::Oidc(office) => return Self::Provider(Box::new(Provider::new(office))),
        };
        let staff = |role: &Role| Person::new(persona(*role), Hand::Staff);
        let known = Role::ALL.iter().map(|role| (hash(tokens.of(*role)), staff(role)));
        let machines = [(hash(&tokens.self_service), self_service()), (hash(&tokens.display), display())];
        Self::Personas(known.chain(machines).collect())
    }

    /// The persona of a token; nobody where a provider signs in.
    #[must_use]
    pub fn person(&self, token: &str) -> Option<&Person> {
        let Self::Personas(all) = self else { return None };
        let wanted = hash(token);
        all.iter().find(|(known, _)| *known == wanted).map(|(_, person)| person)
    }

    /// Fetches the provider's keys before anybody has to wait for them.
    pub async fn keep_fresh(&self, now: Timestamp) {
        if let Self::Provider(provider) = self {
            provider.keep_fresh(now).await;
        }
    }

    /// The person of a request's token, who is remembered where she is new, her rights changed, or she is another citizen than was known.
    ///
    /// # Errors
    /// 401 for every token that opens nothing, 403 where a good one gives no role here, 503 where the provider cannot be asked.
    pub(crate) async fn admit(&self, app: &App, token: Option<&str>) -> Answer<Person> {
        let token = token.ok_or(ProblemKind::Unauthenticated)?;
        let Self::Provider(provider) = self else {
            return self.person(token).cloned().ok_or_else(|| ProblemKind::Unauthenticated.into());
        };
        let now = app.clock.now();
        let SignedIn { person, herself } = provider.person(token, now).await.map_err(|fault| match fault {
            Fault::Unreachable => {
                Refusal::new(ProblemKind::Unavailable).detail("the sign-in provider cannot be reached")
            }
            Fault::NoRole => Refusal::new(ProblemKind::Forbidden).detail("this sign-in gives no role here"),
            Fault::NoName => Refusal::new(ProblemKind::Forbidden).detail("this sign-in gives no name"),
            _ => Refusal::new(ProblemKind::Unauthenticated),
        })?;
        if person.is_service() {
            return Ok(person);
        }
        let citizen = match herself {
            Herself::Known(citizen) => citizen,
            // Once for each token, so that who moves here later is found when she signs in next.
            Herself::Asked(named) => {
                let found = named.find(&mut *app.store.read().await?).await?;
                provider.found(token, found);
                found
            }
        };
        if !provider.is_remembered(&person, citizen) {
            let mut tx = app.store.begin().await?;
            store::staff::remember(&mut tx, &person.me).await?;
            store::rights::remember(&mut tx, &person.me, now).await?;
            store::rights::link(&mut tx, person.id(), citizen).await?;
            tx.commit().await.map_err(StoreError::from)?;
            provider.remembered(&person, citizen);
        }
        Ok(person)
    }
}

/// Fetches the provider's keys anew before they are old, until the service stops.
pub(crate) async fn keep_keys(app: App) {
    let mut minute = tokio::time::interval(KEYS_EVERY);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = minute.tick() => app.door.keep_fresh(app.clock.now()).await,
        }
    }
}

fn hash(token: &str) -> [u8; 32] {
    fingerprint(&[token.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_persona_is_known_by_her_own_token_alone() {
        let tokens = PersonaTokens::random();
        let door = Doorkeeper::new(&Auth::Training { tokens: tokens.clone() });
        for role in Role::ALL {
            assert_eq!(tokens.of(*role).len(), 64);
            assert_eq!(door.person(tokens.of(*role)).map(Person::role), Some(*role));
        }
        let service = door.person(&tokens.self_service).unwrap();
        assert!(service.is_service() && service.signature().is_none());
        assert!(door.person("").is_none());
        assert!(door.person(&tokens.clerk[..63]).is_none());
        assert_eq!(door.person(&tokens.clerk).unwrap().me.initials, "IM");
    }
}
