//! The band "Settle now": what can be finished while she is here, with the key that leads there and the reason. What does not live here: the
//! rules by which it is chosen (the domain's, as the office has them).

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length, Padding};
use jiff::civil::Date;
use skranke_desk::citizen::{CitizenInput, CitizenPage, OpenPapers};
use skranke_desk::{Desk, Input};
use skranke_domain::checklist::ItemState;
use skranke_domain::contact::Channel;
use skranke_domain::paper::AtCounter;
use skranke_domain::settle::{SHOWN, ToSettle};

use super::unknown::{self, Why};
use super::{Message, say};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::{radius, space, stroke, width};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, KeyGround, Tone, ellipsis, glyph, hline, key_cap, panel, skeleton_line, tip_text, vline};

/// The band's cells.
pub(crate) const BAND: FocusId = FocusId::new("citizen/settle");
/// The keys of its cells, as printed.
const KEYS: [&str; SHOWN] = ["1", "2", "3"];
/// What they do, for the list of all keys.
const LABELS: [&str; SHOWN] = ["citizen-key-settle-1", "citizen-key-settle-2", "citizen-key-settle-3"];

/// How tall the band is: three lines and their padding; a single line where there is nothing.
const TALL: f32 = 76.0;
const QUIET: f32 = 36.0;
/// Where the cells stand beneath each other: the height of its head and of a cell.
const STACKED_HEAD: f32 = 32.0;
const STACKED: f32 = 50.0;
/// How wide its head is.
const HEAD: f32 = 138.0;
/// How wide the strip before it is.
const STRIP: f32 = 4.0;
/// A deadline that near presses, in days.
const PRESSING: i32 = 3;

/// The day of the visit: the keys, the cells and what they lead to are weighed on the same one.
fn today(desk: &Desk, page: &CitizenPage) -> Date {
    page.visit.began.to_zoned(desk.tz().clone()).date()
}

/// The keys `1`–`3`.
pub(super) fn keys(desk: &Desk, texts: &Texts, page: &CitizenPage, open: &OpenPapers<'_>) -> Vec<Key<Message>> {
    let count = open.settle_now(&desk.session.rules, today(desk, page)).len();
    let none = if count == 0 { "citizen-settle-none" } else { "citizen-settle-no-more" };
    let key =
        |n: usize| Key::in_place(KEYS[n], LABELS[n], Message::Settle(n)).disabled((n >= count).then(|| texts.t(none)));
    (0..SHOWN).map(key).collect()
}

/// Where a thing to settle is settled: at its item of its case.
pub(super) fn opens(desk: &Desk, page: &CitizenPage, n: usize) -> Option<Vec<Input>> {
    let open = page.open_papers(&desk.pending);
    let things = open.settle_now(&desk.session.rules, today(desk, page));
    let paper = things.get(n)?.paper.first();
    Some(vec![
        Input::Citizen(CitizenInput::Select(paper.case)),
        Input::OpenCaseAt(paper.case, paper.item.clone(), page.purpose.clone()),
    ])
}

/// The band over the cases.
pub(super) fn band<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    if page.sources.is_empty() && page.overview_trouble.is_some() {
        // Nothing could be asked: the list says so, and anything said here would be a guess.
        return None;
    }
    let open = page.open_papers(&desk.pending);
    let things = open.settle_now(&desk.session.rules, today(desk, page));
    let all_known = !page.sources.is_empty() && unknown::all(page).next().is_none();
    let late = page.sources.iter().any(|source| source.late);
    let waiting = page.sources.is_empty() || unknown::all(page).any(|(_, why)| why == Why::Waiting);
    let (tall, inside): (f32, Element<'a, Message>) = if things.is_empty() {
        // What was reserved while departments answered stays where one of them was late: nothing moves that is being read.
        let tall = if waiting || late { TALL } else { QUIET };
        (tall, nothing(scene, page, waiting, tall))
    } else if look.width < width::NARROW {
        let cells = things.iter().map(|_| STACKED + stroke::LINE).sum::<f32>();
        (STACKED_HEAD + cells, stacked(scene, page, &things, all_known))
    } else {
        (TALL, beside(scene, page, &things, all_known))
    };
    let strip = container(gap().width(STRIP).height(Length::Fill)).style({
        let accent = if things.is_empty() { look.tokens.line } else { look.tokens.accent };
        move |_| container::Style {
            background: Some(accent.into()),
            border: iced::Border {
                radius: iced::border::left(radius::PANEL - stroke::LINE),
                ..iced::Border::default()
            },
            ..container::Style::default()
        }
    });
    let face = row![strip, inside].height(tall);
    let band = panel(look, face).padding(stroke::LINE).width(Length::Fill);
    Some(container(band).padding(Padding { top: space::S10, right: space::S12, bottom: 0.0, left: space::S16 }).into())
}

