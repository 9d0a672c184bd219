//! The window's real program without a window, used as a clerk uses it: keys, clicks, and reading what is there. What does not live here:
//! sending messages, reaching into the state to change it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use skranke::client::KeyPlace;
use skranke::desk::settings::Settings as Person;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::desk::{Desk, Place};
use skranke::domain::ItemId;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::ui::focus::{ControlInfo, controls};
use skranke::ui::headless::{Driver, Settings};
use skranke::ui::i18n::{Arg, Language, Texts};
use skranke::ui::launch::Stay;
use skranke::ui::{App, Clock, Launch, Personas, Startup, program};

use super::town::{Town, now};
use super::{PATIENCE, SHOWCASE};

/// The office's time zone, written out: a bare machine may have no zone database.
pub fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
}

/// How a person set her window.
pub fn person(language: skranke::desk::settings::Language) -> Person {
    Person { language, ..Person::default() }
}

/// The usual window of these tests: English, light, 1440×900.
pub fn english() -> Person {
    person(skranke::desk::settings::Language::En)
}

/// What a window is started with, at a profile folder that survives it.
pub fn launch(town: &Town, profile: &Path, role: Role, settings: Person) -> Launch {
    let (_, startup) = tokio::sync::watch::channel(Startup::Ready);
    let file = profile.join("settings.toml");
    let settings = skranke::config::settings(&file).ok().filter(|_| file.exists()).unwrap_or(settings);
    Launch {
        sign_in: None,
        keep_copied: skranke::ui::launch::KEEP_COPIED,
        seen: skranke::ui::launch::SeenHere::default(),
        doorway: Arc::new(town.doorway()),
        startup,
        persona: role,
        personas: Personas::Switchable,
        settings,
        settings_file: Some(file),
        outbox: profile.join("outbox"),
        keys: KeyPlace::TrainingFile(profile.join("training.key")),
        clock: Clock::Still(now()),
        tz: zone(),
        stay: Stay::UntilClosed,
        notices: Vec::new(),
        viewer: env!("CARGO_BIN_EXE_skranke").into(),
        outside: Arc::new(super::outside::Nobody),
    }
}

/// A clerk at her window.
pub struct Clerk<P: iced::Program<State = App> + 'static> {
    pub driver: Driver<P>,
    pub texts: &'static Texts,
}

/// Opens the window and waits until it knows who sits there and can keep her changes.
pub fn sit_down(launch: Launch) -> Clerk<impl iced::Program<State = App> + 'static> {
    let language = match launch.settings.language {
        skranke::desk::settings::Language::Da => Language::Danish,
        skranke::desk::settings::Language::En => Language::English,
    };
    let folder: PathBuf = launch.outbox.clone();
    let settings = Settings { name_of: Some(skranke::ui::focus::name_of), ..Settings::default() };
    let mut driver = Driver::new(program(launch), settings).unwrap();
    driver.pump(|window| window.state().desk.session.me.value().is_some() && folder.exists(), PATIENCE).unwrap();
    let mut clerk = Clerk { driver, texts: Texts::of(language) };
    // Procedures, sites and life situations come with the first answers; a page that opens before them would name things by slugs.
    clerk.until("what the office knows", |desk| !desk.session.procedures.is_empty() && !desk.session.sites.is_empty());
    clerk
}

