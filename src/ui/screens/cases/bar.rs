//! The lines over the board: whose cases, which of them, in which order; what calls for somebody; the legend. What does not live here: what
//! opens beneath the filters (see `layers`).

use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::board::{BoardRow, BoardSort, BoardView, DueFilter, Facet, MissingFilter, Scope};
use skranke_desk::board::layers::{LayerInput, Menu};
use skranke_desk::board::views::Layout;
use skranke_desk::board::{BoardInput, BoardPage, FilterChange};

use super::words::{HEAT, age_word};
use super::{Message, NARROW};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::ellipsis::text_width;
use crate::widget::panel::{plate, surface};
use crate::widget::{
    Control, Element, KeyGround, Ring, Status, Style, Tone, control, ellipsis, field, glyph, hline, icon, key_cap,
    vline,
};

/// The height of a line of filters.
pub(super) const LINE: f32 = 50.0;
/// The height of the line of what calls for somebody.
pub(super) const STRIP: f32 = 34.0;
const PAD: f32 = 11.0;
const ARROW: f32 = 13.0;
const FIELD: f32 = 190.0;

/// The scope's word with its count.
fn scope_word(scene: Scene<'_>, page: &BoardPage, scope: Scope) -> String {
    let Scene { look, desk } = scene;
    let counts = page.view.value().map(|view| view.scopes);
    let with = |id: &str, count: Option<u32>| match count {
        Some(count) => format!("{} {}", look.t(id), look.texts.number(i64::from(count))),
        None => look.t(id),
    };
    match scope {
        Scope::Mine => with("cases-scope-mine", counts.map(|counts| counts.mine)),
        Scope::Team => {
            let tag = desk.session.me.value().map(|me| desk.session.tag(&me.department).to_owned()).unwrap_or_default();
            let team = look.with("cases-scope-team", &[("team", tag.into())]);
            match counts {
                Some(counts) => format!("{} {}", team.trim_end(), look.texts.number(i64::from(counts.team))),
                None => team,
            }
        }
        Scope::All => with("cases-scope-all", counts.map(|counts| counts.all)),
    }
}

/// The menus that filter, in their order; municipalities only where there are several.
pub(super) fn menus(page: &BoardPage) -> Vec<Menu> {
    let mut all = vec![Menu::Situation, Menu::Department, Menu::Due, Menu::Missing, Menu::Responsible];
    let several = page.view.value().is_some_and(|view| view.facets.municipalities.len() > 1);
    if several || page.filter.municipality.is_some() {
        all.push(Menu::Municipality);
    }
    all
}

pub(super) const fn menu_word(menu: Menu) -> &'static str {
    match menu {
        Menu::Situation => "cases-menu-situation",
        Menu::Department => "cases-menu-department",
        Menu::Due => "cases-menu-due",
        Menu::Missing => "cases-menu-missing",
        Menu::Responsible => "cases-menu-responsible",
        Menu::Municipality => "cases-menu-municipality",
        Menu::Sort => "cases-menu-sort",
        Menu::Views => "cases-menu-views",
    }
}

pub(super) const fn due_word(due: DueFilter) -> &'static str {
    match due {
        DueFilter::Past => "cases-due-past",
        DueFilter::Today => "cases-due-today",
        DueFilter::Week => "cases-due-week",
        DueFilter::None => "cases-due-none",
    }
}

pub(super) const fn missing_word(missing: MissingFilter) -> &'static str {
    match missing {
        MissingFilter::Something => "cases-missing-something",
        MissingFilter::Nothing => "cases-missing-nothing",
        MissingFilter::ToCheck => "cases-missing-to-check",
        MissingFilter::Waited => "cases-missing-waited",
    }
}

pub(super) const fn sort_word(sort: BoardSort) -> &'static str {
    match sort {
        BoardSort::Oldest => "cases-sort-oldest",
        BoardSort::Newest => "cases-sort-newest",
        BoardSort::Deadline => "cases-sort-deadline",
        BoardSort::LatestDeadline => "cases-sort-latest",
    }
}