/// The cells beside each other.
fn beside<'a>(scene: Scene<'_>, page: &CitizenPage, things: &[ToSettle<'_>], all_known: bool) -> Element<'a, Message> {
    let look = scene.look;
    let head = container(Column::with_children(head(look, page, things, all_known)))
        .padding([0.0, space::S12])
        .width(HEAD)
        .center_y(Length::Fill);
    let mut all = row![head].height(TALL);
    for (n, thing) in things.iter().enumerate() {
        all = all.push(vline(look, Length::Fill)).push(cell(scene, n, thing, Lines::Three));
    }
    // Two things are as wide as two of three: their places do not depend on how many there are.
    for _ in things.len()..SHOWN {
        all = all.push(gap().width(Length::FillPortion(1)));
    }
    all.into()
}

/// The cells beneath each other, where there is little room.
fn stacked<'a>(scene: Scene<'_>, page: &CitizenPage, things: &[ToSettle<'_>], all_known: bool) -> Element<'a, Message> {
    let look = scene.look;
    let head = row(head(look, page, things, all_known)).spacing(space::S12).align_y(Alignment::Center);
    let mut all = column![container(head).padding([0.0, space::S12]).center_y(STACKED_HEAD)];
    for (n, thing) in things.iter().enumerate() {
        all = all.push(hline(look)).push(cell(scene, n, thing, Lines::Two));
    }
    all.into()
}

/// What the band is, how many things and minutes, and of how much is known.
fn head<'a>(
    look: &Look<'_>,
    page: &CitizenPage,
    things: &[ToSettle<'_>],
    all_known: bool,
) -> Vec<Element<'a, Message>> {
    let t = look.tokens;
    let minutes: i64 = things.iter().map(|thing| i64::from(thing.minutes)).sum();
    let count = i64::try_from(things.len()).unwrap_or(i64::MAX);
    let sum = look.with("citizen-settle-sum", &[("count", count.into()), ("minutes", minutes.into())]);
    let last = match (all_known, page.visit.channel) {
        (false, _) => "citizen-settle-so-far",
        (true, Channel::Phone) => "citizen-settle-in-call",
        (true, _) => "citizen-settle-in-visit",
    };
    vec![
        look.colored(look.t("citizen-settle"), Type::STRONG, t.accent).into(),
        look.second(sum).wrapping(Wrapping::None).into(),
        look.second(look.t(last)).into(),
    ]
}

/// What stands where there is nothing to settle, or nothing yet.
fn nothing<'a>(scene: Scene<'_>, page: &CitizenPage, waiting: bool, tall: f32) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let title = look.colored(look.t("citizen-settle"), Type::STRONG, t.ink2).wrapping(Wrapping::None);
    let said: Element<'a, Message> = if page.sources.is_empty() {
        let slow = !matches!(&page.identity, skranke_desk::Load::Waiting { since } if !say::is_slow(look, *since));
        if slow { skeleton_line(look, 0.4, 10.0) } else { gap().into() }
    } else {
        // What an old answer says is not weighed, so that department counts as silent here.
        let silent: Vec<&str> = page
            .sources
            .iter()
            .filter(|source| unknown::why(source).is_some() || unknown::is_old(source))
            .map(|source| scene.desk.session.tag(&source.department))
            .collect();
        let withheld = page.sources.iter().any(|source| unknown::is_withheld(page, &source.department));
        let words = match silent.as_slice() {
            _ if waiting => look.t("citizen-settle-not-yet"),
            [_, ..] => look.with("citizen-settle-none-but", &[("tags", silent.join(", ").into())]),
            [] if withheld => look.t("citizen-settle-none-in-role"),
            [] => look.t("citizen-settle-none"),
        };
        ellipsis(words, Type::CELL).color(t.ink2).into()
    };
    let line = row![title, said].spacing(space::S12).align_y(Alignment::Center);
    container(line).padding([0.0, space::S12]).width(Length::Fill).center_y(tall).into()
}

