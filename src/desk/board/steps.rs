//! What the desk does for the board where the board alone knows too little: settings, changes, a citizen's papers. What does not live here:
//! what is shown (see the board's page).

use jiff::Timestamp;
use skranke_api::purpose::PurposeKind;
use skranke_api::{ETag, Purpose, paths};
use skranke_domain::{CaseId, CommandId};

use super::asking::AskSheet;
use super::assign::{AssignSheet, Assigning, Holder, UNDO_FOR, Undo};
use super::layers::{Choice, Layer, LayerInput, NameSheet};
use super::views::{self, SavedView, whole};
use super::{BoardInput, BoardPage, COLLEAGUES, PAPERS};
use crate::acting::acting;
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Ticket, Wake};
use crate::pending::Confirmation;

/// So many letters of a colleague's name before the server is asked.
const LETTERS: usize = 2;

impl Desk {
    /// The board, to be set up as a test or a figure needs it.
    #[cfg(any(test, feature = "testing"))]
    pub const fn board_mut(&mut self) -> Option<&mut BoardPage> {
        self.cases.as_mut()
    }

    /// The board opens, or what is news since it was left is asked for.
    pub(crate) fn ready_board(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.cases {
            return page.ask_in_place(now);
        }
        let columns = whole(&self.settings.columns);
        let (page, effects) = BoardPage::open(columns, self.next_generation(), now);
        self.cases = Some(page);
        effects
    }

    pub(crate) fn board_step(&mut self, input: BoardInput, now: Timestamp) -> Vec<Effect> {
        match input {
            BoardInput::Layer(input) => self.layer_step(input, now),
            BoardInput::Assign => self.begin_assigning(now),
            BoardInput::Ask => self.begin_asking(now),
            BoardInput::Undo => self.undo_assigning(now),
            BoardInput::View(at) => self.choose_view(at, now),
            input => self.cases.as_mut().map(|page| page.update(input, now)).unwrap_or_default(),
        }
    }

