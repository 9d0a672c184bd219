//! The language of `skranke --play SCRIPT`: one instruction a line, read whole before anything is played.
//! What the instructions do is the driver's business; here they are read, carried out in order and reported.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use iced::{Program, Size};

use super::driver::Driver;
use super::error::DriverError;
use super::keys::Chord;
use super::picture::PictureError;

/// How long `expect` and `expect-not` wait unless the line says otherwise.
const EXPECT: Duration = Duration::from_secs(5);
/// How long `wait-for` waits.
const WAIT_FOR: Duration = Duration::from_secs(10);
/// Before a picture: nothing new for this long, or for at most [`EXPECT`].
const STILL: Duration = Duration::from_millis(150);

const INSTRUCTIONS: &str = "key, type, click, expect, expect-not, wait-for, screenshot, size, log, close or kill";

/// A script that was read without a mistake.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    steps: Vec<Step>,
}

/// One instruction and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Counted from one.
    pub line: usize,
    /// What to do.
    pub instruction: Instruction,
}

/// What a line can say.
#[derive(Debug, Clone, PartialEq)]
pub enum Instruction {
    /// `key Ctrl+K`
    Key(Chord),
    /// `type "text"`
    Type(String),
    /// `click "text"`
    Click(String),
    /// `expect "text" [within 5s]`, `wait-for "text"`
    Expect {
        /// Part of a text on the screen.
        text: String,
        /// How long it may take.
        within: Duration,
    },
    /// `expect-not "text" [within 5s]`
    ExpectNot {
        /// Part of a text on the screen.
        text: String,
        /// How long it may take to go.
        within: Duration,
    },
    /// `screenshot "file.png"`
    Screenshot(PathBuf),
    /// `size 1440x900`, logical pixels
    Size(Size),
    /// `log "text"`
    Log(String),
    /// `close`: the window's close button
    Close,
    /// `kill`: the process ends at once, nothing is cleaned up
    Kill,
}

impl fmt::Display for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(chord) => write!(f, "key {chord}"),
            Self::Type(text) => write!(f, "type {text:?}"),
            Self::Click(text) => write!(f, "click {text:?}"),
            Self::Expect { text, within } => write!(f, "expect {text:?} within {within:?}"),
            Self::ExpectNot { text, within } => write!(f, "expect-not {text:?} within {within:?}"),
            Self::Screenshot(path) => write!(f, "screenshot {path:?}"),
            Self::Size(size) => write!(f, "size {}x{}", size.width, size.height),
            Self::Log(text) => write!(f, "log {text:?}"),
            Self::Close => f.write_str("close"),
            Self::Kill => f.write_str("kill"),
        }
    }
}

/// A line that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}, expected {expected}")]
pub struct Mistake {
    /// Counted from one.
    pub line: usize,
    /// What is there.
    pub problem: String,
    /// What should be.
    pub expected: String,
}

/// Every mistake of a script, so that they can be mended in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptError {
    /// In the order of the lines, never empty.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, mistake) in self.mistakes.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ScriptError {}

impl Script {
    /// The instructions in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl FromStr for Script {
    type Err = ScriptError;

    fn from_str(text: &str) -> Result<Self, ScriptError> {
        let mut steps = Vec::new();
        let mut mistakes = Vec::new();
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line_number = index + 1;
            match read_line(line) {
                Ok(Some(instruction)) => steps.push(Step { line: line_number, instruction }),
                Ok(None) => {}
                Err((problem, expected)) => {
                    mistakes.push(Mistake { line: line_number, problem, expected: expected.to_owned() });
                }
            }
        }
        if mistakes.is_empty() { Ok(Self { steps }) } else { Err(ScriptError { mistakes }) }
    }
}

