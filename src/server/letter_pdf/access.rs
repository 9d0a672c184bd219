//! The page that a citizen gets of the look-ups about her: what, when, why and in which department, never by whom. It stands in Danish or in
//! English. What does not live here: reading the log.

use jiff::Timestamp;
use skranke_api::audit::{AccessLog, AccessLogLine, AuditAction, AuditOutcome};
use skranke_api::purpose::PurposeKind;
use skranke_api::statistics::ExportLanguage;
use skranke_domain::access::LegalBasis;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::letter::LetterLanguage;
use skranke_domain::text::Localized;

use super::{Paper, PdfError, Style};
use crate::clock::local;

/// Both languages of a phrase.
type Said = (&'static str, &'static str);

const TITLE: Said = ("Opslag i dine oplysninger", "Look-ups of your information");
const MADE: Said = ("Udskrevet {day}", "Printed {day}");
const ABOUT: Said = (
    "Her står, hvornår vi har slået dine oplysninger op eller ændret dem, hvorfor, og i hvilken forvaltning. Du har ret til at vide det \
     (databeskyttelsesforordningens artikel 15). Hvem af vores medarbejdere der gjorde det, får du normalt ikke at vide.",
    "This page says when we looked up or changed your information, why, and in which department. You have a right to know this (Article 15 \
     of the General Data Protection Regulation). You are normally not told which member of our staff did it.",
);
const SINCE: Said = (
    "Vi har opslag fra og med den {day}. Ældre opslag er slettet.",
    "We keep look-ups from {day} on. Older ones have been deleted.",
);
const NONE: Said = ("Vi har ingen opslag om dig.", "We have no look-ups about you.");
const MORE: Said = (
    "Der er flere opslag, end der er plads til her. Spørg os, hvis du vil se dem.",
    "There are more look-ups than there is room for here. Ask us if you want to see them.",
);
const ASK: Said = (
    "Undrer et opslag dig, så spørg os. Du kan også klage til Datatilsynet (datatilsynet.dk).",
    "If a look-up surprises you, ask us. You can also complain to the Danish Data Protection Agency (datatilsynet.dk).",
);
const REFUSED: Said = ("afvist", "refused");
const ELSEWHERE: Said = ("forvaltning ukendt", "department not known");
const FILE: Said = ("Opslag.pdf", "Look-ups.pdf");

/// Text in one of the two languages.
#[derive(Clone, Copy)]
struct Words(ExportLanguage);

impl Words {
    const fn say(self, said: Said) -> &'static str {
        match self.0 {
            ExportLanguage::Da => said.0,
            ExportLanguage::En => said.1,
        }
    }

    fn day(self, at: Timestamp) -> String {
        match self.0 {
            ExportLanguage::Da => LetterLanguage::Danish,
            ExportLanguage::En => LetterLanguage::English,
        }
        .day(local(at).date())
    }

    fn of(self, text: &Localized) -> &str {
        match self.0 {
            ExportLanguage::Da => &text.da,
            ExportLanguage::En => &text.en,
        }
    }
}

/// What the file is called: it names nobody.
pub(crate) const fn file_name(language: ExportLanguage) -> &'static str {
    Words(language).say(FILE)
}

/// The pages as PDF.
pub(crate) fn write(
    log: &AccessLog,
    whose: &str,
    catalogue: &Catalogue,
    now: Timestamp,
    language: ExportLanguage,
) -> Result<Vec<u8>, PdfError> {
    let words = Words(language);
    let mut paper = Paper::new();
    paper.ends(whose, &words.say(MADE).replace("{day}", &words.day(now)), Style::FINE)?;
    paper.gap(6.0);
    paper.text(words.say(TITLE), Style::HEADING)?;
    paper.gap(6.0);
    paper.text(words.say(ABOUT), Style::TEXT)?;
    if let Some(since) = log.since {
        paper.gap(6.0);
        paper.text(&words.say(SINCE).replace("{day}", &words.day(since)), Style::TEXT)?;
    }
    if log.lines.is_empty() {
        paper.gap(10.0);
        paper.text(words.say(NONE), Style::SUBHEADING)?;
    }
    let mut day = None;
    for line in &log.lines {
        if day.replace(local(line.at).date()) != Some(local(line.at).date()) {
            paper.gap(8.0);
            // A day's heading does not stand alone at the foot of a page.
            if paper.room_for(Style::TEXT) < 3 {
                paper.next_page();
            }
            paper.text(&words.day(line.at), Style::SUBHEADING)?;
        }
        let department = line.department.as_ref().map(|id| match catalogue.department(id) {
            Some(department) => words.of(&department.name),
            None => id.as_str(),
        });
        paper.ends(&what(words, line), department.unwrap_or(words.say(ELSEWHERE)), Style::DENSE)?;
    }
    paper.gap(10.0);
    if log.more {
        paper.text(words.say(MORE), Style::TEXT)?;
        paper.gap(6.0);
    }
    paper.text(words.say(ASK), Style::TEXT)?;
    let tag = match language {
        ExportLanguage::Da => "da",
        ExportLanguage::En => "en",
    };
    paper.finish(words.say(TITLE), tag)
}

