//! What is laid over the board: menus, the table's columns, the name of a view, to whom cases go, what citizens are asked for. What does not
//! live here: what comes of it (the desk's board).

use iced::widget::{Column, Row, column, container, mouse_area, opaque, pin, row, space as gap, stack};
use iced::{Alignment, Length, Padding};
use skranke_api::board::Facet;
use skranke_desk::board::asking::{AskProblem, AskSheet, AskStep, DAYS, LetterStep};
use skranke_desk::board::assign::{AssignSheet, Candidate};
use skranke_desk::board::layers::{Choice, Layer, LayerInput, Menu, NameProblem, NameSheet};
use skranke_desk::board::views::{ColumnWidth, Shown};
use skranke_desk::board::{BoardInput, BoardPage};
use skranke_domain::contact::Channel;
use skranke_domain::letter::LetterLanguage;

use super::{ASSIGN, COLUMNS, MENU, Message, NAME, bar, table};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::sentence::sentence;
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::check::tick;
use crate::widget::dialog::modal;
use crate::widget::field::field_error;
use crate::widget::panel::raised;
use crate::widget::prose::{Prose, prose};
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{
    Element, MenuEntry, Ring, RowState, control, ellipsis, field, inert, lift, menu, normal, primary, quiet,
    row_ground, scroll,
};
use skranke_desk::citizen::Step;

const MENU_WIDE: f32 = 280.0;
/// So many choices stand beneath each other before they scroll.
const MENU_ROWS: usize = 12;
const DIALOG_WIDE: f32 = 520.0;
const ASK_WIDE: f32 = 860.0;
const LETTER: FocusId = FocusId::new("cases/ask/text");
/// How tall the letter is, in lines.
const LINES: u8 = 14;
const FEWER_LINES: u8 = 9;

const fn layer(input: LayerInput) -> Message {
    Message::Board(BoardInput::Layer(input))
}

/// Where the keyboard goes while something is laid over the board.
pub(super) fn begins(page: &BoardPage) -> Option<(FocusId, Role)> {
    Some(match page.layer.as_ref()? {
        Layer::Menu { at, .. } => (MENU.child(*at), Role::MenuItem),
        Layer::Columns { at } => (COLUMNS.child(*at), Role::CheckBox),
        Layer::Weather { at } => (super::WEATHER.child(*at), Role::Row),
        Layer::Assign(_) => (ASSIGN, Role::TextField),
        Layer::Name(_) => (NAME, Role::TextField),
        Layer::Ask(sheet) => (LETTER.child(sheet.at), Role::TextField),
    })
}

/// The keys of what is laid over the board.
pub(super) fn keys(open: &Layer) -> Vec<Key<Message>> {
    let mut keys = vec![Key::in_place("Esc", "key-close", layer(LayerInput::Close))];
    let steps = [
        Key::bar("↑", "cases-key-up", layer(LayerInput::Step(Step::Previous))),
        Key::bar("↓", "cases-key-down", layer(LayerInput::Step(Step::Next))),
    ];
    match open {
        Layer::Menu { .. } => {
            keys.extend(steps);
            keys.push(Key::bar("↵", "cases-key-take", layer(LayerInput::Take)));
        }
        Layer::Weather { .. } => {
            keys.extend(steps);
            keys.push(Key::bar("↵", "cases-key-open", layer(LayerInput::Take)));
            keys.push(Key::in_place("F", "cases-key-weather", layer(LayerInput::Weather)));
        }
        Layer::Columns { .. } => {
            keys.extend(steps);
            keys.push(Key::bar("Space", "cases-key-column-shown", layer(LayerInput::Take)));
            keys.push(Key::bar("Alt ↑", "cases-key-column-before", layer(LayerInput::MoveColumn(Step::Previous))));
            keys.push(Key::bar("Alt ↓", "cases-key-column-after", layer(LayerInput::MoveColumn(Step::Next))));
            keys.push(Key::bar("W", "cases-key-column-width", layer(LayerInput::WidenColumn)));
            keys.push(Key::in_place("C", "cases-key-columns", layer(LayerInput::Columns)));
        }
        Layer::Assign(_) => {
            keys.extend(steps);
            keys.push(Key::bar("↵", "cases-key-assign", layer(LayerInput::Take)));
            keys.push(Key::in_place("Ctrl ↵", "cases-key-assign", layer(LayerInput::Confirm)));
        }
        Layer::Name(_) => keys.push(Key::in_place("Ctrl ↵", "cases-name-verb", layer(LayerInput::Confirm))),
        Layer::Ask(_) => {
            keys.push(Key::in_place("Ctrl ↵", "cases-ask-verb", layer(LayerInput::Confirm)));
            keys.push(Key::in_place("Alt N", "cases-ask-next", layer(LayerInput::Letter(LetterStep::Next))));
            keys.push(Key::in_place("Alt P", "cases-ask-previous", layer(LayerInput::Letter(LetterStep::Previous))));
        }
    }
    keys
}