/// How many lines a cell has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// The reason stands on a line of its own.
    Three,
    /// The reason stands beside what it is for.
    Two,
}

/// One thing to settle.
fn cell<'a>(scene: Scene<'_>, n: usize, thing: &ToSettle<'_>, lines: Lines) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let title = title(look, thing);
    let second = second(scene, thing);
    let reason = Reason::of(look, thing);
    let name = [title.clone(), second.clone(), reason.words.clone()].join(", ");
    let color = reason.tone.color(&t);
    let why = row![glyph(reason.glyph, 13.0, color), ellipsis(reason.words, Type::LABEL_MEDIUM).color(color)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let title = ellipsis(title, Type::STRONG).color(t.ink);
    let second = ellipsis(second, Type::CELL).color(t.ink2);
    let words: Element<'a, Message> = match lines {
        Lines::Three => column![title, second, container(why).padding(Padding::ZERO.top(space::S2))].into(),
        Lines::Two => column![title, row![second, why].spacing(space::S12).align_y(Alignment::Center)].into(),
    };
    let key = container(key_cap(look, KEYS[n], KeyGround::Paper)).padding(Padding::ZERO.top(stroke::LINE));
    let inside = row![key, container(words).width(Length::Fill)].spacing(space::S10);
    let (height, padding) = match lines {
        Lines::Three => (Length::Fill, [space::S8, space::S12]),
        Lines::Two => (Length::Fixed(STACKED), [space::S6, space::S12]),
    };
    let state = ControlState { key: Some(KEYS[n].to_owned()), ..ControlState::new() };
    control(look, BAND.child(n), Role::Button, name, inside)
        .padding(padding)
        .width(Length::FillPortion(1))
        .height(height)
        .ring(Ring::Row(radius::TAG))
        .state(state)
        .tip(why_tip(look, thing))
        .tip_at_focus()
        .on_press(Message::Settle(n))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, 0.0),
            _ => Style::bare(),
        })
        .into()
}

/// What is done with which paper: "Scan: Employment contract".
fn title(look: &Look<'_>, thing: &ToSettle<'_>) -> String {
    let paper = pick(look.texts, &thing.paper.first().label).to_owned();
    let id = match thing.how {
        AtCounter::Scan => "citizen-settle-scan",
        AtCounter::Sign => "citizen-settle-sign",
        AtCounter::Choose => "citizen-settle-choose",
        AtCounter::Answer => "citizen-settle-answer",
        AtCounter::LookUp => "citizen-settle-look-up",
    };
    look.with(id, &[("paper", paper.into())])
}