/// One look-up: `10.06  Åbnede din side · du ringede · samtykke`.
fn what(words: Words, line: &AccessLogLine) -> String {
    let at = local(line.at);
    let mut text = match words.0 {
        ExportLanguage::Da => format!("{:02}.{:02}", at.hour(), at.minute()),
        ExportLanguage::En => format!("{:02}:{:02}", at.hour(), at.minute()),
    };
    text.push_str("  ");
    text.push_str(words.say(action(line.action)));
    let why = line.purpose.map(purpose);
    let on = line.basis.map(basis);
    let refused = (line.outcome == AuditOutcome::Refused).then_some(REFUSED);
    for part in [why, on, refused].into_iter().flatten() {
        text.push_str(" · ");
        text.push_str(words.say(part));
    }
    text
}

const fn purpose(kind: PurposeKind) -> Said {
    match kind {
        PurposeKind::Ticket => ("du var i Borgerservice", "you were at the service centre"),
        PurposeKind::Call => ("du ringede", "you called"),
        PurposeKind::Appointment => ("din tid hos os", "your appointment"),
        PurposeKind::Case => ("din sag", "your case"),
        PurposeKind::Other => ("anden begrundelse", "another reason"),
    }
}

const fn basis(basis: LegalBasis) -> Said {
    match basis {
        LegalBasis::Guidance => ("vejledning", "guidance"),
        LegalBasis::Application => ("din ansøgning", "your application"),
        LegalBasis::Consent => ("dit samtykke", "your consent"),
        LegalBasis::Statute => ("efter loven", "by law"),
        LegalBasis::VitalInterest => ("fare for liv eller helbred", "danger to life or health"),
    }
}