/// The page with what is laid over it.
pub(super) fn over<'a>(scene: Scene<'a>, page: &'a BoardPage, under: Element<'a, Message>) -> Element<'a, Message> {
    let look = scene.look;
    let close = Some(layer(LayerInput::Close));
    match &page.layer {
        None | Some(Layer::Weather { .. }) => stack![under].width(Length::Fill).height(Length::Fill).into(),
        Some(Layer::Menu { menu, at }) => {
            let (left, top) = bar::opens_at(scene, page, *menu);
            dropped(under, choices(scene, page, *menu, *at), (left.min(look.width - MENU_WIDE - space::S16), top))
        }
        Some(Layer::Columns { at }) => {
            dropped(under, columns(look, page, *at), (look.width - MENU_WIDE - space::S16, bar::LINE))
        }
        Some(Layer::Assign(sheet)) => modal(look, under, Some(assign(scene, sheet)), close),
        Some(Layer::Name(sheet)) => modal(look, under, Some(name(scene, sheet)), close),
        // Something may be typed: a click beside it must not lose it.
        Some(Layer::Ask(sheet)) => modal(look, under, Some(ask(scene, sheet)), None),
    }
}

fn dropped<'a>(
    under: Element<'a, Message>,
    what: Element<'a, Message>,
    (left, top): (f32, f32),
) -> Element<'a, Message> {
    let placed = container(pin(opaque(what)).x(left.max(0.0)).y(top)).width(Length::Fill).height(Length::Fill);
    let beside = mouse_area(placed).on_press(layer(LayerInput::Close));
    stack![inert(under), opaque(beside)].width(Length::Fill).height(Length::Fill).into()
}

fn facet_word(look: &Look<'_>, facet: Option<&Facet>) -> String {
    match facet {
        None => look.t("cases-any"),
        Some(facet) => {
            let args = [
                ("title", pick(look.texts, &facet.title).to_owned().into()),
                ("count", look.texts.number(i64::from(facet.count)).into()),
            ];
            look.with("cases-choice-count", &args)
        }
    }
}

fn choice_word(scene: Scene<'_>, choice: &Choice) -> String {
    let look = scene.look;
    let view = |at: usize| scene.desk.settings.views.get(at).map(|view| view.name.clone()).unwrap_or_default();
    let of_view = |id: &str, at: usize| look.with(id, &[("name", view(at).into())]);
    match choice {
        Choice::Situation(facet)
        | Choice::Department(facet)
        | Choice::Responsible(facet)
        | Choice::Municipality(facet) => facet_word(look, facet.as_ref()),
        Choice::Due(None) | Choice::Missing(None) => look.t("cases-any"),
        Choice::Due(Some(due)) => look.t(bar::due_word(*due)),
        Choice::Missing(Some(missing)) => look.t(bar::missing_word(*missing)),
        Choice::Sort(sort) => look.t(bar::sort_word(*sort)),
        Choice::View(at) => view(*at),
        Choice::Save => look.t("cases-view-save"),
        Choice::Overwrite(at) => of_view("cases-view-overwrite", *at),
        Choice::Rename(at) => of_view("cases-view-rename", *at),
        Choice::Delete(at) => of_view("cases-view-delete", *at),
    }
}

fn choices<'a>(scene: Scene<'a>, page: &BoardPage, of: Menu, _at: usize) -> Element<'a, Message> {
    let look = scene.look;
    let all = page.choices(of, &scene.desk.settings.views);
    let many = all.len() > MENU_ROWS;
    let entries = all.iter().enumerate().map(|(n, choice)| MenuEntry {
        label: choice_word(scene, choice),
        second: match choice {
            Choice::View(at) => Some(look.with("cases-view-key", &[("key", format!("Alt {}", at + 1).into())])),
            _ => None,
        },
        chosen: page.is_chosen(choice),
        on_press: layer(LayerInput::TakeAt(n)),
    });
    let list = menu(look, MENU, look.t(bar::menu_word(of)), MENU_WIDE, entries);
    if many {
        container(scroll(look, MENU.child("scroll").widget(), list))
            .width(MENU_WIDE + space::S12)
            .max_height(440.0)
            .into()
    } else {
        list.into()
    }
}

