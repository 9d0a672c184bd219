//! Two things on a line: the tail keeps its whole width, the lead takes what it needs of the rest and is cut, never the tail.
//! For titles with a mark behind them and for "Contract, 3 more".

use iced::advanced::widget::{Operation, Tree, Widget};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::{Event, Length, Point, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

/// Two elements on a line. Made by [`lead_tail`].
pub struct LeadTail<'a, Message> {
    children: [Element<'a, Message>; 2],
    gap: f32,
    width: Length,
}

/// `lead`, cut where it must be, with the whole of `tail` right behind it.
pub fn lead_tail<'a, Message: 'a>(
    lead: impl Into<Element<'a, Message>>,
    tail: impl Into<Element<'a, Message>>,
    gap: f32,
) -> LeadTail<'a, Message> {
    LeadTail { children: [lead.into(), tail.into()], gap, width: Length::Shrink }
}

impl<Message> LeadTail<'_, Message> {
    /// Its width; by default no more than both need.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }
}

impl<Message> Widget<Message, Theme, Renderer> for LeadTail<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.children.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.children);
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: Length::Shrink }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(self.width);
        let loose = limits.loose();
        let most = loose.max();
        let [lead, tail] = &mut self.children;
        let tail = tail.as_widget_mut().layout(&mut tree.children[1], renderer, &loose);
        let room = (most.width - tail.size().width - self.gap).max(0.0);
        let rest = layout::Limits::new(Size::ZERO, Size::new(room, most.height));
        let lead = lead.as_widget_mut().layout(&mut tree.children[0], renderer, &rest);
        let (first, last) = (lead.size(), tail.size());
        let height = first.height.max(last.height);
        let middle = |own: Size| (height - own.height) / 2.0;
        let behind = Point::new(first.width + self.gap, middle(last));
        let both = Size::new(first.width + self.gap + last.width, height);
        let size = limits.resolve(self.width, Length::Shrink, both);
        layout::Node::with_children(size, vec![lead.move_to(Point::new(0.0, middle(first))), tail.move_to(behind)])
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
        for ((child, tree), layout) in self.children.iter_mut().zip(&mut tree.children).zip(layout.children()) {
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
        for ((child, tree), layout) in self.children.iter().zip(&tree.children).zip(layout.children()) {
            child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        let each = self.children.iter().zip(&tree.children).zip(layout.children());
        each.map(|((child, tree), layout)| {
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

impl<'a, Message: 'a> From<LeadTail<'a, Message>> for Element<'a, Message> {
    fn from(both: LeadTail<'a, Message>) -> Self {
        Element::new(both)
    }
}
