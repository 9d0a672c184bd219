//! Putting what was invented into the tables. What does not live here: inventing it.

use jiff::Timestamp;
use skranke_domain::case::Phase;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::checklist::ItemState;
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::readiness::Attendance;
use skranke_domain::{ContactId, Localized};

use super::matters::{Case, Situation, responsible_id};
use super::people::{Citizen, Household, Link};
use super::rng::Ids;
use super::staff::colleague_id;
use crate::store::bulk::{Bulk, Rest, Value};
use crate::store::items::add_up;
use crate::store::search::{KeyKind, email_key, is_address_key, key_text, phone_digits, phone_end, words};
use crate::store::{Conn, NO_DEADLINE, Result, to_json, word};

/// A contact to be.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its identifier.
    pub id: ContactId,
    /// Whose.
    pub citizen: i64,
    /// The case it was about.
    pub case: Option<i64>,
    /// The channel.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
    /// How long.
    pub minutes: Option<u16>,
    /// What it was about.
    pub text: Localized,
    /// Who took it.
    pub by: Option<String>,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// The tables on their way.
pub struct Loader<'a> {
    catalogue: &'a Catalogue,
    ids: Ids,
    citizen: Bulk,
    relation: Bulk,
    key: Bulk,
    situation: Bulk,
    case: Bulk,
    item: Bulk,
    history: Bulk,
    contact: Bulk,
}

