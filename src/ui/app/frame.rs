//! The frame round every page: slab above, action bar beneath, notices, toast, and what is laid over.

use iced::widget::{Column, container, row, space as gap, stack};
use iced::{Alignment, Length};
use skranke_desk::settings::Language;
use skranke_desk::{Input, Load, Place};
use skranke_domain::authority::Role;

use super::message::{Command, Message, Overlay};
use super::{App, overlay};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::{Printed, Scene, case, citizen, gallery, locked, need, oversight, palette, turned};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::bar::{slab_person, slab_pill};
use crate::widget::control::Style;
use crate::widget::dialog::{Lies, modal_at};
use crate::widget::panel::surface;
use crate::widget::{
    ActionKey, Element, KeyGround, NavItem, SlabParts, Veil, action_bar, action_width, glyph, icon, key_cap, primary,
    quiet, slab, veil, wordless,
};

impl App {
    /// The window.
    pub fn view(&self) -> Element<'_, Message> {
        wordless(self.layers())
    }

    fn layers(&self) -> Element<'_, Message> {
        let look = &self.look;
        let scene = Scene { look, desk: &self.desk };
        let close = || Some(Message::Do(Command::Close));
        let lock = locked::view(scene, self.launch.personas, &self.screens.sign_in.pin).map(|l| l.map(Message::Locked));
        let gate = lock.or_else(|| self.screens.sign_in.view(scene).map(|page| page.map(Message::SignIn)));
        let Some(gate) = gate else {
            let page = stack![veil(self.in_sight(scene), Veil::Lifted)];
            return match self.toasted(look) {
                Some(toast) => page.push(toast).into(),
                None => page.into(),
            };
        };
        // The page stays beneath, unseen: whoever comes back finds it as she left it, down to how far it was scrolled.
        let above = self.overlay.map(|overlay| overlay::view(self, scene, overlay));
        let gate = modal_at(look, gate, above, Lies::Centre, close());
        stack![veil(self.in_sight(scene), Veil::Drawn), gate].into()
    }

    /// What is in sight while nothing covers the window.
    fn in_sight<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = &self.look;
        if let Some(turned) = turned::view(scene) {
            return modal_at(look, turned.map(Message::Desk), None, Lies::Centre, None);
        }
        let mut page = Column::new().push(self.slab(look)).extend(self.banner(look));
        for (at, notice) in self.notices.iter().enumerate() {
            page = page.push(notice_bar(look, at, notice.clone()));
        }
        if let Some(trouble) = &self.desk.pending.trouble {
            page = page.push(notice_bar(look, usize::MAX, trouble.clone()));
        }
        page = page.push(container(self.page(scene)).width(Length::Fill).height(Length::Fill)).push(self.actions(look));
        let ground = look.tokens.bg;
        let page = surface(ground, page.height(Length::Fill)).width(Length::Fill).height(Length::Fill);
        let lies = if self.overlay.is_none() && self.desk.finder.is_some() { Lies::Top } else { Lies::Centre };
        modal_at(look, page, self.above(scene), lies, Some(Message::Do(Command::Close)))
    }

    fn toasted<'a>(&'a self, look: &Look<'_>) -> Option<Element<'a, Message>> {
        self.toast.as_ref().map(|toast| self.toast(look, toast))
    }

    fn page<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        if self.gallery_open {
            return gallery::view(&self.screens.gallery, [&self.look, &self.other_look]).map(Message::Gallery);
        }
        match self.desk.place() {
            Place::Start => self.screens.start.view(scene, &self.startup).map(Message::Start),
            Place::Citizen => self.screens.citizen.view(scene).map(Message::Citizen),
            Place::Case => self.screens.case.view(scene).map(Message::Case),
            Place::Cases => self.screens.cases.view(scene).map(Message::Cases),
            Place::Calendar => self.screens.calendar.view(scene).map(Message::Calendar),
            Place::Queue => self.screens.counter.view(scene).map(Message::Counter),
            Place::Figures => self.screens.figures.view(scene).map(Message::Figures),
            Place::Oversight => self.screens.oversight.view(scene).map(Message::Oversight),
            Place::Outbox => self.screens.outbox.view(scene).map(Message::Outbox),
            Place::Guide => self.screens.guide.view(scene).map(Message::Guide),
        }
    }

    fn above<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        if let Some(overlay) = self.overlay {
            return Some(overlay::view(self, scene, overlay));
        }
        if self.desk.finder.is_some() {
            return Some(self.screens.palette.view(scene).map(Message::Palette));
        }
        let asked = need::view(scene).or_else(|| need::glass::view(scene)).or_else(|| oversight::over::view(scene));
        if let Some(asked) = asked {
            return Some(asked.map(Message::Desk));
        }
        if let Some(sheet) = citizen::sheets::view(scene) {
            return Some(sheet.map(Message::Desk));
        }
        if self.reason_is_open() {
            return case::reason::view(scene).map(|dialog| dialog.map(Message::Desk));
        }
        if let Some(over) = case::over::view(scene) {
            return Some(over.map(Message::Case));
        }
        None
    }

    fn slab<'a>(&'a self, look: &Look<'_>) -> Element<'a, Message> {
        let desk = &self.desk;
        let nav = |id: &'static str, label: &str, place: Place, open: bool| NavItem {
            id: FocusId::new(id),
            label: look.t(label),
            count: None,
            open: open && !self.gallery_open,
            on_press: Message::Do(Command::Go(place)),
        };
        let mut items = Vec::new();
        if desk.session.may_see_citizens() {
            let waiting = desk.counter.as_ref().map_or(0, skranke_desk::counter::CounterPage::waiting);
            let queue = nav("slab/queue", "nav-queue", Place::Queue, desk.place() == Place::Queue);
            items.push(NavItem { count: i64::try_from(waiting).ok().filter(|count| *count > 0), ..queue });
        }
        if desk.citizen().is_some() {
            let open = matches!(desk.place(), Place::Citizen | Place::Case);
            items.push(nav("slab/citizen", "nav-citizen", Place::Citizen, open));
        } else {
            let waiting = i64::try_from(crate::screens::start::inbox::waiting(desk)).unwrap_or(i64::MAX);
            let start = nav("slab/start", "nav-start", Place::Start, desk.place() == Place::Start);
            items.push(NavItem { count: (waiting > 0).then_some(waiting), ..start });
        }
        let guide = nav("slab/guide", "nav-guide", Place::Guide, desk.place() == Place::Guide);
        if desk.session.me.value().is_some_and(|me| me.role == Role::Guest) {
            // A guest reads the guide and nothing else.
            items = vec![guide];
        } else {
            items.push(nav("slab/cases", "nav-cases", Place::Cases, desk.place() == Place::Cases));
            items.push(nav("slab/calendar", "nav-calendar", Place::Calendar, desk.place() == Place::Calendar));
            if desk.session.me.value().is_some_and(|me| me.role == Role::TeamLeader) {
                items.push(nav("slab/figures", "nav-figures", Place::Figures, desk.place() == Place::Figures));
                let open = desk.place() == Place::Oversight;
                let waiting = desk.oversight.as_ref().map_or(0, skranke_desk::oversight::OversightPage::unreviewed);
                let count = i64::try_from(waiting).ok().filter(|count| *count > 0);
                // Where there is little room it stands in the palette and on its key.
                if look.is_wide() || open {
                    items.push(NavItem { count, ..nav("slab/oversight", "nav-oversight", Place::Oversight, open) });
                }
            }
            if look.is_wide() {
                items.push(guide);
            }
        }
        let other = match desk.settings.language {
            Language::Da => Language::En,
            Language::En => Language::Da,
        };
        let code = match desk.settings.language {
            Language::Da => "DA",
            Language::En => "EN",
        };
        let language =
            slab_pill(look, "slab/language", look.t("slab-language"), false, look.text(code, Type::LABEL_STRONG))
                .on_press(Message::Do(Command::Language(other)));
        slab(
            look,
            SlabParts {
                nav: items,
                find: (FocusId::new("slab/find"), Message::Do(Command::Find)),
                middle: self.stand_pills(look).into_iter().chain(self.line_state(look)).collect(),
                end: self
                    .turns(look)
                    .into_iter()
                    .chain([self.training(look), language.into(), self.person(look)])
                    .collect(),
            },
        )
    }

    /// What is unsent, and whether the line is down.
    fn line_state<'a>(&'a self, look: &Look<'_>) -> Vec<Element<'a, Message>> {
        let t = look.tokens;
        let mut parts = Vec::new();
        let go = || Message::Do(Command::Go(Place::Outbox));
        let pending = self.desk.pending.count();
        let lost = self.line_is_down();
        if let Some(since) = lost {
            parts.push(self.offline_pill(look, since, pending));
        }
        if pending > 0 && (lost.is_none() || self.desk.pending.refused() > 0) {
            let refused = self.desk.pending.refused();
            let (id, count) = if refused > 0 { ("slab-refused", refused) } else { ("slab-unsent", pending) };
            let words = look.with(id, &[("count", i64::try_from(count).unwrap_or(0).into())]);
            let mark = if refused > 0 { Glyph::Rejected } else { Glyph::Unsent };
            let inside = row![glyph(mark, 14.0, t.slab_ink), look.text(words.clone(), Type::LABEL_MEDIUM)]
                .spacing(space::S6)
                .align_y(Alignment::Center);
            parts.push(slab_pill(look, "slab/outbox", words, false, inside).on_press(go()).into());
        }
        // A colleague's quiet call for help, wherever she is; at the queue it stands in the list.
        let help = self.desk.counter.as_ref().filter(|_| self.desk.place() != Place::Queue);
        if let Some(one) = help.and_then(|page| page.asking_for_help(self.desk.person()).next()) {
            let words = look.with("queue-slab-help", &[("name", one.staff.name.clone().into())]);
            let inside = row![icon(Icon::Hand, 15.0, t.slab_ink), look.text(words.clone(), Type::LABEL_MEDIUM)]
                .spacing(space::S6)
                .align_y(Alignment::Center);
            let pill = slab_pill(look, "slab/help", words, false, inside);
            parts.push(pill.on_press(Message::Do(Command::Go(Place::Queue))).into());
        }
        parts
    }

    /// That the line is broken, and how much is not sent: it leads to what that is.
    fn offline_pill<'a>(&self, look: &Look<'_>, since: jiff::Timestamp, unsent: usize) -> Element<'a, Message> {
        let t = look.tokens;
        let unsent = i64::try_from(unsent).unwrap_or(i64::MAX);
        let time = look.texts.time(since.to_zoned(self.desk.tz().clone()).time());
        let said = look.with("offline-pill", &[("unsent", unsent.into())]);
        let name = look.with("offline-pill-name", &[("unsent", unsent.into()), ("time", time.into())]);
        let inside = row![icon(Icon::CloudOff, 15.0, t.slab), look.colored(said, Type::LABEL_STRONG, t.slab)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        slab_pill(look, "slab/line", name, false, inside)
            .style(move |_| Style::ground(t.focus, radius::CONTROL).edge(t.focus).ink(t.slab))
            .on_press(Message::Do(Command::Go(Place::Outbox)))
            .into()
    }

    /// What turns the screen, while there is somebody to turn it to and room to say so.
    fn turns<'a>(&self, look: &Look<'_>) -> Option<Element<'a, Message>> {
        if !look.is_wide() || !turned::can_turn(&self.desk) {
            return None;
        }
        let words = look.t("slab-faces-you");
        // What is unsent needs the room more: the sign and the key say enough.
        let crowded = self.desk.pending.count() > 0 || self.line_is_down().is_some();
        let said = (!crowded).then(|| Element::from(look.text(words.clone(), Type::LABEL_MEDIUM)));
        let inside = row![icon(Icon::Monitor, 15.0, look.tokens.slab_ink2)]
            .extend(said)
            .push(key_cap(look, "F8", KeyGround::Slab))
            .spacing(space::S6)
            .align_y(Alignment::Center);
        let name = format!("{words} {}", look.t("key-turn"));
        Some(slab_pill(look, "slab/turn", name, false, inside).on_press(Message::Desk(Input::Turn)).into())
    }

    fn training<'a>(&self, look: &Look<'_>) -> Element<'a, Message> {
        match self.desk.session.me.value() {
            Some(me) if me.training => {
                container(look.colored(look.t("slab-training"), Type::LABEL_MEDIUM, look.tokens.slab_ink2))
                    .padding([0.0, space::S8])
                    .into()
            }
            _ => gap().width(0.0).into(),
        }
    }

    fn person<'a>(&'a self, look: &Look<'_>) -> Element<'a, Message> {
        let (name, initials) = match &self.desk.session.me {
            Load::Known { value, .. } => (value.name.clone(), value.initials.clone()),
            _ => (look.t(palette::role_word(self.desk.session.persona)), "··".to_owned()),
        };
        let label = look.with("slab-person", &[("name", name.into())]);
        slab_person(look, "slab/person", label, initials).on_press(Message::Do(Command::Open(Overlay::Personas))).into()
    }

    /// The keys that fit, the page's own first; all of them stand in the list of all keys.
    fn actions<'a>(&'a self, look: &Look<'_>) -> Element<'a, Message> {
        let (mut left, mut end, mut main) = (Vec::new(), Vec::new(), None);
        for key in self.screen_keys().into_iter().chain(self.window_keys()) {
            let action = ActionKey {
                id: FocusId::new("action").child(key.label),
                key: key.chord.to_owned(),
                label: look.t(key.label),
                disabled: key.disabled,
                on_press: key.message,
            };
            match key.printed {
                Printed::Bar => left.push(action),
                // The search stands in the slab with its key; where there is little room, once is enough.
                Printed::BarEnd if key.chord == "Ctrl K" && !look.is_wide() => {}
                Printed::BarEnd => end.push(action),
                Printed::Main => main = Some(action),
                Printed::InPlace => {}
            }
        }
        let taken: f32 = end.iter().chain(&main).map(action_width).sum();
        let mut room = look.width - 2.0 * space::S16 - taken - space::S16;
        left.retain(|action| {
            room -= action_width(action);
            room >= 0.0
        });
        let main = main.map(|action| {
            let button = primary(look, action.id, action.label).key(action.key).disabled(action.disabled);
            Element::from(button.on_press(action.on_press))
        });
        let right = end.into_iter().map(|action| crate::widget::bar::action_key(look, action).into()).chain(main);
        action_bar(look, left, right)
    }

    fn toast<'a>(&self, look: &Look<'_>, toast: &super::Toast) -> Element<'a, Message> {
        let toast = crate::widget::Toast { sign: toast.sign, said: toast.said.clone(), undo: None };
        let toast = crate::widget::toast(look, "toast/undo", toast);
        container(container(toast).max_width(520.0))
            .width(Length::Fill)
            .height(Length::Fill)
            .align_x(Alignment::Center)
            .align_y(Alignment::End)
            .padding(iced::Padding { bottom: 60.0, ..iced::Padding::ZERO })
            .into()
    }
}

/// Something that went wrong and must be read; `Esc` or the button puts it away.
fn notice_bar<'a>(look: &Look<'_>, at: usize, sentence: String) -> Element<'a, Message> {
    let t = look.tokens;
    let away = quiet(look, FocusId::new("notice").child(at), look.t("notice-close"))
        .key("Esc")
        .on_press(Message::Do(Command::Back));
    let inside = row![
        glyph(Glyph::Overdue, 16.0, t.wait),
        look.colored(sentence, Type::CELL_MEDIUM, t.ink).width(Length::Fill),
        Element::from(away.build()),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    surface(t.wait_soft, container(inside).padding([space::S6, space::S16])).width(Length::Fill).into()
}
