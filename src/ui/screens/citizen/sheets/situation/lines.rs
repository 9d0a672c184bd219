//! The list of a situation's sheet: its questions with their answers, then what follows. One stop of the keyboard with an active line.

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_desk::Input;
use skranke_desk::citizen::follow::Standing;
use skranke_desk::sheets::situation::{Choice, FollowLine, Line, LineId};
use skranke_desk::sheets::{Facing, SituationInput, SituationSheet};
use skranke_domain::life_situation::{Answer, Fit, Question};

use super::{CORNER, LINES, heading, number, reason_field, to};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::citizen::sheets::{row_style, tick};
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::list::ruled;
use crate::widget::{Element, KeyGround, department, ellipsis, glyph, icon, key_cap};

/// The height of a line, in logical pixels.
const LINE: f32 = 36.0;

const ANSWERS: [(Answer, &str, &str); 3] =
    [(Answer::Yes, "situation-yes", "1"), (Answer::No, "situation-no", "2"), (Answer::Unsure, "situation-unsure", "3")];

/// The questions, and what follows from the answers.
pub(super) fn list<'a>(scene: Scene<'a>, sheet: &'a SituationSheet, facing: &Facing<'a>) -> Element<'a, Input> {
    let look = scene.look;
    let lines = sheet.lines(facing);
    let active = sheet.active(&lines);
    let focused = look.focused(&LINES);
    let spoken = active.map(|at| name(scene, &lines[at]));
    let asked = lines.iter().filter(|line| matches!(line, Line::Question(..))).count();
    let answered = lines.iter().filter(|line| matches!(line, Line::Question(_, Some(_)))).count();
    let mut questions = Vec::new();
    let mut follows = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let stands = Stands { active: active == Some(n), focused: focused && active == Some(n) };
        match line {
            Line::Question(question, answer) => questions.push(question_line(look, question, *answer, stands)),
            Line::Follow(line) => {
                let drawn = follow_line(scene, line, stands);
                let reason = sheet.reason.as_ref().filter(|reason| reason.follow.as_ref() == Some(&line.follow.id));
                follows.push(match reason {
                    Some(reason) => {
                        let field = reason_field(look, Some(reason), "situation-dismiss-reason");
                        column![drawn, container(field).padding([space::S6, space::S8])].into()
                    }
                    None => drawn,
                });
            }
        }
    }
    let mut all = Column::new().spacing(space::S6);
    if asked > 0 {
        let count = look.with("situation-answered", &[("count", number(answered)), ("all", number(asked))]);
        let count = look.colored(count, Type::CELL, look.tokens.ink2).wrapping(Wrapping::None);
        all = all.push(heading(look, look.t("situation-questions"), count)).push(ruled(look, questions));
        all = all.push(gap().height(space::S6));
    }
    all = all.push(heading(look, look.t("situation-follows"), legend(look, active.map(|at| &lines[at]))));
    all = all.push(if follows.is_empty() {
        look.colored(look.t("situation-nothing-follows"), Type::CELL, look.tokens.ink2).into()
    } else {
        ruled(look, follows)
    });
    control(look, LINES, Role::List, look.t("situation-lines"), container(all).padding([stroke::FOCUS, 0.0]))
        .ring(if active.is_some() { Ring::Hidden } else { Ring::Around(CORNER) })
        .state(ControlState::new().active(spoken))
        .width(Length::Fill)
        .into()
}

#[derive(Clone, Copy)]
struct Stands {
    active: bool,
    focused: bool,
}

/// The id of a line.
pub(super) fn id(line: &LineId) -> FocusId {
    match line {
        LineId::Question(question) => LINES.child("q").child(question),
        LineId::Follow(follow) => LINES.child("f").child(follow),
    }
}

/// What a screen reader says of a line.
fn name(scene: Scene<'_>, line: &Line<'_>) -> String {
    let look = scene.look;
    match line {
        Line::Question(question, answer) => {
            let said = ANSWERS.iter().find(|(one, ..)| Some(*one) == *answer).map(|(_, word, _)| look.t(word));
            [Some(pick(look.texts, &question.text).to_owned()), said]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", ")
        }
        Line::Follow(line) => {
            let state = state(scene, line).words;
            format!("{}, {state}", pick(look.texts, &line.follow.title))
        }
    }
}