/// The problem, and what was expected.
type Wrong = (String, &'static str);

fn read_line(line: &str) -> Result<Option<Instruction>, Wrong> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let instruction = match name {
        "key" => Instruction::Key(read_chord(rest)?),
        "type" => Instruction::Type(only_text(rest)?),
        "click" => Instruction::Click(needle(only_text(rest)?)?),
        "expect" => {
            let (text, within) = text_and_time(rest, EXPECT)?;
            Instruction::Expect { text, within }
        }
        "wait-for" => {
            let (text, within) = text_and_time(rest, WAIT_FOR)?;
            Instruction::Expect { text, within }
        }
        "expect-not" => {
            let (text, within) = text_and_time(rest, EXPECT)?;
            Instruction::ExpectNot { text, within }
        }
        "screenshot" => Instruction::Screenshot(read_png(only_text(rest)?)?),
        "size" => Instruction::Size(read_size(rest)?),
        "log" => Instruction::Log(only_text(rest)?),
        "close" => nothing_after(rest, Instruction::Close)?,
        "kill" => nothing_after(rest, Instruction::Kill)?,
        other => return Err((format!("unknown instruction `{other}`"), INSTRUCTIONS)),
    };
    Ok(Some(instruction))
}

fn read_chord(rest: &str) -> Result<Chord, Wrong> {
    let comment = rest.find(" #").map_or(rest, |at| rest[..at].trim());
    comment.parse().map_err(|_| {
        (format!("`{comment}` is no key"), "a key as in `Ctrl+K`, `Shift+Enter`, `F6`, `Down`, `a` or `?`")
    })
}

/// A quoted text and nothing after it but a comment.
fn only_text(rest: &str) -> Result<String, Wrong> {
    let (text, after) = quoted(rest)?;
    nothing_after(after, text)
}

fn text_and_time(rest: &str, usual: Duration) -> Result<(String, Duration), Wrong> {
    const EXPECTED: &str = "nothing or a time as in `within 5s` or `within 500ms`";
    let (text, after) = quoted(rest)?;
    let text = needle(text)?;
    let after = before_comment(after);
    if after.is_empty() {
        return Ok((text, usual));
    }
    let wrong = || (format!("`{after}` after the text"), EXPECTED);
    let time = after.strip_prefix("within").filter(|time| time.starts_with(char::is_whitespace)).ok_or_else(wrong)?;
    Ok((text, read_time(time.trim()).ok_or_else(wrong)?))
}

/// Seconds or milliseconds, an hour at most.
fn read_time(time: &str) -> Option<Duration> {
    let (number, unit) = match time.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (time.strip_suffix('s')?, 1.0),
    };
    let number: f64 = number.trim().parse().ok()?;
    (0.0..=3600.0).contains(&(number * unit)).then(|| Duration::from_secs_f64(number * unit))
}

/// Any screen holds an empty text, so looking for one is a mistake.
fn needle(text: String) -> Result<String, Wrong> {
    if text.trim().is_empty() { Err(("an empty text".to_owned(), "part of a text on the screen")) } else { Ok(text) }
}

fn read_png(path: String) -> Result<PathBuf, Wrong> {
    if path.len() > 4 && path.to_lowercase().ends_with(".png") {
        Ok(PathBuf::from(path))
    } else {
        Err((format!("`{path}` is no picture file"), "a file ending in `.png`"))
    }
}

fn read_size(rest: &str) -> Result<Size, Wrong> {
    let rest = before_comment(rest);
    let wrong = || (format!("`{rest}` is no size"), "width and height as in `1440x900`, from 1 to 16384");
    let (width, height) = rest.split_once('x').ok_or_else(wrong)?;
    let side = |text: &str| text.parse::<u16>().ok().filter(|side| (1..=16384).contains(side)).map(f32::from);
    Ok(Size::new(side(width).ok_or_else(wrong)?, side(height).ok_or_else(wrong)?))
}

fn nothing_after<T>(rest: &str, value: T) -> Result<T, Wrong> {
    let rest = before_comment(rest);
    if rest.is_empty() { Ok(value) } else { Err((format!("`{rest}` too much"), "the end of the line")) }
}

fn before_comment(rest: &str) -> &str {
    rest.split('#').next().unwrap_or_default().trim()
}