fn facet_word(look: &Look<'_>, facets: Option<&Vec<Facet>>, value: &str) -> String {
    let known = facets.and_then(|all| all.iter().find(|facet| facet.value == value));
    known.map_or_else(|| value.to_owned(), |facet| pick(look.texts, &facet.title).to_owned())
}

/// The name of a case's municipality, as the filter knows it.
pub(super) fn municipality(scene: Scene<'_>, row: &BoardRow) -> Option<String> {
    let facets = scene.desk.cases.as_ref()?.view.value().map(|view| &view.facets.municipalities);
    Some(facet_word(scene.look, facets, &row.municipality.to_string()))
}

/// What a menu has in force, as its chip says it.
fn in_force(scene: Scene<'_>, page: &BoardPage, menu: Menu) -> Option<String> {
    let look = scene.look;
    let filter = &page.filter;
    let facets = page.view.value().map(|view| &view.facets);
    match menu {
        Menu::Situation => {
            let id = filter.situation.as_ref()?;
            let known = scene.desk.session.situations.get(id).map(|kind| pick(look.texts, &kind.title).to_owned());
            Some(known.unwrap_or_else(|| id.to_string()))
        }
        Menu::Department => Some(scene.desk.session.tag(filter.department.as_ref()?).to_owned()),
        Menu::Due => Some(look.t(due_word(filter.due?))),
        Menu::Missing => Some(look.t(missing_word(filter.missing?))),
        Menu::Responsible => {
            Some(facet_word(look, facets.map(|facets| &facets.responsible), &filter.responsible?.to_string()))
        }
        Menu::Municipality => {
            let id = filter.municipality.as_ref()?.to_string();
            Some(facet_word(look, facets.map(|facets| &facets.municipalities), &id))
        }
        Menu::Views => {
            let at = page.in_view?;
            scene.desk.settings.views.get(at).map(|view| view.name.clone())
        }
        Menu::Sort => None,
    }
}

/// One chip of the line: its word, whether it is in force, whether it opens something.
struct Pill {
    word: String,
    on: bool,
    opens: bool,
}

impl Pill {
    fn width(&self) -> f32 {
        let style = if self.on { Type::CELL_STRONG } else { Type::CELL };
        let arrow = if self.opens { ARROW + space::S6 } else { 0.0 };
        (text_width(&self.word, style) + arrow + 2.0 * PAD).ceil()
    }

    fn view<'a>(&self, look: &Look<'_>, id: FocusId, name: String, message: Message) -> Control<'a, Message> {
        let t = look.tokens;
        let on = self.on;
        let style = if on { Type::CELL_STRONG } else { Type::CELL };
        let mut inside = row![look.text(self.word.clone(), style).wrapping(iced::widget::text::Wrapping::None)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        if self.opens {
            inside = inside.push(icon(Icon::ChevronDown, ARROW, if on { t.accent } else { t.ink3 }));
        }
        let role = if self.opens { Role::Menu } else { Role::Radio };
        control(look, id, role, name, container(inside).center_y(Length::Fill))
            .padding([0.0, PAD])
            .width(self.width())
            .height(height::SMALL)
            .ring(Ring::Around(radius::CHIP))
            .state(ControlState::new().checked(on))
            .on_press(message)
            .style(move |status| {
                let touched = matches!(status, Status::Hovered | Status::Pressed);
                if on {
                    Style::ground(t.accent_soft, radius::CHIP).edge(t.accent).ink(t.accent)
                } else {
                    Style::ground(if touched { t.bg } else { t.surface }, radius::CHIP)
                        .edge(if touched { t.edge } else { t.line })
                        .ink(t.ink2)
                }
            })
    }
}

