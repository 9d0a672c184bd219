//! `placed`: elements at places that were worked out beforehand, over painted rectangles; a week of appointments is drawn so.
//! Unlike a stack of pins it needs no layer for each element, so that a full week costs no more than a list. Where things
//! belong is the screen's business.

use iced::advanced::widget::Operation;
use iced::advanced::{Layout, Renderer as _, layout, mouse, renderer};
use iced::{Background, Color, Length, Rectangle, Size, Vector};

use super::around::{Around, Drawing, Inside, InsideMut, Manner, Node, Pointing, Room, Told};
use super::{Element, Renderer};

/// Elements at fixed places on a sheet. Made by [`placed`].
pub type Placed<'a, Message> = Around<'a, Message, Sheet>;

/// A sheet, and the places of the elements on it; those that cover the others are the last.
pub struct Sheet {
    size: Size,
    painted: Vec<(Rectangle, Color)>,
    places: Vec<Rectangle>,
    covers: usize,
}

/// An empty sheet of `size` logical pixels.
pub fn placed<'a, Message: 'a>(size: Size) -> Placed<'a, Message> {
    let manner = Sheet { size, painted: Vec::new(), places: Vec::new(), covers: 0 };
    Around { elements: Vec::new(), manner }
}

impl<'a, Message> Placed<'a, Message> {
    /// Paints a rectangle beneath all elements, over what was painted before.
    pub fn paint(&mut self, place: Rectangle, color: Color) {
        self.manner.painted.push((place, color));
    }

    /// Puts an element at its place. `Tab` goes in the order of putting; what is put later lies above.
    pub fn put(&mut self, place: Rectangle, element: impl Into<Element<'a, Message>>) {
        let at = self.manner.first_cover();
        self.manner.places.insert(at, place);
        self.elements.insert(at, element.into());
    }

    /// Lays an element over everything that is put: the pointer reaches nothing beneath it, and nothing shines through.
    pub fn cover(&mut self, place: Rectangle, element: impl Into<Element<'a, Message>>) {
        self.manner.places.push(place);
        self.elements.push(element.into());
        self.manner.covers += 1;
    }
}

impl Sheet {
    fn first_cover(&self) -> usize {
        self.places.len() - self.covers
    }

    /// The pointer as the element with a number sees it: nothing beneath a cover does.
    fn cursor(&self, layout: Layout<'_>, cursor: mouse::Cursor) -> impl Fn(usize) -> mouse::Cursor {
        let first = self.first_cover();
        let covered = layout.children().skip(first).any(|cover| cursor.is_over(cover.bounds()));
        move |at| if at < first && covered { mouse::Cursor::Unavailable } else { cursor }
    }
}

impl<Message> Manner<Message> for Sheet {
    fn node() -> Node<Self> {
        Node::Plain
    }

    fn size(&self, _elements: &[Element<'_, Message>]) -> Size<Length> {
        Size { width: Length::Fixed(self.size.width), height: Length::Fixed(self.size.height) }
    }

    fn layout(&mut self, mut room: Room<'_, '_, Message>, _limits: &layout::Limits) -> layout::Node {
        let nodes =
            self.places.iter().enumerate().map(|(n, place)| {
                room.lay(n, &layout::Limits::new(Size::ZERO, place.size())).move_to(place.position())
            });
        layout::Node::with_children(self.size, nodes.collect())
    }

    fn operate(&mut self, mut all: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        all.operate_within(renderer, operation);
    }

    fn update(&mut self, mut all: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        let cursor = self.cursor(all.layout, told.cursor);
        for (at, child) in all.children().enumerate() {
            told.cursor = cursor(at);
            told.tell(child);
        }
    }

    fn draw(&self, all: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        let bounds = all.layout.bounds();
        let Some(seen) = bounds.intersection(drawing.viewport) else { return };
        let offset = Vector::new(bounds.x, bounds.y);
        for (place, color) in &self.painted {
            let bounds = *place + offset;
            if bounds.intersects(&seen) {
                let quad = renderer::Quad { bounds, ..renderer::Quad::default() };
                drawing.renderer.fill_quad(quad, Background::Color(*color));
            }
        }
        let (first, cursor) = (self.first_cover(), self.cursor(all.layout, drawing.cursor));
        for (at, child) in all.children().enumerate() {
            drawing.cursor = cursor(at);
            if at >= first {
                // A layer of its own: texts of one layer are drawn over all its grounds.
                drawing.layer(seen, |drawing| drawing.draw(child));
            } else if child.2.bounds().intersects(&seen) {
                drawing.draw(child);
            }
        }
    }

    fn pointer(&self, all: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        let cursor = self.cursor(all.layout, pointing.cursor);
        let each = all.children().enumerate();
        each.map(|(at, child)| Pointing { cursor: cursor(at), ..pointing }.at(child)).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::focus::{Focus, Role};
    use crate::i18n::{Language, Texts};
    use crate::testing::Bench;
    use crate::theme::{Look, Tokens};
    use crate::widget::control;

    #[test]
    fn what_is_put_lies_in_its_place_in_the_order_of_putting_and_takes_its_clicks() {
        let texts = Texts::new(Language::English);
        let focus = Focus::none();
        let now = jiff::Zoned::default();
        let look = Look::new(Tokens::light(), &texts, &focus, now);
        let at = |x: f32, y: f32| Rectangle { x, y, width: 40.0, height: 20.0 };
        let mut sheet = placed(Size::new(300.0, 300.0));
        for (n, (id, place)) in [("late", at(200.0, 100.0)), ("early", at(10.0, 20.0))].into_iter().enumerate() {
            let face = iced::widget::space().width(Length::Fill).height(Length::Fill);
            sheet.put(
                place,
                control(&look, id, Role::Button, id, face).width(Length::Fill).height(Length::Fill).on_press(n),
            );
        }
        let mut bench = Bench::new(sheet, Size::new(300.0, 300.0));
        let found: Vec<_> = bench.controls().into_iter().map(|control| (control.name, control.bounds)).collect();
        assert_eq!(found, [("late".to_owned(), at(200.0, 100.0)), ("early".to_owned(), at(10.0, 20.0))]);
        assert_eq!(bench.click(at(10.0, 20.0).center()), [1]);
        assert!(bench.click(iced::Point::new(150.0, 150.0)).is_empty());
    }

    #[test]
    fn a_click_on_what_covers_others_reaches_nothing_beneath_it() {
        let texts = Texts::new(Language::English);
        let focus = Focus::none();
        let look = Look::new(Tokens::light(), &texts, &focus, jiff::Zoned::default());
        let all = Rectangle { x: 0.0, y: 0.0, width: 100.0, height: 100.0 };
        let face = |id: &'static str, n: usize| {
            let inside = iced::widget::space().width(Length::Fill).height(Length::Fill);
            control(&look, id, Role::Button, id, inside).width(Length::Fill).height(Length::Fill).on_press(n)
        };
        let mut sheet = placed(Size::new(100.0, 100.0));
        sheet.cover(Rectangle { height: 50.0, ..all }, face("above", 1));
        sheet.put(all, face("beneath", 2));
        let mut bench = Bench::new(sheet, Size::new(100.0, 100.0));
        assert_eq!(bench.click(iced::Point::new(50.0, 20.0)), [1]);
        assert_eq!(bench.click(iced::Point::new(50.0, 80.0)), [2]);
    }
}
