//! `Around`: a widget around other elements. What of `iced`'s `Widget` does no more than hand on to them is written here, once; what a widget
//! does otherwise stands in its `Manner`. What does not live here: any widget of its own.

use std::{iter, slice};

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

/// Elements and what is done with them: a widget. Each widget's module names its own kind of it (`Painted`, `Placed`, …).
pub struct Around<'a, Message, M> {
    /// The elements.
    pub(super) elements: Vec<Element<'a, Message>>,
    /// What is done with them.
    pub(super) manner: M,
}

/// What is a widget's own. Left as it is, each method hands on to the elements.
pub trait Manner<Message> {
    /// Whose its node in the tree is.
    fn node() -> Node<Self>;

    /// The branches of a node of its own.
    fn children(&self, elements: &[Element<'_, Message>]) -> Vec<Tree> {
        elements.iter().map(Tree::new).collect()
    }

    /// Brings a node of its own up to date.
    fn diff(&self, elements: &[Element<'_, Message>], tree: &mut Tree) {
        tree.diff_children(elements);
    }

    /// Its width and height; the first element's.
    fn size(&self, elements: &[Element<'_, Message>]) -> Size<Length> {
        elements[0].as_widget().size()
    }

    /// Its width and height for what builds on it; as its size.
    fn size_hint(&self, elements: &[Element<'_, Message>]) -> Size<Length> {
        self.size(elements)
    }

    /// Where the elements lie; the first has all the room.
    fn layout(&mut self, mut room: Room<'_, '_, Message>, limits: &layout::Limits) -> layout::Node {
        let first = room.lay(0, limits);
        if room.through { first } else { layout::Node::with_children(first.size(), vec![first]) }
    }

    /// What a walk through the tree finds.
    fn operate(&mut self, mut inside: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        inside.operate(renderer, operation);
    }

    /// What an event does.
    fn update(&mut self, mut inside: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        inside.update(told);
    }

    /// How the pointer looks over it.
    fn pointer(&self, inside: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        inside.pointer(pointing)
    }

    /// How it is drawn.
    fn draw(&self, inside: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        inside.draw(drawing);
    }

    /// What lies above the page because of it.
    fn overlay<'b>(&'b mut self, inside: InsideMut<'b, '_, Message>, above: Above<'_>) -> Overlay<'b, Message> {
        inside.overlay(above)
    }
}

/// What lies above the page, if anything does.
pub type Overlay<'b, Message> = Option<overlay::Element<'b, Message, Theme, Renderer>>;

/// Whose a widget's node in the tree is.
pub enum Node<M: ?Sized> {
    /// The one element's, as though there were no widget around it: what it remembers survives when the widget comes or goes.
    Element,
    /// The widget's own, without a memory; the elements' nodes are its branches.
    Plain,
    /// The widget's own, with a memory that begins as the function says; the elements' nodes are its branches.
    Memory(tree::Tag, fn(&M) -> tree::State),
}

impl<M> Node<M> {
    /// The widget's own, with a memory that begins empty.
    pub fn memory<T: Default + 'static>() -> Self {
        Self::Memory(tree::Tag::of::<T>(), |_| tree::State::new(T::default()))
    }

    fn through(&self) -> bool {
        matches!(self, Self::Element)
    }
}

/// An element that lies somewhere: the element, its node in the tree, its place.
pub type Child<'i, Message> = (&'i (dyn Widget<Message, Theme, Renderer> + 'i), &'i Tree, Layout<'i>);
/// An element that lies somewhere and can change.
pub type ChildMut<'i, Message> = (&'i mut (dyn Widget<Message, Theme, Renderer> + 'i), &'i mut Tree, Layout<'i>);

/// The elements to look at, with the widget's node and place.
pub struct Inside<'i, 'a, Message> {
    pub elements: &'i [Element<'a, Message>],
    pub tree: &'i Tree,
    pub layout: Layout<'i>,
    through: bool,
}

impl<'i, Message> Inside<'i, '_, Message> {
    /// Those of the elements that lie somewhere, in order.
    pub fn children(&self) -> impl Iterator<Item = Child<'i, Message>> {
        let trees = if self.through { slice::from_ref(self.tree) } else { &self.tree.children };
        let each = self.elements.iter().zip(trees).zip(places(self.layout, self.through));
        each.map(|((element, tree), place)| (element.as_widget(), tree, place))
    }

    /// How the pointer looks over them.
    pub fn pointer(&self, pointing: Pointing<'_>) -> mouse::Interaction {
        self.children().map(|child| pointing.at(child)).max().unwrap_or_default()
    }

    /// Draws them.
    pub fn draw(&self, drawing: &mut Drawing<'_>) {
        self.children().for_each(|child| drawing.draw(child));
    }
}

/// The elements to change, with the widget's node and place.
pub struct InsideMut<'i, 'a, Message> {
    pub elements: &'i mut [Element<'a, Message>],
    pub tree: &'i mut Tree,
    pub layout: Layout<'i>,
    through: bool,
}

impl<'i, 'a, Message> InsideMut<'i, 'a, Message> {
    /// Those of the elements that lie somewhere, in order.
    pub fn children(&mut self) -> impl Iterator<Item = ChildMut<'_, Message>> {
        let Self { elements, tree, layout, through } = self;
        InsideMut { elements, tree, layout: *layout, through: *through }.into_children()
    }

