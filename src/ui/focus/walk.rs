//! Walks through the widget tree: which controls there are, which one lies under a point, and how far a list must scroll to
//! show one. Nothing here changes the model's focus.

use std::any::Any;

use iced::advanced::widget::Id;
use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, Scrollable};
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::{Point, Rectangle, Vector};

use super::{ControlInfo, FocusId, Role};

/// Follows the scrolling of the lists on the way down the tree, so that bounds can be told in window coordinates, and which
/// list a row belongs to.
#[derive(Debug, Clone, Default)]
struct Sight {
    scrolled: Vector,
    clip: Option<Rectangle>,
    entering: Option<(Vector, Rectangle)>,
    list: Option<FocusId>,
    entering_list: Option<FocusId>,
}

impl Sight {
    fn enter(&mut self, bounds: Rectangle, translation: Vector) {
        self.entering = Some((translation, bounds - self.scrolled));
    }

    /// What lies in sight beneath the node that was entered last.
    fn descend(&mut self) -> Self {
        let outer = self.clone();
        if let Some((translation, seen)) = self.entering.take() {
            self.scrolled += translation;
            self.clip = match self.clip {
                Some(clip) => Some(clip.intersection(&seen).unwrap_or(Rectangle { width: 0.0, height: 0.0, ..seen })),
                None => Some(seen),
            };
        }
        if let Some(list) = self.entering_list.take() {
            self.list = Some(list);
        }
        Self { entering: None, entering_list: None, ..outer }
    }

    fn place(&self, bounds: Rectangle) -> (Rectangle, Option<Rectangle>) {
        let bounds = bounds - self.scrolled;
        let visible = match self.clip {
            Some(clip) => clip.intersection(&bounds),
            None => Some(bounds),
        };
        (bounds, visible)
    }
}

/// The walk that collects every control in tree order.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// What was found so far.
    pub controls: Vec<ControlInfo>,
    sight: Sight,
}

impl Walk {
    fn note(&mut self, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(info) = state.downcast_ref::<ControlInfo>() {
            let (bounds, visible) = self.sight.place(bounds);
            let within = self.sight.list.clone().filter(|_| info.role == Role::Row);
            self.controls.push(ControlInfo { bounds, visible, within, ..info.clone() });
            self.sight.entering_list = (info.role == Role::List).then(|| info.id.clone());
        }
    }

    /// The innermost control under `point`.
    fn at(&self, point: Point) -> Option<ControlInfo> {
        self.controls
            .iter()
            .rev()
            .find(|control| control.role.is_stop() && control.visible.is_some_and(|seen| seen.contains(point)))
            .cloned()
    }
}

macro_rules! walking {
    ($name:ident, $output:ty) => {
        impl Operation<$output> for $name {
            fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<$output>)) {
                let outer = self.walk.sight.descend();
                operate(self);
                self.walk.sight = outer;
            }

            fn scrollable(
                &mut self,
                _id: Option<&Id>,
                bounds: Rectangle,
                _content: Rectangle,
                translation: Vector,
                _state: &mut dyn Scrollable,
            ) {
                self.walk.sight.enter(bounds, translation);
            }

            fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
                self.walk.note(bounds, state);
            }

            fn finish(&self) -> Outcome<$output> {
                Outcome::Some(self.output())
            }
        }
    };
}

struct Controls {
    walk: Walk,
}

impl Controls {
    fn output(&self) -> Vec<ControlInfo> {
        self.walk.controls.clone()
    }
}

walking!(Controls, Vec<ControlInfo>);

struct ControlAt {
    walk: Walk,
    point: Point,
}

impl ControlAt {
    fn output(&self) -> Option<ControlInfo> {
        self.walk.at(self.point)
    }
}

walking!(ControlAt, Option<ControlInfo>);

/// Collects all controls in tree order, which is the order of `Tab`.
pub fn controls() -> impl Operation<Vec<ControlInfo>> {
    Controls { walk: Walk::default() }
}

/// Finds the innermost control under a point of the window.
pub fn control_at(point: Point) -> impl Operation<Option<ControlInfo>> {
    ControlAt { walk: Walk::default(), point }
}

/// Scrolls the innermost list around `id` just as far as it takes to see it, with room for the ring; of a list that has the keyboard it is the
/// active row that must be seen. Two walks: the first finds the control and its list, the second scrolls that list.
pub fn reveal<T: Send + 'static>(id: FocusId) -> impl Operation<T> {
    Find { id, seen: 0, inside: Vec::new(), entering: None, rows: Rows::Elsewhere, found: None }
}

/// Whether the walk is among the rows of the control that it looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Elsewhere,
    Next,
    Here,
}

struct Frame {
    index: usize,
    bounds: Rectangle,
    translation: Vector,
}

struct Find {
    id: FocusId,
    seen: usize,
    inside: Vec<Frame>,
    entering: Option<Frame>,
    rows: Rows,
    found: Option<(usize, f32)>,
}

impl<T: Send + 'static> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.entering.take().map(|frame| self.inside.push(frame)).is_some();
        let outer = match self.rows {
            Rows::Next => {
                self.rows = Rows::Here;
                Rows::Elsewhere
            }
            rows => rows,
        };
        operate(self);
        self.rows = outer;
        if entered {
            self.inside.pop();
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.entering = Some(Frame { index: self.seen, bounds, translation });
        self.seen += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        const ROOM: f32 = 4.0 * crate::theme::scale::stroke::FOCUS;
        let Some(info) = state.downcast_ref::<ControlInfo>() else { return };
        let wanted = info.id == self.id;
        let active = self.rows == Rows::Here && info.ringed;
        if wanted {
            self.rows = Rows::Next;
        }
        let Some(frame) = self.inside.last().filter(|_| wanted || active) else { return };
        self.found = None;
        // What is taller than the list's sight is left as it is, while any of it shows.
        let sight = frame.bounds + frame.translation;
        if bounds.height > sight.height && bounds.intersects(&sight) {
            return;
        }
        let above = frame.bounds.y - (bounds.y - frame.translation.y - ROOM);
        let below = (bounds.y + bounds.height - frame.translation.y + ROOM) - (frame.bounds.y + frame.bounds.height);
        let by = if above > 0.0 {
            -above
        } else if below > 0.0 {
            below
        } else {
            return;
        };
        self.found = Some((frame.index, by));
    }

    fn finish(&self) -> Outcome<T> {
        match self.found {
            Some((index, by)) => Outcome::Chain(Box::new(ScrollBy { index, by, seen: 0 })),
            None => Outcome::None,
        }
    }
}

struct ScrollBy {
    index: usize,
    by: f32,
    seen: usize,
}

impl<T> Operation<T> for ScrollBy {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.seen == self.index {
            state.scroll_by(AbsoluteOffset { x: 0.0, y: self.by }, bounds, content);
        }
        self.seen += 1;
    }
}
