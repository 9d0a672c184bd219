//! The page itself on its ground, or the sentence that says why it is not there. What does not live here: drawing it.

use iced::widget::scrollable::{Direction, Scrollbar};
use iced::widget::{column, container, image, row};
use iced::{Alignment, ContentFit, Length};
use skranke_api::documents::DocumentView;
use skranke_desk::case::CasePage;
use skranke_desk::case::pane::{PaneInput, Sight, Unshown};

use super::fit::GROUND;
use super::{Message, Shelf, fit, words};
use crate::assets::Icon;
use crate::focus::Role;
use crate::screens::Scene;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::control::Ring;
use crate::widget::panel::plate;
use crate::widget::{Element, control, icon, normal, quiet, scroll, skeleton_row};

pub(super) fn view<'a>(
    shelf: &'a Shelf,
    scene: Scene<'a>,
    page: &'a CasePage,
    paper: &'a DocumentView,
) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    if let Sight::Not(why) = &page.pane.sight {
        return centred(not_shown(scene, why));
    }
    // While the page is drawn in another size, the one that is there stands in for it.
    let Some((key, (drawn, handle))) = page.pane.key().and_then(|key| Some((key, shelf.like(&key)?))) else {
        let lines = container(column((0..8).map(|n| skeleton_row(look, n))).spacing(space::S4)).padding(space::S24);
        let size = fit::shown(look, 100, skranke_desk::case::pane::PageDrawn { pages: 1, width: 1000, height: 1414 });
        let waiting = container(lines).width(size.width).height(size.height);
        return centred(waiting.style(move |_| plate(t.surface, t.line, radius::TAG)).into());
    };
    let handle = shelf.get(&key).unwrap_or(handle);
    let size = fit::shown(look, key.zoom, drawn);
    let picture = image(handle.clone()).width(size.width).height(size.height).content_fit(ContentFit::Fill);
    let args = [
        ("name", paper.name.clone().into()),
        ("page", i64::from(key.page + 1).into()),
        ("pages", i64::from(drawn.pages).into()),
    ];
    let name = look.with("pane-picture-name", &args);
    let edge = container(picture).padding(1.0).style(move |_| plate(t.surface, t.line, 0.0));
    let face = control(look, "case/page", Role::Group, name, edge).ring(Ring::Hidden);
    let ground = container(face.width(Length::Shrink).height(Length::Shrink)).padding(GROUND);
    if key.zoom == 100 {
        return centred(ground.into());
    }
    let rail = || Scrollbar::new().width(6.0).scroller_width(6.0).margin(1.0);
    scroll(look, "case/page-scroll", ground).direction(Direction::Both { vertical: rail(), horizontal: rail() }).into()
}

fn centred(inside: Element<'_, Message>) -> Element<'_, Message> {
    container(inside).center_x(Length::Fill).center_y(Length::Fill).clip(true).into()
}

fn not_shown<'a>(scene: Scene<'a>, why: &Unshown) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let again = match why {
        Unshown::TooSlow | Unshown::NoViewer | Unshown::Fetch(_) => true,
        Unshown::Broken | Unshown::Encrypted | Unshown::TooLarge | Unshown::NotShown => false,
    };
    let mut buttons = row![].spacing(space::S8);
    if again {
        let again = normal(look, "case/page-again", look.t("pane-again")).icon(Icon::Refresh);
        buttons = buttons.push(Element::from(again.on_press(Message::Pane(PaneInput::Again))));
    }
    let open = normal(look, "case/page-outside", look.t("pane-open-outside")).icon(Icon::ExternalLink);
    let save = quiet(look, "case/page-save", look.t("pane-save"));
    buttons = buttons
        .push(Element::from(open.on_press(Message::Pane(PaneInput::OpenOutside))))
        .push(Element::from(save.on_press(Message::Pane(PaneInput::Save))));
    let inside = column![icon(Icon::FileText, 32.0, t.ink2), sentence(look, words::unshown(look.texts, why)), buttons]
        .spacing(space::S12)
        .align_x(Alignment::Center);
    container(inside).padding(space::S24).max_width(440.0).into()
}

fn sentence<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    look.colored(said, Type::BODY, look.tokens.ink).align_x(Alignment::Center).into()
}
