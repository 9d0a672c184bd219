//! The dialog that settles what two people changed at once: hers beside theirs, field by field. What does not live here: what was chosen and
//! what comes of it (the desk's).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::casework::{CourseChange, DecisionChange, FactsChange};
use skranke_client::outbox::{Deed, Entry, Label};
use skranke_desk::case::CasePage;
use skranke_desk::case::conflict::{Conflict, ConflictInput, ConflictTrouble, Field, FieldOf, FieldState, Side};
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Load};
use skranke_domain::CommandId;
use skranke_domain::decision::DecisionState;
use skranke_domain::procedure::FactValue;
use skranke_domain::procedure::facts::{FactDeclaration, FactKind};

use super::work::{channel_word, outcome_word, step_words};
use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::{Language, Texts};
use crate::screens::outbox::deed_word;
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::field::field_error;
use crate::widget::panel::{raised, surface};
use crate::widget::{Element, Tone, ellipsis, hline, lift, normal, primary, quiet, scroll, tone_badge, vline};

/// The dialog.
pub const DIALOG: FocusId = FocusId::new("case/conflict");
/// The fields that differ: one stop, arrows move within.
const LIST: FocusId = FocusId::new("case/conflict/fields");
const WIDE: f32 = 1040.0;
const BESIDE: f32 = 48.0;
const FREE: f32 = 300.0;
const ROW: f32 = 46.0;
const LABEL: f32 = 134.0;

const fn of(input: ConflictInput) -> Message {
    Message::Conflict(input)
}

/// Where the keyboard is when it opens: at the fields, where no key does anything that cannot be taken back.
pub(super) fn begins(page: &CasePage) -> Option<(FocusId, Role)> {
    page.conflict.as_ref().map(|_| (LIST, Role::List))
}

/// Its keys.
pub(super) fn keys(page: &CasePage, desk: &Desk, _texts: &Texts) -> Vec<Key<Message>> {
    vec![
        Key::in_place("Esc", "conflict-later", of(ConflictInput::Later)),
        Key::in_place("Ctrl ↵", "conflict-save", of(ConflictInput::Save(given_up(page, desk)))),
        Key::in_place("Alt →", "conflict-all-theirs-key", of(ConflictInput::All(Side::Theirs))),
        Key::in_place("Alt ←", "conflict-all-mine", of(ConflictInput::All(Side::Mine))),
        Key::in_place("→", "conflict-take-theirs", of(ConflictInput::Choose(Side::Theirs))),
        Key::in_place("←", "conflict-take-mine", of(ConflictInput::Choose(Side::Mine))),
        Key::in_place("↓", "conflict-next", of(ConflictInput::Step(Step::Next))),
        Key::in_place("↑", "conflict-next", of(ConflictInput::Step(Step::Previous))),
    ]
}

/// Her own versions in words, to be kept as a note where they are given up. The house reads Danish.
fn given_up(page: &CasePage, desk: &Desk) -> Vec<(CommandId, String)> {
    let texts = Texts::of(Language::Danish);
    let differing = page.fields(&desk.pending).into_iter().filter(|field| field.state == FieldState::Differs);
    let said = Said { texts, desk, page };
    differing
        .filter_map(|field| {
            let entry = field.entry?;
            let args = [("field", said.name(field).into()), ("value", said.mine(entry).into())];
            Some((entry.id, texts.with("conflict-note", &args)))
        })
        .collect()
}

