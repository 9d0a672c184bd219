//! The two stands in the window: their pills in the slab, and the banner that names who is in front while two are open. What does not live
//! here: what is on their pages.

use iced::widget::{container, row, space as gap};
use iced::{Alignment, Color, Length};
use skranke_desk::citizen::CitizenPage;
use skranke_desk::{Input, Place, StandId};

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
        let front = self.desk.stands.front() == id;
        let taken = !self.desk.stands.get(id).is_empty();
        let name = self.who(look, id).unwrap_or_else(|| look.t("stand-free"));
        let clock = taken.then(|| self.clock(look, id));
        let mut inside = row![look.text(id.letter(), Type::CELL_STRONG)].spacing(space::S8).align_y(Alignment::Center);
        if look.is_wide() {
            inside = inside.push(look.text(shortened(&name), Type::CELL_MEDIUM));
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

    /// Whoever's page is open at a stand, since what is written goes there; else whose ticket it is.
    fn who(&self, look: &Look<'_>, id: StandId) -> Option<String> {
        let page = self.desk.stands.get(id).citizen.as_ref().map(surname).filter(|name| !name.is_empty());
        let ticket = || {
            let ticket = self.desk.ticket_at(id)?;
            // "K. Wrona": the surname is what fits.
            let short = ticket.citizen_short.as_deref().and_then(|short| short.split_whitespace().next_back());
            Some(short.unwrap_or(&ticket.number).to_owned())
        };
        let nobody = || (!self.desk.stands.get(id).is_empty()).then(|| look.t("stand-who"));
        page.or_else(ticket).or_else(nobody)
    }

    /// How long she has been served; who is called is not here yet.
    fn clock(&self, look: &Look<'_>, id: StandId) -> String {
        let stand = self.desk.stands.get(id);
        let hers = stand.citizen.as_ref().filter(|_| self.desk.page_at(id).is_none());
        let now = look.now.timestamp();
        let seconds = match hers {
            // Somebody else's page is open while a ticket is served: its own clock.
            Some(page) => Some(page.visit.seconds(now).unsigned_abs()),
            None => self.desk.seconds_at(id, now),
        };
        seconds.map_or_else(|| look.t("pill-called"), |seconds| look.texts.elapsed(seconds))
    }

    /// Who is in front, in words that cannot be mistaken: shown while both stands are taken, or B alone is in front.
    pub(super) fn banner<'a>(&self, look: &Look<'_>) -> Option<Element<'a, Message>> {
        let stands = &self.desk.stands;
        let front = stands.front();
        if self.desk.place() == Place::Queue {
            // Both stand side by side there, and the panel says where the keys go.
            return None;
        }
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
                    ("time", self.clock(look, front.other()).into()),
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

/// A name as it fits on the slab beside everything else; whole it stands in the pill's own name.
fn shortened(name: &str) -> String {
    const FITS: usize = 14;
    if name.chars().count() <= FITS {
        return name.to_owned();
    }
    name.chars().take(FITS - 1).chain(['…']).collect()
}
