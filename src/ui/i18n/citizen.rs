//! What citizens read on the turned screen and on the call display, in the languages they are written in: Danish, English, German, Polish. What does not live here:
//! the clerk's own words (`Texts`), the letters (catalogue and domain).

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use icu_calendar::{Date, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_locale_core::{Locale, locale};

use super::Arg;

/// The turned page and the call display of a language.
macro_rules! source {
    ($code:literal) => {
        (
            $code,
            concat!(
                include_str!(concat!("../../../i18n/", $code, "/turned.ftl")),
                "\n",
                include_str!(concat!("../../../i18n/", $code, "/display.ftl")),
            ),
        )
    };
}

const SOURCES: [(&str, &str); 4] = [source!("da"), source!("en"), source!("de"), source!("pl")];

/// The texts of one language that citizens read.
pub struct CitizenTexts {
    code: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for CitizenTexts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CitizenTexts").field("code", &self.code).finish_non_exhaustive()
    }
}

thread_local! {
    static SPOKEN: [std::cell::OnceCell<&'static CitizenTexts>; 4] = const { [const { std::cell::OnceCell::new() }; 4] };
}

fn locale_of(code: &str) -> Locale {
    match code {
        "da" => locale!("da"),
        "de" => locale!("de"),
        "pl" => locale!("pl"),
        _ => locale!("en-GB"),
    }
}

impl CitizenTexts {
    /// The texts of a language by its two letters; English where it is not written in that language. Made when they are first asked for
    /// and kept as long as the program runs.
    #[must_use]
    pub fn of(code: &str) -> &'static Self {
        let at = SOURCES.iter().position(|(known, _)| *known == code).unwrap_or(1);
        SPOKEN.with(|all| *all[at].get_or_init(|| Box::leak(Box::new(Self::new(SOURCES[at])))))
    }

    fn new((code, source): (&'static str, &'static str)) -> Self {
        let identifier = locale_of(code).to_string().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, errors)| {
            tracing::error!(language = code, ?errors, "a citizen's text file has mistakes");
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(language = code, ?errors, "a citizen's text is there twice");
        }
        Self { code, bundle }
    }

    /// The two letters of the language.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The text `id`.
    #[must_use]
    pub fn t(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// The text `id` with its variables filled in.
    #[must_use]
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            tracing::error!(id, language = self.code, "a citizen's text is missing");
            return format!("⟦{id}⟧");
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    /// A day as the language writes it: "9. juni", "9. Juni", "9 czerwca".
    #[must_use]
    pub fn day(&self, date: jiff::civil::Date) -> String {
        let formatter: Result<FixedCalendarDateTimeFormatter<Gregorian, _>, _> =
            FixedCalendarDateTimeFormatter::try_new(locale_of(self.code).into(), fieldsets::MD::long());
        let converted =
            Date::try_new_gregorian(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        match (formatter, converted) {
            (Ok(formatter), Ok(converted)) => formatter.format(&converted).to_string(),
            _ => date.to_string(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn messages(source: &str) -> BTreeMap<String, Vec<String>> {
        let resource = fluent_syntax::parser::parse(source).unwrap();
        let message = |entry: &fluent_syntax::ast::Entry<&str>| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        };
        resource
            .body
            .iter()
            .filter_map(message)
            .map(|id| {
                let line = source.lines().find(|line| line.starts_with(&format!("{id} ="))).unwrap();
                let mut variables: Vec<String> =
                    line.split("{ $").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned()).collect();
                variables.sort();
                (id, variables)
            })
            .collect()
    }

    #[test]
    fn the_turned_screen_says_the_same_in_all_four_languages() {
        let danish = messages(SOURCES[0].1);
        for (code, source) in SOURCES {
            assert_eq!(messages(source), danish, "{code}");
        }
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        let day = jiff::civil::date(2026, 6, 9);
        let written = ["da", "en", "de", "pl"].map(|code| CitizenTexts::of(code).day(day));
        assert_eq!(written, ["9. juni", "9 June", "9. Juni", "9 czerwca"]);
        assert_eq!(CitizenTexts::of("sv").code(), "en");
    }
}
