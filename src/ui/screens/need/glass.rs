//! What opens a withheld department in an emergency: what that does, why, on which legal basis. It opens where she types why. What lives here: how it
//! looks and its keys, and the line that says what is open until when. What does not: what was typed (the desk's).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_api::access::{OPEN_MINUTES, REASON_AT_LEAST, REASON_CHARS};
use skranke_desk::citizen::CitizenPage;
use skranke_desk::need::glass::{GlassInput, GlassProblem, GlassSheet};
use skranke_desk::{Desk, Input};
use skranke_domain::access::LegalBasis;

use super::{BASES, bases, basis_word, count};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::citizen::sheets::{Laid, WIDTHS, lay};
use crate::screens::sentence::sentence;
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::field::field_error;
use crate::widget::panel::surface;
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, Prose, hline, icon, prose};

/// The sheet.
pub const SHEET: FocusId = FocusId::new("glass");
/// Why it cannot wait.
pub const WORDS: FocusId = FocusId::new("glass/words");

const fn input(input: GlassInput) -> Input {
    Input::Glass(input)
}

/// Where the keyboard is when it opens: where she types. An emergency begins with its words, and nothing is sent before there are some.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    desk.glass().map(|_| (WORDS, Role::TextField))
}

/// Why nothing can be opened here in an emergency; none where something can.
#[must_use]
pub fn refusal(desk: &Desk, texts: &Texts) -> Option<String> {
    let page = desk.citizen()?;
    if !desk.session.may_see_cases() {
        return Some(texts.t("glass-not-your-role"));
    }
    if matches!(desk.session.line, skranke_desk::session::Line::Down { .. }) {
        return Some(texts.t("glass-offline"));
    }
    page.withheld().next().is_none().then(|| texts.t("glass-nothing-withheld"))
}

/// Its keys.
#[must_use]
pub fn keys(desk: &Desk) -> Option<Vec<Key<Input>>> {
    desk.glass()?;
    let mut keys = vec![
        Key::in_place("Esc", "key-sheet-leave", input(GlassInput::Leave)),
        Key::in_place("Ctrl ↵", "glass-verb", input(GlassInput::Confirm)),
    ];
    let bases = BASES.into_iter().zip(LegalBasis::ALL);
    keys.extend(bases.map(|(key, basis)| Key::in_place(key, basis_word(*basis), input(GlassInput::Basis(*basis)))));
    Some(keys)
}

/// The sheet, while it is open.
#[must_use]
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Input>> {
    let Scene { look, desk } = scene;
    let (page, sheet) = (desk.citizen()?, desk.glass()?);
    let tag = desk.session.tag(&sheet.department).to_owned();
    let title = look.with("glass-title", &[("department", tag.into())]);
    let stand = desk.stands.front().letter();
    let whom = look.with("glass-about", &[("stand", stand.into()), ("name", page.full_name().into())]);
    let mut body = column![does(look)].spacing(space::S12).width(Length::Fill);
    if sheet.withheld.len() > 1 {
        body = body.push(departments(scene, sheet));
    }
    body = body
        .push(words(look, sheet))
        .push(bases(look, SHEET.child("basis"), Some(sheet.basis), None, |basis| input(GlassInput::Basis(basis))));
    if let Some(error) = &sheet.trouble {
        body = body.push(field_error(look, sentence(look, error)));
    }
    let verb = look.t(if sheet.sending { "glass-opening" } else { "glass-verb" });
    let laid = Laid {
        id: SHEET,
        title,
        whom,
        verb: (verb, input(GlassInput::Confirm)),
        leave: input(GlassInput::Leave),
        wide: WIDTHS[0],
    };
    Some(lay(look, laid, body))
}

/// What it does, in three lines.
fn does<'a>(look: &Look<'_>) -> Element<'a, Input> {
    let t = look.tokens;
    let lines = [
        (Icon::LockOpen, look.t("glass-one-department")),
        (Icon::Timer, look.with("glass-minutes", &[("minutes", OPEN_MINUTES.into())])),
        (Icon::Eye, look.t("glass-reviewed")),
    ];
    let lines = lines.into_iter().map(|(picture, words)| {
        let words = look.colored(words, Type::BODY, t.ink).width(Length::Fill);
        row![container(icon(picture, 15.0, t.wait)).padding([2.0, 0.0]), words].spacing(space::S8).into()
    });
    Column::with_children(lines).spacing(space::S4).into()
}

fn departments<'a>(scene: Scene<'a>, sheet: &GlassSheet) -> Element<'a, Input> {
    let look = scene.look;
    let chosen = sheet.withheld.iter().position(|one| *one == sheet.department).unwrap_or_default();
    let all = sheet.withheld.iter().map(|one| Segment {
        label: scene.desk.session.tag(one).to_owned(),
        on_press: input(GlassInput::Department(one.clone())),
    });
    let all: Vec<_> = all.collect();
    column![look.label(look.t("glass-department")), segmented(look, SHEET.child("department"), chosen, all)]
        .spacing(space::S4)
        .into()
}

fn words<'a>(look: &'a Look<'a>, sheet: &GlassSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let wrong = match sheet.problem {
        Some(GlassProblem::TooShort(more)) => Some(look.with("glass-too-short", &[("more", count(more))])),
        Some(GlassProblem::TooLong(by)) => Some(look.with("need-too-long", &[("by", count(by))])),
        None => None,
    };
    let typed = prose(
        look,
        Prose {
            id: WORDS,
            name: look.t("glass-words"),
            hint: look.t("glass-words-hint"),
            value: sheet.typed.clone(),
            error: wrong,
            lines: 3,
            on_input: Box::new(|typed| input(GlassInput::Typed(typed))),
        },
    );
    let length = sheet.length();
    let (id, ink) = if length < REASON_AT_LEAST { ("glass-count-short", t.ink2) } else { ("glass-count", t.ink3) };
    let args = [("count", count(length)), ("least", count(REASON_AT_LEAST)), ("most", count(REASON_CHARS))];
    let said =
        container(look.colored(look.with(id, &args), Type::LABEL, ink)).width(Length::Fill).align_x(Alignment::End);
    column![typed, said].spacing(space::S2).into()
}

/// What is open until when, beneath the identity strip.
#[must_use]
pub fn open_until<'a, Message: 'a>(scene: Scene<'_>, page: &CitizenPage) -> Vec<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let line = |view: &skranke_api::access::BreakGlassView| {
        let until = look.texts.time(view.until.to_zoned(desk.tz().clone()).time());
        let args = [("department", desk.session.tag(&view.department).to_owned().into()), ("time", until.into())];
        let words = look.colored(look.with("glass-open-until", &args), Type::CELL_MEDIUM, t.ink);
        let inside = row![icon(Icon::LockOpen, 15.0, t.wait), words].spacing(space::S8).align_y(Alignment::Center);
        column![
            surface(t.wait_soft, container(inside).padding([space::S6, space::S16])).width(Length::Fill),
            hline(look)
        ]
        .into()
    };
    page.opened_now(look.now.timestamp()).map(line).collect()
}
