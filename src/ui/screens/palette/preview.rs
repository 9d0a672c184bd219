//! The right side of the palette: who the chosen row is about (identity only: contents wait for the opening), and why she is looked for.

use iced::widget::{Column, column, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::Purpose;
use skranke_api::citizens::AddressView;
use skranke_api::handovers::Colleague;
use skranke_api::purpose::PurposeKind;
use skranke_desk::finder::Finder;

use super::rows::{self, About, role_word};
use super::{Entry, Message, NOTE, Scene, deeds};
use crate::assets::Glyph;
use crate::focus::FocusId;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, Tone, check::radio, field, hline, tone_badge};

/// The preview with the reasons beneath it.
pub fn preview<'a>(scene: Scene<'_>, finder: &Finder, entry: Option<&Entry>) -> Element<'a, Message> {
    let look = scene.look;
    let mut lines = column![].spacing(space::S8);
    if let Some(about) = entry.and_then(Entry::about) {
        lines = identity(look, lines, about);
        lines = lines.extend(at_other_stand(scene, about));
    } else if let Some(Entry::Colleague(one)) = entry {
        lines = colleague(scene, lines, one);
    }
    let reasons = PurposeKind::ALL.iter().fold(column![].spacing(space::S6), |list, kind| {
        let id = FocusId::new("palette/purpose").child(kind.word());
        list.push(
            radio(look, id, look.t(rows::purpose_word(*kind)), finder.purpose == *kind)
                .on_press(Message::Purpose(*kind)),
        )
    });
    let mut why = column![
        row![look.label(look.t("palette-purpose")), gap().width(Length::Fill)].align_y(Alignment::Center),
        reasons
    ]
    .spacing(space::S8);
    if finder.purpose == PurposeKind::Other {
        why = why.push(
            field(look, NOTE, look.t("palette-note"), finder.note.clone())
                .hint(look.t("palette-note-hint"))
                .width(Length::Fill)
                .on_input(Message::Note)
                .build(),
        );
    }
    let reason = Purpose::plain(finder.purpose);
    let logged =
        look.with("palette-logged", &[("reason", look.t(rows::purpose_word(reason.kind)).to_lowercase().into())]);
    let faint = look.tokens.ink3;
    column![lines, gap().height(Length::Fill), hline(look), why, look.text(logged, Type::LABEL).color(faint)]
        .spacing(space::S12)
        .height(Length::Fill)
        .into()
}

type Lines<'a> = Column<'a, Message, crate::widget::Theme, crate::widget::Renderer>;

fn identity<'a>(look: &Look<'_>, mut lines: Lines<'a>, about: About<'_>) -> Lines<'a> {
    lines = lines
        .push(look.section(format!("{} {}", about.given_name, about.surname)))
        .push(look.second(look.with("palette-age", &[("age", i64::from(about.age).into())])));
    lines = match about.address {
        AddressView::Protected => {
            lines.push(tone_badge(look, Tone::Alert, Glyph::NoAccess, look.t("palette-address-protected")))
        }
        AddressView::Shown(address) => lines
            .push(look.cell(address.street.clone()))
            .push(look.cell(format!("{} {}", address.postcode, address.district))),
        AddressView::Unknown => lines.push(look.second(look.t("palette-address-unknown"))),
    };
    if let Some(id) = rows::status_word(about.status) {
        lines = lines.push(tone_badge(look, Tone::Wait, Glyph::NotAnswering, look.t(id)));
    }
    if about.near {
        lines = lines.push(look.second(look.t("palette-similar-check")));
    }
    lines
}

/// Whom Shift and Enter would send away, or that she stands there already.
fn at_other_stand<'a>(scene: Scene<'_>, about: About<'_>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let other = desk.stands.front().other();
    let page = desk.stands.get(other).citizen.as_ref()?;
    let stand = || ("stand", other.letter().into());
    if page.id == about.citizen {
        return Some(look.second(look.with("palette-stand-hers", &[stand()])).into());
    }
    let name = page.identity.value().map(|known| known.surname.clone())?;
    Some(look.second(look.with("palette-stand-taken", &[stand(), ("name", name.into())])).into())
}

fn colleague<'a>(scene: Scene<'_>, mut lines: Lines<'a>, one: &Colleague) -> Lines<'a> {
    let Scene { look, desk } = scene;
    lines = lines.push(look.section(one.name.clone())).push(look.second(format!(
        "{} · {}",
        desk.session.tag(&one.department),
        look.t(role_word(one.role))
    )));
    if let Some(phone) = &one.phone {
        lines = lines.push(look.cell(phone.clone()));
    }
    let deed = match deeds::her_name(desk) {
        Some(name) => look.with("palette-handover-here", &[("name", name.into())]),
        None => look.t("palette-handover-nobody"),
    };
    lines.push(look.second(deed))
}
