//! How the call display looks: the last call as large as it goes, the ones before beneath it, the same few words in four languages. It does
//! not blink. What does not live here: what was called.

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::tickets::DisplayCall;

use super::{Display, Message};
use crate::i18n::{Arg, CitizenTexts, Language, Texts};
use crate::theme::scale::{Weight, radius, space};
use crate::theme::{Look, Tokens, Type};
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, hline};

/// The languages of the display, in the order that they stand in.
const SPOKEN: [&str; 4] = ["da", "en", "de", "pl"];
/// The width that the sizes below are made for; another window is drawn in proportion, so that it is read from the last row of chairs.
const MADE_FOR: (f32, f32) = (1280.0, 720.0);
/// How many calls stand beneath the last one.
const BEFORE: usize = 4;

/// The sizes of its texts, at one window's size.
#[derive(Clone, Copy)]
struct Sizes {
    by: f32,
}

impl Sizes {
    fn of(window: iced::Size) -> Self {
        Self { by: (window.width / MADE_FOR.0).min(window.height / MADE_FOR.1).clamp(0.5, 4.0) }
    }

    fn text(self, size: f32, line: f32, weight: Weight) -> Type {
        Type { size: size * self.by, line: line * self.by, weight }
    }

    /// The number that is called.
    fn called(self) -> Type {
        self.text(132.0, 150.0, Weight::Semibold)
    }

    /// A number that was called before.
    fn before(self) -> Type {
        self.text(52.0, 62.0, Weight::Semibold)
    }

    /// Where to go, beside a number that was called before.
    fn place(self) -> Type {
        self.text(34.0, 42.0, Weight::Medium)
    }

    /// A heading in four languages.
    fn heading(self) -> Type {
        self.text(22.0, 28.0, Weight::Medium)
    }

    /// The site and the time.
    fn top(self) -> Type {
        self.text(30.0, 38.0, Weight::Semibold)
    }

    fn gap(self, pixels: f32) -> f32 {
        pixels * self.by
    }
}

