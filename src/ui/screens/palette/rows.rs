//! The rows of the palette: citizens, cases, commands, and what they say.

use skranke_api::citizens::{AddressView, Hit, HitCase};
use skranke_api::purpose::PurposeKind;
use skranke_desk::finder::Reading;
use skranke_desk::settings::{Language, TextStep, Theme};
use skranke_desk::{Desk, Place};
use skranke_domain::authority::Role;
use skranke_domain::citizen::Status;

use crate::assets::Icon;
use crate::command::{Command, Overlay};
use crate::i18n::Texts;
use crate::theme::Look;
use crate::widget::Found;

/// A row of the palette.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A citizen.
    Citizen(Hit),
    /// A case found by its number, with its citizen.
    Case(Hit, HitCase),
    /// One of the window's commands.
    Command {
        /// What it does, in words.
        label: String,
        /// The key that does the same.
        key: Option<&'static str>,
        /// The command.
        command: Command,
    },
}

impl Entry {
    /// The Fluent id of the heading it stands under.
    #[must_use]
    pub const fn group(&self) -> &'static str {
        match self {
            Self::Citizen(_) => "palette-citizens",
            Self::Case(..) => "palette-cases",
            Self::Command { .. } => "palette-do",
        }
    }

    /// The citizen it is about.
    #[must_use]
    pub const fn hit(&self) -> Option<&Hit> {
        match self {
            Self::Citizen(hit) | Self::Case(hit, _) => Some(hit),
            Self::Command { .. } => None,
        }
    }

    /// What the row shows.
    #[must_use]
    pub fn shown(&self, look: &Look<'_>) -> Found {
        let base = |icon, title, second, side| Found { icon, title, second, side, key: None, active: false };
        match self {
            Self::Citizen(hit) => {
                let side = status_word(hit.status).map(|id| look.t(id)).unwrap_or_default();
                base(Icon::User, name(hit), identity(look, hit), side)
            }
            Self::Case(hit, case) => base(Icon::FileText, case.number.clone(), name(hit), String::new()),
            Self::Command { label, key, .. } => {
                base(Icon::ArrowRight, label.clone(), String::new(), key.unwrap_or_default().to_owned())
            }
        }
    }
}

fn name(hit: &Hit) -> String {
    format!("{}, {}", hit.surname, hit.given_name)
}

fn identity(look: &Look<'_>, hit: &Hit) -> String {
    let address = match &hit.address {
        AddressView::Shown(address) => format!("{}, {} {}", address.street, address.postcode, address.district),
        AddressView::Protected => look.t("palette-address-protected").to_lowercase(),
        AddressView::Unknown => look.t("palette-address-unknown").to_lowercase(),
    };
    format!("{} · {address}", hit.cpr_masked)
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

/// Everything the palette offers now, in order.
#[must_use]
pub fn entries(desk: &Desk, texts: &Texts) -> Vec<Entry> {
    let Some(finder) = &desk.finder else { return Vec::new() };
    let mut rows: Vec<Entry> = finder
        .hits()
        .into_iter()
        .map(|(_, hit)| match &hit.case {
            Some(case) => Entry::Case(hit.clone(), case.clone()),
            None => Entry::Citizen(hit.clone()),
        })
        .collect();
    let (words, only_commands) = match &finder.reading {
        Reading::Command(words) => (words.as_str(), true),
        Reading::PartialCpr { .. } | Reading::WrongCpr(_) => return rows,
        _ => (finder.typed.trim(), false),
    };
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let matching = commands(desk, texts).into_iter().filter(|entry| match entry {
        Entry::Command { label, .. } => {
            let label = label.to_lowercase();
            wanted.iter().all(|word| label.split_whitespace().any(|have| have.starts_with(word.as_str())))
        }
        _ => false,
    });
    if only_commands {
        rows.extend(matching);
    } else if wanted.is_empty() {
        rows.extend(matching.take(6));
    } else {
        rows.extend(matching.take(3));
    }
    rows
}

fn commands(desk: &Desk, texts: &Texts) -> Vec<Entry> {
    let command = |id: &str, key: Option<&'static str>, command| Entry::Command { label: texts.t(id), key, command };
    let mut all = vec![
        command("command-cases", Some("Ctrl 3"), Command::Go(Place::Cases)),
        command("command-calendar", Some("Ctrl 4"), Command::Go(Place::Calendar)),
        command("command-outbox", Some("Ctrl 6"), Command::Go(Place::Outbox)),
        command("command-settings", Some("Ctrl ,"), Command::Open(Overlay::Settings)),
        command("command-personas", Some("Ctrl P"), Command::Open(Overlay::Personas)),
        command("command-keys", Some("?"), Command::Open(Overlay::Keys)),
    ];
    if desk.citizen.is_some() {
        all.insert(0, command("command-citizen", Some("Ctrl 2"), Command::Go(Place::Citizen)));
    }
    all.push(match desk.settings.language {
        Language::Da => command("command-english", None, Command::Language(Language::En)),
        Language::En => command("command-danish", None, Command::Language(Language::Da)),
    });
    all.push(match desk.settings.theme {
        Theme::Light => command("command-dark", None, Command::Theme(Theme::Dark)),
        Theme::Dark => command("command-light", None, Command::Theme(Theme::Light)),
    });
    all.extend([
        command("command-density", Some("Ctrl D"), Command::Density),
        command("command-larger", Some("Ctrl +"), Command::Text(TextStep::Larger)),
        command("command-smaller", Some("Ctrl -"), Command::Text(TextStep::Smaller)),
        command("command-gallery", None, Command::Gallery),
        command("command-quit", Some("Ctrl Q"), Command::Quit),
    ]);
    all.extend(Role::ALL.iter().filter(|role| **role != desk.session.persona).map(|role| Entry::Command {
        label: texts.with("command-persona", &[("role", texts.t(role_word(*role)).into())]),
        key: None,
        command: Command::Persona(*role),
    }));
    all
}
