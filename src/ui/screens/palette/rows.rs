//! The rows of the palette: citizens, cases, addresses, colleagues, and what they say. What does not live here: what can be done
//! (`deeds`), what was found (the desk's finder).

use skranke_api::citizens::{AddressView, Hit, HitCase, QueryKind};
use skranke_api::handovers::Colleague;
use skranke_api::purpose::PurposeKind;
use skranke_desk::Desk;
use skranke_desk::finder::{Finder, Reading};
use skranke_desk::guide::{self, EntryId};
use skranke_desk::session::Line;
use skranke_desk::stands::Recent;
use skranke_domain::CitizenId;
use skranke_domain::authority::Role;
use skranke_domain::citizen::Status;

use super::deeds::{self, Deed};
use crate::assets::Icon;
use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::theme::Look;
use crate::widget::Found;

/// How many citizens who were open stand there before anything is typed.
const RECENT: usize = 5;
/// How many deeds stand there before anything is typed.
const FIRST_DEEDS: usize = 5;
/// How many entries of the guide stand beneath what was found.
const GUIDE: usize = 4;
/// From so many letters on the guide is looked through.
const GUIDE_FROM: usize = 3;
/// How many stand beneath what was found.
const DEEDS: usize = 3;

/// A row of the palette.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A citizen who was open in this window.
    Recent(Recent),
    /// A citizen.
    Citizen(Hit),
    /// A case found by its number, with its citizen.
    Case(Hit, HitCase),
    /// An address, and who lives there.
    Address(Hit),
    /// A colleague.
    Colleague(Colleague),
    /// An entry of the guide.
    Guide(EntryId),
    /// Something to do.
    Deed(Deed),
}

impl Entry {
    /// The Fluent id of the heading it stands under.
    #[must_use]
    pub const fn group(&self) -> &'static str {
        match self {
            Self::Recent(_) => "palette-recent",
            Self::Citizen(_) => "palette-citizens",
            Self::Case(..) => "palette-cases",
            Self::Address(_) => "palette-addresses",
            Self::Colleague(_) => "palette-colleagues",
            Self::Guide(_) => "palette-guide",
            Self::Deed(_) => "palette-do",
        }
    }

    /// The citizen it is about, for the preview.
    #[must_use]
    pub fn about(&self) -> Option<About<'_>> {
        match self {
            Self::Citizen(hit) | Self::Case(hit, _) | Self::Address(hit) => Some(About {
                citizen: hit.citizen,
                given_name: &hit.given_name,
                surname: &hit.surname,
                age: hit.age,
                address: &hit.address,
                status: hit.status,
                near: hit.near,
            }),
            Self::Recent(recent) => Some(About {
                citizen: recent.citizen,
                given_name: &recent.given_name,
                surname: &recent.surname,
                age: recent.age,
                address: &recent.address,
                status: Status::Resident,
                near: false,
            }),
            Self::Colleague(_) | Self::Guide(_) | Self::Deed(_) => None,
        }
    }

    /// What the row shows.
    #[must_use]
    pub fn shown(&self, look: &Look<'_>, desk: &Desk) -> Found {
        let base = |icon, title, second, side| Found { icon, title, second, side, key: None, active: false };
        match self {
            Self::Recent(one) => base(
                Icon::History,
                format!("{}, {}", one.surname, one.given_name),
                identity(look, &one.cpr_masked, &one.address),
                String::new(),
            ),
            Self::Citizen(hit) => {
                base(Icon::User, name(hit), identity(look, &hit.cpr_masked, &hit.address), side(look, hit))
            }
            Self::Case(hit, case) => base(Icon::FileText, case.number.clone(), name(hit), String::new()),
            Self::Address(hit) => {
                let who = format!("{} · {}", name(hit), hit.cpr_masked);
                base(Icon::House, address(look, &hit.address), who, side(look, hit))
            }
            Self::Colleague(one) => {
                let second = format!("{} · {}", desk.session.tag(&one.department), look.t(role_word(one.role)));
                base(Icon::Users, one.name.clone(), second, one.phone.clone().unwrap_or_default())
            }
            Self::Guide(id) => {
                let one = guide::entry(&desk.session, id);
                let title = one.and_then(|one| one.title()).map(|title| pick(look.texts, title).to_owned());
                let whose = one.and_then(|one| one.department).map(|department| department.tag.clone());
                base(Icon::Help, title.unwrap_or_default(), whose.unwrap_or_default(), String::new())
            }
            Self::Deed(deed) => {
                base(deed.icon, deed.label.clone(), String::new(), deed.key.unwrap_or_default().to_owned())
            }
        }
    }
}

/// A citizen as the preview shows her: identity only.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Who.
    pub citizen: CitizenId,
    /// Given names.
    pub given_name: &'a str,
    /// Surname.
    pub surname: &'a str,
    /// Age in whole years.
    pub age: u16,
    /// The address, as it may be shown.
    pub address: &'a AddressView,
    /// Status; resident where nothing else is known.
    pub status: Status,
    /// She is only called something similar.
    pub near: bool,
}

fn name(hit: &Hit) -> String {
    format!("{}, {}", hit.surname, hit.given_name)
}

/// What must be seen before opening: the status, else that the name is only similar.
fn side(look: &Look<'_>, hit: &Hit) -> String {
    match (status_word(hit.status), hit.near) {
        (Some(id), _) => look.t(id),
        (None, true) => look.t("palette-similar"),
        (None, false) => String::new(),
    }
}

