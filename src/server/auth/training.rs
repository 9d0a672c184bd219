//! The persons of the training municipality, all invented, and their tokens. What does not live here: how a token is known (the parent).

use serde::{Deserialize, Serialize};
use skranke_api::me::Me;
use skranke_domain::authority::{Authority, Level, Role};
use skranke_domain::{CounterId, DepartmentId, SiteId, StaffId};
use uuid::Uuid;

use super::{Hand, Person};
use crate::seal::Secret;

/// The five personas' tokens: 256 random bits each, as lower-case hexadecimal. `Debug` never shows them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonaTokens {
    /// The host's.
    pub host: String,
    /// The clerk's.
    pub clerk: String,
    /// The caseworker's.
    pub caseworker: String,
    /// The team leader's.
    pub team_leader: String,
    /// The guest's.
    pub guest: String,
    /// The self-service's, which delivers to the intake. A file from before there was one gets a fresh token.
    #[serde(default = "fresh")]
    pub self_service: String,
    /// The call displays'. A file from before there were any gets a fresh token.
    #[serde(default = "fresh")]
    pub display: String,
}

/// A fresh random token.
fn fresh() -> String {
    let bytes = Secret::random().mac(&[b"persona token"]);
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        hex.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        hex.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        hex
    })
}

impl std::fmt::Debug for PersonaTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonaTokens(…)")
    }
}

impl PersonaTokens {
    /// Fresh random tokens.
    #[must_use]
    pub fn random() -> Self {
        Self {
            host: fresh(),
            clerk: fresh(),
            caseworker: fresh(),
            team_leader: fresh(),
            guest: fresh(),
            self_service: fresh(),
            display: fresh(),
        }
    }

    /// The token of a role's persona.
    #[must_use]
    pub fn of(&self, role: Role) -> &str {
        match role {
            Role::Host => &self.host,
            Role::Clerk => &self.clerk,
            Role::Caseworker => &self.caseworker,
            Role::TeamLeader => &self.team_leader,
            Role::Guest => &self.guest,
        }
    }
}

/// The fixed identifier of a persona.
#[must_use]
pub const fn persona_id(role: Role) -> StaffId {
    let last: u128 = match role {
        Role::Host => 1,
        Role::Clerk => 2,
        Role::Caseworker => 3,
        Role::TeamLeader => 4,
        Role::Guest => 5,
    };
    StaffId(Uuid::from_u128(0x018c_c251_f400_7000_8000_5ca5_0000_0000 + last))
}

/// The service that delivers what citizens and authorities send. It sees every department, as whoever may send anything must; the one
/// gate that keeps it from all other routes is `routes::admit`.
#[must_use]
pub fn self_service() -> Person {
    let mut me = persona(Role::Caseworker);
    me.id = StaffId(Uuid::from_u128(0x018c_c251_f400_7000_8000_5ca5_0000_0006));
    "Selvbetjening".clone_into(&mut me.name);
    "SB".clone_into(&mut me.initials);
    me.authorities = Vec::new();
    me.counter = None;
    Person::new(me, Hand::Service)
}

/// A colleague of the training municipality: a clerk who is no persona and signs in nowhere.
#[must_use]
pub fn colleague(id: StaffId, name: &str) -> Person {
    let mut me = persona(Role::Clerk);
    me.id = id;
    name.clone_into(&mut me.name);
    me.initials = name.split(' ').filter_map(|word| word.chars().next()).collect();
    me.counter = None;
    Person::new(me, Hand::Staff)
}

/// A call display: it sees no department, knows nobody, and hears only that a ticket changed.
#[must_use]
pub fn display() -> Person {
    let mut me = persona(Role::Guest);
    me.id = StaffId(Uuid::from_u128(0x018c_c251_f400_7000_8000_5ca5_0000_0007));
    "Kaldetavle".clone_into(&mut me.name);
    "KT".clone_into(&mut me.initials);
    me.authorities = Vec::new();
    me.counter = None;
    Person::new(me, Hand::Display)
}

/// The name of a persona. Every person here is invented.
#[must_use]
pub const fn persona_name(role: Role) -> &'static str {
    match role {
        Role::Host => "Oskar Lindebo",
        Role::Clerk => "Ida Mellemgaard",
        Role::Caseworker => "Mette Brunsgaard",
        Role::TeamLeader => "Karen Ravnkjær",
        Role::Guest => "Sofus Åkjær",
    }
}

pub(crate) fn persona(role: Role) -> Me {
    let initials = persona_name(role).split(' ').filter_map(|w| w.chars().next()).collect();
    let levels: &[(&str, Level)] = match role {
        Role::Host | Role::Guest => &[("kff", Level::Guidance)],
        Role::Clerk => &[
            ("kff", Level::RuleBased),
            ("buf", Level::RuleBased),
            ("okf", Level::RuleBased),
            ("tmf", Level::RuleBased),
            ("siri", Level::RuleBased),
            ("suf", Level::Guidance),
            ("bif", Level::Guidance),
            ("skat", Level::Guidance),
            ("udk", Level::Guidance),
            ("sogn", Level::Guidance),
            ("familieret", Level::Guidance),
        ],
        Role::Caseworker | Role::TeamLeader => &[
            ("kff", Level::Judgement),
            ("buf", Level::Judgement),
            ("suf", Level::RuleBased),
            ("sof", Level::RuleBased),
            ("tmf", Level::RuleBased),
            ("bif", Level::RuleBased),
            ("okf", Level::Judgement),
            ("siri", Level::RuleBased),
            ("skat", Level::Guidance),
            ("udk", Level::Guidance),
            ("sogn", Level::Guidance),
            ("familieret", Level::Guidance),
        ],
    };
    // invariant: the slugs above are literals that fit; a slug that did not would be left out.
    let authorities = levels
        .iter()
        .filter_map(|(slug, level)| Some(Authority::of(DepartmentId::parse(slug).ok()?, *level)))
        .collect();
    let counter = match role {
        Role::Clerk => CounterId::parse("counter-4").ok(),
        Role::Caseworker => CounterId::parse("counter-3").ok(),
        _ => None,
    };
    Me {
        id: persona_id(role),
        name: persona_name(role).to_owned(),
        initials,
        role,
        roles: roles(role).to_vec(),
        department: slug("kff"),
        authorities,
        site: site(),
        counter,
        training: true,
        municipality: "Københavns Kommune".to_owned(),
    }
}

/// The roles that a persona may take: who serves at the counter also receives, and some work in front and in the back.
const fn roles(role: Role) -> &'static [Role] {
    match role {
        Role::Clerk => &[Role::Clerk, Role::Host],
        Role::Caseworker => &[Role::Caseworker, Role::Clerk],
        Role::TeamLeader => &[Role::TeamLeader, Role::Caseworker, Role::Clerk],
        Role::Host => &[Role::Host],
        Role::Guest => &[Role::Guest],
    }
}

/// The site at which the personas work.
fn site() -> SiteId {
    // invariant: a literal that fits.
    #[allow(clippy::expect_used)]
    SiteId::parse("norrebro").expect("a literal slug fits")
}

fn slug(text: &str) -> DepartmentId {
    // invariant: only called with literals that fit.
    #[allow(clippy::expect_used)]
    DepartmentId::parse(text).expect("a literal slug fits")
}
