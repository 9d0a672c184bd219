//! The line over the figures: whose, of when, compared with what, how much was counted, the file; and the line beneath them: what is hidden,
//! what is missing. What does not live here: the charts.

use iced::widget::{Row, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::statistics::Statistics;
use skranke_desk::figures::{Comparison, Exported, FiguresPage};
use skranke_domain::figures::{Cell, PeriodKind, week_number};

use super::{Message, words};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::surface;
use crate::widget::{Control, Element, Ring, Status, Style, control, icon, normal, tip_text};

const PAD: f32 = 11.0;
const LINE: f32 = 50.0;
/// The height of the line beneath.
pub(super) const FOOT: f32 = 30.0;

fn pill<'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    (word, key): (String, &'static str),
    on: bool,
    message: Message,
) -> Control<'a, Message> {
    let t = look.tokens;
    let face = look.text(word.clone(), if on { Type::CELL_STRONG } else { Type::CELL });
    let tip = tip_text(look, key);
    control(look, id, Role::Radio, word, container(face).center_y(Length::Fill))
        .padding([0.0, PAD])
        .height(height::SMALL)
        .ring(Ring::Around(radius::CHIP))
        .state(ControlState::new().checked(on))
        .tip(tip)
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

/// The site's name, and what of it is looked at.
fn title(scene: Scene<'_>, page: &FiguresPage) -> String {
    let look = scene.look;
    let site = scene.desk.session.sites.iter().find(|site| site.id == page.site);
    let site = site.map_or_else(|| page.site.to_string(), |site| site.name.clone());
    let of = match &page.department {
        Some(id) => scene.desk.session.tag(id).to_owned(),
        None => look.t("figures-all-departments"),
    };
    look.with("figures-title", &[("site", site.into()), ("of", of.into())])
}

/// The line over the figures.
pub(super) fn head<'a>(scene: Scene<'a>, page: &'a FiguresPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let kinds = [
        (PeriodKind::Week, "figures/week", "figures-week", "W"),
        (PeriodKind::Month, "figures/month", "figures-month", "M"),
        (PeriodKind::Quarter, "figures/quarter", "figures-quarter", "Q"),
    ];
    let step = |id: &'static str, picture: Icon, (name, key): (&str, &str), message: Message| -> Element<'a, Message> {
        let name = look.t(name);
        let tip = tip_text(look, format!("{name}  {key}"));
        normal(look, id, "").icon(picture).size(ButtonSize::Small).name(name).on_press(message).build().tip(tip).into()
    };
    let mut periods = row![step("figures/earlier", Icon::ChevronLeft, ("figures-earlier-name", "←"), Message::Earlier)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    for (kind, id, word, key) in kinds {
        let on = page.period.kind() == kind;
        let word = if on { words::chip(look, page.period) } else { look.t(word) };
        periods = periods.push(pill(look, id, (word, key), on, Message::Length(kind)));
    }
    periods = periods.push(step("figures/later", Icon::ChevronRight, ("figures-later-name", "→"), Message::Later));
    let compared = page.comparison == Comparison::Before;
    let compare = if compared {
        look.with("figures-compare-with", &[("period", words::within(look, page.period.before()).into())])
    } else {
        look.t("figures-compare-nothing")
    };
    periods = periods.push(pill(look, "figures/compare", (compare, "C"), compared, Message::Compare));
    let department = match &page.department {
        Some(id) => scene.desk.session.tag(id).to_owned(),
        None => look.t("figures-department-all"),
    };
    let one = page.department.is_some();
    periods = periods.push(pill(look, "figures/department", (department, "D"), one, Message::Department));
    let exporting = page.exported == Some(Exported::Writing);
    let word = look.t(if exporting { "figures-exporting" } else { "figures-export" });
    let export = normal(look, "figures/export", word).key("Ctrl E").size(ButtonSize::Small).on_press(Message::Export);
    let mut line = row![look.section(title(scene, page)), gap().width(space::S4), periods, gap().width(Length::Fill)]
        .spacing(space::S12)
        .align_y(Alignment::Center);
    if let Some(figures) = page.figures.value().filter(|_| look.is_wide()) {
        line = line.push(look.colored(counts(scene, figures), Type::CELL, t.ink2));
    }
    let line = container(line.push(export)).padding([0.0, space::S16]).center_y(LINE).width(Length::Fill);
    surface(t.surface, line).into()
}