fn address(look: &Look<'_>, address: &AddressView) -> String {
    match address {
        AddressView::Shown(address) => format!("{}, {} {}", address.street, address.postcode, address.district),
        AddressView::Protected => look.t("palette-address-protected"),
        AddressView::Unknown => look.t("palette-address-unknown"),
    }
}

fn identity(look: &Look<'_>, cpr_masked: &str, view: &AddressView) -> String {
    let words = match view {
        AddressView::Shown(_) => address(look, view),
        AddressView::Protected | AddressView::Unknown => address(look, view).to_lowercase(),
    };
    format!("{cpr_masked} · {words}")
}

/// The Fluent id of a status that must be seen; none for the plain one.
#[must_use]
pub const fn status_word(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::Resident => return None,
        Status::Greenland => "status-greenland",
        Status::TaxOnly => "status-tax-only",
        Status::NotRegistered => "status-not-registered",
        Status::Annulled => "status-annulled",
        Status::Deleted => "status-deleted",
        Status::ChangedNumber => "status-changed-number",
        Status::Disappeared => "status-disappeared",
        Status::Departed => "status-departed",
        Status::Dead => "status-dead",
    })
}

/// The Fluent id of a purpose.
#[must_use]
pub const fn purpose_word(kind: PurposeKind) -> &'static str {
    match kind {
        PurposeKind::Ticket => "purpose-ticket",
        PurposeKind::Call => "purpose-call",
        PurposeKind::Appointment => "purpose-appointment",
        PurposeKind::Case => "purpose-case",
        PurposeKind::Other => "purpose-other",
    }
}

/// The Fluent id of a role.
#[must_use]
pub const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Host => "role-host",
        Role::Clerk => "role-clerk",
        Role::Caseworker => "role-caseworker",
        Role::TeamLeader => "role-team-leader",
        Role::Guest => "role-guest",
    }
}

/// The words that led to what stands there, to be marked in it. Digits of a CPR number are marked nowhere.
#[must_use]
pub fn marked(finder: &Finder) -> &str {
    match &finder.reading {
        Reading::Search(searches) => searches
            .iter()
            .filter(|wanted| wanted.kind != QueryKind::Cpr)
            .map(|wanted| wanted.words.as_str())
            .next()
            .unwrap_or_default(),
        Reading::Colleague(words) | Reading::Command(words) => words,
        Reading::Nothing | Reading::DateAlone(_) => finder.typed.trim(),
        Reading::PartialCpr { .. } | Reading::WrongCpr(_) => "",
    }
}

/// Whether nobody but those who were open already can be found.
#[must_use]
pub const fn is_offline(desk: &Desk) -> bool {
    matches!(desk.session.line, Line::Down { .. })
}

/// Everything the palette offers now, in order.
#[must_use]
pub fn entries(desk: &Desk, texts: &Texts) -> Vec<Entry> {
    let Some(finder) = &desk.finder else { return Vec::new() };
    let wanted: Vec<String> = marked(finder).split_whitespace().map(str::to_lowercase).collect();
    let mut rows = Vec::new();
    if finder.typed.trim().is_empty() {
        rows.extend(desk.recent.iter().take(RECENT).cloned().map(Entry::Recent));
    } else if is_offline(desk) && matches!(finder.reading, Reading::Search(_)) {
        let hits = finder.hits();
        let known = |one: &&Recent| {
            begin_so(&format!("{} {}", one.given_name, one.surname), &wanted)
                && hits.iter().all(|(_, hit)| hit.citizen != one.citizen)
        };
        rows.extend(desk.recent.iter().filter(known).cloned().map(Entry::Recent));
    }
    rows.extend(finder.hits().into_iter().map(|(kind, hit)| match (&hit.case, kind) {
        (Some(case), _) => Entry::Case(hit.clone(), case.clone()),
        (None, QueryKind::Address) => Entry::Address(hit.clone()),
        (None, _) => Entry::Citizen(hit.clone()),
    }));
    if let Some(Ok(colleagues)) = &finder.colleagues {
        rows.extend(colleagues.iter().cloned().map(Entry::Colleague));
    }
    let telling = matches!(finder.reading, Reading::Search(_)) && finder.typed.trim().chars().count() >= GUIDE_FROM;
    if telling {
        let found = guide::found(&desk.session, &finder.typed);
        rows.extend(found.into_iter().take(GUIDE).map(Entry::Guide));
    }
    let most = match &finder.reading {
        Reading::PartialCpr { .. } | Reading::WrongCpr(_) | Reading::Colleague(_) | Reading::DateAlone(_) => 0,
        Reading::Command(_) => usize::MAX,
        _ if wanted.is_empty() => FIRST_DEEDS,
        _ => DEEDS,
    };
    let matching = deeds::all(desk, texts).into_iter().filter(|deed| begin_so(&deed.label, &wanted));
    rows.extend(matching.take(most).map(Entry::Deed));
    rows
}

/// Whether each of the wanted words is how a word of a text begins.
fn begin_so(text: &str, wanted: &[String]) -> bool {
    let text = text.to_lowercase();
    wanted.iter().all(|word| text.split([' ', '-', '.']).any(|have| have.starts_with(word.as_str())))
}
