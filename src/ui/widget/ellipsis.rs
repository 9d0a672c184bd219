//! A text on one line that is cut with "…" where its room ends; `iced` breaks or clips, but does not cut.
//! The whole text stays readable for a walk through the tree.

use iced::advanced::text::paragraph::Plain;
use iced::advanced::text::{self, Paragraph as _, Wrapping};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Layout, Text, layout, mouse, renderer};
use iced::alignment;
use iced::{Color, Font, Length, Rectangle, Size};

use super::{Element, Renderer, Theme};
use crate::theme::Type;

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// A text on one line, cut to the width it gets.
pub struct Ellipsis {
    content: String,
    style: Type,
    color: Option<Color>,
    width: Length,
}

/// `content` in `style` on one line, cut with "…" when it does not fit.
pub fn ellipsis(content: impl Into<String>, style: Type) -> Ellipsis {
    Ellipsis { content: content.into(), style, color: None, width: Length::Shrink }
}

impl Ellipsis {
    /// Its colour; without one it takes that of what it lies on.
    pub fn color(mut self, color: Color) -> Self {
        self.color = Some(color);
        self
    }

    /// Its width; by default no more than it needs.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }
}

#[derive(Default)]
struct Memory {
    shown: Plain<Paragraph>,
    of: String,
    room: f32,
    cut: Option<String>,
}

fn one_line(content: &str, style: Type) -> Text<&str, Font> {
    Text {
        content,
        bounds: Size::new(f32::INFINITY, style.line),
        size: style.size.into(),
        line_height: text::LineHeight::Absolute(style.line.into()),
        font: style.weight.font(),
        align_x: text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: text::Shaping::default(),
        wrapping: Wrapping::None,
    }
}

/// How wide `content` is in `style` on one line, in logical pixels.
pub fn text_width(content: &str, style: Type) -> f32 {
    Paragraph::with_text(one_line(content, style)).min_width()
}

/// The longest beginning of `content` that fits with "…" behind it. `width` measures a text.
fn cut(content: &str, room: f32, mut width: impl FnMut(&str) -> f32) -> String {
    let ends: Vec<usize> = content.char_indices().map(|(at, _)| at).collect();
    let (mut fits, mut too_long) = (0, ends.len());
    let shortened = |count: usize| {
        let end = ends.get(count).copied().unwrap_or(content.len());
        format!("{}…", content[..end].trim_end())
    };
    while fits + 1 < too_long {
        let middle = usize::midpoint(fits, too_long);
        if width(&shortened(middle)) <= room {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    shortened(fits)
}

impl<Message> Widget<Message, Theme, Renderer> for Ellipsis {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Memory::default())
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: Length::Shrink }
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let memory = tree.state.downcast_mut::<Memory>();
        layout::sized(limits, self.width, Length::Shrink, |limits| {
            let room = limits.max().width;
            let known = memory.cut.is_some() && memory.of == self.content && (memory.room - room).abs() < f32::EPSILON;
            if let (true, Some(cut)) = (known, &memory.cut) {
                let _ = memory.shown.update(one_line(cut, self.style));
            } else {
                memory.cut = None;
                let _ = memory.shown.update(one_line(&self.content, self.style));
                if memory.shown.min_width() > room {
                    let shortened =
                        cut(&self.content, room, |part| Paragraph::with_text(one_line(part, self.style)).min_width());
                    let _ = memory.shown.update(one_line(&shortened, self.style));
                    memory.of.clone_from(&self.content);
                    memory.room = room;
                    memory.cut = Some(shortened);
                }
            }
            let bounds = memory.shown.min_bounds();
            Size::new(bounds.width.min(room), self.style.line)
        })
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        use text::Renderer as _;
        let memory = tree.state.downcast_ref::<Memory>();
        renderer.fill_paragraph(
            memory.shown.raw(),
            layout.position(),
            self.color.unwrap_or(style.text_color),
            *viewport,
        );
    }

    fn operate(&mut self, _tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
    }
}

impl<'a, Message: 'a> From<Ellipsis> for Element<'a, Message> {
    fn from(ellipsis: Ellipsis) -> Self {
        Element::new(ellipsis)
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn one_pixel_a_letter(text: &str) -> f32 {
        f32::from(u16::try_from(text.chars().count()).expect("short"))
    }

    #[test]
    fn a_long_title_ends_in_three_dots_within_its_room() {
        assert_eq!(cut("Registrering af indrejse", 13.0, one_pixel_a_letter), "Registrering…");
        assert_eq!(cut("Ændring af sø", 5.0, one_pixel_a_letter), "Ændr…");
    }

    #[test]
    fn no_space_is_left_before_the_dots() {
        assert_eq!(cut("ab cdef", 4.0, one_pixel_a_letter), "ab…");
    }

    #[test]
    fn where_there_is_no_room_only_the_dots_remain() {
        assert_eq!(cut("abc", 0.0, one_pixel_a_letter), "…");
    }
}
