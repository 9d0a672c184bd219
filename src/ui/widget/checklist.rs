//! A checklist's items and the meter that sums them up. What may be done with an item, the case decides.

use iced::widget::{Row, column, container, row};
use iced::{Alignment, Color, Length};

use super::control::{Control, Ring, control};
use super::list::{RowState, row_ground, unsent_mark};
use super::panel::plate;
use super::status::ShownState;
use super::{dashed, ellipsis, glyph};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};

/// What a checklist item shows.
#[derive(Debug, Clone)]
pub struct ChecklistItem {
    /// What is asked for.
    pub title: String,
    /// Its state; one of the seven of a checklist.
    pub state: ShownState,
    /// The state's word, where it says more than the state alone ("Requested 2 Jun").
    pub word: Option<String>,
    /// Who, when and from where, beneath the title.
    pub second: Option<String>,
    /// Whether the last change has not been sent yet.
    pub unsent: bool,
    /// Whether it is the active one of its list.
    pub row: RowState,
}

/// An item of a checklist, 42 px. It is a row of a list: the list is the stop, so the item draws its ring itself when
/// `look.focus` is on its own id.
pub fn checklist_item<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    item: ChecklistItem,
) -> Control<'a, Message> {
    let t = look.tokens;
    let ChecklistItem { title, state, word, second, unsent, row: stands } = item;
    let color = state.tone().color(&t);
    let word = word.unwrap_or_else(|| look.t(state.word_key()));
    let quiet = matches!(state, ShownState::NotNeeded | ShownState::Waived);
    let name = look.with("checklist-item-name", &[("title", title.clone().into()), ("state", word.clone().into())]);
    let mut lines = column![ellipsis(title, Type::TITLE).color(if quiet { t.ink3 } else { t.ink })].width(Length::Fill);
    if let Some(second) = second {
        lines = lines.push(ellipsis(second, Type::LABEL).color(t.ink2));
    }
    let mut inside = row![glyph(state.glyph(), 16.0, color), lines].spacing(space::S10).align_y(Alignment::Center);
    if unsent {
        inside = inside.push(unsent_mark(look));
    }
    inside = inside.push(look.colored(word, Type::CELL_MEDIUM, color).wrapping(iced::widget::text::Wrapping::None));
    control(look, id, Role::Row, name, container(inside).center_y(Length::Fill).width(Length::Fill))
        .padding([0.0, space::S10])
        .width(Length::Fill)
        .height(height::CHECKLIST)
        .state(ControlState::new().selected(stands == RowState::Selected))
        .ring(Ring::Row(radius::TAG))
        .style(move |status| row_ground(&t, stands, status))
}

/// The readiness of a case: one cell an item, each with its glyph on its soft ground; what is missing is dashed. `name` is
/// the sum in words ("4 of 8 approved").
pub fn readiness_meter<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    states: impl IntoIterator<Item = ShownState>,
) -> Control<'a, Message> {
    const TALL: f32 = 20.0;
    let t = look.tokens;
    let cells = states.into_iter().map(|state| {
        let (color, soft) = (state.tone().color(&t), state.tone().soft(&t));
        let mark = container(glyph(state.glyph(), 12.0, color)).center_x(Length::Fill).center_y(TALL);
        if state == ShownState::Missing {
            dashed(color, radius::TAG, mark).width(Length::Fill).height(TALL).into()
        } else {
            mark.style(move |_| plate(soft, Color::TRANSPARENT, radius::TAG)).into()
        }
    });
    control(look, id, Role::Status, name, Row::with_children(cells).spacing(space::S2))
        .width(Length::Fill)
        .ring(Ring::Hidden)
}
