//! The sheet that finishes an application on the citizen's behalf: how it looks. What does not live here: what is sent (the desk's sheet).

use iced::Length;
use iced::widget::{Column, column, row};
use skranke_desk::Input;
use skranke_desk::citizen::CitizenPage;
use skranke_desk::sheets::ApplicationSheet;
use skranke_domain::procedure::FactValue;
use skranke_domain::procedure::facts::{FactDeclaration, FactKind};

use super::{Begins, SHEET, frame};
use crate::assets::Icon;
use crate::focus::Role;
use crate::screens::words::pick;
use crate::screens::{Scene, citizen::say};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::{Element, icon};

/// Where the keyboard begins: on the button, since nothing is typed.
pub(super) const BEGINS: Begins = Begins(crate::focus::FocusId::new("citizen/sheet/verb"), Role::Button);

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a ApplicationSheet) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    debug_assert_eq!(BEGINS.0, SHEET.child("verb"));
    let t = look.tokens;
    let mut body = column![].spacing(space::S12).width(Length::Fill);
    let Some(one) = sheet.application(page) else {
        body = body.push(field_error(look, look.t("sheet-application-gone")));
        return frame(scene, page, look.t("sheet-application"), look.t("sheet-application-verb"), body);
    };
    let title =
        desk.session.procedures.get(&one.procedure).map(|procedure| pick(look.texts, &procedure.title).to_owned());
    let began = say::day_within(look, one.at.to_zoned(desk.tz().clone()).date());
    body = body.push(look.strong(title.unwrap_or_else(|| one.procedure.to_string())));
    body = body.push(look.second(look.with("sheet-application-began", &[("day", began.into())])));
    let declared = &desk.session.rules.facts;
    let said = one.facts.iter().map(|(name, value)| {
        let fact = declared.iter().find(|fact| fact.name == *name);
        let label = fact.map_or_else(|| name.clone(), |fact| pick(look.texts, &fact.title).to_owned());
        row![
            look.colored(label, Type::CELL, t.ink2).width(Length::FillPortion(1)),
            look.colored(value_words(look, fact, value), Type::CELL_MEDIUM, t.ink).width(Length::FillPortion(1)),
        ]
        .spacing(space::S12)
        .into()
    });
    let said = Column::with_children(said).spacing(space::S4);
    body = body.push(column![look.label(look.t("sheet-application-said")), said].spacing(space::S4));
    if !one.documents.is_empty() {
        let papers = one.documents.iter().map(|document| {
            row![icon(Icon::FileText, 14.0, t.ink2), look.colored(document.name.clone(), Type::CELL, t.ink)]
                .spacing(space::S8)
                .into()
        });
        let papers = Column::with_children(papers).spacing(space::S4);
        body = body.push(column![look.label(look.t("sheet-application-papers")), papers].spacing(space::S4));
    }
    body = body.push(look.colored(look.t("sheet-application-recorded"), Type::CELL, t.ink2));
    if sheet.gone {
        body = body.push(field_error(look, look.t("sheet-application-gone")));
    }
    frame(scene, page, look.t("sheet-application"), look.t("sheet-application-verb"), body)
}

/// What was answered, as people read it.
fn value_words(look: &Look<'_>, fact: Option<&FactDeclaration>, value: &FactValue) -> String {
    match value {
        FactValue::Flag(true) => look.t("guide-yes"),
        FactValue::Flag(false) => look.t("guide-no"),
        FactValue::Number(number) => look.texts.number(*number),
        FactValue::Word(word) => match fact.map(|fact| &fact.kind) {
            Some(FactKind::Word { words }) => words
                .iter()
                .find(|one| one.word == *word)
                .map_or_else(|| word.clone(), |one| pick(look.texts, &one.title).to_owned()),
            _ => word.clone(),
        },
    }
}