fn scopes(scene: Scene<'_>, page: &BoardPage) -> Vec<(Scope, Pill)> {
    [Scope::Mine, Scope::Team, Scope::All]
        .into_iter()
        .map(|scope| {
            let word = scope_word(scene, page, scope);
            (scope, Pill { word, on: page.filter.scope == scope, opens: false })
        })
        .collect()
}

fn filters(scene: Scene<'_>, page: &BoardPage) -> Vec<(Menu, Pill)> {
    menus(page)
        .into_iter()
        .map(|menu| {
            let set = in_force(scene, page, menu);
            let on = set.is_some();
            (menu, Pill { word: set.unwrap_or_else(|| scene.look.t(menu_word(menu))), on, opens: true })
        })
        .collect()
}

fn views_pill(scene: Scene<'_>, page: &BoardPage) -> Pill {
    let set = in_force(scene, page, Menu::Views);
    Pill { on: set.is_some(), word: set.unwrap_or_else(|| scene.look.t(menu_word(Menu::Views))), opens: true }
}

const BETWEEN: f32 = space::S8;

fn total<T>(pills: &[(T, Pill)]) -> f32 {
    pills.iter().map(|(_, pill)| pill.width() + BETWEEN).sum()
}

/// The width of what stands at the right: order, board or table.
fn end_width(scene: Scene<'_>, page: &BoardPage) -> f32 {
    let look = scene.look;
    let sort = text_width(&look.t("cases-sort"), Type::CELL)
        + text_width(&look.t(sort_word(page.filter.sort)), Type::CELL_STRONG);
    let layouts =
        text_width(&look.t("cases-board"), Type::CELL_MEDIUM) + text_width(&look.t("cases-table"), Type::CELL_MEDIUM);
    sort + layouts + 120.0
}

/// Whether all fits on one line.
fn is_one_line(scene: Scene<'_>, page: &BoardPage) -> bool {
    let left = total(&scopes(scene, page)) + 14.0 + views_pill(scene, page).width() + BETWEEN;
    let all = left + total(&filters(scene, page)) + FIELD + end_width(scene, page) + 2.0 * space::S16;
    all <= scene.look.width
}

/// Where a menu opens: how far from the left and from the top of the page.
pub(super) fn opens_at(scene: Scene<'_>, page: &BoardPage, menu: Menu) -> (f32, f32) {
    let one = is_one_line(scene, page);
    let line = if one { 0.0 } else { LINE - space::S10 };
    let beneath = |lines: f32| lines + (LINE + height::SMALL) / 2.0 + space::S2;
    let scopes = space::S16 + total(&scopes(scene, page)) + 14.0;
    match menu {
        Menu::Sort => (scene.look.width - end_width(scene, page) - space::S16, beneath(0.0)),
        Menu::Views if !one => (scopes, beneath(0.0)),
        Menu::Views => (scopes + total(&filters(scene, page)), beneath(0.0)),
        menu => {
            let before: f32 = filters(scene, page)
                .iter()
                .take_while(|(other, _)| *other != menu)
                .map(|(_, pill)| pill.width() + BETWEEN)
                .sum();
            (if one { scopes } else { space::S16 } + before, beneath(line))
        }
    }
}

