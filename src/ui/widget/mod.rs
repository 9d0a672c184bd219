//! Our component set. Everything here is generic over the message and knows nothing of citizens and cases beyond the words
//! and shapes their states are shown in. Colours and sizes come from `theme`; texts come from the caller or from Fluent.

pub mod area;
mod around;
pub mod bar;
pub mod button;
pub mod check;
pub mod checklist;
pub mod chip;
pub mod control;
pub mod dashed;
pub mod dialog;
pub mod drag;
pub mod ellipsis;
pub mod event;
pub mod field;
pub mod icon;
pub mod inert;
pub mod keycap;
pub mod lead_tail;
pub mod lift;
pub mod list;
pub mod menu;
pub mod paint;
pub mod palette;
pub mod panel;
pub mod person;
pub mod placed;
pub mod prose;
pub mod scroll;
pub mod segmented;
pub mod skeleton;
pub mod source;
pub mod status;
#[cfg(test)]
mod tests;
mod tip;
pub mod toast;
pub mod veil;
pub mod virtual_list;
pub mod wordless;

pub use area::{TextArea, text_area};
pub use bar::{ActionKey, NavItem, SlabParts, action_bar, action_width, slab};
pub use button::{Button, ButtonKind, ButtonSize, button, danger, normal, primary, quiet};
pub use check::{check_box, link, radio, tab};
pub use checklist::{ChecklistItem, checklist_item, readiness_meter};
pub use chip::{affected_chip, chip};
pub use control::{Control, Ring, Status, Style, control};
pub use dashed::dashed;
pub use dialog::{Dialog, Lies, dialog, modal, modal_at};
pub use ellipsis::ellipsis;
pub use event::{EventKind, event};
pub use field::{Field, field};
pub use icon::{glyph, icon, mark};
pub use inert::inert;
pub use keycap::{KeyGround, key_cap, key_caps};
pub use lead_tail::lead_tail;
pub use lift::lift;
pub use list::{RowState, cell, list_row, row_ground, stale_mark, table_head};
pub use menu::{MenuEntry, menu};
pub use palette::{Found, PaletteParts, highlighted, palette_frame, palette_row};
pub use panel::{hline, panel, surface, vline};
pub use person::{avatar, department};
pub use prose::{Prose, prose};
pub use scroll::scroll;
pub use segmented::segmented;
pub use skeleton::{skeleton_line, skeleton_row};
pub use source::{SourceState, source_cell};
pub use status::{ShownState, Tone, badge, status, tone_badge};
pub use toast::{Toast, ToastSign, toast};
pub use veil::{Veil, veil};
pub use virtual_list::{VirtualList, scroll_to_row, virtual_list};
pub use wordless::wordless;

/// The theme our elements are drawn with; their colours come from `Tokens`.
pub type Theme = iced::Theme;
/// The renderer, software or GPU.
pub type Renderer = iced::Renderer;
/// An element of the window.
pub type Element<'a, Message> = iced::Element<'a, Message, Theme, Renderer>;
/// The text of a tip, for `Control::tip`.
pub fn tip_text<'a, Message: 'a>(look: &crate::theme::Look<'_>, text: impl Into<String>) -> Element<'a, Message> {
    look.colored(text.into(), crate::theme::Type::LABEL, look.tokens.slab_ink).into()
}

/// A text.
pub type Text<'a> = iced::widget::text::Text<'a, Theme, Renderer>;