/// The dialog, while there is something to settle.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let open = page.conflict.as_ref()?;
    let fields = page.fields(&desk.pending);
    let differ = fields.iter().filter(|field| field.state == FieldState::Differs).count();
    let saved = page.who_saved(&desk.pending);
    let name = saved.and_then(|saved| saved.by).map(str::to_owned);
    let given = name.as_deref().and_then(|name| name.split_whitespace().next()).map(str::to_owned);
    let title = match &name {
        Some(name) => look.with("conflict-title", &[("name", name.clone().into())]),
        None => look.t("conflict-title-nobody"),
    };
    let count = i64::try_from(differ).unwrap_or(i64::MAX);
    let badge = tone_badge(look, Tone::Alert, Glyph::Overdue, look.with("conflict-differ", &[("count", count.into())]));
    let head = column![
        row![look.colored(title.clone(), Type::SECTION, t.ink).width(Length::Fill), badge]
            .spacing(space::S12)
            .align_y(Alignment::Center),
        look.colored(look.t("conflict-lead"), Type::BODY, t.ink2),
    ]
    .spacing(space::S4);
    let started = fields.iter().filter_map(|field| Some(field.entry?.draft.made_at)).min();
    let mine = match started {
        Some(at) => look.with("conflict-mine-since", &[("time", clock(scene, at).into())]),
        None => look.t("conflict-mine-unsaved"),
    };
    let theirs = match saved {
        Some(saved) => look.with("conflict-theirs-at", &[("time", clock(scene, saved.at).into())]),
        None => String::new(),
    };
    let theirs_title = match &given {
        Some(given) => look.with("conflict-theirs", &[("name", given.clone().into())]),
        None => look.t("conflict-theirs-nobody"),
    };
    let over = |title: String, when: String| {
        container(column![look.strong(title), look.colored(when, Type::CELL, t.ink2)])
            .padding([space::S10, space::S16])
            .width(Length::FillPortion(1))
    };
    let heads = row![over(look.t("conflict-mine"), mine), vline(look, 52.0), over(theirs_title, theirs)];
    let said = Said { texts: look.texts, desk, page };
    let rows: Vec<Element<'a, Message>> = fields.iter().map(|field| line(scene, open, &said, *field)).collect();
    let active = open.active.and_then(|id| fields.iter().find(|field| field.entry.is_some_and(|entry| entry.id == id)));
    let list = control(look, LIST, Role::List, look.t("conflict-fields"), Column::with_children(rows))
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .state(ControlState::new().active(active.map(|field| said.name(*field))));
    let list = container(scroll(look, "case/conflict/scroll", list)).max_height(look.height - FREE);
    let foot = foot(scene, page, open, given.as_deref());
    let inside = column![
        container(head).padding([space::S12, space::S16]),
        hline(look),
        heads,
        hline(look),
        list,
        surface(t.bg, foot).width(Length::Fill),
    ]
    .width(Length::Fill);
    let face = container(inside)
        .padding(stroke::LINE)
        .width(WIDE.min(look.width - BESIDE))
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    let dialog = control(look, DIALOG, Role::Dialog, title, lift(look, radius::DIALOG, face))
        .ring(Ring::Hidden)
        .width(Length::Shrink)
        .height(Length::Shrink);
    Some(dialog.into())
}

fn clock(scene: Scene<'_>, at: jiff::Timestamp) -> String {
    moment(scene.look.texts, at, scene.desk.tz(), scene.look.now.date())
}

