//! Bringing a document: the line for a path, the button to the system's dialog, and the documents that are on their way. What does not live
//! here: sending them.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_desk::case::CasePage;
use skranke_desk::case::pane::{Bring, PaneInput};
use skranke_desk::uploads::{Scans, Upload, UploadState, UploadsInput, may_help_to_retry};

use super::{Message, words};
use crate::assets::{Glyph, Icon};
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::field::field_error;
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, check_box, ellipsis, field, glyph, icon, normal, primary, quiet};

/// The line for a path.
pub const PATH: FocusId = FocusId::new("case/bring-path");

/// What lies between the head and the page: nothing, mostly.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let mut parts = column![].spacing(space::S10);
    let mut empty = true;
    if let Some(bring) = &page.pane.bring {
        parts = parts.push(line(look, page, bring));
        empty = false;
    }
    if matches!(desk.uploads.scans, Scans::Lost(_)) {
        parts = parts.push(field_error(look, look.t("pane-scanner-lost")));
        empty = false;
    }
    for upload in desk.uploads.of_case(page.id) {
        parts = parts.push(under_way(look, upload));
        empty = false;
    }
    let inside = container(parts).padding([space::S10, space::S16]).width(Length::Fill);
    (!empty).then(|| surface(look.tokens.surface, inside).width(Length::Fill).into())
}

fn line<'a>(look: &'a Look<'a>, page: &CasePage, bring: &Bring) -> Element<'a, Message> {
    let pane = |input| Message::Pane(input);
    let path = field(look, PATH, look.t("pane-path"), bring.typed.clone())
        .labelled()
        .hint(look.t("pane-path-hint"))
        .error(bring.empty.then(|| look.t("pane-path-empty")))
        .on_input(move |typed| pane(PaneInput::Typed(typed)))
        .on_submit(pane(PaneInput::Take))
        .build();
    let mut buttons = row![].spacing(space::S8).align_y(Alignment::Center);
    let take = primary(look, "case/bring-take", look.t("pane-take")).key("↵");
    let pick = normal(look, "case/bring-pick", look.t("pane-pick"));
    let close = quiet(look, "case/bring-close", look.t("key-close")).key("Esc");
    buttons = buttons
        .push(Element::from(take.on_press(pane(PaneInput::Take))))
        .push(Element::from(pick.on_press(pane(PaneInput::Pick))))
        .push(Element::from(close.on_press(pane(PaneInput::Bring))));
    let mut inside = column![path].spacing(space::S8);
    if !page.papers().is_empty() {
        let on = bring.replaces;
        let replaces = check_box(look, "case/bring-replaces", look.t("pane-replaces"), on);
        inside = inside.push(replaces.on_press(pane(PaneInput::Replaces(!on))));
    }
    inside.push(buttons).into()
}

fn under_way<'a>(look: &'a Look<'a>, upload: &'a Upload) -> Element<'a, Message> {
    let t = look.tokens;
    let id = upload.order.id;
    let send = |input| Message::Uploads(input);
    let failed = matches!(upload.state, UploadState::Failed(_));
    let mark = if failed { glyph(Glyph::Rejected, 14.0, t.alert) } else { icon(Icon::Paperclip, 14.0, t.ink2) };
    let mut head = row![mark, ellipsis(upload.name.clone(), Type::CELL_MEDIUM).width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    if let (Some(bytes), false) = (upload.bytes, failed) {
        let args =
            [("done", words::size(look.texts, upload.done).into()), ("all", words::size(look.texts, bytes).into())];
        head = head.push(look.label(look.with("pane-upload-of", &args)));
    }
    let small = |which: &str, label: &str, message: Message| {
        Element::from(
            quiet(look, format!("case/upload/{id}/{which}"), look.t(label)).size(ButtonSize::Small).on_press(message),
        )
    };
    if let UploadState::Failed(error) = &upload.state {
        if may_help_to_retry(error) {
            head = head.push(small("retry", "pane-upload-retry", send(UploadsInput::Retry(id))));
        }
        head = head.push(small("dismiss", "pane-upload-dismiss", send(UploadsInput::Dismiss(id))));
        return column![head, field_error(look, words::upload(look.texts, error))].spacing(space::S4).into();
    }
    head = head.push(small("cancel", "pane-upload-cancel", send(UploadsInput::Cancel(id))));
    let said = match upload.state {
        UploadState::Waiting => "pane-upload-waiting",
        UploadState::Checking => "pane-upload-checking",
        UploadState::LineDown => "pane-upload-line-down",
        UploadState::Sending | UploadState::Failed(_) => "pane-upload-sending",
    };
    column![head, progress(look, upload.share().unwrap_or_default()), look.label(look.t(said))]
        .spacing(space::S4)
        .into()
}

/// How far, as a bar.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share from 0 to 1, in thousandths")]
fn progress<'a>(look: &Look<'_>, share: f32) -> Element<'a, Message> {
    const TALL: f32 = 6.0;
    let t = look.tokens;
    let done = ((share * 1000.0) as u16).min(1000);
    let part = |portion: u16, ground| {
        container(row![])
            .width(Length::FillPortion(portion))
            .height(TALL)
            .style(move |_| plate(ground, iced::Color::TRANSPARENT, radius::TAG))
    };
    let mut bar = row![];
    if done > 0 {
        bar = bar.push(part(done, t.accent));
    }
    if done < 1000 {
        bar = bar.push(part(1000 - done, t.line));
    }
    bar.width(Length::Fill).height(TALL).into()
}
