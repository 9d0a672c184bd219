//! The figures as a file for a spreadsheet: one table, RFC 4180, with a line for each number and the definitions of the measures beneath. What
//! does not live here: what the numbers are.

use skranke_api::statistics::{ExportLanguage, Quantiles, Statistics, WeekState};
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::Channel;
use skranke_domain::figures::{Cell, FigureRules, Measure, Sum, week_number};
use skranke_domain::{Localized, SiteId};

/// Spreadsheets read the letters of a file that begins so as UTF-8.
const BOM: &str = "\u{feff}";
/// What a spreadsheet may take for a formula when a field begins with it.
const FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r'];

/// The file's name: a site and a period, nobody's name.
#[must_use]
pub fn file_name(site: &SiteId, figures: &Statistics) -> String {
    format!("skranke-{site}-{}-{}.csv", figures.from, figures.to)
}

/// The figures as a file.
#[must_use]
pub fn write(figures: &Statistics, rules: &FigureRules, language: ExportLanguage) -> String {
    let mut sheet = Sheet { out: BOM.to_owned(), language, rules };
    sheet.line(&[
        sheet.say("Måling", "Measure"),
        sheet.say("Række", "Row"),
        sheet.say("Kolonne", "Column"),
        sheet.say("Fra", "From"),
        sheet.say("Til", "To"),
        sheet.say("Værdi", "Value"),
        sheet.say("Enhed", "Unit"),
        sheet.say("Bemærkning", "Note"),
    ]);
    let now = (figures.from.to_string(), figures.to.to_string());
    let before = figures.against.filter(|a| a.complete).map(|a| (a.from.to_string(), a.to.to_string()));
    let mut figure = |measure, (row, column): (&str, &str), value: String, unit: &Localized, note: &str| {
        let line = [sheet.title(measure), row.to_owned(), column.to_owned(), now.0.clone(), now.1.clone(), value];
        sheet.figure(line, unit, note);
    };
    let count = Localized::new("antal", "count");
    let minutes = Localized::new("minutter", "minutes");
    let percent = Localized::new("procent", "per cent");
    let word = |da: &'static str, en: &'static str| if language == ExportLanguage::Da { da } else { en };
    let all = word("Alle", "All");
    figure(Measure::Visits, (all, ""), cell(figures.visits.now), &count, "");
    figure(Measure::Waiting, (all, word("n", "n")), cell(figures.waiting.count), &count, "");
    for bar in &figures.waiting.bars {
        let span = bar.to.map_or_else(|| format!("{}+", bar.from), |to| format!("{}–{}", bar.from, to - 1));
        figure(Measure::Waiting, (&span, word("n", "n")), bar.count.to_string(), &count, "");
    }
    let quantiles = |of: Quantiles| {
        [
            (word("10. percentil", "10th percentile"), of.tenth),
            (word("Median", "Median"), of.median),
            (word("90. percentil", "90th percentile"), of.ninetieth),
        ]
    };
    for (name, value) in quantiles(figures.waiting.minutes) {
        figure(Measure::Waiting, (all, name), number(value), &minutes, "");
    }
    let aims = figures.aims;
    let within = format!("{} {} {}", word("inden for", "within"), aims.waiting_minutes, word("min", "min"));
    figure(Measure::Waiting, (all, &within), number(figures.waiting.within_percent), &percent, "");
    for meeting in &figures.meetings {
        let title = text(&meeting.title, language);
        figure(Measure::MeetingLength, (title, word("n", "n")), cell(meeting.count), &count, "");
        for (name, value) in quantiles(meeting.minutes) {
            figure(Measure::MeetingLength, (title, name), number(value), &minutes, "");
        }
    }
    for line in &figures.rebooked.causes {
        figure(Measure::Rebooked, (text(&cause(line.cause), language), ""), cell(line.count.now), &count, "");
    }
    figure(Measure::Rebooked, (all, ""), sum(figures.rebooked.all), &count, "");
    for row in &figures.channels.rows {
        let title = text(&row.title, language);
        for (name, value) in figures.channels.channels.iter().zip(&row.cells) {
            figure(Measure::Channels, (title, text(&channel(*name), language)), cell(*value), &count, "");
        }
        figure(Measure::Channels, (title, all), sum(row.all), &count, "");
    }
    let booked_aim = format!("{} {} %", word("mål:", "aim:"), aims.booked_percent);
    figure(Measure::BookedShare, (all, ""), number(figures.booked.percent), &percent, &booked_aim);
    figure(Measure::StandShare, (all, ""), number(figures.stands.percent), &percent, "");
    for (name, value) in quantiles(figures.stand_time) {
        figure(Measure::StandTime, (all, name), number(value), &minutes, "");
    }
    for week in &figures.first_contact {
        let end = week.monday.checked_add(jiff::ToSpan::days(6)).unwrap_or(week.monday);
        let row = format!("{} {}", word("uge", "week"), week_number(week.monday));
        let note = match week.state {
            WeekState::Counted => "",
            WeekState::Provisional => word("foreløbig", "provisional"),
            WeekState::Few => word("for få", "too few"),
            WeekState::Gap => word("ingen data", "no data"),
        };
        let line = [
            sheet.title(Measure::FirstContact),
            row,
            String::new(),
            week.monday.to_string(),
            end.to_string(),
            number(week.percent),
        ];
        sheet.figure(line, &percent, note);
    }
    if let Some((from, to)) = before {
        let mut earlier = |measure, (row, column): (&str, &str), value: String, unit: &Localized| {
            let line = [sheet.title(measure), row.to_owned(), column.to_owned(), from.clone(), to.clone(), value];
            sheet.figure(line, unit, word("sammenligning", "comparison"));
        };
        earlier(Measure::Visits, (all, ""), figures.visits.before.map(cell).unwrap_or_default(), &count);
        let median = word("Median", "Median");
        earlier(Measure::Waiting, (all, median), number(figures.waiting.median_before), &minutes);
        for line in &figures.rebooked.causes {
            let value = line.count.before.map(cell).unwrap_or_default();
            earlier(Measure::Rebooked, (text(&cause(line.cause), language), ""), value, &count);
        }
        earlier(Measure::BookedShare, (all, ""), number(figures.booked.before), &percent);
        earlier(Measure::StandShare, (all, ""), number(figures.stands.before), &percent);
    }
    for gap in &figures.gaps {
        let note =
            word("Ingen data: tiden står åben og er ikke skønnet.", "No data: the time is left open, not estimated.");
        let head = word("Hul", "Gap").to_owned();
        let tag = gap.tag.clone();
        sheet.figure(
            [head, tag, String::new(), gap.from.to_string(), gap.to.to_string(), String::new()],
            &Localized::new("", ""),
            note,
        );
    }
    let hidden = word(
        "1–4 vises som <5; en sum, hvor noget er skjult, vises som mindst.",
        "1–4 is shown as <5; a sum in which something is hidden is shown as at least.",
    );
    sheet.line(&[word("Skjult", "Hidden"), "<5", "", "", "", "", "", hidden].map(str::to_owned));
    for definition in &rules.definitions {
        let (title, meaning) = (text(&definition.title, language), text(&definition.text, language));
        sheet.line(&[title, word("Definition", "Definition"), "", "", "", "", "", meaning].map(str::to_owned));
    }
    sheet.out
}