fn counts(scene: Scene<'_>, figures: &Statistics) -> String {
    let look = scene.look;
    let at = figures.counted.to_zoned(scene.desk.tz().clone());
    look.with(
        "figures-counts",
        &[
            ("visits", words::cell(look, figures.visits.now).into()),
            ("calls", words::sum(look, figures.calls).into()),
            ("day", look.texts.day_month(at.date()).into()),
            ("time", look.texts.time(at.time()).into()),
        ],
    )
}

/// The line beneath the figures.
pub(super) fn foot<'a>(look: &Look<'_>, page: &FiguresPage) -> Element<'a, Message> {
    let t = look.tokens;
    let mut line = row![look.label(look.t("figures-foot-few")), look.label(look.t("figures-foot-nobody"))]
        .spacing(space::S16)
        .align_y(Alignment::Center);
    if let Some(figures) = page.figures.value() {
        for gap in warnings(look, page, figures) {
            let words = look.colored(gap, Type::LABEL_MEDIUM, t.wait);
            let both = row![icon(Icon::TriangleAlert, 13.0, t.wait), words].spacing(space::S6);
            line = line.push(both.align_y(Alignment::Center));
        }
    }
    if let Some(said) = exported(look, page) {
        line = line.push(said);
    }
    container(line).padding([0.0, space::S16]).center_y(FOOT).width(Length::Fill).into()
}

/// What is missing, as sentences.
fn warnings(look: &Look<'_>, page: &FiguresPage, figures: &Statistics) -> Vec<String> {
    let day = |day| look.texts.day_month(day);
    let mut all: Vec<String> = figures
        .gaps
        .iter()
        .map(|gap| {
            let same = gap.from.month() == gap.to.month();
            let from = if same { gap.from.day().to_string() } else { day(gap.from) };
            let from = if same && look.texts.language() == crate::i18n::Language::Danish { from + "." } else { from };
            look.with(
                "figures-foot-gap",
                &[
                    ("department", gap.tag.clone().into()),
                    ("from", from.into()),
                    ("to", day(gap.to).into()),
                    ("week", week_number(gap.from).to_string().into()),
                ],
            )
        })
        .collect();
    if let (Some(against), Some(begins)) = (figures.against.filter(|a| !a.complete), figures.begins)
        && figures.visits.now != Cell::of(0)
    {
        let period = skranke_domain::figures::Period::between(against.from, against.to);
        let period = words::within(look, period.unwrap_or(page.period.before()));
        let args = [("day", look.texts.day_month_year(begins).into()), ("period", period.into())];
        all.push(look.with("figures-foot-begins", &args));
    }
    all
}

/// What became of the file.
fn exported<'a>(look: &Look<'_>, page: &FiguresPage) -> Option<Element<'a, Message>> {
    let t = look.tokens;
    let failed = |why: String| look.with("figures-export-failed", &[("why", why.into())]);
    let (words, color, picture) = match page.exported.as_ref()? {
        Exported::Written(name) => (look.with("figures-exported", &[("name", name.clone().into())]), t.ok, Icon::Check),
        Exported::NotFetched(error) => (failed(sentence(look, error)), t.alert, Icon::TriangleAlert),
        Exported::NotWritten(_) => (failed(look.t("figures-not-written")), t.alert, Icon::TriangleAlert),
        Exported::Writing | Exported::Left => return None,
    };
    let both: Row<'a, Message, _, _> = row![icon(picture, 13.0, color), look.colored(words, Type::LABEL_MEDIUM, color)];
    Some(both.spacing(space::S6).align_y(Alignment::Center).into())
}
