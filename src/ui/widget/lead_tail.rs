//! Two things on a line: the tail keeps its whole width, the lead takes what it needs of the rest and is cut, never the tail.
//! For titles with a mark behind them and for "Contract, 3 more".

use iced::advanced::layout;
use iced::advanced::widget::Operation;
use iced::{Length, Point, Size};

use super::around::{Around, InsideMut, Manner, Node, Room};
use super::{Element, Renderer};

/// Two elements on a line. Made by [`lead_tail`].
pub type LeadTail<'a, Message> = Around<'a, Message, OnALine>;

/// How the two lie.
pub struct OnALine {
    gap: f32,
    width: Length,
}

/// `lead`, cut where it must be, with the whole of `tail` right behind it.
pub fn lead_tail<'a, Message: 'a>(
    lead: impl Into<Element<'a, Message>>,
    tail: impl Into<Element<'a, Message>>,
    gap: f32,
) -> LeadTail<'a, Message> {
    Around { elements: vec![lead.into(), tail.into()], manner: OnALine { gap, width: Length::Shrink } }
}

impl<Message> LeadTail<'_, Message> {
    /// Its width; by default no more than both need.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.manner.width = width.into();
        self
    }
}

impl<Message> Manner<Message> for OnALine {
    fn node() -> Node<Self> {
        Node::Plain
    }

    fn size(&self, _elements: &[Element<'_, Message>]) -> Size<Length> {
        Size { width: self.width, height: Length::Shrink }
    }

    fn layout(&mut self, mut room: Room<'_, '_, Message>, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(self.width);
        let loose = limits.loose();
        let most = loose.max();
        let tail = room.lay(1, &loose);
        let left = (most.width - tail.size().width - self.gap).max(0.0);
        let lead = room.lay(0, &layout::Limits::new(Size::ZERO, Size::new(left, most.height)));
        let (first, last) = (lead.size(), tail.size());
        let height = first.height.max(last.height);
        let middle = |own: Size| (height - own.height) / 2.0;
        let behind = Point::new(first.width + self.gap, middle(last));
        let both = Size::new(first.width + self.gap + last.width, height);
        let size = limits.resolve(self.width, Length::Shrink, both);
        layout::Node::with_children(size, vec![lead.move_to(Point::new(0.0, middle(first))), tail.move_to(behind)])
    }

    fn operate(&mut self, mut both: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        both.operate_within(renderer, operation);
    }
}