/// What became of the choices so far, and the buttons.
fn foot<'a>(scene: Scene<'a>, page: &'a CasePage, open: &'a Conflict, given: Option<&str>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let save = primary(look, DIALOG.child("save"), look.t("conflict-save"))
        .key("Ctrl ↵")
        .on_press(of(ConflictInput::Save(given_up(page, desk))));
    let all_theirs = match given {
        Some(given) => look.with("conflict-all-theirs", &[("name", given.to_owned().into())]),
        None => look.t("conflict-all-theirs-key"),
    };
    let all_theirs =
        normal(look, DIALOG.child("theirs"), all_theirs).key("Alt →").on_press(of(ConflictInput::All(Side::Theirs)));
    let all_mine = normal(look, DIALOG.child("mine"), look.t("conflict-all-mine"))
        .key("Alt ←")
        .on_press(of(ConflictInput::All(Side::Mine)));
    let later =
        quiet(look, DIALOG.child("later"), look.t("conflict-later")).key("Esc").on_press(of(ConflictInput::Later));
    let call: Option<Element<'a, Message>> = given.map(|given| call(scene, page, open, given));
    let buttons =
        row![Element::from(save), Element::from(all_theirs), Element::from(all_mine), gap().width(Length::Fill),]
            .push(call)
            .push(Element::from(later))
            .spacing(space::S8)
            .align_y(Alignment::Center);
    let kept = row![look.colored(look.t("conflict-kept-note"), Type::LABEL, t.ink2)];
    let trouble = open.trouble.map(|trouble| {
        let words = match trouble {
            ConflictTrouble::Unchosen(left) => {
                look.with("conflict-unchosen", &[("count", i64::try_from(left).unwrap_or(0).into())])
            }
            ConflictTrouble::NotHereYet => look.t("conflict-not-here-yet"),
            ConflictTrouble::NotKept => look.t("sheet-not-kept"),
        };
        field_error(look, words)
    });
    let inside = column![kept].push(trouble).push(buttons).spacing(space::S8);
    container(inside).padding([space::S12, space::S16]).width(Length::Fill).into()
}

/// What calls her who saved: her number stands in its place once it is known.
fn call<'a>(scene: Scene<'a>, page: &'a CasePage, open: &'a Conflict, given: &str) -> Element<'a, Message> {
    let look = scene.look;
    let name = page.who_saved(&scene.desk.pending).and_then(|saved| saved.by);
    let found = open.colleagues.value().and_then(|all| all.iter().find(|one| Some(one.name.as_str()) == name));
    let args = |phone: &str| [("name", given.to_owned().into()), ("phone", phone.to_owned().into())];
    let words = match (&open.colleagues, found.and_then(|one| one.phone.as_deref())) {
        (_, Some(phone)) => Some(look.with("conflict-phone", &args(phone))),
        (Load::Known { .. }, None) => Some(look.with("conflict-no-phone", &[("name", given.to_owned().into())])),
        (Load::Failed { .. }, None) => Some(look.t("conflict-phone-unknown")),
        _ => None,
    };
    match words {
        Some(words) => look.colored(words, Type::CELL_MEDIUM, look.tokens.ink).into(),
        None => quiet(look, DIALOG.child("call"), look.with("conflict-call", &[("name", given.to_owned().into())]))
            .icon(Icon::Phone)
            .busy(open.colleagues.is_waiting())
            .on_press(of(ConflictInput::Call))
            .into(),
    }
}

/// A field: hers on the left, theirs on the right.
fn line<'a>(scene: Scene<'a>, open: &'a Conflict, said: &Said<'_>, field: Field<'_>) -> Element<'a, Message> {
    let look = scene.look;
    let name = said.name(field);
    let active = field.entry.is_some_and(|entry| open.active == Some(entry.id)) && field.state == FieldState::Differs;
    let (mine, theirs) = match (field.entry, field.state) {
        (Some(entry), FieldState::Differs) => (said.mine(entry), said.theirs(field)),
        (Some(entry), _) => (said.mine(entry), look.t("conflict-not-touched")),
        (None, _) => (said.theirs(field), said.theirs(field)),
    };
    let half = |side: Side, value: String| half(look, open, (&name, field), side, value);
    let both = row![half(Side::Mine, mine), vline(look, ROW), half(Side::Theirs, theirs)];
    let both = column![both, hline(look)];
    if active && look.focused(&LIST) {
        // The keys act on this one.
        let t = look.tokens;
        return container(both)
            .padding(stroke::STRONG)
            .style(move |_| container::Style {
                border: iced::Border { color: t.focus, width: stroke::STRONG, radius: 0.0.into() },
                ..container::Style::default()
            })
            .into();
    }
    both.into()
}

