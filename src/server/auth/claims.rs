//! What a provider's claims mean in this house: where the name, roles and authorities stand, and which word is which. What does not live
//! here: whether a token is genuine (`oidc`), reading the office's file (`office`).

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::{Map, Value};
use skranke_domain::authority::{Authority, Level, Role};
use skranke_domain::{CounterId, DepartmentId, ProcedureId, SiteId};

use super::Hand;
use super::citizen::{CitizenPlace, Named};

/// The longest name, in characters.
const NAME_CHARS: usize = 100;
/// The longest initials, in characters.
const INITIALS_CHARS: usize = 4;
/// The most words of a claim that are looked at, and the most authorities that are taken.
const MOST_WORDS: usize = 1_000;

/// Where things stand in the claims, as dotted paths: `realm_access.roles`. A claim whose own name has dots is named whole.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// The name of the person.
    #[serde(default = "name")]
    pub name: String,
    /// Her initials; without them, or where a person has none, they are made of her name.
    pub initials: Option<String>,
    /// Words that give roles, or say that it is a machine: a text or a list of texts.
    pub roles: String,
    /// Her department.
    pub department: Option<String>,
    /// Where she works.
    pub site: Option<String>,
    /// Where she sits.
    pub counter: Option<String>,
    /// Where she may act: words of the table `authorities`, or objects like those that stand in it.
    pub authorities: Option<String>,
    /// Which citizen she is herself.
    pub citizen: Option<CitizenPlace>,
}

impl Places {
    /// Every place but the citizen's: what stands there is used or shown as it is.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        let Self { name, initials, roles, department, site, counter, authorities, citizen: _ } = self;
        let optional = [initials, department, site, counter, authorities].into_iter().flatten();
        [name, roles].into_iter().chain(optional).map(String::as_str)
    }
}

fn name() -> String {
    "name".to_owned()
}

/// What holds where the claims say nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usual {
    /// The department of whoever has none.
    pub department: DepartmentId,
    /// The site of whoever has none.
    pub site: SiteId,
}

/// A machine, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Machine {
    /// A call display.
    Display,
    /// A service that delivers what citizens and authorities send.
    Service,
}

/// An authority as the office or the provider writes it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// The department.
    pub department: DepartmentId,
    /// How deep.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// The tasks it covers; none named: all of the department.
    #[serde(default)]
    pub procedures: Vec<ProcedureId>,
    /// The first day.
    #[serde(default, deserialize_with = "day")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<Date>,
}

impl Grant {
    fn authority(self) -> Authority {
        let Self { department, level, procedures, from, until } = self;
        Authority { department, procedures, level, from, until }
    }
}

fn level<'de, D: Deserializer<'de>>(from: D) -> Result<Level, D::Error> {
    struct Word;
    impl Visitor<'_> for Word {
        type Value = Level;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("guidance, rule_based or judgement, or 1, 2 or 3")
        }
        fn visit_i64<E: Error>(self, number: i64) -> Result<Level, E> {
            let at = usize::try_from(number - 1).ok();
            at.and_then(|at| Level::ALL.get(at))
                .copied()
                .ok_or_else(|| E::invalid_value(serde::de::Unexpected::Signed(number), &self))
        }
        fn visit_u64<E: Error>(self, number: u64) -> Result<Level, E> {
            self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
        }
        fn visit_str<E: Error>(self, word: &str) -> Result<Level, E> {
            match word {
                "guidance" => Ok(Level::Guidance),
                "rule_based" => Ok(Level::RuleBased),
                "judgement" => Ok(Level::Judgement),
                other => Err(E::invalid_value(serde::de::Unexpected::Str(other), &self)),
            }
        }
    }
    from.deserialize_any(Word)
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    struct Day;
    impl<'de> Visitor<'de> for Day {
        type Value = Option<Date>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a day, as 2026-12-31")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Option<Date>, E> {
            text.parse().map(Some).map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
        fn visit_none<E: Error>(self) -> Result<Option<Date>, E> {
            Ok(None)
        }
        fn visit_unit<E: Error>(self) -> Result<Option<Date>, E> {
            Ok(None)
        }
        // How TOML hands over a day without quotes.
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<Date>, A::Error> {
            let written = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
            self.visit_str(&written.to_string())
        }
    }
    from.deserialize_any(Day)
}