/// The table's columns: which are in sight, in which order, how wide.
fn columns<'a>(look: &Look<'_>, page: &BoardPage, at: usize) -> Element<'a, Message> {
    let t = look.tokens;
    let rows = page.columns.iter().enumerate().map(|(n, setting)| -> Element<'a, Message> {
        let on = setting.shown == Shown::Yes;
        let label = look.t(table::column_word(setting.column));
        let width = look.t(match setting.width {
            ColumnWidth::Narrow => "cases-width-narrow",
            ColumnWidth::Usual => "cases-width-usual",
            ColumnWidth::Wide => "cases-width-wide",
        });
        let inside = row![
            tick(look, on),
            ellipsis(label.clone(), Type::BODY).color(t.ink).width(Length::Fill),
            look.colored(width.clone(), Type::LABEL, t.ink3),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        let state = if n == at { RowState::Selected } else { RowState::Rest };
        control(look, COLUMNS.child(n), Role::CheckBox, format!("{label}, {width}"), inside)
            .padding([5.0, space::S8])
            .width(Length::Fill)
            .ring(Ring::Row(radius::TAG))
            .state(ControlState::new().checked(on))
            .on_press(layer(LayerInput::TakeAt(n)))
            .style(move |status| row_ground(&t, state, status))
            .into()
    });
    let face =
        container(column(rows)).padding(space::S4).width(MENU_WIDE).style(move |_| raised(&t, t.edge, radius::PANEL));
    control(look, COLUMNS, Role::Group, look.t("cases-key-columns"), lift(look, radius::PANEL, face))
        .ring(Ring::Hidden)
        .into()
}

/// A panel in the middle, with its buttons.
fn framed<'a>(
    look: &Look<'_>,
    id: FocusId,
    title: String,
    wide: f32,
    inside: Column<'a, Message, crate::widget::Theme, crate::widget::Renderer>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let body =
        column![look.section(title.clone())].push(inside.width(Length::Fill)).spacing(space::S12).width(Length::Fill);
    let face = container(body)
        .padding([14.0, space::S16])
        .width(wide.min(look.width - 2.0 * space::S24))
        .max_height((look.height - 140.0).max(260.0))
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    control(look, id, Role::Dialog, title, lift(look, radius::DIALOG, face)).ring(Ring::Hidden).into()
}

fn cancel<'a>(look: &Look<'_>, id: FocusId) -> Element<'a, Message> {
    quiet(look, id, look.t("overlay-close")).key("Esc").on_press(layer(LayerInput::Close)).build().into()
}

/// To whom the cases go.
fn assign<'a>(scene: Scene<'a>, sheet: &'a AssignSheet) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let count = i64::try_from(sheet.cases.len()).unwrap_or(i64::MAX);
    let found = sheet.found();
    let rows = found.iter().enumerate().map(|(n, candidate)| -> Element<'a, Message> {
        let (name, second) = match candidate {
            Candidate::Person(one) => {
                (one.name.clone(), format!("{} · {}", one.initials, scene.desk.session.tag(&one.department)))
            }
            Candidate::Nobody => (look.t("cases-nobody"), look.t("cases-nobody-then")),
        };
        let inside = row![
            ellipsis(name.clone(), Type::TITLE).color(t.ink).width(Length::Fill),
            look.colored(second.clone(), Type::CELL, t.ink2),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center);
        let state = if n == sheet.at { RowState::Selected } else { RowState::Rest };
        control(look, ASSIGN.child(n), Role::ListItem, format!("{name}, {second}"), inside)
            .padding([space::S6, space::S10])
            .width(Length::Fill)
            .state(ControlState::new().selected(n == sheet.at))
            .on_press(layer(LayerInput::TakeAt(n)))
            .style(move |status| row_ground(&t, state, status))
            .into()
    });
    let typed = field(look, ASSIGN, look.t("cases-assign-who"), sheet.words.clone())
        .labelled()
        .hint(look.t("cases-assign-hint"))
        .on_input(|words| layer(LayerInput::Typed(words)))
        .on_submit(layer(LayerInput::Take))
        .build();
    let mut inside = column![container(typed).padding([0.0, stroke::FOCUS])].spacing(space::S8);
    if let Some(error) = sheet.colleagues.trouble() {
        inside = inside.push(field_error(look, sentence(look, error)));
    }
    if found.is_empty() {
        let said = if sheet.colleagues.is_waiting() { "cases-assign-looking" } else { "cases-assign-none" };
        inside = inside.push(look.colored(look.t(said), Type::CELL, t.ink2));
    }
    let list = scroll(look, ASSIGN.child("scroll").widget(), Column::with_children(rows)).height(Length::Shrink);
    inside = inside.push(container(list).max_height(280.0));
    inside = inside.push(
        row![
            Element::from(
                primary(look, ASSIGN.child("verb"), look.t("cases-key-assign"))
                    .key("↵")
                    .on_press(layer(LayerInput::Confirm))
                    .build()
            ),
            cancel(look, ASSIGN.child("close")),
        ]
        .spacing(space::S8),
    );
    framed(
        look,
        ASSIGN.child("dialog"),
        look.with("cases-assign-title", &[("count", count.into())]),
        DIALOG_WIDE,
        inside,
    )
}