fn question_line<'a>(
    look: &Look<'_>,
    question: &Question,
    answer: Option<Answer>,
    stands: Stands,
) -> Element<'a, Input> {
    let t = look.tokens;
    let words = pick(look.texts, &question.text).to_owned();
    let mut inside = row![
        container(ellipsis(words.clone(), if stands.active { Type::TITLE } else { Type::BODY }).color(t.ink))
            .width(Length::Fill)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    for (one, word, key) in ANSWERS {
        let on = answer == Some(one);
        let mut face = row![].spacing(space::S4).align_y(Alignment::Center);
        if on {
            face = face.push(icon(Icon::Check, 13.0, t.accent));
        }
        face = face
            .push(look.text(look.t(word), if on { Type::CELL_MEDIUM } else { Type::CELL }).wrapping(Wrapping::None));
        if stands.active && !on {
            face = face.push(key_cap(look, key, KeyGround::Paper));
        }
        let id = LINES.child(&question.id).child(key);
        let chip = control(look, id, Role::ListItem, look.t(word), container(face).center_y(Length::Fill))
            .padding([0.0, 9.0])
            .height(height::SMALL)
            .ring(Ring::Around(radius::CHIP))
            .state(ControlState::new().checked(on))
            .on_press(to(SituationInput::AnswerTo(question.id.clone(), one)))
            .style(move |status| {
                let touched = matches!(status, Status::Hovered | Status::Pressed);
                if on {
                    Style::ground(t.accent_soft, radius::CHIP).edge(t.accent).ink(t.accent)
                } else {
                    let ground = if touched { t.bg } else { t.surface };
                    Style::ground(ground, radius::CHIP).edge(if touched { t.edge } else { t.line }).ink(t.ink2)
                }
            });
        inside = inside.push(chip);
    }
    line(look, LineId::Question(question.id.clone()), words, inside.into(), stands)
}

/// A line that can be pointed at, with the ring while it is active and the list has the keyboard.
fn line<'a>(
    look: &Look<'_>,
    id: LineId,
    name: String,
    inside: Element<'a, Input>,
    stands: Stands,
) -> Element<'a, Input> {
    let t = look.tokens;
    control(look, self::id(&id), Role::ListItem, name, container(inside).center_y(Length::Fill).width(Length::Fill))
        .padding([0.0, space::S8])
        .height(LINE)
        .width(Length::Fill)
        .ring(Ring::Row(CORNER))
        .ringed(stands.focused)
        .state(ControlState::new().selected(stands.active))
        .on_press(to(SituationInput::Select(id)))
        .style(row_style(t, stands.active))
        .into()
}

/// What became of something that follows, as shape and words.
struct State {
    mark: Mark,
    words: String,
    ink: iced::Color,
}

enum Mark {
    Box(bool),
    Glyph(Glyph),
    Icon(Icon),
}