fn half<'a>(
    look: &Look<'_>,
    open: &Conflict,
    (name, field): (&str, Field<'_>),
    side: Side,
    value: String,
) -> Element<'a, Message> {
    let t = look.tokens;
    let chosen = field.entry.and_then(|entry| open.picks.get(&entry.id)).copied();
    let on = chosen == Some(side);
    let quiet = field.state != FieldState::Differs;
    let untouched = field.state == FieldState::Kept && side == Side::Theirs;
    let ink = if untouched { t.ink3 } else { t.ink };
    let label = container(ellipsis(name.to_owned(), Type::LABEL).color(t.ink3)).width(LABEL);
    let text = look.colored(value.clone(), Type::TITLE, ink).width(Length::Fill);
    let mark: Element<'a, Message> = match field.state {
        FieldState::Differs => disc(look, on),
        FieldState::Kept if side == Side::Mine => look.label(look.t("conflict-kept")).into(),
        FieldState::Kept => gap().width(0.0).into(),
        FieldState::Same => look.label(look.t("conflict-same")).into(),
    };
    // A row is at least so tall; a long reason makes it taller, for nothing may be hidden here.
    let strut = gap().width(0.0).height(ROW - 2.0 * space::S6);
    let inside = row![strut, label, text, mark].spacing(space::S10).align_y(Alignment::Center);
    let edge = surface(if on { t.accent } else { iced::Color::TRANSPARENT }, gap().width(3.0).height(ROW));
    let face =
        row![edge, container(inside).padding([space::S6, space::S12]).center_y(Length::Shrink).width(Length::Fill)]
            .align_y(Alignment::Center);
    if quiet {
        return container(face).width(Length::FillPortion(1)).into();
    }
    let Some(entry) = field.entry else { return container(face).into() };
    let side_word = match side {
        Side::Mine => "conflict-mine",
        Side::Theirs => "conflict-theirs-nobody",
    };
    let spoken = format!("{name}, {}: {value}", look.t(side_word));
    let id = LIST.child(entry.id).child(match side {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
    });
    control(look, id, Role::Radio, spoken, face)
        .width(Length::FillPortion(1))
        .state(ControlState::new().checked(on))
        .ring(Ring::Row(0.0))
        .on_press(of(ConflictInput::Pick(entry.id, side)))
        .style(move |status| match (on, chosen, status) {
            (true, ..) => Style::ground(t.accent_soft, 0.0),
            (false, _, Status::Hovered | Status::Pressed) => Style::ground(t.bg, 0.0),
            // Nobody has chosen yet: both are as open as each other.
            (false, None, _) => Style::ground(t.wait_soft, 0.0),
            (false, Some(_), _) => Style::ground(t.surface, 0.0),
        })
        .into()
}

fn disc<'a>(look: &Look<'_>, on: bool) -> Element<'a, Message> {
    let t = look.tokens;
    let dot = container(gap()).width(6.0).height(6.0).style(move |_| container::Style {
        background: on.then_some(t.on_accent.into()),
        border: iced::Border { radius: 3.0.into(), ..iced::Border::default() },
        ..container::Style::default()
    });
    container(dot)
        .center(16.0)
        .style(move |_| container::Style {
            background: Some(if on { t.accent } else { t.surface }.into()),
            border: iced::Border { color: if on { t.accent } else { t.edge }, width: stroke::LINE, radius: 8.0.into() },
            ..container::Style::default()
        })
        .into()
}

/// The words of fields, in one language.
struct Said<'a> {
    texts: &'a Texts,
    desk: &'a Desk,
    page: &'a CasePage,
}