/// What a view is called.
fn name<'a>(scene: Scene<'a>, sheet: &'a NameSheet) -> Element<'a, Message> {
    let look = scene.look;
    let problem = sheet.problem.map(|problem| {
        look.t(match problem {
            NameProblem::Empty => "cases-name-empty",
            NameProblem::TooLong => "cases-name-long",
            NameProblem::Taken => "cases-name-taken",
            NameProblem::TooMany => "cases-name-many",
        })
    });
    let typed = field(look, NAME, look.t("cases-name-field"), sheet.name.clone())
        .labelled()
        .error(problem)
        .on_input(|name| layer(LayerInput::Typed(name)))
        .on_submit(layer(LayerInput::Confirm))
        .build();
    let buttons = row![
        Element::from(
            primary(look, NAME.child("verb"), look.t("cases-name-verb"))
                .key("Ctrl ↵")
                .on_press(layer(LayerInput::Confirm))
                .build()
        ),
        cancel(look, NAME.child("close")),
    ]
    .spacing(space::S8);
    let inside = column![
        look.colored(look.t("cases-name-then"), Type::CELL, look.tokens.ink2),
        container(typed).padding([0.0, stroke::FOCUS]),
        buttons
    ]
    .spacing(space::S10);
    let title = if sheet.renames.is_some() { "cases-name-rename" } else { "cases-name-save" };
    framed(look, NAME.child("dialog"), look.t(title), DIALOG_WIDE, inside)
}

/// What the citizens are asked for, one after the other.
fn ask<'a>(scene: Scene<'a>, sheet: &'a AskSheet) -> Element<'a, Message> {
    let look = scene.look;
    let id = LETTER.child("dialog");
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let title =
        look.with("cases-ask-title", &[("at", count(sheet.at + 1).into()), ("all", count(sheet.steps.len()).into())]);
    let Some(step) = sheet.step() else { return framed(look, id, title, ASK_WIDE, column![]) };
    let t = look.tokens;
    let cases: Vec<&str> = step.cases.iter().map(|(_, title)| pick(look.texts, title)).collect();
    let mut inside = column![
        look.colored(step.name.clone(), Type::STRONG, t.ink),
        look.colored(cases.join(", "), Type::CELL, t.ink2),
    ]
    .spacing(space::S6);
    if let Some(error) = &step.trouble {
        inside = inside.push(field_error(look, sentence(look, error)));
    }
    if let Some(problem) = step.problem {
        inside = inside.push(field_error(look, look.t(problem_word(problem))));
    }
    inside = if step.sent {
        inside.push(look.colored(look.t("cases-ask-sent"), Type::BODY, t.ok))
    } else if step.awaited > 0 {
        inside.push(look.colored(look.t("cases-ask-awaited"), Type::BODY, t.ink2))
    } else if step.papers.is_empty() {
        inside.push(look.colored(look.t("cases-ask-nothing"), Type::BODY, t.ink2))
    } else {
        inside.push(letter(scene, sheet.at, step))
    };
    let mut buttons = Row::new().spacing(space::S8);
    if !step.sent {
        let nothing = (step.awaited == 0 && step.papers.is_empty()).then(|| look.t("cases-ask-nothing"));
        let last = sheet.steps.iter().filter(|step| !step.sent).count() <= 1;
        let verb = look.t(if last { "cases-ask-verb" } else { "cases-ask-verb-next" });
        let send = primary(look, LETTER.child("verb"), verb)
            .key("Ctrl ↵")
            .disabled(nothing)
            .on_press(layer(LayerInput::Confirm));
        buttons = buttons.push(Element::from(send.build()));
    }
    if sheet.steps.len() > 1 {
        let go = |part: &str, word: &str, key: &str, to: LetterStep| -> Element<'a, Message> {
            normal(look, LETTER.child(part), look.t(word))
                .key(key)
                .on_press(layer(LayerInput::Letter(to)))
                .build()
                .into()
        };
        buttons = buttons.push(go("next", "cases-ask-next", "Alt N", LetterStep::Next));
        buttons = buttons.push(go("previous", "cases-ask-previous", "Alt P", LetterStep::Previous));
    }
    buttons = buttons.push(gap().width(Length::Fill)).push(cancel(look, LETTER.child("close")));
    framed(look, id, title, ASK_WIDE, inside.push(buttons))
}