    fn into_children(self) -> impl Iterator<Item = ChildMut<'i, Message>> + use<'i, 'a, Message> {
        let trees = if self.through { slice::from_mut(self.tree) } else { &mut self.tree.children };
        let each = self.elements.iter_mut().zip(trees).zip(places(self.layout, self.through));
        each.map(|((element, tree), place)| (element.as_widget_mut(), tree, place))
    }

    /// Lets a walk through the tree find them.
    pub fn operate(&mut self, renderer: &Renderer, operation: &mut dyn Operation) {
        for (element, tree, place) in self.children() {
            element.operate(tree, place, renderer, operation);
        }
    }

    /// Lets a walk through the tree find them as parts of one thing.
    pub fn operate_within(&mut self, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, self.layout.bounds());
        operation.traverse(&mut |operation| self.operate(renderer, operation));
    }

    /// Tells them of an event.
    pub fn update(&mut self, told: &mut Told<'_, '_, Message>) {
        self.children().for_each(|child| told.tell(child));
    }

    /// What lies above the page because of them: as it is where there is one element alone, else as a group.
    pub fn overlay(self, above: Above<'_>) -> Overlay<'i, Message> {
        let alone = self.elements.len() == 1;
        let mut all: Vec<_> = self.into_children().filter_map(|child| above.of(child)).collect();
        if alone { all.pop() } else { (!all.is_empty()).then(|| overlay::Group::with_children(all).overlay()) }
    }
}

/// Where the elements lie: where the widget lies, if it has no node of its own.
fn places(layout: Layout<'_>, through: bool) -> impl Iterator<Item = Layout<'_>> {
    let parts = (!through).then(|| layout.children());
    iter::once(layout).filter(move |_| through).chain(parts.into_iter().flatten())
}

/// The elements while they are laid out.
pub struct Room<'r, 'a, Message> {
    pub elements: &'r mut [Element<'a, Message>],
    pub tree: &'r mut Tree,
    pub renderer: &'r Renderer,
    through: bool,
}

impl<Message> Room<'_, '_, Message> {
    /// Lays out the element that is number `n`.
    pub fn lay(&mut self, n: usize, limits: &layout::Limits) -> layout::Node {
        let tree = if self.through { &mut *self.tree } else { &mut self.tree.children[n] };
        self.elements[n].as_widget_mut().layout(tree, self.renderer, limits)
    }
}

/// An event, and what is needed to follow it.
pub struct Told<'t, 's, Message> {
    pub event: &'t Event,
    pub cursor: mouse::Cursor,
    pub renderer: &'t Renderer,
    pub clipboard: &'t mut dyn Clipboard,
    pub shell: &'t mut Shell<'s, Message>,
    pub viewport: &'t Rectangle,
}

impl<Message> Told<'_, '_, Message> {
    /// Tells an element of it.
    pub fn tell(&mut self, (element, tree, place): ChildMut<'_, Message>) {
        let Self { event, cursor, renderer, clipboard, shell, viewport } = self;
        element.update(tree, event, place, *cursor, renderer, *clipboard, shell, viewport);
    }

    /// The same event, with another shell to answer to.
    pub fn to<'q, 's, Other>(&'q mut self, shell: &'q mut Shell<'s, Other>) -> Told<'q, 's, Other> {
        let Self { event, cursor, renderer, clipboard, viewport, .. } = self;
        Told { event, cursor: *cursor, renderer, clipboard: *clipboard, shell, viewport }
    }
}

