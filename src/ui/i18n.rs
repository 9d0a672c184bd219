//! Words, dates, numbers and name order in the person's language. Texts live in `i18n/<language>/*.ftl` and are compiled in;
//! dates, numbers and collation come from ICU. A `Texts` belongs to one application: there is no global language.

mod citizen;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu_calendar::{Date, Gregorian};
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_datetime::input::Time;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter, fieldsets};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::{Locale, locale};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

pub use citizen::CitizenTexts;

/// A variable of a text: a word, or a number that also chooses the plural. Numbers come out grouped as the language does it.
pub type Arg<'a> = FluentValue<'a>;

/// The languages the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// Dansk.
    #[default]
    #[serde(rename = "da")]
    Danish,
    /// English, as written in Britain.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// The two letters it is known by on the command line and in the settings.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    /// The language of two letters, if we speak it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The next one round.
    pub const fn next(self) -> Self {
        match self {
            Self::Danish => Self::English,
            Self::English => Self::Danish,
        }
    }

    const fn locale(self) -> Locale {
        match self {
            Self::Danish => locale!("da"),
            Self::English => locale!("en-GB"),
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        // Both are well formed; should one not be, plurals fall back to those of no language.
        self.locale().to_string().parse().unwrap_or_default()
    }

    fn files(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        FILES.iter().map(move |(name, danish, english)| match self {
            Self::Danish => (*name, *danish),
            Self::English => (*name, *english),
        })
    }
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$((
            $name,
            include_str!(concat!("../../i18n/da/", $name, ".ftl")),
            include_str!(concat!("../../i18n/en/", $name, ".ftl")),
        )),*]
    };
}

/// Name, Danish and English source of every file of texts.
const FILES: &[(&str, &str, &str)] = &files![
    "app",
    "components",
    "gallery",
    "citizen",
    "case",
    "casepage",
    "papers",
    "calendar",
    "booking",
    "palette",
    "cases",
    "settings",
    "signin",
    "errors",
    "outbox",
    "half",
    "offline",
    "play",
    "start",
    "sheets",
    "stand",
    "turned",
    "display",
    "guide",
    "figures",
    "oversight",
    "work",
    "queue",
];

/// All that a language needs to speak. Making one takes about a millisecond; keep it, and make another when the person
/// changes the language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    dates: Option<Dates>,
    collator: Option<CollatorBorrowed<'static>>,
}

struct Dates {
    day_month: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::MD>,
    day_month_year: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMD>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::E>,
    weekday_long: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::E>,
    month_year: FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YM>,
    time: NoCalendarFormatter<fieldsets::T>,
}

