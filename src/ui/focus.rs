//! Where the keyboard is. The focused id lives in the application's state; the order of the stops comes from walking the
//! widget tree with an operation. The same walk gives every control's role, name and state, for the naming test today and a
//! screen-reader tree later. How a control draws and reacts is in `widget::control`.

mod walk;

use std::fmt;
use std::sync::Arc;

use iced::advanced::widget::{Id, operate, operation::focusable};
use iced::{Rectangle, Task};

pub use walk::{Walk, control_at, controls, reveal};

/// The name by which a control is focused. Unique on a screen, never shown, never made from a citizen's data.
#[derive(Clone)]
pub struct FocusId(Source);

#[derive(Clone)]
enum Source {
    Fixed(&'static str),
    Made(Arc<str>),
}

impl FocusId {
    /// An id known when the program is written.
    pub const fn new(id: &'static str) -> Self {
        Self(Source::Fixed(id))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Source::Fixed(id) => id,
            Source::Made(id) => id,
        }
    }

    /// An id beneath this one: `list` and `3` give `list/3`.
    pub fn child(&self, part: impl fmt::Display) -> Self {
        Self::from(format!("{}/{part}", self.as_str()))
    }

    /// The same id as `iced` knows it.
    pub fn widget(&self) -> Id {
        match &self.0 {
            Source::Fixed(id) => Id::new(id),
            Source::Made(id) => Id::from(id.to_string()),
        }
    }
}

impl fmt::Debug for FocusId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.as_str())
    }
}

impl fmt::Display for FocusId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl PartialEq for FocusId {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for FocusId {}

impl std::hash::Hash for FocusId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl From<&'static str> for FocusId {
    fn from(id: &'static str) -> Self {
        Self::new(id)
    }
}

impl From<String> for FocusId {
    fn from(id: String) -> Self {
        Self(Source::Made(id.into()))
    }
}

impl From<&FocusId> for FocusId {
    fn from(id: &FocusId) -> Self {
        id.clone()
    }
}

/// What a control is to somebody who cannot see it. The names follow WAI-ARIA.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Does something.
    Button,
    /// Takes text, one line or several.
    TextField,
    /// Is on or off.
    CheckBox,
    /// One of a group where one is chosen.
    Radio,
    /// Shows one of several pages.
    Tab,
    /// Goes somewhere.
    Link,
    /// One stop with an active row; arrows move within.
    List,
    /// A row that is a stop of its own.
    Row,
    /// A row of a list that is the stop; the mouse can press it.
    ListItem,
    /// Keeps the keyboard until it is answered.
    Dialog,
    /// Opens choices.
    Menu,
    /// One of a menu's choices.
    MenuItem,
    /// Tells something and takes no key.
    Status,
    /// Holds other controls and is no stop itself.
    Group,
}

impl Role {
    /// Whether `Tab` stops here.
    pub const fn is_stop(self) -> bool {
        !matches!(self, Self::ListItem | Self::Dialog | Self::Status | Self::Group)
    }

    /// Whether typed characters belong to it.
    pub const fn takes_text(self) -> bool {
        matches!(self, Self::TextField)
    }
}

/// The state of a control, as it is drawn and as it is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ControlState {
    /// Why it cannot be used now; `None` when it can.
    pub disabled: Option<String>,
    /// Whether it is the selected one.
    pub selected: bool,
    /// On or off, for what can be either.
    pub checked: Option<bool>,
    /// Open or closed, for what can be either.
    pub expanded: Option<bool>,
    /// Whether it is working.
    pub busy: bool,
    /// The sentence that says what is wrong with what was typed.
    pub error: Option<String>,
    /// The name of a list's active row.
    pub active: Option<String>,
    /// The key that does the same, as printed.
    pub key: Option<String>,
}

impl ControlState {
    /// A control that can be used, with nothing to tell.
    pub fn new() -> Self {
        Self::default()
    }

    /// Not usable now, and why.
    pub fn disabled(mut self, why: Option<String>) -> Self {
        self.disabled = why;
        self
    }

    /// Selected or not.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// On or off.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// Open or closed.
    pub fn expanded(mut self, expanded: bool) -> Self {
        self.expanded = Some(expanded);
        self
    }