/// Where the pointer is.
#[derive(Clone, Copy)]
pub struct Pointing<'p> {
    pub cursor: mouse::Cursor,
    pub viewport: &'p Rectangle,
    pub renderer: &'p Renderer,
}

impl Pointing<'_> {
    /// How it looks over an element.
    pub fn at<Message>(self, (element, tree, place): Child<'_, Message>) -> mouse::Interaction {
        element.mouse_interaction(tree, place, self.cursor, self.viewport, self.renderer)
    }
}

/// What is drawn on, and with what.
pub struct Drawing<'d> {
    pub renderer: &'d mut Renderer,
    pub theme: &'d Theme,
    pub style: renderer::Style,
    pub cursor: mouse::Cursor,
    pub viewport: &'d Rectangle,
}

impl Drawing<'_> {
    /// Draws an element.
    pub fn draw<Message>(&mut self, (element, tree, place): Child<'_, Message>) {
        element.draw(tree, self.renderer, self.theme, &self.style, place, self.cursor, self.viewport);
    }

    /// Draws in a layer of its own, cut to `bounds`.
    pub fn layer(&mut self, bounds: Rectangle, draw: impl FnOnce(&mut Drawing<'_>)) {
        let Self { theme, style, cursor, viewport, .. } = *self;
        self.renderer.with_layer(bounds, |renderer| draw(&mut Drawing { renderer, theme, style, cursor, viewport }));
    }
}

/// What is needed to know what lies above the page.
#[derive(Clone, Copy)]
pub struct Above<'b> {
    pub renderer: &'b Renderer,
    pub viewport: &'b Rectangle,
    pub translation: Vector,
}

impl Above<'_> {
    /// What lies above the page because of an element.
    pub fn of<'i, Message>(self, (element, tree, place): ChildMut<'i, Message>) -> Overlay<'i, Message> {
        element.overlay(tree, place, self.renderer, self.viewport, self.translation)
    }
}

impl<Message, M: Manner<Message>> Widget<Message, Theme, Renderer> for Around<'_, Message, M> {
    fn tag(&self) -> tree::Tag {
        match M::node() {
            Node::Element => self.elements[0].as_widget().tag(),
            Node::Plain => tree::Tag::stateless(),
            Node::Memory(tag, _) => tag,
        }
    }

    fn state(&self) -> tree::State {
        match M::node() {
            Node::Element => self.elements[0].as_widget().state(),
            Node::Plain => tree::State::None,
            Node::Memory(_, begin) => begin(&self.manner),
        }
    }

    fn children(&self) -> Vec<Tree> {
        if M::node().through() { self.elements[0].as_widget().children() } else { self.manner.children(&self.elements) }
    }

    fn diff(&self, tree: &mut Tree) {
        if M::node().through() {
            self.elements[0].as_widget().diff(tree)
        } else {
            self.manner.diff(&self.elements, tree)
        }
    }

    fn size(&self) -> Size<Length> {
        self.manner.size(&self.elements)
    }

    fn size_hint(&self) -> Size<Length> {
        self.manner.size_hint(&self.elements)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let room = Room { elements: &mut self.elements, tree, renderer, through: M::node().through() };
        self.manner.layout(room, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let inside = InsideMut { elements: &mut self.elements, tree, layout, through: M::node().through() };
        self.manner.operate(inside, renderer, operation);
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
        let inside = InsideMut { elements: &mut self.elements, tree, layout, through: M::node().through() };
        self.manner.update(inside, &mut Told { event, cursor, renderer, clipboard, shell, viewport });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let inside = Inside { elements: &self.elements, tree, layout, through: M::node().through() };
        self.manner.pointer(inside, Pointing { cursor, viewport, renderer })
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
        let inside = Inside { elements: &self.elements, tree, layout, through: M::node().through() };
        self.manner.draw(inside, &mut Drawing { renderer, theme, style: *style, cursor, viewport });
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Overlay<'b, Message> {
        let inside = InsideMut { elements: &mut self.elements, tree, layout, through: M::node().through() };
        self.manner.overlay(inside, Above { renderer, viewport, translation })
    }
}

impl<'a, Message: 'a, M: Manner<Message> + 'a> From<Around<'a, Message, M>> for Element<'a, Message> {
    fn from(around: Around<'a, Message, M>) -> Self {
        Element::new(around)
    }
}