/// For whom it is and what comes of it: "KFF · 2 min · unlocks Health card".
fn second(scene: Scene<'_>, thing: &ToSettle<'_>) -> String {
    let look = scene.look;
    let tags = tags(scene, thing.paper.uses.iter().map(|used| &used.department));
    let minutes = i64::from(thing.minutes);
    let mut unlocked = thing.paper.unlocked();
    let cases = i64::try_from(thing.paper.uses.len()).unwrap_or(i64::MAX);
    let what = match (unlocked.next(), unlocked.count()) {
        (Some(first), 0) => {
            let case = pick(look.texts, &first.case_title).to_owned();
            look.with("citizen-settle-unlocks", &[("case", case.into())])
        }
        (Some(_), more) => {
            let count = i64::try_from(more + 1).unwrap_or(i64::MAX);
            look.with("citizen-settle-unlocks-more", &[("count", count.into())])
        }
        (None, _) if cases > 1 => look.with("citizen-settle-serves", &[("count", cases.into())]),
        (None, _) => {
            let case = pick(look.texts, &thing.paper.first().case_title).to_owned();
            look.with("citizen-settle-for", &[("case", case.into())])
        }
    };
    // What may be cut at the end stands there.
    [tags, look.with("citizen-settle-minutes", &[("minutes", minutes.into())]), what].join(" · ")
}

/// Departments by their tags, each once: "KFF, SIRI".
pub(super) fn tags<'d>(
    scene: Scene<'_>,
    departments: impl Iterator<Item = &'d skranke_domain::DepartmentId>,
) -> String {
    let mut tags: Vec<&str> = Vec::new();
    for department in departments {
        let tag = scene.desk.session.tag(department);
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags.join(", ")
}

/// Why it is worth doing now, shape before word before colour.
struct Reason {
    glyph: Glyph,
    tone: Tone,
    words: String,
}

impl Reason {
    fn of(look: &Look<'_>, thing: &ToSettle<'_>) -> Self {
        let today = look.now.date();
        let day = |day: Date| say::day_within(look, day);
        let deadline = thing.paper.deadline();
        let state = |state: ItemState| thing.paper.uses.iter().find(|used| used.state == state);
        let (glyph, tone, words) = match deadline {
            Some(by) if by < today => {
                (Glyph::Overdue, Tone::Alert, look.with("citizen-settle-past", &[("day", day(by).into())]))
            }
            Some(by) if days_until(today, by) <= PRESSING => {
                (Glyph::Overdue, Tone::Alert, look.with("citizen-settle-deadline", &[("day", day(by).into())]))
            }
            _ if state(ItemState::Rejected).is_some() => {
                (Glyph::Rejected, Tone::Alert, look.t("citizen-settle-rejected"))
            }
            _ => match (state(ItemState::Requested), deadline) {
                (Some(asked), by) => {
                    let words = match (asked.requested, by) {
                        (Some(on), Some(by)) => {
                            look.with("citizen-settle-asked-due", &[("day", day(on).into()), ("due", day(by).into())])
                        }
                        (Some(on), None) => look.with("citizen-settle-asked", &[("day", day(on).into())]),
                        (None, _) => look.t("citizen-settle-asked-unsent"),
                    };
                    (Glyph::Waiting, Tone::Wait, words)
                }
                (None, Some(by)) => {
                    (Glyph::Missing, Tone::Idle, look.with("citizen-settle-deadline", &[("day", day(by).into())]))
                }
                (None, None) => (Glyph::Missing, Tone::Idle, look.t("citizen-settle-no-deadline")),
            },
        };
        Self { glyph, tone, words }
    }
}

fn days_until(today: Date, day: Date) -> i32 {
    today.until(day).map_or(i32::MAX, |span| span.get_days())
}

/// Every rule that spoke for it, with its points.
fn why_tip<'a>(look: &Look<'_>, thing: &ToSettle<'_>) -> Element<'a, Message> {
    let rules = thing.because.iter().map(|rule| {
        let points = i64::from(rule.points);
        let args = [("why", pick(look.texts, &rule.because).to_owned().into()), ("points", points.into())];
        tip_text(look, look.with("citizen-settle-rule", &args))
    });
    let sum = look.with("citizen-settle-why", &[("points", i64::from(thing.points).into())]);
    let head = look.colored(sum, Type::LABEL_STRONG, look.tokens.slab_ink);
    column![head].extend(rules).spacing(space::S2).into()
}