    /// A list's active row.
    pub fn active(mut self, row: Option<String>) -> Self {
        self.active = row;
        self
    }
}

/// One control as the walk through the tree found it.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlInfo {
    /// Its id.
    pub id: FocusId,
    /// What it is.
    pub role: Role,
    /// What it is called, in the person's language.
    pub name: String,
    /// Its state.
    pub state: ControlState,
    /// What was typed or chosen, if it holds something.
    pub value: Option<String>,
    /// Where it is in the window, in logical pixels, scrolling taken into account.
    pub bounds: Rectangle,
    /// The part of `bounds` that can be seen; `None` when it is scrolled out of sight.
    pub visible: Option<Rectangle>,
    /// The list it is a row of, if it is one: then the list is the stop.
    pub within: Option<FocusId>,
    /// The pointer's button went down on it last, on it or on something inside it.
    pub touched: bool,
    /// It shows that the keyboard is here: it is the focused control, or the active row of the focused list.
    pub ringed: bool,
}

impl ControlInfo {
    /// A control with a role and a name; the walk fills in where it is.
    pub fn new(id: FocusId, role: Role, name: String) -> Self {
        Self {
            id,
            role,
            name,
            state: ControlState::new(),
            value: None,
            bounds: Rectangle::default(),
            visible: None,
            within: None,
            touched: false,
            ringed: false,
        }
    }

    /// Whether `Tab` stops here.
    pub fn is_stop(&self) -> bool {
        self.role.is_stop() && self.within.is_none()
    }

    /// Where the keyboard goes when this is clicked: to the list, for a row of one.
    pub fn stop(&self) -> &FocusId {
        self.within.as_ref().unwrap_or(&self.id)
    }
}

/// The keyboard's place in the window, and the places it goes back to when dialogs close.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Focus {
    current: Option<FocusId>,
    back: Vec<Option<FocusId>>,
}

impl Focus {
    /// Focus on nothing.
    pub const fn none() -> Self {
        Self { current: None, back: Vec::new() }
    }

    /// Focus on `id`.
    pub fn on(id: impl Into<FocusId>) -> Self {
        Self { current: Some(id.into()), back: Vec::new() }
    }

    /// The focused id.
    pub fn current(&self) -> Option<&FocusId> {
        self.current.as_ref()
    }

    /// Whether the keyboard is at `id`.
    pub fn is(&self, id: &FocusId) -> bool {
        self.current.as_ref() == Some(id)
    }

    /// Whether the keyboard is at `id` or beneath it.
    pub fn is_within(&self, id: &FocusId) -> bool {
        self.current.as_ref().is_some_and(|current| {
            current.as_str().strip_prefix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Moves the keyboard to `id`.
    pub fn set(&mut self, id: impl Into<FocusId>) {
        self.current = Some(id.into());
    }

    /// Takes the keyboard from wherever it is.
    pub fn clear(&mut self) {
        self.current = None;
    }

    /// A dialog opens: the keyboard goes to its safe button, and comes back on [`Focus::close`].
    pub fn open(&mut self, safe: impl Into<FocusId>) {
        self.back.push(self.current.take());
        self.current = Some(safe.into());
    }

    /// The dialog closes: the keyboard returns to where it was.
    pub fn close(&mut self) {
        if let Some(before) = self.back.pop() {
            self.current = before;
        }
    }

    /// Moves to the stop after the current one, round from the last to the first. Returns where it went.
    pub fn next<'a>(&mut self, controls: &'a [ControlInfo]) -> Option<&'a ControlInfo> {
        self.step(controls, |at, count| at.map_or(0, |at| (at + 1) % count))
    }

    /// Moves to the stop before the current one, round from the first to the last. Returns where it went.
    pub fn previous<'a>(&mut self, controls: &'a [ControlInfo]) -> Option<&'a ControlInfo> {
        self.step(controls, |at, count| at.map_or(count - 1, |at| (at + count - 1) % count))
    }

    fn step<'a>(
        &mut self,
        controls: &'a [ControlInfo],
        to: impl Fn(Option<usize>, usize) -> usize,
    ) -> Option<&'a ControlInfo> {
        let stops: Vec<&ControlInfo> = controls.iter().filter(|control| control.is_stop()).collect();
        if stops.is_empty() {
            return None;
        }
        let at = stops.iter().position(|stop| self.is(&stop.id));
        let found = stops[to(at, stops.len())];
        self.current = Some(found.id.clone());
        Some(found)
    }

    /// Keeps the focus only while its control is still there. Returns whether it was lost.
    pub fn keep_if_present(&mut self, controls: &[ControlInfo]) -> bool {
        let lost = self.current.as_ref().is_some_and(|id| !controls.iter().any(|control| &control.id == id));
        if lost {
            self.current = None;
        }
        lost
    }
}