/// Which word means what.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// Where things stand.
    pub places: Places,
    /// What holds where nothing stands.
    pub usual: Usual,
    /// The words for roles.
    pub roles: BTreeMap<String, Vec<Role>>,
    /// The words for machines.
    pub machines: BTreeMap<String, Machine>,
    /// The words for authorities.
    pub authorities: BTreeMap<String, Vec<Grant>>,
    /// The words for departments, beside their own slugs.
    pub departments: BTreeMap<String, DepartmentId>,
    /// The words for sites, beside their own slugs.
    pub sites: BTreeMap<String, SiteId>,
    /// The departments that there are: what names another one gives nothing.
    pub known: Vec<DepartmentId>,
}

/// Why claims make no person of this house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// No word gives a role.
    NoRole,
    /// There is no name, and what somebody does must bear one.
    NoName,
}

/// What claims say of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// Who stands behind them.
    pub hand: Hand,
    /// The name; a machine may have none.
    pub name: Option<String>,
    /// The initials.
    pub initials: Option<String>,
    /// The roles, in the claims' order; none of a machine.
    pub roles: Vec<Role>,
    /// The department.
    pub department: DepartmentId,
    /// The site.
    pub site: SiteId,
    /// The counter.
    pub counter: Option<CounterId>,
    /// Where she may act.
    pub authorities: Vec<Authority>,
    /// Which citizen she is herself; a machine is none.
    pub citizen: Named,
}

impl Mapping {
    /// Reads claims. What is not understood gives nothing: no word of a provider can widen a right by a slip.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn read(&self, claims: &Map<String, Value>) -> Result<Says, Unfit> {
        let at = |place: &Option<String>| place.as_deref().and_then(|place| find(claims, place));
        let words = find(claims, &self.places.roles).map(words).unwrap_or_default();
        let name = find(claims, &self.places.name).and_then(Value::as_str).and_then(|text| tidy(text, NAME_CHARS));
        // A machine stays one, whatever else its claims say; and what is both does the lesser.
        let machine = words.iter().filter_map(|word| self.machines.get(*word)).min();
        let hand = match machine {
            Some(Machine::Display) => Hand::Display,
            Some(Machine::Service) => Hand::Service,
            None => Hand::Staff,
        };
        let mut roles = Vec::new();
        if hand == Hand::Staff {
            for role in words.iter().filter_map(|word| self.roles.get(*word)).flatten() {
                if !roles.contains(role) {
                    roles.push(*role);
                }
            }
            if roles.is_empty() {
                return Err(Unfit::NoRole);
            }
            if name.is_none() {
                return Err(Unfit::NoName);
            }
        }
        let word = |place: &Option<String>| at(place).and_then(Value::as_str).map(str::trim);
        let department = word(&self.places.department).and_then(|word| self.department(word));
        let site =
            word(&self.places.site).and_then(|word| self.sites.get(word).cloned().or_else(|| SiteId::parse(word).ok()));
        let authorities = match hand {
            Hand::Staff => at(&self.places.authorities).map(|claim| self.authorities(claim)).unwrap_or_default(),
            Hand::Service | Hand::Display => Vec::new(),
        };
        let citizen = self.places.citizen.as_ref().filter(|_| hand == Hand::Staff);
        let citizen = citizen.map_or(Named::Nobody, |place| place.kind.read(find(claims, place.claim.get_ref())));
        Ok(Says {
            hand,
            name,
            initials: word(&self.places.initials).and_then(|text| tidy(text, INITIALS_CHARS)),
            roles,
            department: department.unwrap_or_else(|| self.usual.department.clone()),
            site: site.unwrap_or_else(|| self.usual.site.clone()),
            counter: word(&self.places.counter).and_then(|word| CounterId::parse(word).ok()),
            authorities,
            citizen,
        })
    }

    fn department(&self, word: &str) -> Option<DepartmentId> {
        let named = self.departments.get(word).cloned().or_else(|| DepartmentId::parse(word).ok());
        named.filter(|department| self.known.contains(department))
    }

    fn authorities(&self, claim: &Value) -> Vec<Authority> {
        let mut all: Vec<Authority> = Vec::new();
        let alone = std::slice::from_ref(claim);
        for one in claim.as_array().map_or(alone, Vec::as_slice).iter().take(MOST_WORDS) {
            let grants = match one {
                Value::Object(_) => Grant::deserialize(one).into_iter().collect(),
                Value::String(_) => words(one)
                    .iter()
                    .filter_map(|word| self.authorities.get(*word))
                    .flatten()
                    .cloned()
                    .collect::<Vec<_>>(),
                _ => Vec::new(),
            };
            for authority in
                grants.into_iter().filter(|grant| self.known.contains(&grant.department)).map(Grant::authority)
            {
                if all.len() < MOST_WORDS && !all.contains(&authority) {
                    all.push(authority);
                }
            }
        }
        all
    }
}