struct Sheet<'a> {
    out: String,
    language: ExportLanguage,
    rules: &'a FigureRules,
}

impl Sheet<'_> {
    fn say(&self, da: &str, en: &str) -> String {
        if self.language == ExportLanguage::Da { da.to_owned() } else { en.to_owned() }
    }

    fn title(&self, measure: Measure) -> String {
        let found = self.rules.definitions.iter().find(|definition| definition.measure == measure);
        found.map(|definition| text(&definition.title, self.language).to_owned()).unwrap_or_default()
    }

    fn figure(&mut self, line: [String; 6], unit: &Localized, note: &str) {
        let [measure, row, column, from, to, value] = line;
        let unit = text(unit, self.language).to_owned();
        self.line(&[measure, row, column, from, to, value, unit, note.to_owned()]);
    }

    fn line(&mut self, fields: &[String; 8]) {
        let quoted: Vec<String> = fields.iter().map(|field| quoted(field)).collect();
        self.out.push_str(&quoted.join(","));
        self.out.push_str("\r\n");
    }
}

fn text(of: &Localized, language: ExportLanguage) -> &str {
    if language == ExportLanguage::Da { &of.da } else { &of.en }
}

/// A field that no spreadsheet takes for a formula, quoted where it has to be.
fn quoted(field: &str) -> String {
    let safe = if field.starts_with(FORMULA) { format!("'{field}") } else { field.to_owned() };
    if safe.contains(['"', ',', ';', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

fn cell(of: Cell) -> String {
    of.count().map_or_else(|| "<5".to_owned(), |count| count.to_string())
}

fn sum(of: Sum) -> String {
    if of.or_more { format!("{}+", of.count) } else { of.count.to_string() }
}

fn number(of: Option<impl ToString>) -> String {
    of.map(|n| n.to_string()).unwrap_or_default()
}

fn channel(of: Channel) -> Localized {
    let (da, en) = match of {
        Channel::Counter => ("Skranke", "Counter"),
        Channel::Phone => ("Telefon", "Phone"),
        Channel::DigitalPost => ("Digital Post", "Digital Post"),
        Channel::SelfService => ("Selvbetjening", "Self-service"),
        Channel::Letter => ("Brev", "Letter"),
        Channel::Email => ("E-mail", "E-mail"),
        Channel::Sms => ("Sms", "Text message"),
    };
    Localized::new(da, en)
}

fn cause(of: RebookCause) -> Localized {
    let (da, en) = match of {
        RebookCause::OwnWish => ("Borgerens eget ønske", "Citizen’s own wish"),
        RebookCause::PaperMissing => ("Et papir manglede", "A paper was missing"),
        RebookCause::NoInterpreter => ("Ingen tolk", "No interpreter"),
        RebookCause::WeCancelled => ("Vi aflyste", "We cancelled"),
        RebookCause::WrongCounter => ("Forkert skranke", "Wrong counter"),
        RebookCause::Missed => ("Udeblev", "Did not come"),
    };
    Localized::new(da, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_becomes_a_formula_or_breaks_its_line() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(quoted("-3"), "'-3");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("903+"), "903+");
    }
}