impl<'a> Loader<'a> {
    /// Empty tables.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue, ids: Ids) -> Self {
        Self {
            catalogue,
            ids,
            citizen: Bulk::new(
                "citizen",
                &[
                    "no",
                    "id",
                    "cpr",
                    "born",
                    "given_name",
                    "surname",
                    "status",
                    "civil_status",
                    "ground",
                    "street",
                    "postcode",
                    "district",
                    "protected",
                    "current",
                    "municipality",
                    "profile",
                ],
            ),
            relation: Bulk::new("relation", &["citizen", "other", "kind", "same_household"]),
            key: Bulk::new("search_key", &["kind", "key", "citizen", "whole"]),
            situation: Bulk::new("situation", &["id", "citizen", "kind", "since", "coordinator"]),
            case: Bulk::new(
                "case_file",
                &[
                    "no",
                    "id",
                    "number",
                    "citizen",
                    "procedure",
                    "procedure_version",
                    "department",
                    "situation",
                    "phase",
                    "board_column",
                    "next_step",
                    "readiness",
                    "papers_due",
                    "missing",
                    "responsible",
                    "responsible_id",
                    "received",
                    "deadline",
                    "facts",
                    "municipality",
                    "came_at",
                    "asked_at",
                    "closed_at",
                    "version",
                ],
            ),
            item: Bulk::new(
                "checklist_item",
                &["case_no", "rank", "item", "state", "reason", "changed_by", "changed_at", "unknown", "version"],
            ),
            history: Bulk::new("case_history", &["case_no", "at", "by_name", "kind", "item", "state", "reason"]),
            contact: Bulk::new(
                "contact",
                &["id", "citizen", "case_no", "channel", "at", "minutes", "text", "by_name", "outcome"],
            ),
        }
    }

    /// Adds a household.
    pub fn household(&mut self, home: &Household) {
        for person in &home.people {
            self.person(person);
        }
        for link in &home.links {
            self.link(*link);
        }
    }

    /// Adds a citizen with what she is found by.
    pub fn person(&mut self, person: &Citizen) {
        let name = format!("{} {}", person.given, person.surname);
        let shown = person.address.as_ref().filter(|_| !person.protected);
        let address = shown.map(|a| format!("{} {} {}", a.street, a.postcode, a.district)).unwrap_or_default();
        self.keys(KeyKind::Name, person.no, words(&name), |_| true);
        self.keys(KeyKind::Address, person.no, words(&address), is_address_key);
        if let Some(phone) = &person.profile.phone {
            let digits = phone_digits(phone);
            self.one_key(KeyKind::PhoneEnd, person.no, phone_end(&digits));
            self.keys(KeyKind::Phone, person.no, vec![digits], |_| true);
        }
        if let Some(email) = &person.profile.email {
            self.one_key(KeyKind::Email, person.no, email_key(email));
        }
        let at = person.address.as_ref();
        self.citizen.push([
            person.no.into(),
            person.id.0.into(),
            person.cpr.digits().into(),
            person.born.to_string().into(),
            person.given.as_str().into(),
            person.surname.as_str().into(),
            word(&person.status).into(),
            word(&person.civil).into(),
            word(&person.ground).into(),
            at.map(|a| a.street.as_str()).into(),
            at.map(|a| a.postcode.as_str()).into(),
            at.map(|a| a.district.as_str()).into(),
            person.protected.into(),
            person.current.into(),
            person.municipality.as_str().into(),
            to_json(&person.profile).into(),
        ]);
    }

    fn keys(&mut self, kind: KeyKind, citizen: i64, mut all: Vec<String>, is_key: impl Fn(&str) -> bool) {
        let whole = key_text(&all);
        all.retain(|word| is_key(word));
        all.sort_unstable();
        all.dedup();
        for key in all {
            self.key.push([kind.code().into(), key.into(), citizen.into(), whole.as_str().into()]);
        }
    }

    /// A key that stands alone: there are no other words to narrow by.
    fn one_key(&mut self, kind: KeyKind, citizen: i64, key: String) {
        self.key.push([kind.code().into(), key.into(), citizen.into(), "".into()]);
    }

    /// Adds a relation.
    pub fn link(&mut self, link: Link) {
        self.relation.push([
            link.citizen.into(),
            link.other.into(),
            word(&link.kind).into(),
            link.same_household.into(),
        ]);
    }

    /// Adds a situation.
    pub fn situation(&mut self, situation: &Situation) {
        self.situation.push([
            situation.id.0.into(),
            situation.citizen.into(),
            situation.kind.as_str().into(),
            situation.since.to_string().into(),
            situation.coordinator.as_deref().into(),
        ]);
    }

    /// Adds a case with its checklist and history; what is derived is derived here by the domain's own rules.
    pub fn case(&mut self, case: &Case) {
        let procedure = &self.catalogue.procedures[case.procedure];
        let sum = add_up(case.phase, procedure, case.items.iter().map(|i| (&i.id, i.state)));
        let deadline = case.deadline.unwrap_or(NO_DEADLINE);
        let is_closed = sum.phase == Phase::Closed;
        let last = |state: ItemState| {
            let there = case.items.iter().filter(|item| item.state == state && !is_closed);
            there.filter_map(|item| item.at).max().map(Timestamp::as_microsecond)
        };
        let closed = case.history.last().filter(|_| is_closed).map(|line| line.at.as_microsecond());
        self.case.push([
            case.no.into(),
            case.id.into(),
            case.number.as_str().into(),
            case.citizen.into(),
            procedure.id.as_str().into(),
            i64::from(procedure.version).into(),
            procedure.department.as_str().into(),
            case.situation.map(|s| s.0).into(),
            word(&sum.phase).into(),
            word(&sum.readiness.column(sum.phase)).into(),
            word(&sum.readiness.next_step(sum.phase, Attendance::NotBooked)).into(),
            to_json(&sum.readiness).into(),
            i64::from(sum.papers_due).into(),
            to_json(&sum.missing).into(),
            case.responsible.as_str().into(),
            self.responsible(case).into(),
            case.received.as_microsecond().into(),
            deadline.to_string().into(),
            to_json(&case.facts).into(),
            case.municipality.as_str().into(),
            last(ItemState::Received).into(),
            last(ItemState::Requested).into(),
            closed.into(),
            1_i64.into(),
        ]);
        for (rank, item) in (0_i64..).zip(&case.items) {
            self.item.push([
                case.no.into(),
                rank.into(),
                item.id.as_str().into(),
                word(&item.state).into(),
                item.reason.as_deref().into(),
                item.by.as_deref().into(),
                item.at.map(Timestamp::as_microsecond).into(),
                to_json(&item.unknown).into(),
                1_i64.into(),
            ]);
        }
        for line in &case.history {
            self.history.push([
                case.no.into(),
                line.at.as_microsecond().into(),
                line.by.as_deref().into(),
                word(&line.kind).into(),
                line.item.as_ref().map(skranke_domain::ItemId::as_str).into(),
                line.state.as_ref().map(word).into(),
                line.reason.as_deref().into(),
            ]);
        }
    }

    /// The identifier of who answers for a case, where she is one of the staff; some cases are a whole team's.
    fn responsible(&self, case: &Case) -> Option<uuid::Uuid> {
        responsible_id(case.responsible_role).or_else(|| Some(colleague_id(self.ids, &case.responsible)?.0))
    }

    /// Adds a contact.
    pub fn contact(&mut self, contact: &Contact) {
        self.contact.push([
            contact.id.0.into(),
            contact.citizen.into(),
            contact.case.into(),
            word(&contact.channel).into(),
            contact.at.as_microsecond().into(),
            contact.minutes.map(i64::from).into(),
            to_json(&contact.text).into(),
            contact.by.as_deref().into(),
            contact.outcome.as_ref().map(word).map_or(Value::Null, Value::Text),
        ]);
    }

    /// Sends what has come together.
    pub async fn send(&mut self, conn: &mut Conn, rest: Rest) -> Result<()> {
        for table in [
            &mut self.citizen,
            &mut self.relation,
            &mut self.key,
            &mut self.situation,
            &mut self.case,
            &mut self.item,
            &mut self.history,
            &mut self.contact,
        ] {
            if rest == Rest::Send || table.waiting() >= 250 {
                table.send(&mut *conn, rest).await?;
            }
        }
        Ok(())
    }
}