/// The text between quotes, with `\"`, `\\`, `\n` and `\t`, and what follows.
fn quoted(rest: &str) -> Result<(String, &str), Wrong> {
    const EXPECTED: &str = "a text in double quotes";
    let Some(inner) = rest.strip_prefix('"') else {
        let found = if rest.is_empty() { "nothing after the instruction".to_owned() } else { format!("`{rest}`") };
        return Err((found, EXPECTED));
    };
    let mut text = String::new();
    let mut letters = inner.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Ok((text, inner[at + 1..].trim())),
            '\\' => match letters.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, 't')) => text.push('\t'),
                Some((_, mark @ ('"' | '\\'))) => text.push(mark),
                Some((_, other)) => {
                    return Err((
                        format!("`\\{other}` in the text"),
                        "`\\\"`, `\\\\`, `\\n` or `\\t` after a backslash",
                    ));
                }
                None => break,
            },
            _ => text.push(letter),
        }
    }
    Err(("a text without its closing quote".to_owned(), EXPECTED))
}

/// Where a script stopped.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {instruction}: {failure}")]
pub struct PlayError {
    /// Counted from one.
    pub line: usize,
    /// What could not be done, as it is written.
    pub instruction: String,
    /// Why.
    #[source]
    pub failure: Box<PlayFailure>,
}