impl<P: iced::Program<State = App> + 'static> Clerk<P> {
    /// What lies on the desk.
    pub fn desk(&self) -> &Desk {
        &self.driver.state().desk
    }

    /// Waits until the desk is so.
    #[track_caller]
    pub fn until(&mut self, what: &str, so: impl Fn(&Desk) -> bool) -> &mut Self {
        if let Err(error) = self.driver.pump(|window| so(&window.state().desk), PATIENCE) {
            panic!("{what}: {error}");
        }
        self
    }

    /// Waits until a text can be read.
    #[track_caller]
    pub fn read(&mut self, text: &str) -> &mut Self {
        if let Err(error) = self.driver.wait_for(text, PATIENCE) {
            panic!("{error}");
        }
        self
    }

    /// Waits until something is offered, by what it shows or by its name.
    #[track_caller]
    pub fn offered(&mut self, text: &str) -> &mut Self {
        if let Err(error) =
            self.driver.pump(|window| window.seen().iter().any(|seen| seen.text.contains(text)), PATIENCE)
        {
            panic!("{text}: {error}");
        }
        self
    }

    /// Waits until one of the window's own words can be read.
    #[track_caller]
    pub fn read_word(&mut self, id: &str) -> &mut Self {
        let text = self.word(id);
        self.read(&text)
    }

    /// One of the window's own words.
    pub fn word(&self, id: &str) -> String {
        self.texts.t(id)
    }

    /// One of the window's own sentences.
    pub fn sentence(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.with(id, args)
    }

    /// Presses keys one after the other.
    #[track_caller]
    pub fn press(&mut self, chords: &[&str]) -> &mut Self {
        for chord in chords {
            self.driver.press(chord).unwrap();
        }
        self
    }

    /// Types.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        self.driver.type_text(text);
        self
    }

    /// Finds the citizen that every town has, by keyboard alone, and waits until every department has answered.
    #[track_caller]
    pub fn open_showcase(&mut self) -> &mut Self {
        let mut names = SHOWCASE.split(' ');
        let (first, last) = (names.next().unwrap(), names.next_back().unwrap());
        self.press(&["Ctrl+K"]).type_text(&format!("{} {}", last.to_lowercase(), &first.to_lowercase()[..3]));
        self.offered(&format!("{last}, {first}")).press(&["Enter"]).says_why_if_asked().read(SHOWCASE);
        self.until("every department was asked", |desk| {
            let page = desk.citizen();
            page.is_some_and(|page| !page.sources.is_empty() && page.sources.iter().all(|source| !source.waiting))
        })
    }

    /// Types somebody's whole name, given name first, until she is offered. The palette stays open.
    #[track_caller]
    pub fn find_citizen(&mut self, name: &str) -> &mut Self {
        let (given, surname) = name.split_once(' ').expect("a given name and a surname");
        self.press(&["Ctrl+K"]).type_text(&name.to_lowercase()).offered(&format!("{surname}, {given}"))
    }

    /// Finds somebody by her whole name, by keyboard alone, and waits until everything of her page has answered.
    #[track_caller]
    pub fn open_citizen(&mut self, name: &str) -> &mut Self {
        self.find_citizen(name).press(&["Enter"]).says_why_if_asked().whole_page(name)
    }

    /// Where it is asked why she opens a citizen, the choice that stands there says enough: one key more.
    #[track_caller]
    pub fn says_why_if_asked(&mut self) -> &mut Self {
        self.until("she is open, or it is asked why", |desk| {
            // While an answer is awaited the palette keeps Enter for it, and who was open before is still there.
            let open = desk.citizen().is_some_and(|page| page.identity.value().is_some());
            desk.finder.is_none() && (desk.need().is_some() || open)
        });
        if self.desk().need().is_some() { self.press(&["Enter"]) } else { self }
    }

    /// Waits until the page in front is somebody's and everything of it has answered.
    #[track_caller]
    pub fn whole_page(&mut self, name: &str) -> &mut Self {
        self.until(&format!("the whole page of {name}"), |desk| {
            desk.citizen().is_some_and(|page| {
                let departments = !page.sources.is_empty() && page.sources.iter().all(|source| !source.waiting);
                let course = page.notes.value().is_some() && page.promises.value().is_some();
                let contacts = page.contacts.value().is_some() && page.handovers.value().is_some();
                page.full_name() == name && departments && course && contacts && page.situations.value().is_some()
            })
        })
    }

    /// Presses `Tab` until the keyboard is at a control whose id begins so.
    #[track_caller]
    pub fn tab_to(&mut self, id: &str) -> &mut Self {
        for _ in 0..200 {
            if self.at().is_some_and(|at| at.starts_with(id)) {
                return self;
            }
            self.press(&["Tab"]);
        }
        let stops: Vec<String> =
            self.controls().iter().filter(|control| control.is_stop()).map(|control| control.id.to_string()).collect();
        panic!("Tab does not reach {id}, only {stops:?}");
    }

    /// The id of the control that has the keyboard.
    pub fn at(&self) -> Option<String> {
        self.driver.state().focused().map(ToString::to_string)
    }

    /// Waits until a sheet is laid over the page in front.
    #[track_caller]
    pub fn sheet_opens(&mut self, kind: SheetKind) -> &mut Self {
        self.until(&format!("the sheet {kind:?}"), |desk| desk.sheet().map(Sheet::kind) == Some(kind))
    }

    /// Waits until no sheet is laid over the page in front.
    #[track_caller]
    pub fn sheet_closes(&mut self) -> &mut Self {
        self.until("the sheet closes", |desk| desk.sheet().is_none())
    }

    /// Everything that can be read now, names of controls included.
    pub fn everything(&mut self) -> String {
        self.driver.seen().into_iter().map(|seen| seen.text).collect::<Vec<_>>().join("\n")
    }

    /// Moves through her cases with the arrow key until one of a procedure is chosen, and opens it.
    #[track_caller]
    pub fn open_case(&mut self, procedure: &str) -> &mut Self {
        self.choose_case(procedure).press(&["Enter"]);
        self.until("the case", |desk| {
            desk.place() == Place::Case && desk.case().is_some_and(|c| c.view.value().is_some())
        })
    }

    /// Moves through her cases with the arrow keys until one of a procedure is chosen.
    #[track_caller]
    pub fn choose_case(&mut self, procedure: &str) -> &mut Self {
        let chosen = |desk: &Desk| {
            let row = desk.citizen().and_then(|page| page.selected_row().map(|row| row.case.procedure.to_string()));
            row.is_some_and(|slug| slug == procedure)
        };
        for key in ["Up", "Down"] {
            for _ in 0..30 {
                if chosen(self.desk()) {
                    return self;
                }
                self.press(&[key]);
            }
        }
        panic!("no case of {procedure} can be chosen");
    }

    /// The items of the open case with what is shown of each.
    pub fn items(&self) -> Vec<(ItemId, ItemState)> {
        let desk = self.desk();
        let page = desk.case().expect("an open case");
        page.items(&desk.pending).into_iter().map(|shown| (shown.item.id.clone(), shown.state)).collect()
    }

    /// Waits until an item of the open case is shown so.
    #[track_caller]
    pub fn item_becomes(&mut self, item: &ItemId, state: ItemState) -> &mut Self {
        self.until(&format!("{item} becomes {state:?}"), |desk| {
            let page = desk.case().expect("an open case");
            page.items(&desk.pending).iter().any(|shown| shown.item.id == *item && shown.state == state)
        })
    }

    /// The first item of the open case that fits, chosen with the arrow keys.
    #[track_caller]
    pub fn choose_item(&mut self, fits: impl Fn(&ItemId, ItemState) -> bool) -> ItemId {
        let (wanted, _) = self.items().into_iter().find(|(id, state)| fits(id, *state)).expect("such an item");
        for key in ["Up", "Down"] {
            for _ in 0..30 {
                if self.desk().case().and_then(|case| case.selected.clone()) == Some(wanted.clone()) {
                    return wanted;
                }
                self.press(&[key]);
            }
        }
        panic!("{wanted} cannot be chosen");
    }

    /// Takes the first free time and books it, by keys; what is warned of is accepted with the key that it names.
    #[track_caller]
    pub fn books_the_first_time(&mut self) -> &mut Self {
        fn booking(desk: &Desk) -> Option<&skranke::desk::calendar::Booking> {
            desk.calendar.as_ref()?.booking.as_ref()
        }
        self.until("the earliest times", |desk| {
            desk.calendar
                .as_ref()
                .is_some_and(|page| !page.free.is_waiting() && page.free.value().is_some_and(|free| !free.is_empty()))
        });
        self.press(&["1"]).until("what to bring", |desk| {
            booking(desk).is_some_and(|booking| booking.slot.is_some() && !booking.plan.is_waiting())
        });
        for _ in 0..booking(self.desk()).map_or(0, |booking| booking.warnings().len()) {
            self.press(&["y"]);
        }
        self.press(&["Ctrl+Enter"]).until("the booking is written", |desk| booking(desk).is_none())
    }

    /// Waits until the server has confirmed everything she did.
    #[track_caller]
    pub fn everything_sent(&mut self) -> &mut Self {
        self.until("everything is sent", |desk| desk.pending.count() == 0)
    }

    /// Waits until the server has what she did, and nothing is on its way or was refused.
    #[track_caller]
    pub fn arrives(&mut self, what: &str, so: impl Fn() -> bool) -> &mut Self {
        self.until(what, |_| so()).everything_sent();
        assert_eq!(self.desk().pending.refused(), 0, "{what}");
        self
    }

    /// Every control on the screen, in the order of the widgets.
    pub fn controls(&mut self) -> Vec<ControlInfo> {
        self.driver.operate(controls()).expect("the walk gives a list")
    }
}