impl Dates {
    fn new(language: Language) -> Result<Self, icu_datetime::DateTimeFormatterLoadError> {
        let prefs = || language.locale().into();
        let (day_month, day_month_year) = match language {
            Language::Danish => (fieldsets::MD::long(), fieldsets::YMD::long()),
            Language::English => (fieldsets::MD::medium(), fieldsets::YMD::medium()),
        };
        Ok(Self {
            day_month: FixedCalendarDateTimeFormatter::try_new(prefs(), day_month)?,
            day_month_year: FixedCalendarDateTimeFormatter::try_new(prefs(), day_month_year)?,
            weekday: FixedCalendarDateTimeFormatter::try_new(prefs(), fieldsets::E::medium())?,
            weekday_long: FixedCalendarDateTimeFormatter::try_new(prefs(), fieldsets::E::long())?,
            month_year: FixedCalendarDateTimeFormatter::try_new(prefs(), fieldsets::YM::long())?,
            time: NoCalendarFormatter::try_new(prefs(), fieldsets::T::hm())?,
        })
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

thread_local! {
    static GROUPED: [Option<DecimalFormatter>; 2] =
        Language::ALL.map(|language| DecimalFormatter::try_new(language.locale().into(), Default::default()).ok());
}

fn grouped(language: Language, number: i64) -> String {
    let at = Language::ALL.iter().position(|one| *one == language).unwrap_or_default();
    GROUPED.with(|all| match &all[at] {
        Some(formatter) => formatter.format(&Decimal::from(number)).to_string(),
        None => number.to_string(),
    })
}

fn whole(value: &FluentValue<'_>) -> Option<i64> {
    match value {
        FluentValue::Number(number)
            if number.options.use_grouping && number.value.fract() == 0.0 && number.value.abs() < 9e15 =>
        {
            // In range and without a fraction, so nothing is lost.
            Some(number.value as i64)
        }
        _ => None,
    }
}

thread_local! {
    static SPOKEN: [std::cell::OnceCell<&'static Texts>; 2] = const { [const { std::cell::OnceCell::new() }; 2] };
}

impl Texts {
    /// The texts of a language, made when they are first asked for and kept as long as the program runs: a window that switches to and
    /// fro makes two of them in all.
    pub fn of(language: Language) -> &'static Self {
        let at = Language::ALL.iter().position(|one| *one == language).unwrap_or_default();
        SPOKEN.with(|all| *all[at].get_or_init(|| Box::leak(Box::new(Self::new(language)))))
    }

    /// The texts of a language.
    pub fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // The marks that set off variables in mixed writing directions are not needed here, and would break text search.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Danish => |value, _| whole(value).map(|number| grouped(Language::Danish, number)),
            Language::English => |value, _| whole(value).map(|number| grouped(Language::English, number)),
        }));
        for (name, source) in language.files() {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, errors)| {
                tracing::error!(file = name, language = language.code(), ?errors, "a text file has mistakes");
                partial
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(file = name, language = language.code(), ?errors, "a text is there twice");
            }
        }
        let dates = Dates::new(language).inspect_err(|error| tracing::error!(%error, "no dates in this language")).ok();
        let mut options = CollatorOptions::default();
        options.strength = Some(icu_collator::options::Strength::Tertiary);
        let collator = CollatorBorrowed::try_new(language.locale().into(), options)
            .inspect_err(|error| tracing::error!(%error, "no name order in this language"))
            .ok();
        Self { language, bundle, dates, collator }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text `id`, or `id.attribute`. A text that is missing shows as `⟦id⟧`, and is logged.
    pub fn t(&self, id: &str) -> String {
        self.format(id, None)
    }

    /// The text `id` with its variables filled in.
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.format(id, Some(&args))
    }

    /// Whether there is a text `id`.
    pub fn has(&self, id: &str) -> bool {
        self.bundle.get_message(id).is_some_and(|message| message.value().is_some())
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> String {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(name, attribute)| (name, Some(attribute)));
        let found = self.bundle.get_message(name).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = found else {
            tracing::error!(id, language = self.language.code(), "a text is missing");
            return format!("⟦{id}⟧");
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(id, language = self.language.code(), ?errors, "a text could not be filled in");
        }
        text
    }

    /// A day without its year: "18. juni", "18 Jun".
    pub fn day_month(&self, date: jiff::civil::Date) -> String {
        self.dated(date, |dates, date| dates.day_month.format(date).to_string())
    }

    /// A day with its year: "18. juni 2026", "18 Jun 2026".
    pub fn day_month_year(&self, date: jiff::civil::Date) -> String {
        self.dated(date, |dates, date| dates.day_month_year.format(date).to_string())
    }

    /// A day of the week: "tors.", "Thu".
    pub fn weekday(&self, date: jiff::civil::Date) -> String {
        self.dated(date, |dates, date| dates.weekday.format(date).to_string())
    }

    /// A day of the week in full: "torsdag", "Thursday".
    pub fn weekday_long(&self, date: jiff::civil::Date) -> String {
        self.dated(date, |dates, date| dates.weekday_long.format(date).to_string())
    }

    /// A day with its weekday: "tors. 11. juni", "Thu 11 Jun".
    pub fn weekday_day_month(&self, date: jiff::civil::Date) -> String {
        format!("{} {}", self.weekday(date), self.day_month(date))
    }

    /// A month: "juni 2026", "June 2026".
    pub fn month_year(&self, date: jiff::civil::Date) -> String {
        self.dated(date, |dates, date| dates.month_year.format(date).to_string())
    }

    /// A day as one says it beside `today`: "i dag", "i morgen", else without the year when it is this one's.
    pub fn near_day(&self, date: jiff::civil::Date, today: jiff::civil::Date) -> String {
        if date == today {
            self.t("day-today")
        } else if Some(date) == today.tomorrow().ok() {
            self.t("day-tomorrow")
        } else if Some(date) == today.yesterday().ok() {
            self.t("day-yesterday")
        } else if date.year() == today.year() {
            self.day_month(date)
        } else {
            self.day_month_year(date)
        }
    }

    /// A time of day: "10.20", "10:20".
    pub fn time(&self, time: jiff::civil::Time) -> String {
        let converted =
            Time::try_new(time.hour().unsigned_abs(), time.minute().unsigned_abs(), time.second().unsigned_abs(), 0);
        match (&self.dates, converted) {
            (Some(dates), Ok(time)) => dates.time.format(&time).to_string(),
            _ => time.strftime("%H:%M").to_string(),
        }
    }

    /// A span of the day: "10.20–10.50", "10:20–10:50".
    pub fn time_span(&self, from: jiff::civil::Time, to: jiff::civil::Time) -> String {
        format!("{}–{}", self.time(from), self.time(to))
    }

    /// A running time of `seconds` as minutes and seconds: "04:12", with hours when there are any: "1:04:12".
    pub fn elapsed(&self, seconds: u64) -> String {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
    }

    /// A duration in seconds with one decimal: "0,2 s", "0.2 s".
    pub fn seconds(&self, milliseconds: u64) -> String {
        let tenths = (milliseconds + 50) / 100;
        let point = match self.language {
            Language::Danish => ',',
            Language::English => '.',
        };
        format!("{}{point}{} s", self.number(i64::try_from(tenths / 10).unwrap_or(i64::MAX)), tenths % 10)
    }

    /// A whole number, grouped: "10.000", "10,000".
    pub fn number(&self, number: i64) -> String {
        grouped(self.language, number)
    }

    /// The order of two names: in Danish å comes last and aa sorts as å.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        match &self.collator {
            Some(collator) => collator.compare(a, b),
            None => a.cmp(b),
        }
    }

    fn dated(&self, date: jiff::civil::Date, format: impl FnOnce(&Dates, &Date<Gregorian>) -> String) -> String {
        let converted =
            Date::try_new_gregorian(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        match (&self.dates, converted) {
            (Some(dates), Ok(converted)) => format(dates, &converted),
            _ => date.to_string(),
        }
    }
}