/// Why an instruction failed.
#[derive(Debug, thiserror::Error)]
pub enum PlayFailure {
    /// The screen is not as expected, or the program has ended. Lists what could be read.
    #[error(transparent)]
    Driver(#[from] DriverError),
    /// The picture could not be written.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The log could not be written.
    #[error("the log could not be written: {0}")]
    Log(#[from] io::Error),
}

/// Plays a script to its end. Pictures with relative names go to the folder `pictures`, `log` lines to `log`.
///
/// # Errors
/// The first instruction that fails ends the play.
pub fn play<P: Program + 'static>(
    driver: &mut Driver<P>,
    script: &Script,
    pictures: &Path,
    log: &mut dyn io::Write,
) -> Result<(), PlayError> {
    for Step { line, instruction } in &script.steps {
        carry_out(driver, instruction, pictures, log).map_err(|failure| PlayError {
            line: *line,
            instruction: instruction.to_string(),
            failure: Box::new(failure),
        })?;
    }
    Ok(())
}

fn carry_out<P: Program + 'static>(
    driver: &mut Driver<P>,
    instruction: &Instruction,
    pictures: &Path,
    log: &mut dyn io::Write,
) -> Result<(), PlayFailure> {
    let speaks_to_the_program = !matches!(instruction, Instruction::Log(_) | Instruction::Kill);
    if driver.exited() && speaks_to_the_program {
        return Err(DriverError::Ended.into());
    }
    match instruction {
        Instruction::Key(chord) => {
            driver.strike(chord);
        }
        Instruction::Type(text) => {
            driver.type_text(text);
        }
        Instruction::Click(text) => {
            // What is about to appear may be clicked: a person waits for it as well.
            match driver.pump(|driver| driver.find(text).is_some(), EXPECT) {
                Ok(()) => {}
                Err(DriverError::TimedOut { waited, seen }) => {
                    return Err(DriverError::NotSeen { needle: text.clone(), waited, seen }.into());
                }
                Err(error) => return Err(error.into()),
            }
            driver.click_text(text)?;
        }
        Instruction::Expect { text, within } => {
            driver.wait_for(text, *within)?;
        }
        Instruction::ExpectNot { text, within } => {
            driver.wait_gone(text, *within)?;
        }
        Instruction::Screenshot(path) => {
            match driver.settle(STILL, EXPECT) {
                // A screen that never rests is drawn as it is.
                Ok(()) | Err(DriverError::TimedOut { .. }) => {}
                Err(error) => return Err(error.into()),
            }
            driver.picture().save_png(pictures.join(path))?;
        }
        Instruction::Size(size) => {
            driver.resize(*size);
        }
        Instruction::Log(text) => {
            writeln!(log, "{text}")?;
            log.flush()?;
        }
        Instruction::Close => {
            driver.request_close();
        }
        // No destructor runs and nothing is flushed, as when the machine is switched off.
        Instruction::Kill => std::process::abort(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Instruction> {
        text.parse::<Script>().unwrap().steps.into_iter().map(|step| step.instruction).collect()
    }

    fn mistakes(text: &str) -> Vec<String> {
        text.parse::<Script>().unwrap_err().mistakes.iter().map(Mistake::to_string).collect()
    }

    #[test]
    fn every_instruction_is_read() {
        let script = r##"
            # the first search of the day
            key Ctrl+K          # the palette
            type "Jens \"Åge\"\t\\"
            click "Lukket # ikke en kommentar"  # but this is
            expect "Jens" within 1.5s
            expect "Jens"
            expect-not "Henter" within 500ms
            wait-for "Sager"
            screenshot "forside.PNG"
            size 1024x768
            log "done"
            close
            kill
        "##;
        let expect =
            |text: &str, millis| Instruction::Expect { text: text.to_owned(), within: Duration::from_millis(millis) };
        assert_eq!(
            read(script),
            [
                Instruction::Key("Ctrl+K".parse().unwrap()),
                Instruction::Type("Jens \"Åge\"\t\\".to_owned()),
                Instruction::Click("Lukket # ikke en kommentar".to_owned()),
                expect("Jens", 1500),
                expect("Jens", 5000),
                Instruction::ExpectNot { text: "Henter".to_owned(), within: Duration::from_millis(500) },
                expect("Sager", 10_000),
                Instruction::Screenshot(PathBuf::from("forside.PNG")),
                Instruction::Size(Size::new(1024.0, 768.0)),
                Instruction::Log("done".to_owned()),
                Instruction::Close,
                Instruction::Kill,
            ]
        );
    }

    #[test]
    fn steps_know_their_line() {
        let script: Script = "\u{feff}\n\nkey a\r\n# b\nkey c".parse().unwrap();
        assert_eq!(script.steps().iter().map(|step| step.line).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn all_mistakes_are_told_at_once_with_line_and_expectation() {
        let found = mistakes("klick \"a\"\nkey Crtl+K\nexpect Jens\nexpect \"Jens\" in 5s\nkey Enter\nsize 0x900");
        assert_eq!(
            found,
            [
                format!("line 1: unknown instruction `klick`, expected {INSTRUCTIONS}"),
                "line 2: `Crtl+K` is no key, expected a key as in `Ctrl+K`, `Shift+Enter`, `F6`, `Down`, `a` or `?`"
                    .into(),
                "line 3: `Jens`, expected a text in double quotes".into(),
                "line 4: `in 5s` after the text, expected nothing or a time as in `within 5s` or `within 500ms`".into(),
                "line 6: `0x900` is no size, expected width and height as in `1440x900`, from 1 to 16384".into(),
            ]
        );
    }

    #[test]
    fn what_is_left_out_or_too_much_is_a_mistake() {
        for (line, problem) in [
            ("type", "nothing after the instruction"),
            ("type \"a", "a text without its closing quote"),
            ("type \"a\\", "a text without its closing quote"),
            ("type \"a\\q\"", "`\\q` in the text"),
            ("type \"a\" b", "`b` too much"),
            ("expect \" \"", "an empty text"),
            ("expect \"a\" within", "`within` after the text"),
            ("expect \"a\" within -1s", "`within -1s` after the text"),
            ("expect \"a\" within infs", "`within infs` after the text"),
            ("screenshot \"a.jpg\"", "`a.jpg` is no picture file"),
            ("size 1440", "`1440` is no size"),
            ("kill -9", "`-9` too much"),
            ("key", "`` is no key"),
        ] {
            let found = mistakes(line);
            assert!(found[0].starts_with(&format!("line 1: {problem}, expected ")), "{line}: {}", found[0]);
        }
    }
}