/// The same words in all four languages, each once: two languages may say it alike.
fn all(id: &str, args: &[(&str, Arg<'_>)]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for texts in SPOKEN.map(CitizenTexts::of) {
        let words = texts.with(id, args);
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said
}

fn in_a_line(id: &str, args: &[(&str, Arg<'_>)]) -> String {
    all(id, args).join("  ·  ")
}

impl Display {
    /// The display.
    pub fn view(&self) -> Element<'_, Message> {
        let now = self.now.to_zoned(self.launch.tz.clone());
        // Times are written as in Denmark, whoever reads them.
        let texts = Texts::of(Language::Danish);
        let look = Look::new(Tokens::of(self.theme_name()), texts, &crate::focus::Focus::none(), now);
        let sizes = Sizes::of(self.window);
        let page = column![
            self.top(&look, sizes),
            container(self.calls(&look, sizes)).width(Length::Fill).height(Length::Fill),
            hline(&look),
            self.bottom(&look, sizes),
        ];
        surface(look.tokens.bg, page).width(Length::Fill).height(Length::Fill).into()
    }

    fn top(&self, look: &Look<'_>, sizes: Sizes) -> Element<'static, Message> {
        let t = look.tokens;
        let site = self.known.as_ref().map(|known| known.site.clone()).unwrap_or_default();
        let time = look.texts.time(look.now.time());
        let inside = row![
            look.colored(site, sizes.top(), t.slab_ink),
            gap().width(Length::Fill),
            look.colored(time, sizes.top(), t.slab_ink),
        ]
        .align_y(Alignment::Center);
        let inside = container(inside).padding([sizes.gap(space::S12), sizes.gap(space::S24)]);
        surface(t.slab, inside).width(Length::Fill).into()
    }

    fn calls(&self, look: &Look<'_>, sizes: Sizes) -> Element<'static, Message> {
        let t = look.tokens;
        let Some(known) = &self.known else { return middle(look, sizes, &all("display-starting", &[])) };
        let Some((last, before)) = known.calls.split_first() else {
            let mut lines = all("display-welcome", &[]);
            lines.truncate(SPOKEN.len());
            return middle(look, sizes, &[vec![lines.join("  ·  ")], all("display-nobody", &[])].concat());
        };
        let mut page = column![self.last(look, sizes, last)].spacing(sizes.gap(space::S24));
        let rows = before.iter().take(BEFORE).map(|call| {
            let line = row![
                look.colored(call.number.clone(), sizes.before(), t.ink).width(Length::FillPortion(1)),
                look.colored(place(call), sizes.place(), t.ink2).width(Length::FillPortion(1)),
            ]
            .spacing(sizes.gap(space::S24))
            .align_y(Alignment::Center);
            Element::from(container(line).padding([0.0, sizes.gap(space::S24)]))
        });
        page = page.push(Column::with_children(rows).spacing(sizes.gap(space::S4)));
        container(page).padding(sizes.gap(space::S24)).into()
    }

    /// The last call, on a ground of its own.
    fn last(&self, look: &Look<'_>, sizes: Sizes, call: &DisplayCall) -> Element<'static, Message> {
        let t = look.tokens;
        let side = |heading: &str, value: &str| {
            column![
                look.colored(in_a_line(heading, &[]), sizes.heading(), t.on_accent),
                look.colored(value.to_owned(), sizes.called(), t.on_accent),
            ]
        };
        let name = look.colored(place(call), sizes.heading(), t.on_accent);
        let inside = row![
            side("display-number", &call.number).width(Length::FillPortion(2)),
            side("display-go-to", &call.counter).push(name).width(Length::FillPortion(2)),
        ]
        .spacing(sizes.gap(space::S24));
        let corner = radius::DIALOG;
        container(inside)
            .padding(sizes.gap(space::S24))
            .width(Length::Fill)
            .style(move |_| plate(t.accent, t.accent, corner))
            .into()
    }

    fn bottom(&self, look: &Look<'_>, sizes: Sizes) -> Element<'static, Message> {
        let t = look.tokens;
        let mut lines: Vec<Element<'static, Message>> = Vec::new();
        if self.stale && self.known.is_some() {
            let since = self.as_of.unwrap_or(self.now).to_zoned(self.launch.tz.clone());
            let time = look.texts.time(since.time());
            for pair in all("display-old", &[("time", time.into())]).chunks(2) {
                lines.push(look.colored(pair.join("  ·  "), sizes.text(17.0, 22.0, Weight::Medium), t.wait).into());
            }
        } else if let Some(known) = &self.known {
            let words = in_a_line("display-waiting", &[("count", i64::from(known.waiting).into())]);
            lines.push(look.colored(words, sizes.heading(), t.ink2).into());
        }
        let lines = Column::with_children(lines).spacing(sizes.gap(space::S2));
        let ground = if self.stale && self.known.is_some() { t.wait_soft } else { t.surface };
        let inside = container(lines).padding([sizes.gap(space::S12), sizes.gap(space::S24)]);
        surface(ground, inside).width(Length::Fill).into()
    }
}

/// Where to go, in words: both names where they differ.
fn place(call: &DisplayCall) -> String {
    let name = &call.counter_name;
    if name.da == name.en { name.da.clone() } else { format!("{}  ·  {}", name.da, name.en) }
}

/// A few lines in the middle.
fn middle(look: &Look<'_>, sizes: Sizes, lines: &[String]) -> Element<'static, Message> {
    let t = look.tokens;
    let lines = lines.iter().map(|line| {
        let text = look.colored(line.clone(), sizes.top(), t.ink2);
        Element::from(Row::new().push(text))
    });
    let lines = Column::with_children(lines).spacing(sizes.gap(space::S12)).align_x(Alignment::Center);
    container(lines).center_x(Length::Fill).center_y(Length::Fill).into()
}