impl Said<'_> {
    fn name(&self, field: Field<'_>) -> String {
        let id = match field.of {
            FieldOf::Item(item) => return pick(self.texts, &item.label).to_owned(),
            FieldOf::Responsible => "conflict-field-responsible",
            FieldOf::Course => "conflict-field-course",
            FieldOf::Facts => "conflict-field-facts",
            FieldOf::Decision => "conflict-field-decision",
            FieldOf::Ask(_) => "conflict-field-ask",
            FieldOf::Deed(Deed::PapersAsked) => "conflict-field-papers",
            FieldOf::Deed(Deed::CaseNoteWritten) => "work-note",
            FieldOf::Deed(deed) => deed_word(deed),
        };
        self.texts.t(id)
    }

    /// What she did.
    fn mine(&self, entry: &Entry) -> String {
        let body = &entry.draft.body;
        match &entry.draft.label {
            Label::Item { action, reason, .. } => {
                let state = self.texts.t(words::shown_item(action.target()).word_key());
                self.with_reason(state, reason.as_deref())
            }
            Label::Deed { deed: Deed::CaseAssigned, about, .. } => {
                about.as_ref().map_or_else(|| self.texts.t("work-nobody"), |name| pick(self.texts, name).to_owned())
            }
            Label::Deed { deed: Deed::CourseChanged, text, .. } => match serde_json::from_value(body.clone()) {
                Ok(CourseChange::Suspend { reason, until }) => {
                    let word = match until {
                        Some(day) => self.day("conflict-rest-until", day),
                        None => self.texts.t("work-rest"),
                    };
                    self.with_reason(word, Some(&reason))
                }
                Ok(CourseChange::Resume) => self.texts.t("work-resume"),
                Ok(CourseChange::Extend { until, reason }) => {
                    self.with_reason(self.day("conflict-deadline", until), Some(&reason))
                }
                Err(_) => text.clone(),
            },
            Label::Deed { deed: Deed::FactsSaid, text, .. } => {
                match serde_json::from_value::<FactsChange>(body.clone()) {
                    Ok(FactsChange { procedure_version: Some(version), .. }) => self.version(version),
                    Ok(change) => {
                        let said: Vec<String> =
                            change.facts.iter().map(|(name, value)| self.fact(name, Some(value))).collect();
                        said.join(", ")
                    }
                    Err(_) => text.clone(),
                }
            }
            Label::Deed { deed: Deed::DecisionChanged, text, .. } => {
                match serde_json::from_value::<DecisionChange>(body.clone()) {
                    Ok(change) => self.with_reason(self.texts.t(step_words(change.step)[1]), change.reason.as_deref()),
                    Err(_) => text.clone(),
                }
            }
            Label::Deed { deed: Deed::PapersAsked, .. } => {
                let channel = body.get("channel").cloned().and_then(|one| serde_json::from_value(one).ok());
                let channel = channel.map_or_else(String::new, |one| self.texts.t(channel_word(one)));
                let day = body.get("deadline").cloned().and_then(|one| serde_json::from_value(one).ok());
                let day = day.map_or_else(String::new, |day| self.texts.day_month_year(day));
                self.texts.with("conflict-papers-asked", &[("channel", channel.into()), ("day", day.into())])
            }
            Label::Deed { deed, text, about, .. } => match (text.trim(), about) {
                ("", Some(about)) => pick(self.texts, about).to_owned(),
                ("", None) => self.texts.t(deed_word(*deed)),
                (text, _) => self.quoted(text),
            },
            Label::Booking { .. } | Label::Appointment { .. } => self.texts.t("conflict-booking"),
        }
    }

    /// What stands now.
    fn theirs(&self, field: Field<'_>) -> String {
        let Some(view) = self.page.view.value() else { return String::new() };
        let case = &view.value;
        match field.of {
            FieldOf::Item(item) => {
                let state = self.texts.t(words::shown_item(item.state).word_key());
                self.with_reason(state, item.reason.as_deref())
            }
            FieldOf::Responsible => case.row.responsible.clone().unwrap_or_else(|| self.texts.t("work-nobody")),
            FieldOf::Course => {
                let deadline = case.row.deadline.map(|day| self.day("conflict-deadline", day));
                let deadline = deadline.unwrap_or_else(|| self.texts.t("conflict-no-deadline"));
                match &case.suspension {
                    Some(rest) => {
                        let word = match rest.until {
                            Some(day) => self.day("conflict-rest-until", day),
                            None => self.texts.t("work-rest"),
                        };
                        format!("{}, {deadline}", self.with_reason(word, Some(&rest.reason)))
                    }
                    None => deadline,
                }
            }
            FieldOf::Facts => {
                let change = field.entry.and_then(|entry| serde_json::from_value(entry.draft.body.clone()).ok());
                match change {
                    Some(FactsChange { procedure_version: None, facts }) => {
                        let now: Vec<String> = facts.keys().map(|name| self.fact(name, case.facts.get(name))).collect();
                        now.join(", ")
                    }
                    _ => self.version(case.procedure_version),
                }
            }
            FieldOf::Decision => match &case.decision {
                Some(decision) => {
                    let state = match decision.state {
                        DecisionState::Proposed => "decision-state-proposed",
                        DecisionState::SentBack => "decision-state-sent-back",
                        DecisionState::Approved => "decision-state-approved",
                        DecisionState::Issued => "decision-state-issued",
                    };
                    let words = format!("{}: {}", self.texts.t(outcome_word(decision.outcome)), self.texts.t(state));
                    self.with_reason(words, decision.sent_back.as_deref())
                }
                None => self.texts.t("conflict-no-decision"),
            },
            FieldOf::Ask(ask) => match &ask.reply {
                Some(reply) => self.quoted(reply),
                None => self.texts.t("conflict-taken-back"),
            },
            FieldOf::Deed(Deed::PapersAsked) => {
                let asked = field.entry.and_then(|entry| entry.draft.body.get("items")?.as_array().cloned());
                let asked = asked.unwrap_or_default();
                let named = |item: &skranke_api::cases::ItemView| {
                    asked.iter().any(|one| one.get("item").and_then(|id| id.as_str()) == Some(item.id.as_str()))
                };
                let now = case.items.iter().filter(|item| named(item)).map(|item| {
                    let state = self.texts.t(words::shown_item(item.state).word_key());
                    format!("{}: {state}", pick(self.texts, &item.label))
                });
                now.collect::<Vec<_>>().join(", ")
            }
            FieldOf::Deed(_) => self.texts.t("conflict-changed"),
        }
    }

    fn with_reason(&self, word: String, reason: Option<&str>) -> String {
        match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
            Some(reason) => format!("{word}. {}", self.quoted(reason)),
            None => word,
        }
    }

    fn quoted(&self, text: &str) -> String {
        self.texts.with("work-quoted", &[("text", text.to_owned().into())])
    }

    fn day(&self, id: &str, day: jiff::civil::Date) -> String {
        self.texts.with(id, &[("day", self.texts.day_month_year(day).into())])
    }

    fn version(&self, version: u32) -> String {
        self.texts.with("conflict-version", &[("version", i64::from(version).into())])
    }

    fn fact(&self, name: &str, value: Option<&FactValue>) -> String {
        let declared = self.desk.session.rules.facts.iter().find(|fact| fact.name == name);
        let title = declared.map_or(name, |fact| pick(self.texts, &fact.title));
        format!("{title}: {}", fact_value(self.texts, declared, value))
    }
}

fn fact_value(texts: &Texts, declared: Option<&FactDeclaration>, value: Option<&FactValue>) -> String {
    match (value, declared.map(|fact| &fact.kind)) {
        (None, _) => texts.t("work-fact-unknown"),
        (Some(FactValue::Flag(true)), _) => texts.t("work-yes"),
        (Some(FactValue::Flag(false)), _) => texts.t("work-no"),
        (Some(FactValue::Number(number)), _) => texts.number(*number),
        (Some(FactValue::Word(word)), Some(FactKind::Word { words })) => {
            words.iter().find(|one| one.word == *word).map_or(word.clone(), |one| pick(texts, &one.title).to_owned())
        }
        (Some(FactValue::Word(word)), _) => word.clone(),
    }
}
