//! `--screenshot`: draws screens to PNG files without a display. Behind each runs a real training server in a folder of its own that is
//! gone afterwards, so that nothing one screen does stands in another; the clock stands still, so that the same command draws the same
//! pictures. What does not live here: what somebody else did in the town before (`pictures/meanwhile.rs`).

mod meanwhile;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use skranke_client::sign_in::{Asking, Keeping, SignIn, SignInError, SignedIn};
use skranke_desk::session::Line;
use skranke_domain::authority::Role;
use skranke_ui::App;
use skranke_ui::headless::{Driver, DriverError, Settings as DriverSettings};
use skranke_ui::launch::Clock;

use super::{Departments, Prepared, StartError};
use crate::cli::{Cli, EXIT_OK};
use crate::folders::{Folders, make_private};

/// The moment of the pictures: a Tuesday in June, six minutes past ten in Copenhagen.
pub const MOMENT: &str = "2026-06-09T10:06:00+02:00";
/// How many citizens the pictures' municipality has, when nobody says.
const CITIZENS: u32 = 2_000;
const NO_FOLDER: &str = "a folder for the pictures' municipality cannot be made";
/// How long a screen gets to be complete.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long nothing must happen before a screen counts as complete.
const QUIET: Duration = Duration::from_millis(400);

/// A screen that can be drawn, and how a person gets there.
pub struct Picture {
    /// Its name on the command line.
    pub name: &'static str,
    /// The way there.
    way: &'static [Step],
    /// How the departments behind it behave.
    departments: Departments,
    /// The size of its window, where it is not the one on the command line.
    size: Option<(u32, u32)>,
    /// Who sits there, where it is not the one on the command line.
    role: Option<Role>,
    /// At an office: who the provider remembers there. Pictures of the training municipality have no provider.
    office: Option<Remembered>,
}

/// Who the provider of a picture remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Remembered {
    /// Nobody: the sign-in is what is drawn.
    Nobody,
    /// Whoever sat there last.
    Her,
}

/// A provider that is asked nothing but who it remembers.
#[async_trait::async_trait]
impl SignIn for Remembered {
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError> {
        let her = || SignedIn { name: String::new(), subject: "picture".to_owned() };
        Ok((*self == Self::Her).then(her))
    }

    async fn sign_in(&self, _how: Asking) -> Result<SignedIn, SignInError> {
        std::future::pending().await
    }

    async fn sign_out(&self) -> Result<(), SignInError> {
        Ok(())
    }

    fn keeping(&self) -> Keeping {
        Keeping::Keyring
    }
}

const fn picture(name: &'static str, way: &'static [Step]) -> Picture {
    Picture { name, way, departments: Departments::Training, size: None, role: None, office: None }
}