/// What stands at a dotted path; the longest name that is there counts.
fn find<'a>(claims: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    claims.get(path).or_else(|| {
        path.rmatch_indices('.').find_map(|(dot, _)| {
            let inside = claims.get(&path[..dot])?.as_object()?;
            find(inside, &path[dot + 1..])
        })
    })
}

/// The words of a claim: each text of a list; of a single text also its parts, as in `scope`.
fn words(claim: &Value) -> Vec<&str> {
    match claim {
        Value::String(text) => {
            let parts = text.split_whitespace().filter(|part| *part != text);
            std::iter::once(text.as_str()).chain(parts).take(MOST_WORDS).collect()
        }
        Value::Array(all) => all.iter().filter_map(Value::as_str).take(MOST_WORDS).collect(),
        _ => Vec::new(),
    }
}

/// A text that can be shown on one line; none where nothing is left.
fn tidy(text: &str, chars: usize) -> Option<String> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(chars).collect();
    let text = text.trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use skranke_domain::cpr::Cpr;

    use super::super::citizen::CitizenKey;
    use super::*;

    fn mapping() -> Mapping {
        let grant = |department: &str, level| Grant {
            department: DepartmentId::parse(department).unwrap(),
            level,
            procedures: Vec::new(),
            from: None,
            until: None,
        };
        let words = |pairs: Vec<(&str, Vec<Role>)>| pairs.into_iter().map(|(word, is)| (word.to_owned(), is)).collect();
        Mapping {
            places: Places {
                name: "name".to_owned(),
                initials: None,
                roles: "realm_access.roles".to_owned(),
                department: Some("department".to_owned()),
                site: Some("site".to_owned()),
                counter: Some("counter".to_owned()),
                authorities: Some("https://skranke.example/authorities".to_owned()),
                citizen: Some(CitizenPlace {
                    claim: toml::Spanned::new(0..0, "https://data.example/person.cpr".to_owned()),
                    kind: CitizenKey::Cpr,
                }),
            },
            usual: Usual { department: DepartmentId::parse("kff").unwrap(), site: SiteId::parse("norrebro").unwrap() },
            roles: words(vec![
                ("BS Front", vec![Role::Clerk, Role::Host]),
                ("bs-leder", vec![Role::TeamLeader, Role::Clerk]),
            ]),
            machines: [("tavle".to_owned(), Machine::Display), ("levering".to_owned(), Machine::Service)].into(),
            authorities: [("kff-dyb".to_owned(), vec![grant("kff", Level::Judgement), grant("okf", Level::RuleBased)])]
                .into(),
            departments: [("Børne- og Ungdomsforvaltningen".to_owned(), DepartmentId::parse("buf").unwrap())].into(),
            sites: BTreeMap::new(),
            known: ["kff", "buf", "okf"].map(|slug| DepartmentId::parse(slug).unwrap()).to_vec(),
        }
    }

    fn read(claims: Value) -> Result<Says, Unfit> {
        mapping().read(claims.as_object().unwrap())
    }

    fn authorities(claim: Value) -> Vec<Authority> {
        let claims = json!({ "name": "Ada Prøvensen", "realm_access": { "roles": ["BS Front"] }, "https://skranke.example/authorities": claim });
        read(claims).unwrap().authorities
    }

    #[test]
    fn two_words_give_their_roles_in_the_order_of_the_claims_and_each_once() {
        let said =
            read(json!({ "name": "Ada Prøvensen", "realm_access": { "roles": ["bs-leder", "other", "BS Front"] } }));
        let said = said.unwrap();
        assert_eq!(said.roles, [Role::TeamLeader, Role::Clerk, Role::Host]);
        assert_eq!((said.department.as_str(), said.site.as_str()), ("kff", "norrebro"));
        let alone = read(json!({ "name": "Ada", "realm_access": { "roles": "openid bs-leder" } })).unwrap();
        assert_eq!(alone.roles, [Role::TeamLeader, Role::Clerk]);
        let spaced = read(json!({ "name": "Ada", "realm_access": { "roles": "BS Front" } })).unwrap();
        assert_eq!(spaced.roles, [Role::Clerk, Role::Host]);
    }

    #[test]
    fn without_a_role_or_a_name_nobody_comes_in() {
        for claims in [
            json!({ "name": "Ada" }),
            json!({ "name": "Ada", "realm_access": { "roles": ["clerk", "team_leader"] } }),
            json!({ "name": "Ada", "realm_access": { "roles": { "bs-leder": true } } }),
            json!({ "name": "Ada", "roles": ["bs-leder"] }),
        ] {
            assert_eq!(read(claims.clone()), Err(Unfit::NoRole), "{claims}");
        }
        for name in [json!(null), json!(""), json!(" \n\t"), json!(7)] {
            assert_eq!(read(json!({ "name": name, "realm_access": { "roles": ["bs-leder"] } })), Err(Unfit::NoName));
        }
    }

    #[test]
    fn a_machine_stays_a_machine_and_needs_no_name() {
        let said = read(json!({ "realm_access": { "roles": ["bs-leder", "levering"] } })).unwrap();
        assert_eq!((said.hand, said.roles.len()), (Hand::Service, 0));
        let both = read(json!({ "realm_access": { "roles": ["levering", "tavle"] } })).unwrap();
        assert_eq!(both.hand, Hand::Display);
    }

    #[test]
    fn an_authority_is_a_word_of_the_office_or_an_object_with_its_days() {
        let by_word = authorities(json!(["kff-dyb", "unknown"]));
        assert_eq!(by_word.len(), 2);
        assert_eq!((by_word[0].department.as_str(), by_word[0].level), ("kff", Level::Judgement));
        let object = json!([{ "department": "buf", "level": 2, "procedures": ["day-care"], "from": "2026-01-01", "until": "2026-06-30" }]);
        let dated = authorities(object);
        assert!(dated[0].holds_on("2026-06-30".parse().unwrap()) && !dated[0].holds_on("2026-07-01".parse().unwrap()));
        assert!(!dated[0].holds_on("2025-12-31".parse().unwrap()));
        assert_eq!((dated[0].level, dated[0].procedures[0].as_str()), (Level::RuleBased, "day-care"));
        assert_eq!(authorities(json!({ "department": "kff", "level": "guidance", "from": null })).len(), 1);
    }

    #[test]
    fn an_authority_that_is_not_understood_gives_nothing() {
        for claim in [
            json!([{ "department": "kff", "level": 4 }]),
            json!([{ "department": "kff", "level": 0 }]),
            json!([{ "department": "kff", "level": "all" }]),
            json!([{ "department": "nowhere", "level": 3 }]),
            json!([{ "department": "kff", "level": 3, "only": "mornings" }]),
            json!([{ "department": "kff", "level": 3, "until": "soon" }]),
            json!([{ "level": 3 }]),
            json!([["kff-dyb"], 7, true]),
            json!({}),
        ] {
            assert_eq!(authorities(claim.clone()), [], "{claim}");
        }
    }

    #[test]
    fn department_site_and_counter_are_those_of_the_claims_where_they_make_sense() {
        let said = read(json!({
            "name": "Ada  \u{7}Prøvensen ", "realm_access": { "roles": ["bs-leder"] },
            "department": "Børne- og Ungdomsforvaltningen", "site": "valby", "counter": "counter-2"
        }))
        .unwrap();
        assert_eq!(said.name.as_deref(), Some("Ada Prøvensen"));
        assert_eq!((said.department.as_str(), said.site.as_str()), ("buf", "valby"));
        assert_eq!(said.counter, CounterId::parse("counter-2").ok());
        let strange = read(
            json!({ "name": "Ada", "realm_access": { "roles": ["bs-leder"] }, "department": "nowhere", "counter": "Nr. 2" }),
        );
        let strange = strange.unwrap();
        assert_eq!((strange.department.as_str(), strange.counter), ("kff", None));
    }

    #[test]
    fn which_citizen_she_is_stands_where_the_office_says_and_a_machine_is_none() {
        let number = Named::Cpr(Cpr::parse("610762-4321").unwrap());
        let cpr = "https://data.example/person.cpr";
        let claims =
            |word: &str| json!({ "name": "Ada", "realm_access": { "roles": [word] }, cpr: "610762-4321", "cpr": "x" });
        assert!(read(claims("bs-leder")).unwrap().citizen == number);
        assert!(read(claims("tavle")).unwrap().citizen == Named::Nobody);
        let inside = json!({ "cpr": "610762-4321" });
        let nested =
            json!({ "name": "Ada", "realm_access": { "roles": ["bs-leder"] }, "https://data.example/person": inside });
        assert!(read(nested).unwrap().citizen == number);
        let none = json!({ "name": "Ada", "realm_access": { "roles": ["bs-leder"] } });
        assert!(read(none).unwrap().citizen == Named::Nobody);
    }
}