const fn problem_word(problem: AskProblem) -> &'static str {
    match problem {
        AskProblem::Awaited => "cases-ask-awaited",
        AskProblem::NothingMissing => "cases-ask-nothing",
        AskProblem::TooMany => "cases-ask-many",
        AskProblem::NoText => "cases-ask-no-text",
        AskProblem::TooLong => "cases-ask-long",
        AskProblem::Nobody => "cases-ask-nobody",
    }
}

fn letter<'a>(scene: Scene<'a>, at: usize, step: &'a AskStep) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let papers: Vec<&str> = step.papers.iter().map(|paper| pick(look.texts, &paper.label)).collect();
    let languages = LetterLanguage::ALL.iter().map(|language| Segment {
        label: language.code().to_uppercase(),
        on_press: layer(LayerInput::Letter(LetterStep::Language(*language))),
    });
    let chosen = LetterLanguage::ALL.iter().position(|language| *language == step.language).unwrap_or(0);
    let days = DAYS.iter().map(|days| Segment {
        label: look.with("cases-ask-days", &[("days", (*days).into())]),
        on_press: layer(LayerInput::Letter(LetterStep::Days(*days))),
    });
    let in_days = DAYS.iter().position(|days| *days == step.days).unwrap_or(DAYS.len());
    let by = look.with("cases-ask-by", &[("day", look.texts.weekday_day_month(step.deadline).into())]);
    let channel = look.t(match step.channel {
        Channel::DigitalPost => "citizen-channel-digital-post",
        _ => "citizen-channel-letter",
    });
    let mut how = row![
        segmented(look, LETTER.child("language"), chosen, languages),
        segmented(look, LETTER.child("days"), in_days, days),
        look.colored(format!("{by} · {channel}"), Type::CELL, t.ink2),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    if step.edited {
        how = how.push(Element::from(
            quiet(look, LETTER.child("anew"), look.t("cases-ask-anew"))
                .on_press(layer(LayerInput::Letter(LetterStep::Anew)))
                .build(),
        ));
    }
    let tall = if look.height < 800.0 { FEWER_LINES } else { LINES };
    let text = |id: FocusId, label: String, value: String| -> Element<'a, Message> {
        let own = id == LETTER.child(at);
        prose(
            look,
            Prose {
                id,
                name: label,
                hint: String::new(),
                value,
                error: None,
                lines: tall,
                // The Danish text beside it is for reading.
                on_input: Box::new(move |typed| {
                    if own { layer(LayerInput::Letter(LetterStep::Typed(typed))) } else { Message::Nothing }
                }),
            },
        )
    };
    let mut texts = row![text(LETTER.child(at), look.t("cases-ask-text"), step.text.clone())].spacing(space::S12);
    if step.language != LetterLanguage::Danish && look.is_wide() {
        texts = texts.push(
            column![
                look.label(look.t("cases-ask-danish")),
                scroll(
                    look,
                    LETTER.child("danish").widget(),
                    container(look.colored(step.written(LetterLanguage::Danish), Type::CELL, t.ink2))
                        .padding(Padding::from([space::S6, space::S10]))
                )
                .height(f32::from(tall) * Type::BODY.line),
            ]
            .spacing(space::S2)
            .width(Length::Fill),
        );
    }
    column![
        look.colored(look.with("cases-ask-papers", &[("papers", papers.join(", ").into())]), Type::CELL_MEDIUM, t.ink),
        how.wrap(),
        container(texts).padding([0.0, stroke::FOCUS]),
    ]
    .spacing(space::S8)
    .into()
}