/// What was done, as she understands it.
const fn action(action: AuditAction) -> Said {
    use AuditAction as A;
    match action {
        A::Search => ("Søgte efter dig", "Searched for you"),
        A::OpenCitizen => ("Åbnede din side", "Opened your page"),
        A::ReadOverview => ("Så dit overblik", "Saw your overview"),
        A::ReadContacts => ("Læste dine henvendelser", "Read your contacts with us"),
        A::ReadAppointments => ("Så dine tider", "Saw your appointments"),
        A::Reveal => ("Fik vist en skjult oplysning", "Was shown hidden information"),
        A::ListCases => ("Så en liste med dine sager", "Saw a list of your cases"),
        A::OpenCase => ("Åbnede en sag", "Opened a case"),
        A::ChangeItem => ("Vurderede et punkt i en sag", "Judged an item of a case"),
        A::Book => ("Bookede en tid", "Booked an appointment"),
        A::ChangeAppointment => ("Ændrede en tid", "Changed an appointment"),
        A::ServeTicket => ("Betjente dig i køen", "Served you in the queue"),
        A::ReadMissing => ("Så, hvad der mangler", "Saw what is missing"),
        A::ReadNotes => ("Læste notater", "Read notes"),
        A::ReadPromises => ("Læste aftaler med dig", "Read what you were promised"),
        A::ReadSituations => ("Så dine livssituationer", "Saw your life situations"),
        A::ReadHandovers => ("Læste en overdragelse", "Read a hand-over"),
        A::VerifyCaller => ("Tjekkede, at det var dig", "Checked that it was you"),
        A::ReadChange => ("Så, hvad en ændring berører", "Saw what a change touches"),
        A::WriteNote => ("Skrev et notat", "Wrote a note"),
        A::WritePromise => ("Noterede en aftale", "Noted a promise"),
        A::ChangeSituation => ("Ændrede en livssituation", "Changed a life situation"),
        A::StartCase => ("Oprettede en sag", "Started a case"),
        A::ReportChange => ("Registrerede en ændring", "Registered a change"),
        A::AskForPapers => ("Bad dig om papirer", "Asked you for papers"),
        A::RegisterContact => ("Registrerede en henvendelse", "Registered a contact"),
        A::HandOver => ("Gav dig videre til en kollega", "Handed you over to a colleague"),
        A::BringDocument => ("Tilføjede et dokument", "Added a document"),
        A::ReadDocument => ("Læste et dokument", "Read a document"),
        A::ChangeDocument => ("Ændrede et dokuments plads", "Changed where a document belongs"),
        A::TakeIn => ("Modtog noget fra dig", "Received something from you"),
        A::ReadApplications => ("Så påbegyndte ansøgninger", "Saw applications you began"),
        A::AssignCase => ("Fordelte en sag", "Assigned a case"),
        A::SteerCase => ("Ændrede en sags forløb", "Changed how a case proceeds"),
        A::SayFacts => ("Noterede oplysninger i en sag", "Noted facts of a case"),
        A::RelateCases => ("Knyttede sager sammen", "Related cases"),
        A::ReadAsks => ("Læste spørgsmål mellem kolleger", "Read questions between colleagues"),
        A::AskColleague => ("Spurgte en kollega om en sag", "Asked a colleague about a case"),
        A::NoteCase => ("Skrev et notat på en sag", "Wrote a note on a case"),
        A::ChangeRequest => ("Ændrede et brev om papirer", "Changed a letter about papers"),
        A::Decide => ("Arbejdede på en afgørelse", "Worked on a decision"),
        A::ReadSummary => ("Udskrev et sagsoverblik", "Printed a case summary"),
        A::ReadAudit => ("Kontrollerede opslag om dig", "Checked look-ups about you"),
        A::ReadAccessLog => ("Lavede en oversigt som denne", "Made a list like this one"),
        A::ReadRights => ("Så, hvem der må hvad", "Saw who may do what"),
        A::TakeRole => ("Skiftede rolle", "Took another role"),
        A::BreakGlass => ("Åbnede noget lukket i en nødsituation", "Opened what is closed, in an emergency"),
        A::ReviewBreakGlass => ("Kontrollerede en nødåbning", "Reviewed an emergency opening"),
        A::LockSession => ("Låste en skærm", "Locked a screen"),
        A::Retain => ("Slettede en gammel sag", "Deleted an old case"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letter_pdf::reading::pages;
    use skranke_domain::CitizenId;
    use skranke_domain::authority::Role;

    fn log(lines: usize) -> AccessLog {
        let line = |n: usize| AccessLogLine {
            at: Timestamp::from_second(1_780_992_360 - i64::try_from(n).unwrap() * 4_000).unwrap(),
            role: Role::Clerk,
            department: ["kff", "sof", "skat"].get(n % 4).map(|id| id.parse().unwrap()),
            action: [AuditAction::OpenCitizen, AuditAction::ReadOverview, AuditAction::ReadDocument][n % 3],
            outcome: if n % 7 == 6 { AuditOutcome::Refused } else { AuditOutcome::Done },
            purpose: [Some(PurposeKind::Call), Some(PurposeKind::Ticket), None][n % 3],
            basis: (n % 5 == 4).then_some(LegalBasis::VitalInterest),
        };
        AccessLog {
            citizen: CitizenId::new(),
            since: Some("2025-12-01T00:00:00Z".parse().unwrap()),
            lines: (0..lines).map(line).collect(),
            more: lines > 900,
        }
    }

    fn paper(lines: usize, language: ExportLanguage) -> Vec<u8> {
        let catalogue = Catalogue::builtin().unwrap();
        let now = "2026-06-09T08:06:00Z".parse().unwrap();
        write(&log(lines), "Łucja Wróbel-Ærø", &catalogue, now, language).unwrap()
    }

    #[test]
    fn a_citizen_reads_when_what_why_and_in_which_department() {
        let text = pages(&paper(12, ExportLanguage::Da)).join("\n");
        for part in [
            "Udskrevet 9. juni 2026",
            "Åbnede din side · du ringede",
            "Kultur- og Fritidsforvaltningen",
            "fare for liv",
            "· afvist",
            "1. december 2025",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains('?') && !text.contains('\u{FFFD}'), "{text}");
        let text = pages(&paper(12, ExportLanguage::En)).join("\n");
        assert!(text.contains("Opened your page · you called") && !text.contains("Åbnede"), "{text}");
        if let Some(folder) = std::env::var_os("SKRANKE_PAPERS") {
            std::fs::write(std::path::Path::new(&folder).join("access-da.pdf"), paper(40, ExportLanguage::Da)).unwrap();
            std::fs::write(std::path::Path::new(&folder).join("access-en.pdf"), paper(0, ExportLanguage::En)).unwrap();
        }
    }

    #[test]
    fn a_long_list_turns_pages_and_loses_no_line() {
        let pages = pages(&paper(1_000, ExportLanguage::Da));
        assert!(pages.len() > 10);
        let text = pages.join("\n");
        let lines = text
            .lines()
            .filter(|line| line.as_bytes().get(2) == Some(&b'.') && line.as_bytes().get(5) == Some(&b' '))
            .count();
        assert_eq!(lines, 1_000);
        assert!(text.contains("Der er flere opslag"));
    }

    #[test]
    fn who_was_never_looked_up_is_told_so() {
        assert!(pages(&paper(0, ExportLanguage::Da)).join(" ").contains("Vi har ingen opslag om dig."));
    }
}
