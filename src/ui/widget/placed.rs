//! `placed`: elements at places that were worked out beforehand, over painted rectangles; a week of appointments is drawn so.
//! Unlike a stack of pins it needs no layer for each element, so that a full week costs no more than a list. Where things
//! belong is the screen's business.

use iced::advanced::widget::{Operation, Tree, Widget};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::{Background, Color, Event, Length, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

/// Elements at fixed places on a sheet. Made by [`placed`].
pub struct Placed<'a, Message> {
    size: Size,
    painted: Vec<(Rectangle, Color)>,
    places: Vec<Rectangle>,
    children: Vec<Element<'a, Message>>,
    covers: usize,
}

/// An empty sheet of `size` logical pixels.
pub fn placed<'a, Message: 'a>(size: Size) -> Placed<'a, Message> {
    Placed { size, painted: Vec::new(), places: Vec::new(), children: Vec::new(), covers: 0 }
}

impl<'a, Message> Placed<'a, Message> {
    /// Paints a rectangle beneath all elements, over what was painted before.
    pub fn paint(&mut self, place: Rectangle, color: Color) {
        self.painted.push((place, color));
    }

    /// Puts an element at its place. `Tab` goes in the order of putting; what is put later lies above.
    pub fn put(&mut self, place: Rectangle, element: impl Into<Element<'a, Message>>) {
        let at = self.children.len() - self.covers;
        self.places.insert(at, place);
        self.children.insert(at, element.into());
    }

    /// Lays an element over everything that is put: the pointer reaches nothing beneath it, and nothing shines through.
    pub fn cover(&mut self, place: Rectangle, element: impl Into<Element<'a, Message>>) {
        self.places.push(place);
        self.children.push(element.into());
        self.covers += 1;
    }

    /// The pointer as what lies beneath the covers sees it.
    fn beneath(&self, layout: Layout<'_>, cursor: mouse::Cursor) -> mouse::Cursor {
        let first = self.children.len() - self.covers;
        let covered = layout.children().skip(first).any(|cover| cursor.is_over(cover.bounds()));
        if covered { mouse::Cursor::Unavailable } else { cursor }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Placed<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.children.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.children);
    }

    fn size(&self) -> Size<Length> {
        Size { width: Length::Fixed(self.size.width), height: Length::Fixed(self.size.height) }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, _limits: &layout::Limits) -> layout::Node {
        let nodes = self
            .children
            .iter_mut()
            .zip(&mut tree.children)
            .zip(&self.places)
            .map(|((child, tree), place)| {
                let limits = layout::Limits::new(Size::ZERO, place.size());
                child.as_widget_mut().layout(tree, renderer, &limits).move_to(place.position())
            })
            .collect();
        layout::Node::with_children(self.size, nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((child, tree), layout) in self.children.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                child.as_widget_mut().operate(tree, layout, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let (first, beneath) = (self.children.len() - self.covers, self.beneath(layout, cursor));
        let children = self.children.iter_mut().zip(&mut tree.children).zip(layout.children());
        for (at, ((child, tree), layout)) in children.enumerate() {
            let cursor = if at < first { beneath } else { cursor };
            child.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(seen) = bounds.intersection(viewport) else { return };
        let offset = Vector::new(bounds.x, bounds.y);
        for (place, color) in &self.painted {
            let bounds = *place + offset;
            if bounds.intersects(&seen) {
                renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, Background::Color(*color));
            }
        }
        let (first, beneath) = (self.children.len() - self.covers, self.beneath(layout, cursor));
        for (at, ((child, tree), layout)) in self.children.iter().zip(&tree.children).zip(layout.children()).enumerate()
        {
            if at >= first {
                // A layer of its own: texts of one layer are drawn over all its grounds.
                renderer.with_layer(seen, |renderer| {
                    child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
                });
            } else if layout.bounds().intersects(&seen) {
                child.as_widget().draw(tree, renderer, theme, style, layout, beneath, viewport);
            }
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let (first, beneath) = (self.children.len() - self.covers, self.beneath(layout, cursor));
        self.children
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .enumerate()
            .map(|(at, ((child, tree), layout))| {
                let cursor = if at < first { beneath } else { cursor };
                child.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        overlay::from_children(&mut self.children, tree, layout, renderer, viewport, translation)
    }
}

impl<'a, Message: 'a> From<Placed<'a, Message>> for Element<'a, Message> {
    fn from(placed: Placed<'a, Message>) -> Self {
        Element::new(placed)
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