fn state(scene: Scene<'_>, line: &FollowLine<'_>) -> State {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let shown = |mark, words, ink| State { mark, words, ink };
    if let Choice::Dismiss(reason) = line.choice {
        let words = look.with("situation-does-not-follow", &[("reason", reason.to_owned().into())]);
        return shown(Mark::Glyph(Glyph::NotNeeded), words, t.idle);
    }
    match line.standing {
        Standing::Open | Standing::Refused(_) => {
            let on = line.choice == Choice::Start(true);
            let refused = matches!(line.standing, Standing::Refused(_));
            let (words, ink) = match (on, line.fit) {
                (true, _) => (look.t("situation-starts"), t.accent),
                (false, _) if refused => (look.t("situation-start-refused"), t.alert),
                (false, Fit::Perhaps) => (look.t("situation-perhaps"), t.ink3),
                (false, _) => (look.t("situation-not-started"), t.ink3),
            };
            shown(Mark::Box(on), words, ink)
        }
        Standing::Starting => shown(Mark::Glyph(Glyph::Unsent), look.t("situation-being-started"), t.accent),
        Standing::Started(_) => shown(Mark::Glyph(Glyph::Approved), look.t("situation-started"), t.ok),
        Standing::Dismissed(_) if line.choice == Choice::Reopen => {
            shown(Mark::Box(false), look.t("situation-reopened"), t.accent)
        }
        Standing::Dismissed(dismissal) => {
            let words = match dismissal.by {
                Some(by) => look.with(
                    "situation-dismissed-by",
                    &[("who", by.to_owned().into()), ("reason", dismissal.reason.to_owned().into())],
                ),
                None => look.with("situation-does-not-follow", &[("reason", dismissal.reason.to_owned().into())]),
            };
            let mark = if dismissal.unsent { Glyph::Unsent } else { Glyph::NotNeeded };
            shown(Mark::Glyph(mark), words, t.idle)
        }
        Standing::Elsewhere => {
            let known = desk.session.departments.get(&line.follow.department);
            let who = known.map_or(line.follow.department.as_str(), |d| pick(look.texts, &d.department.name));
            let words = look.with("situation-elsewhere", &[("who", who.to_owned().into())]);
            shown(Mark::Icon(Icon::Building), words, t.ink2)
        }
        Standing::Withheld => shown(Mark::Glyph(Glyph::NoAccess), look.t("situation-withheld"), t.idle),
    }
}

fn follow_line<'a>(scene: Scene<'_>, line: &FollowLine<'_>, stands: Stands) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let State { mark, words, ink } = state(scene, line);
    let title = pick(look.texts, &line.follow.title).to_owned();
    let gone = matches!(line.choice, Choice::Dismiss(_))
        || matches!((line.standing, line.choice), (Standing::Dismissed(_), Choice::None));
    let mark: Element<'a, Input> = match mark {
        Mark::Box(on) => {
            let id = LINES.child("tick").child(&line.follow.id);
            tick(look, id, title.clone(), on, to(SituationInput::ToggleOf(line.follow.id.clone())))
        }
        Mark::Glyph(shape) => glyph(shape, 14.0, ink),
        Mark::Icon(picture) => icon(picture, 16.0, ink),
    };
    let style = if stands.active { Type::TITLE } else { Type::BODY };
    let cells = row![
        container(mark).center_x(20.0),
        department(look, desk.session.tag(&line.follow.department).to_owned()),
        container(ellipsis(title.clone(), style).color(if gone { t.idle } else { t.ink }))
            .width(Length::FillPortion(5)),
        container(ellipsis(words.clone(), Type::CELL).color(ink)).width(Length::FillPortion(6)).align_x(Alignment::End),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    let name = format!("{title}, {words}");
    self::line(look, LineId::Follow(line.follow.id.clone()), name, cells.into(), stands)
}

/// What the keys do on the active line.
fn legend<'a>(look: &Look<'_>, line: Option<&Line<'_>>) -> Element<'a, Input> {
    let keys: &[(&str, &str)] = match line {
        // Its answers show their keys themselves.
        Some(Line::Question(..)) => &[],
        Some(Line::Follow(line)) => match (line.standing, line.choice) {
            (_, Choice::Dismiss(_)) | (Standing::Dismissed(_), _) => &[("Space", "situation-key-reopen")],
            (Standing::Open | Standing::Refused(_), _) => {
                &[("Space", "situation-key-toggle"), ("-", "situation-key-dismiss")]
            }
            (Standing::Elsewhere | Standing::Withheld, _) => &[("-", "situation-key-dismiss")],
            (Standing::Starting | Standing::Started(_), _) => &[],
        },
        None => &[],
    };
    let each = keys.iter().map(|(key, words)| {
        row![key_cap(look, key, KeyGround::Paper), look.colored(look.t(words), Type::LABEL, look.tokens.ink2)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into()
    });
    container(iced::widget::Row::with_children(each).spacing(space::S16)).center_y(24.0).into()
}
