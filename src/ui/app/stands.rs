//! The two stands in the window: their pills in the slab, and the banner that names who is in front while two are open. What does not live
//! here: what is on their pages.

use iced::widget::{container, row, space as gap};
use iced::{Alignment, Color, Length};
use skranke_desk::citizen::CitizenPage;
use skranke_desk::{Input, StandId};

use super::App;
use super::message::Message;
use crate::focus::FocusId;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::bar::slab_pill;
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, KeyGround, key_cap};

/// The height of the banner.
const BANNER: f32 = 30.0;

impl App {
    /// A pill a stand that somebody stands at; the other one too, so that `F6` says where it leads.
    pub(super) fn stand_pills<'a>(&self, look: &Look<'_>) -> Vec<Element<'a, Message>> {
        let stands = &self.desk.stands;
        if StandId::BOTH.into_iter().all(|id| stands.get(id).is_empty()) {
            return Vec::new();
        }
        StandId::BOTH.into_iter().map(|id| self.pill(look, id)).collect()
    }

    fn pill<'a>(&self, look: &Look<'_>, id: StandId) -> Element<'a, Message> {
        let stand = self.desk.stands.get(id);
        let front = self.desk.stands.front() == id;
        let page = stand.citizen.as_ref();
        let name = page.map_or_else(|| look.t("stand-free"), surname);
        let clock = page.map(|page| clock(look, page));
        let mut inside = row![look.text(id.letter(), Type::CELL_STRONG)].spacing(space::S8).align_y(Alignment::Center);
        if look.is_wide() {
            inside = inside.push(look.text(name.clone(), Type::CELL_MEDIUM));
        }
        inside = inside.extend(clock.clone().map(|clock| Element::from(look.text(clock, Type::CELL_MEDIUM))));
        let said = look.with(
            "stand-name",
            &[("stand", id.letter().into()), ("name", name.into()), ("time", clock.unwrap_or_default().into())],
        );
        slab_pill(look, FocusId::new("slab/stand").child(id.letter()), said, front, inside)
            .on_press(Message::Desk(Input::Stand(id)))
            .into()
    }

    /// Who is in front, in words that cannot be mistaken: shown while both stands are taken, or B alone is in front.
    pub(super) fn banner<'a>(&self, look: &Look<'_>) -> Option<Element<'a, Message>> {
        let stands = &self.desk.stands;
        let front = stands.front();
        let here = stands.active().citizen.as_ref()?;
        let there = stands.get(front.other()).citizen.as_ref();
        if there.is_none() && front == StandId::A {
            return None;
        }
        let t = look.tokens;
        // A and B differ in letter, ground and plate: never in colour alone.
        let (ground, plate_ground, plate_ink) = match front {
            StandId::A => (t.accent_soft, t.accent, t.on_accent),
            StandId::B => (t.sunken, t.ink, t.surface),
        };
        let letter = container(look.colored(front.letter(), Type::CELL_STRONG, plate_ink))
            .padding([space::S2, space::S8])
            .style(move |_| plate(plate_ground, Color::TRANSPARENT, radius::TAG));
        let mut inside = row![
            letter,
            look.colored(here.full_name(), Type::CELL_STRONG, t.ink),
            look.colored(look.t("stand-writes-here"), Type::CELL, t.ink2),
            gap().width(Length::Fill),
        ]
        .spacing(space::S10)
        .align_y(Alignment::Center);
        if let Some(there) = there {
            let waits = look.with(
                "stand-other",
                &[
                    ("stand", front.other().letter().into()),
                    ("name", surname(there).into()),
                    ("time", clock(look, there).into()),
                ],
            );
            inside = inside.push(look.colored(waits, Type::CELL, t.ink2)).push(key_cap(look, "F6", KeyGround::Paper));
        }
        let face = container(inside).padding([0.0, space::S16]).center_y(BANNER);
        Some(surface(ground, face).width(Length::Fill).into())
    }
}

fn surname(page: &CitizenPage) -> String {
    let surname = page.identity.value().map(|known| known.surname.clone()).unwrap_or_default();
    surname.split_whitespace().next_back().map(str::to_owned).unwrap_or(surname)
}

fn clock(look: &Look<'_>, page: &CitizenPage) -> String {
    look.texts.elapsed(page.visit.seconds(look.now.timestamp()).unsigned_abs())
}