/// The lines of filters.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a BoardPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let board = |input| Message::Board(input);
    let mut first = Row::new().spacing(BETWEEN).align_y(Alignment::Center);
    for (n, (scope, pill)) in scopes(scene, page).into_iter().enumerate() {
        let name = pill.word.clone();
        let id = FocusId::new("cases/scope").child(n);
        first =
            first.push(Element::from(pill.view(look, id, name, board(BoardInput::Filter(FilterChange::Scope(scope))))));
    }
    first = first.push(container(vline(look, 20.0)).padding([0.0, 6.0 - BETWEEN / 2.0]));
    let pills = filters(scene, page).into_iter().enumerate().map(|(n, (menu, pill))| {
        let name = match pill.on {
            true => format!("{}: {}", look.t(menu_word(menu)), pill.word),
            false => pill.word.clone(),
        };
        let id = FocusId::new("cases/filter").child(n);
        Element::from(pill.view(look, id, name, board(BoardInput::Layer(LayerInput::Menu(menu)))))
    });
    let views = views_pill(scene, page);
    let name = look.t(menu_word(Menu::Views));
    let views =
        views.view(look, FocusId::new("cases/views"), name, board(BoardInput::Layer(LayerInput::Menu(Menu::Views))));
    let narrow = field(look, NARROW, look.t("cases-narrow"), page.narrow.clone())
        .hint(look.t("cases-narrow"))
        .key("/")
        .width(FIELD)
        .on_input(|words| Message::Board(BoardInput::Narrow(words)))
        .on_submit(Message::OpenActive)
        .build();
    let all: Element<'a, Message> = if is_one_line(scene, page) {
        let line = first
            .extend(pills)
            .push(Element::from(views))
            .push(narrow)
            .push(gap().width(Length::Fill))
            .extend(end(look, page));
        container(line).center_y(LINE).into()
    } else {
        let top = first.push(Element::from(views)).push(gap().width(Length::Fill)).extend(end(look, page));
        let beneath = Row::new().spacing(BETWEEN).align_y(Alignment::Center).extend(pills).push(narrow);
        column![container(top).center_y(LINE), container(beneath).height(LINE - space::S10)].into()
    };
    let line = surface(t.surface, container(all).padding([0.0, space::S16])).width(Length::Fill);
    column![line, hline(look)].into()
}