enum Step {
    Key(&'static str),
    /// The same key so often.
    Keys(&'static str, u8),
    Type(&'static str),
    /// Opens the citizen who is always there and waits until her overview is complete.
    Open,
    /// Opens another citizen by what is typed, and waits likewise.
    OpenOther(&'static str),
    /// Waits until the citizen's identity is known and her departments are asked.
    Identity,
    /// The line breaks, and the window hears of it.
    Break,
    /// A colleague asks for the chosen item of the open case, before the window hears of it.
    Colleague,
    /// A clerk at another window opened in an emergency what a department withholds about the citizen who is always there.
    Emergency,
    /// Waits for one of the words of the two languages.
    See(&'static str, &'static str),
}

use Step::{Break, Colleague, Emergency, Identity, Key, Keys, Open, OpenOther, See, Type};

/// Every screen that can be drawn.
pub const PICTURES: &[Picture] = &[
    picture("start", &[]),
    picture("palette", &[Key("Ctrl+K"), Type("wron"), See("Kalina", "Kalina")]),
    picture("palette-empty", &[Open, Key("Ctrl+K")]),
    picture("palette-none", &[Key("Ctrl+K"), Type("xylofonqvist"), See("0 ", "0 ")]),
    picture("citizen", &[Open]),
    picture("citizen-150", &[Keys("Ctrl+=", 5), Open]),
    Picture { size: Some((1024, 768)), ..picture("citizen-1024", &[Open]) },
    Picture {
        departments: Departments::Slow,
        ..picture("loading", &[Key("Ctrl+K"), Type("wrona kalina"), See("Kalina", "Kalina"), Key("Enter"), Identity])
    },
    Picture { departments: Departments::OneUnknown, ..picture("department-down", &[Open]) },
    picture("offline", &[Open, Break]),
    picture("empty", &[OpenOther("wrona danuta")]),
    picture("stands", &[Open, Key("F6"), OpenOther("thestrup verner")]),
    picture("turned", &[Open, Key("F8")]),
    picture("locked", &[Open, Key("Ctrl+L")]),
    Picture { office: Some(Remembered::Nobody), ..picture("sign-in", &[]) },
    Picture {
        office: Some(Remembered::Her),
        ..picture(
            "locked-offline",
            &[
                Key("Ctrl+K"),
                Type(">pin"),
                Key("Enter"),
                Type("2468"),
                Key("Tab"),
                Type("2468"),
                Key("Enter"),
                See("pinkode åbner låsen", "PIN opens the lock"),
                Break,
                Key("Ctrl+L"),
                Type("2468"),
            ],
        )
    },
    picture("wrap-up", &[Open, Key("W")]),
    picture("note", &[Open, Key("N")]),
    picture("promise", &[Open, Key("P")]),
    picture("letter", &[Open, Key("L")]),
    picture("handover", &[Open, Key("H")]),
    picture("situation", &[Open, Key("C")]),
    picture("change", &[OpenOther("thestrup verner"), Key("M")]),
    picture("verify", &[Open, Key("Q")]),
    picture("case", &[Open, Key("Enter"), See("Ikke klar til fremmøde", "Not ready to attend")]),
    picture("document", &[Open, Keys("Down", 4), Key("Enter"), See("side 1 af", "page 1 of")]),
    picture(
        "reason",
        &[
            Open,
            Key("Enter"),
            See("Ikke klar til fremmøde", "Not ready to attend"),
            Key("X"),
            See("Begrundelse", "Reason"),
        ],
    ),
    picture("calendar-day", &[Key("Ctrl+4"), See("booket", "booked"), Keys("Down", 3)]),
    picture("calendar-week", &[Key("Ctrl+4"), See("booket", "booked"), Key("v"), See("optaget", "taken")]),
    picture("calendar-close", &[Key("Ctrl+4"), See("booket", "booked"), Key("l"), See("Hvorfor", "Why")]),
    picture("booking", &[Open, Key("B"), Key("1")]),
    picture("counter", &[Key("Ctrl+1"), See("Venter", "Waiting")]),
    Picture { size: Some((1024, 768)), ..picture("counter-1024", &[Key("Ctrl+1"), See("Venter", "Waiting")]) },
    picture("counter-new", &[Key("Ctrl+1"), See("Venter", "Waiting"), Key("N"), Type("pas"), Key("Enter")]),
    picture("counter-staff", &[Key("Ctrl+1"), See("Venter", "Waiting"), Key("Y")]),
    picture("cases", &[Key("Ctrl+3")]),
    picture("cases-table", &[Key("Ctrl+3"), Key("V")]),
    Picture { size: Some((1024, 768)), ..picture("cases-1024", &[Key("Ctrl+3")]) },
    Picture { size: Some((1024, 768)), ..picture("case-1024", &[Open, Key("Enter")]) },
    Picture { role: Some(Role::TeamLeader), ..picture("figures", &[Key("Ctrl+5"), See("Ventetid", "Waiting time")]) },
    picture(
        "need",
        &[Key("Ctrl+K"), Type("wrona kalina"), See("Kalina", "Kalina"), Key("Enter"), See("beskyttet", "protected")],
    ),
    picture("break-glass", &[Open, Key("E")]),
    Picture {
        role: Some(Role::TeamLeader),
        ..picture("oversight-log", &[Emergency, Key("Ctrl+8"), See(meanwhile::WHY, meanwhile::WHY)])
    },
    Picture {
        role: Some(Role::TeamLeader),
        ..picture("oversight-emergencies", &[Emergency, Key("Ctrl+8"), Key("2"), See(meanwhile::WHY, meanwhile::WHY)])
    },
    Picture {
        role: Some(Role::TeamLeader),
        ..picture("oversight-rights", &[Key("Ctrl+8"), Key("3"), See("Udløber", "Ends")])
    },
    picture("guide", &[Key("Ctrl+7"), Key("/"), Type("pas"), See("Pas", "Passport")]),
    // It waits for how the visit ended: what is tried again and again would tell the machine's own time.
    picture(
        "outbox",
        &[
            Key("Ctrl+1"),
            See("Venter", "Waiting"),
            Key("J"),
            Type("Passet er udleveret"),
            See("Passet er", "Passet er"),
            Key("Tab"),
            Key("Ctrl+6"),
            See("Udbakke", "Outbox"),
        ],
    ),
    picture("settings", &[Key("Ctrl+,")]),
    picture("personas", &[Key("Ctrl+P")]),
    picture("keys", &[Open, Key("?")]),
    picture("gallery", &[Key("Ctrl+K"), Type(">gal"), Key("Enter")]),
    picture(
        "conflict",
        &[
            Open,
            Key("Enter"),
            See("Ikke klar til fremmøde", "Not ready to attend"),
            Colleague,
            Key("A"),
            See("gemte sagen", "saved this case"),
        ],
    ),
];

/// Draws the screens that the command line names, or all of them.
pub(super) fn draw(cli: &Cli, folder: &Path) -> Result<u8, StartError> {
    let chosen = chosen(cli)?;
    std::fs::create_dir_all(folder).map_err(file("the folder of the pictures cannot be made"))?;
    let moment: Timestamp = match cli.now {
        Some(now) => now,
        None => MOMENT.parse().map_err(|e: jiff::Error| StartError::Picture(e.to_string()))?,
    };
    // Made once: a copy is there much sooner.
    let made = tempfile::tempdir().map_err(file(NO_FOLDER))?;
    super::make_town(cli, &Folders::inside(made.path()), (moment, CITIZENS))?;
    for picture in chosen {
        draw_one(cli, (folder, made.path()), moment, picture)?;
    }
    Ok(EXIT_OK)
}

fn file(what: &'static str) -> impl FnOnce(std::io::Error) -> StartError {
    move |source| StartError::File { what: what.to_owned(), source }
}

/// Copies what lies in a folder, where it is there, into another.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if !from.exists() {
        return Ok(());
    }
    make_private(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            std::fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

/// Draws one screen over a copy of the municipality that was made, and takes the copy away.
fn draw_one(
    cli: &Cli,
    (folder, made): (&Path, &Path),
    moment: Timestamp,
    picture: &'static Picture,
) -> Result<(), StartError> {
    let home = tempfile::tempdir().map_err(file(NO_FOLDER))?;
    let folders = Folders::inside(home.path());
    folders.make().map_err(file("the pictures' folders cannot be made"))?;
    copy(&Folders::inside(made).training(), &folders.training())
        .map_err(file("the pictures' municipality cannot be copied"))?;
    let held = super::Held { now: Some(moment), citizens: Some(CITIZENS), departments: picture.departments };
    let mut prepared = super::prepare_at(cli, &folders, held)?;
    prepared.launch.clock = Clock::Still(moment);
    prepared.launch.settings_file = None;
    let settings = &mut prepared.launch.settings;
    let (theme, language) = (word(&settings.theme), word(&settings.language));
    if let Some((width, height)) = picture.size {
        settings.window = skranke_desk::settings::WindowSize { width, height };
    }
    prepared.launch.persona = picture.role.unwrap_or(prepared.launch.persona);
    prepared.launch.sign_in = picture.office.map(|who| Arc::new(who) as Arc<dyn SignIn>);
    let drawn = one(&mut prepared, picture, cli.scale)
        .map_err(|error| StartError::Picture(format!("{} cannot be drawn: {error}", picture.name)))?;
    let path = folder.join(format!("{}-{theme}-{language}.png", picture.name));
    drawn.save_png(&path).map_err(|error| StartError::Picture(error.to_string()))?;
    println!("{}", path.display());
    prepared.end();
    Ok(())
}

fn chosen(cli: &Cli) -> Result<Vec<&'static Picture>, StartError> {
    if cli.screens.is_empty() {
        return Ok(PICTURES.iter().collect());
    }
    let find = |name: &String| {
        PICTURES.iter().find(|p| p.name == name).ok_or_else(|| {
            let names = PICTURES.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
            StartError::Script(format!("there is no screen `{name}`: expected one of {names}"))
        })
    };
    cli.screens.iter().map(find).collect()
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A screen as a person gets there, by keys alone.
fn one(prepared: &mut Prepared, picture: &Picture, scale: f32) -> Result<skranke_ui::headless::Picture, DriverError> {
    let window = prepared.launch.settings.window;
    let settings = DriverSettings {
        #[expect(clippy::cast_precision_loss, reason = "window sizes are far below 2^24")]
        size: iced::Size::new(window.width as f32, window.height as f32),
        scale,
        ..DriverSettings::default()
    };
    let mut driver = Driver::new(skranke_ui::program(prepared.launch.clone()), settings)?;
    let nobody = picture.office == Some(Remembered::Nobody);
    driver.pump(|d| nobody || d.state().desk.session.me.value().is_some(), PATIENCE)?;
    for step in picture.way {
        match step {
            Key(chord) => {
                driver.press(chord)?;
            }
            Keys(chord, times) => {
                for _ in 0..*times {
                    driver.press(chord)?;
                }
            }
            Type(text) => {
                driver.type_text(text);
            }
            Open => open(&mut driver, "wrona kalina")?,
            OpenOther(words) => open(&mut driver, words)?,
            Identity => {
                says_why_if_asked(&mut driver)?;
                driver.pump(
                    |d| {
                        let page = d.state().desk.citizen();
                        page.is_some_and(|p| p.identity.value().is_some() && p.sources.iter().any(|s| !s.waiting))
                    },
                    PATIENCE,
                )?;
            }
            Break => {
                prepared.stop_serving();
                driver.pump(|d| matches!(d.state().desk.session.line, Line::Down { .. }), PATIENCE)?;
            }
            Colleague => {
                driver.pump(|d| d.state().desk.case().is_some_and(|page| page.selected_item().is_some()), PATIENCE)?;
                driver.settle(QUIET, PATIENCE)?;
                prepared.colleague(&driver.state().desk)?;
            }
            Emergency => prepared.emergency()?,
            See(da, en) => driver.pump(|d| d.sees(da) || d.sees(en), PATIENCE)?,
        }
    }
    driver.settle(QUIET, PATIENCE)?;
    Ok(driver.picture())
}

/// Somebody who is protected, or for whom no business is found, is opened with one key more: the choice says why.
fn says_why_if_asked<P: iced::Program<State = App> + 'static>(driver: &mut Driver<P>) -> Result<(), DriverError> {
    let known = |d: &App| d.desk.citizen().is_some_and(|page| page.identity.value().is_some());
    driver.pump(|d| d.state().desk.need().is_some() || known(d.state()), PATIENCE)?;
    if driver.state().desk.need().is_some() {
        driver.press("Enter")?;
    }
    Ok(())
}

/// Finds a citizen by what is typed, opens the first hit and waits until every department has answered.
fn open<P: iced::Program<State = App> + 'static>(driver: &mut Driver<P>, words: &str) -> Result<(), DriverError> {
    driver.press("Ctrl+K")?;
    driver.type_text(words);
    driver
        .pump(|d| d.state().desk.finder.as_ref().is_some_and(|f| !f.is_waiting() && !f.hits().is_empty()), PATIENCE)?;
    driver.press("Enter")?;
    says_why_if_asked(driver)?;
    driver.pump(
        |d| {
            let page = d.state().desk.citizen();
            page.is_some_and(|p| {
                let asked = !p.sources.is_empty() && p.sources.iter().all(|s| !s.waiting);
                asked && p.situations.value().is_some() && p.notes.value().is_some() && p.contacts.value().is_some()
            })
        },
        PATIENCE,
    )
}