    pub(crate) fn board_replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        let Some(page) = self.cases.as_mut().filter(|page| page.generation() == ticket.generation) else {
            return Vec::new();
        };
        match (ticket.slot, reply) {
            (COLLEAGUES, Reply::Colleagues(answer)) => {
                if let Some(Layer::Assign(sheet)) = &mut page.layer {
                    sheet.take(answer, now);
                }
                Vec::new()
            }
            (PAPERS, Reply::Case(answer)) => {
                if let Some(Layer::Ask(sheet)) = &mut page.layer {
                    sheet.take((*answer).map(|tagged| tagged.value), &self.session.rules);
                }
                page.fetch_papers()
            }
            (slot, reply) => page.replied(slot, reply, now),
        }
    }

    /// Something happened to a case, perhaps one in sight.
    pub(crate) fn board_heard(&mut self, case: Option<CaseId>) -> Vec<Effect> {
        self.cases.as_mut().map(|page| page.heard(case)).unwrap_or_default()
    }

    pub(crate) fn board_woken(&mut self, now: Timestamp) -> Vec<Effect> {
        let in_sight = self.place() == Place::Cases;
        self.cases.as_mut().map(|page| page.woken(in_sight, now)).unwrap_or_default()
    }

    /// What was done last can no longer be taken back by one key.
    pub(crate) fn board_undo_ends(&mut self, number: u64) {
        if let Some(page) = &mut self.cases
            && page.undo.as_ref().is_some_and(|undo| undo.number == number)
        {
            page.undo = None;
        }
    }

    /// What a confirmation means for the board.
    pub(crate) fn board_confirmed(&mut self, confirmation: &Confirmation) -> Vec<Effect> {
        match confirmation {
            Confirmation::Item(changed) => self.board_heard(Some(changed.case.id)),
            Confirmation::Case(case, ..) => self.board_heard(Some(*case)),
            Confirmation::Booked(appointment) => self.board_heard(appointment.cases.first().copied()),
            Confirmation::Citizen(..) | Confirmation::Refused => self.board_heard(None),
        }
    }

    /// Somebody is responsible: the version that the next change is based on goes to the row, and to what can be taken back.
    pub(crate) fn board_assigned(&mut self, id: CommandId, etag: Option<&ETag>) {
        let Some(page) = &mut self.cases else { return };
        let entry = self.pending.entries.iter().find(|entry| entry.id == id);
        let (Some(etag), Some(draft)) = (etag, entry.map(|entry| &entry.draft)) else { return };
        let Some(case) = draft.subject.case.filter(|case| draft.path == paths::responsible(*case)) else { return };
        page.edit_row(case, |row| row.responsible_etag = etag.clone());
        if let Some(undo) = &mut page.undo {
            undo.cases.iter_mut().filter(|one| one.case == case).for_each(|one| one.etag = etag.clone());
        }
    }

    fn begin_assigning(&mut self, now: Timestamp) -> Vec<Effect> {
        let me = self.person();
        let Some(page) = &mut self.cases else { return Vec::new() };
        let cases = page.subjects();
        if cases.is_empty() {
            return Vec::new();
        }
        let mut sheet = AssignSheet::new(cases, me);
        sheet.colleagues.ask(now);
        page.layer = Some(Layer::Assign(sheet));
        vec![Effect::Ask(page.ticket(COLLEAGUES), Question::Colleagues(String::new()))]
    }

    fn begin_asking(&mut self, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.cases else { return Vec::new() };
        let sheet = AskSheet::new(&page.subjects(), &acting);
        if sheet.steps.is_empty() {
            return Vec::new();
        }
        page.layer = Some(Layer::Ask(Box::new(sheet)));
        page.fetch_papers()
    }

    /// Gives the cases to the chosen colleague; those she has already stay as they are.
    fn assign(&mut self, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.cases else { return Vec::new() };
        let Some(Layer::Assign(sheet)) = &page.layer else { return Vec::new() };
        let Some(to) = sheet.found().get(sheet.at).map(Holder::from) else { return Vec::new() };
        let mut effects = Vec::new();
        let mut done = Vec::new();
        for row in sheet.cases.iter().filter(|row| row.responsible_id != to.id) {
            let one = Assigning::new(row, to.id);
            if let Some(draft) = one.draft(&to, &acting) {
                effects.push(Effect::Enqueue(Box::new(draft)));
                done.push(one);
            }
        }
        page.layer = None;
        page.marked.clear();
        for one in &done {
            page.edit_row(one.case, |row| to.put(row));
        }
        if !done.is_empty() {
            let number = page.undo.as_ref().map_or(0, |undo| undo.number) + 1;
            page.undo = Some(Undo { to: to.name, cases: done, number });
            effects.push(Effect::Wake(UNDO_FOR, Wake::BoardUndo { number }));
        }
        effects
    }

    /// Gives back what was assigned last, save what somebody changed since.
    fn undo_assigning(&mut self, now: Timestamp) -> Vec<Effect> {
        let acting = acting!(self, now);
        let Some(page) = &mut self.cases else { return Vec::new() };
        let Some(undo) = page.undo.take() else { return Vec::new() };
        let mut effects = Vec::new();
        for one in undo.cases {
            if page.holder(one.case).is_some_and(|holder| holder.id != one.to) {
                continue;
            }
            if let Some(draft) = one.draft(&one.before, &acting) {
                effects.push(Effect::Enqueue(Box::new(draft)));
                page.edit_row(one.case, |row| one.before.put(row));
            }
        }
        effects
    }

    fn choose_view(&mut self, at: usize, now: Timestamp) -> Vec<Effect> {
        let (Some(page), Some(view)) = (&mut self.cases, self.settings.views.get(at)) else { return Vec::new() };
        page.layer = None;
        if !view.columns.is_empty() {
            page.columns = whole(&view.columns);
        }
        page.narrow.clear();
        page.find_all();
        let mut effects = page.show(view.filter.clone(), now);
        effects.extend(page.set_layout(view.layout));
        page.in_view = Some(at);
        page.last_view = Some(at);
        effects
    }

    fn save_settings(&self) -> Vec<Effect> {
        vec![Effect::SaveSettings(self.settings.clone())]
    }

    fn name_view(&mut self, renames: Option<usize>) {
        let name = renames.and_then(|at| self.settings.views.get(at)).map(|view| view.name.clone()).unwrap_or_default();
        if let Some(page) = &mut self.cases {
            page.layer = Some(Layer::Name(NameSheet { name, renames, problem: None }));
        }
    }

    /// The view that is typed a name for is kept under it.
    fn keep_view(&mut self) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        let Some(Layer::Name(sheet)) = &mut page.layer else { return Vec::new() };
        let name = match sheet.checked(&self.settings.views) {
            Ok(name) => name,
            Err(problem) => {
                sheet.problem = Some(problem);
                return Vec::new();
            }
        };
        match sheet.renames {
            Some(at) => {
                if let Some(view) = self.settings.views.get_mut(at) {
                    view.name = name;
                }
            }
            None => {
                let view =
                    SavedView { name, layout: page.layout, filter: page.filter.clone(), columns: page.columns.clone() };
                self.settings.views.push(view);
                page.in_view = Some(self.settings.views.len() - 1);
                page.last_view = page.in_view;
            }
        }
        page.layer = None;
        self.save_settings()
    }

    fn choose(&mut self, choice: &Choice, now: Timestamp) -> Vec<Effect> {
        if let Some(page) = &mut self.cases {
            page.layer = None;
        }
        match choice {
            Choice::View(at) => self.choose_view(*at, now),
            Choice::Save => {
                self.name_view(None);
                Vec::new()
            }
            Choice::Rename(at) => {
                self.name_view(Some(*at));
                Vec::new()
            }
            Choice::Overwrite(at) => {
                let (Some(page), Some(view)) = (&mut self.cases, self.settings.views.get_mut(*at)) else {
                    return Vec::new();
                };
                view.layout = page.layout;
                view.filter = page.filter.clone();
                view.columns.clone_from(&page.columns);
                page.in_view = Some(*at);
                self.save_settings()
            }
            Choice::Delete(at) => {
                if *at >= self.settings.views.len() {
                    return Vec::new();
                }
                self.settings.views.remove(*at);
                if let Some(page) = &mut self.cases {
                    page.in_view = None;
                    page.last_view = None;
                }
                self.save_settings()
            }
            other => match (&mut self.cases, other.change()) {
                (Some(page), Some(change)) => page.update(BoardInput::Filter(change), now),
                _ => Vec::new(),
            },
        }
    }

    fn layer_step(&mut self, input: LayerInput, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        let rows = page.layer_rows(&self.settings.views);
        match input {
            LayerInput::Menu(menu) => {
                let choices = page.choices(menu, &self.settings.views);
                let at = choices.iter().position(|choice| page.is_chosen(choice)).unwrap_or(0);
                page.turn(Layer::Menu { menu, at });
            }
            LayerInput::Columns => page.turn(Layer::Columns { at: 0 }),
            LayerInput::Weather => page.turn(Layer::Weather { at: 0 }),
            LayerInput::SaveView => self.name_view(None),
            LayerInput::Close => page.close_layer(),
            LayerInput::Step(step) => {
                if let Some(at) = page.layer_at() {
                    *at = step.from(Some(*at), rows).unwrap_or(0);
                }
            }
            LayerInput::TakeAt(to) => {
                if let Some(at) = page.layer_at() {
                    *at = to;
                }
                return self.take_row(now);
            }
            LayerInput::Take => return self.take_row(now),
            LayerInput::Typed(text) => return self.layer_typed(text, now),
            LayerInput::MoveColumn(step) => return self.move_column(step),
            LayerInput::WidenColumn => {
                if let Some(Layer::Columns { at }) = page.layer
                    && let Some(column) = page.columns.get_mut(at)
                {
                    column.width = column.width.next();
                }
                return self.keep_columns();
            }
            LayerInput::Letter(step) => {
                let today = now.to_zoned(self.tz.clone()).date();
                if let Some(Layer::Ask(sheet)) = &mut page.layer {
                    sheet.update(step, today);
                }
            }
            LayerInput::Confirm => return self.confirm_layer(now),
        }
        Vec::new()
    }

    fn layer_typed(&mut self, text: String, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        let ticket = page.ticket(COLLEAGUES);
        match &mut page.layer {
            Some(Layer::Assign(sheet)) => {
                sheet.words = text;
                sheet.at = 0;
                let words = sheet.words.trim().to_owned();
                if words.chars().count() < LETTERS {
                    return Vec::new();
                }
                sheet.colleagues.ask(now);
                vec![Effect::Ask(ticket, Question::Colleagues(words))]
            }
            Some(Layer::Name(sheet)) => {
                sheet.name = text;
                sheet.problem = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn take_row(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        match &page.layer {
            Some(Layer::Menu { menu, at }) => {
                let choice = page.choices(*menu, &self.settings.views).get(*at).cloned();
                choice.map(|choice| self.choose(&choice, now)).unwrap_or_default()
            }
            Some(Layer::Columns { at }) => {
                let at = *at;
                page.toggle_column(at);
                self.keep_columns()
            }
            Some(Layer::Weather { .. }) => match page.weather_case() {
                Some(case) => {
                    page.layer = None;
                    self.open_case(case, None, Purpose::plain(PurposeKind::Case), now)
                }
                None => Vec::new(),
            },
            Some(Layer::Assign(_)) => self.assign(now),
            Some(Layer::Ask(_) | Layer::Name(_)) => self.confirm_layer(now),
            None => Vec::new(),
        }
    }

    fn confirm_layer(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        match &mut page.layer {
            Some(Layer::Assign(_)) => self.assign(now),
            Some(Layer::Name(_)) => self.keep_view(),
            Some(Layer::Ask(sheet)) => {
                let acting = acting!(self, now);
                let draft = sheet.send(&acting);
                if sheet.is_done() {
                    page.close_layer();
                }
                draft.map(|draft| Effect::Enqueue(Box::new(draft))).into_iter().collect()
            }
            Some(Layer::Menu { .. } | Layer::Columns { .. } | Layer::Weather { .. }) => self.take_row(now),
            None => Vec::new(),
        }
    }

    fn move_column(&mut self, step: Step) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        if let Some(Layer::Columns { at }) = page.layer {
            let to = page.move_column(at, step);
            page.layer = Some(Layer::Columns { at: to });
        }
        self.keep_columns()
    }

    /// The columns stay as she arranged them.
    fn keep_columns(&mut self) -> Vec<Effect> {
        let Some(page) = &mut self.cases else { return Vec::new() };
        page.in_view = None;
        self.settings.columns.clone_from(&page.columns);
        self.save_settings()
    }
}

impl BoardPage {
    /// Opens a layer, or closes it where the same one is open.
    fn turn(&mut self, layer: Layer) {
        let same = match (&self.layer, &layer) {
            (Some(Layer::Menu { menu: open, .. }), Layer::Menu { menu, .. }) => open == menu,
            (Some(open), layer) => std::mem::discriminant(open) == std::mem::discriminant(layer),
            (None, _) => false,
        };
        self.layer = (!same).then_some(layer);
    }

    fn close_layer(&mut self) {
        if let Some(Layer::Ask(sheet)) = &self.layer {
            let asked = sheet.asked();
            self.marked.retain(|row| !asked.contains(&row.case.id));
        }
        self.layer = None;
    }

    fn holder(&self, case: CaseId) -> Option<Holder> {
        self.lists.iter().find_map(|rows| rows.get(rows.position(case)?)).map(Holder::of)
    }

    fn fetch_papers(&self) -> Vec<Effect> {
        let Some(Layer::Ask(sheet)) = &self.layer else { return Vec::new() };
        let Some(case) = sheet.next_case() else { return Vec::new() };
        // The case's own number says what is worked on.
        let row = self.lists.iter().find_map(|rows| rows.get(rows.position(case)?));
        let purpose = Purpose::noted(PurposeKind::Case, row.map(|row| row.case.number.clone()));
        vec![Effect::Ask(self.ticket(PAPERS), Question::Case(case, purpose))]
    }
}

/// The saved views and columns of a hand-edited file, kept within their bounds.
pub(crate) fn within_bounds(settings: &mut crate::settings::Settings) {
    settings.views = views::within_bounds(std::mem::take(&mut settings.views));
    if !settings.columns.is_empty() {
        settings.columns = whole(&settings.columns);
    }
}