/// The order, and board or table.
fn end<'a>(look: &Look<'_>, page: &BoardPage) -> [Element<'a, Message>; 2] {
    let t = look.tokens;
    let word = look.t(sort_word(page.filter.sort));
    let name = format!("{} {word}", look.t("cases-sort"));
    let inside =
        row![look.colored(look.t("cases-sort"), Type::CELL, t.ink2), look.colored(word, Type::CELL_STRONG, t.ink)]
            .spacing(4.0)
            .align_y(Alignment::Center);
    let sort = control(look, "cases/sort", Role::Menu, name, inside)
        .padding([4.0, space::S4])
        .ring(Ring::Around(radius::BADGE))
        .on_press(Message::Board(BoardInput::Layer(LayerInput::Menu(Menu::Sort))));
    let part = |id: &'static str, layout: Layout, picture: Icon, word: &str| -> Element<'a, Message> {
        let on = page.layout == layout;
        let (ground, ink) = if on { (t.accent, t.on_accent) } else { (t.surface, t.ink) };
        let word = look.t(word);
        let inside = row![icon(picture, 15.0, ink), look.colored(word.clone(), Type::CELL_MEDIUM, ink)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        control(look, id, Role::Radio, word, container(inside).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .height(26.0)
            .state(ControlState::new().checked(on))
            .ring(Ring::Around(radius::BADGE))
            .on_press(Message::Board(BoardInput::Layout(layout)))
            .style(move |_| Style::ground(ground, radius::BADGE))
            .into()
    };
    let both = container(row![
        part("cases/layout/board", Layout::Board, Icon::LayoutGrid, "cases-board"),
        part("cases/layout/table", Layout::Table, Icon::List, "cases-table"),
    ])
    .padding(stroke::LINE)
    .style(move |_| plate(t.surface, t.edge, radius::CONTROL));
    [sort.into(), both.into()]
}

/// What calls for somebody, each a way to those cases, and what the shades mean.
pub(super) fn strip<'a>(scene: Scene<'a>, page: &'a BoardPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut inside = Row::new().spacing(18.0).align_y(Alignment::Center);
    if let Some(view) = page.view.value() {
        for call in calls(look, page, view) {
            inside = inside.push(call);
        }
    }
    if page.moved > 0 {
        let count = i64::try_from(page.moved).unwrap_or(i64::MAX);
        let words = look.with("cases-moved", &[("count", count.into())]);
        let face = row![
            glyph(Glyph::Unsent, 14.0, t.accent),
            look.colored(words.clone(), Type::CELL_STRONG, t.accent),
            key_cap(look, "F5", KeyGround::Paper)
        ]
        .spacing(space::S6)
        .align_y(Alignment::Center);
        inside = inside.push(Element::from(
            control(look, "cases/moved", Role::Button, words, face)
                .ring(Ring::Around(radius::BADGE))
                .on_press(Message::Board(BoardInput::AskAgain)),
        ));
    }
    inside = inside.push(gap().width(Length::Fill));
    if page.layout == Layout::Board && look.is_wide() {
        let mut legend = row![look.label(look.t("cases-age-legend"))].spacing(space::S6).align_y(Alignment::Center);
        for (at, heat) in HEAT.into_iter().enumerate() {
            let square = surface(t.heat[heat], gap().width(12.0).height(12.0));
            legend = legend.push(square).push(look.label(age_word(look, at)));
        }
        inside = inside.push(legend);
    }
    let line = surface(t.bg, container(inside).padding([0.0, space::S16]).center_y(STRIP - stroke::LINE).clip(true));
    column![line.width(Length::Fill), hline(look)].into()
}

fn calls<'a>(look: &Look<'_>, page: &BoardPage, view: &BoardView) -> Vec<Element<'a, Message>> {
    let t = look.tokens;
    let call = |id: &'static str, shape: Glyph, tone: Tone, (word, count): (&str, u32), on: bool, message: Message| {
        let words = look.with(word, &[("count", i64::from(count).into())]);
        let face = row![
            glyph(shape, 14.0, tone.color(&t)),
            ellipsis(words.clone(), Type::CELL_STRONG).color(if on { t.accent } else { t.ink }),
        ]
        .spacing(space::S6)
        .align_y(Alignment::Center);
        Element::from(
            control(look, id, Role::CheckBox, words, face)
                .ring(Ring::Around(radius::BADGE))
                .state(ControlState::new().checked(on))
                .on_press(message)
                .style(move |status| match status {
                    Status::Hovered | Status::Pressed => Style::ground(t.line, radius::BADGE),
                    _ => Style::bare(),
                }),
        )
    };
    let filter = |change| Message::Board(BoardInput::Filter(change));
    let due = |on: bool| filter(FilterChange::Due((!on).then_some(DueFilter::Past)));
    let missing = |of, on: bool| filter(FilterChange::Missing((!on).then_some(of)));
    let mut all = Vec::new();
    let past = page.filter.due == Some(DueFilter::Past);
    if view.past_deadline > 0 || past {
        all.push(call(
            "cases/past",
            Glyph::Overdue,
            Tone::Alert,
            ("cases-past-deadline", view.past_deadline),
            past,
            due(past),
        ));
    }
    let came = page.filter.missing == Some(MissingFilter::ToCheck);
    if view.came_overnight > 0 || came {
        let message = missing(MissingFilter::ToCheck, came);
        all.push(call("cases/came", Glyph::Received, Tone::Accent, ("cases-came", view.came_overnight), came, message));
    }
    let waited = page.filter.missing == Some(MissingFilter::Waited);
    if view.waited > 0 || waited {
        let message = missing(MissingFilter::Waited, waited);
        all.push(call("cases/waited", Glyph::Waiting, Tone::Wait, ("cases-waited", view.waited), waited, message));
    }
    if view.weather.crossing > 0 {
        let message = Message::Board(BoardInput::Layer(LayerInput::Weather));
        let on = matches!(page.layer, Some(skranke_desk::board::layers::Layer::Weather { .. }));
        let tone = Tone::Idle;
        all.push(call("cases/crossing", Glyph::Waiting, tone, ("cases-crossing", view.weather.crossing), on, message));
    }
    all
}