/// Brings `iced`'s own idea of focus, which only text fields have, in step with the model: a text field gets the caret, and
/// any other control takes it from all of them.
pub fn focus_task<T: Send + 'static>(id: &FocusId, role: Role) -> Task<T> {
    if role.takes_text() { operate(focusable::focus(id.widget())) } else { operate(focusable::unfocus()) }
}

/// All controls of the screen in the order `Tab` takes.
pub fn collect_controls() -> Task<Vec<ControlInfo>> {
    operate(controls())
}

/// The innermost control that the pointer's button went down on last.
pub fn control_touched() -> Task<Option<ControlInfo>> {
    collect_controls().map(|controls| controls.into_iter().rfind(|control| control.touched && control.role.is_stop()))
}

/// Scrolls the list that holds `id` just as far as it takes to see it.
pub fn reveal_task<T: Send + 'static>(id: &FocusId) -> Task<T> {
    operate(reveal(id.clone()))
}

/// Gives the accessible name of one of our own controls, so that a script can see and click what says itself in no plain text.
pub fn name_of(state: &mut dyn std::any::Any) -> Option<String> {
    state.downcast_ref::<ControlInfo>().map(|control| control.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(id: &'static str, role: Role) -> ControlInfo {
        ControlInfo::new(id.into(), role, id.to_owned())
    }

    #[test]
    fn tab_goes_round_the_stops_and_skips_what_is_none() {
        let controls = [control("a", Role::Button), control("g", Role::Group), control("b", Role::List)];
        let mut focus = Focus::none();
        let mut walked = Vec::new();
        for _ in 0..3 {
            focus.next(&controls);
            walked.push(focus.current().map(ToString::to_string));
        }
        assert_eq!(walked, [Some("a".to_owned()), Some("b".to_owned()), Some("a".to_owned())]);
        focus.previous(&controls);
        assert!(focus.is(&"b".into()));
    }

    #[test]
    fn a_list_is_one_stop_and_a_click_on_its_row_goes_to_it() {
        let row = ControlInfo { within: Some("list".into()), ..control("list/1", Role::Row) };
        let controls = [control("list", Role::List), row, control("after", Role::Button)];
        let mut focus = Focus::on("list");
        focus.next(&controls);
        assert!(focus.is(&"after".into()));
        assert_eq!(controls[1].stop(), &"list".into());
    }

    #[test]
    fn closing_a_dialog_returns_the_keyboard_to_where_it_was() {
        let mut focus = Focus::on("row");
        focus.open("keep");
        assert!(focus.is(&"keep".into()));
        focus.open("inner");
        focus.close();
        focus.close();
        assert!(focus.is(&"row".into()));
        focus.close();
        assert!(focus.is(&"row".into()), "closing what was never opened changes nothing");
    }

    #[test]
    fn a_control_that_went_away_loses_the_keyboard() {
        let mut focus = Focus::on("gone");
        assert!(focus.keep_if_present(&[control("a", Role::Button)]));
        assert_eq!(focus.current(), None);
    }

    #[test]
    fn a_made_id_equals_a_fixed_one_of_the_same_text() {
        assert_eq!(FocusId::new("a/1"), FocusId::new("a").child(1));
        assert!(Focus::on(FocusId::new("a").child(1)).is_within(&"a".into()));
        assert!(!Focus::on("ab").is_within(&"a".into()));
    }
}
