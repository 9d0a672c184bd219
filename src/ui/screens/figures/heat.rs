//! On which ways people reach the office: a table of counts, the darker the more. What does not live here: the cards it lies in.

use iced::widget::{Column, container, row};
use iced::{Alignment, Color, Length};
use skranke_api::statistics::Statistics;
use skranke_domain::figures::Cell;

use super::{Message, words};
use crate::screens::words::pick;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Tokens, Type, contrast};
use crate::widget::Element;
use crate::widget::panel::plate;

/// From these shares of the largest count on, in thousandths, a cell is a step darker.
const STEPS: [u32; 5] = [25, 70, 200, 380, 550];
const NAME: f32 = 150.0;
const ALL: f32 = 62.0;
const ROW: f32 = 30.0;

/// Which of the six grounds a count has.
fn ground(cell: Cell, largest: u32) -> usize {
    let count = u64::from(cell.count().unwrap_or(0));
    STEPS.iter().filter(|step| count * 1000 >= u64::from(**step) * u64::from(largest.max(1)) && count > 0).count()
}

/// The ink that is read best on a ground.
fn ink(t: &Tokens, ground: Color) -> Color {
    let other = if contrast(t.ink, ground) >= contrast(t.surface, ground) { t.ink } else { t.surface };
    if contrast(t.on_accent, ground) > contrast(other, ground) { t.on_accent } else { other }
}

/// The table.
pub(super) fn heat<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    let t = look.tokens;
    let channels = &figures.channels;
    let largest = channels.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.count()).max().unwrap_or(1);
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    let mut head = row![container("").width(NAME)].spacing(space::S4);
    for channel in &channels.channels {
        let word = look.second(look.t(words::channel(*channel)));
        head = head.push(container(word).width(Length::Fill).align_x(Alignment::End).padding([0.0, space::S10]));
    }
    head = head.push(container(look.second(look.t("figures-all"))).width(ALL).align_x(Alignment::End));
    lines.push(head.into());
    for group in &channels.rows {
        let name = look.colored(pick(look.texts, &group.title).to_owned(), Type::CELL, t.ink);
        let mut line = row![container(name).width(NAME)].spacing(space::S4).align_y(Alignment::Center);
        for cell in &group.cells {
            let ground = t.heat[ground(*cell, largest)];
            let word = look.colored(words::cell(look, *cell), Type::CELL_MEDIUM, ink(&t, ground));
            let face = container(word)
                .width(Length::Fill)
                .height(ROW)
                .padding([0.0, space::S10])
                .align_x(Alignment::End)
                .align_y(Alignment::Center)
                .style(move |_| plate(ground, t.line, radius::TAG));
            line = line.push(face);
        }
        let all = look.colored(words::sum(look, group.all), Type::CELL_STRONG, t.ink);
        lines.push(line.push(container(all).width(ALL).align_x(Alignment::End)).into());
    }
    Column::with_children(lines).spacing(space::S4).width(Length::Fill).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_the_darker_and_what_is_hidden_is_as_pale_as_nothing() {
        let of = |count| ground(Cell::of(count), 1815);
        assert_eq!([0, 3, 36, 118, 240, 512, 702, 1204].map(of), [0, 0, 0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn counts_are_readable_on_every_ground_in_both_themes() {
        for t in [Tokens::light(), Tokens::dark()] {
            for ground in t.heat {
                assert!(contrast(ink(&t, ground), ground) >= 4.5, "{ground:?}");
            }
        }
    }
}
