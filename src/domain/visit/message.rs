//! The messages around a visit, word for word: e-mail, text message, what is read aloud on the phone, and the colleagues' word. What does
//! not live here: the phrases (`super::texts`), what is to be brought (`super`), sending.

use jiff::civil::{Date, DateTime};

use super::texts::{Phrases, Spoken};
use super::{ExpiryKind, Needs};
use crate::appointment::MessageKind;
use crate::letter::LetterLanguage;
use crate::procedure::ItemTemplate;
use crate::{CitizenText, Localized, PaperId};

/// The most parts of a text message.
pub const SMS_PARTS: usize = 3;

/// When and where a visit is.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// When, by the clock on the wall.
    pub at: DateTime,
    /// How long, in minutes.
    pub minutes: u16,
    /// The house.
    pub site: &'a str,
    /// The counter.
    pub counter: &'a Localized,
    /// Its address.
    pub address: Option<&'a str>,
    /// How to get there.
    pub way: Option<&'a CitizenText>,
    /// How many people come.
    pub people: u16,
    /// An interpreter comes too.
    pub interpreter: bool,
}

/// What is told to her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// A time was booked.
    Confirmed,
    /// It was moved.
    Moved,
    /// It was cancelled.
    Cancelled,
    /// It comes near.
    Reminder,
    /// A paper will not be there.
    Missing,
    /// Nobody has to come.
    Needless,
}

impl Word {
    /// The word of a kind of message; none for kinds that are not about one visit alone.
    #[must_use]
    pub const fn of(kind: MessageKind) -> Option<Self> {
        Some(match kind {
            MessageKind::Confirmation => Self::Confirmed,
            MessageKind::Moved => Self::Moved,
            MessageKind::Cancelled => Self::Cancelled,
            MessageKind::Reminder => Self::Reminder,
            MessageKind::Guard => Self::Missing,
            MessageKind::EarlierTime | MessageKind::Expiry => return None,
        })
    }

    const fn spoken(self, phrases: &Phrases) -> &Spoken {
        match self {
            Self::Confirmed => &phrases.confirmed,
            Self::Moved => &phrases.moved,
            Self::Cancelled => &phrases.cancelled,
            Self::Reminder => &phrases.reminder,
            Self::Missing => &phrases.missing,
            Self::Needless => &phrases.needless,
        }
    }

    /// Whether it is of any use to say what to bring.
    const fn brings(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Needless)
    }
}

/// An e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A paper in her words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What she calls it.
    pub name: String,
    /// Nothing can be settled without it.
    pub blocking: bool,
    /// Since when it is approved.
    pub approved: Option<Date>,
}

/// What to bring and what not, in the words of one language.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// To bring, what blocks first.
    pub bring: Vec<Thing>,
    /// Not to bring.
    pub need_not: Vec<Thing>,
}

impl Things {
    /// What a visit needs, named in a language. `title` gives what citizens call a kind of paper.
    pub fn of<'a>(
        needs: &Needs<'_>,
        language: LetterLanguage,
        title: impl Fn(&PaperId) -> Option<&'a CitizenText>,
    ) -> Self {
        let name = |template: &ItemTemplate| name(template, language, &title);
        Self {
            bring: needs
                .bring
                .iter()
                .map(|need| Thing { name: name(need.line.template), blocking: need.blocking, approved: None })
                .collect(),
            need_not: needs
                .need_not
                .iter()
                .map(|spared| Thing { name: name(spared.template), blocking: false, approved: spared.approved })
                .collect(),
        }
    }
}

/// What a citizen calls a line of a checklist: its kind of paper, else what she reads of it, else the clerk's word.
fn name<'a>(
    template: &ItemTemplate,
    language: LetterLanguage,
    title: &impl Fn(&PaperId) -> Option<&'a CitizenText>,
) -> String {
    let paper = template.paper.as_ref().and_then(title).cloned();
    let text = paper.unwrap_or_else(|| CitizenText::from(template.citizen_text.as_ref().unwrap_or(&template.label)));
    let name = text.written_in(language.code()).unwrap_or(&text.en).trim();
    name.trim_end_matches('.').to_owned()
}

fn of_language(text: &Localized, language: LetterLanguage) -> &str {
    if language == LetterLanguage::Danish { &text.da } else { &text.en }
}

/// A day with its time: "tirsdag den 9. juni 2026 kl. 10.20".
#[must_use]
pub fn when(at: DateTime, language: LetterLanguage) -> String {
    let phrases = Phrases::of(language);
    let weekday = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
    let weekday = phrases.weekdays.get(weekday).copied().unwrap_or_default();
    let time = format!("{:02}{}{:02}", at.hour(), phrases.clock, at.minute());
    let day = language.day(at.date());
    phrases.when.replace("{weekday}", weekday).replace("{day}", &day).replace("{time}", &time)
}

fn fill(phrase: &str, place: &Place<'_>, language: LetterLanguage) -> String {
    phrase
        .replace("{when}", &when(place.at, language))
        .replace("{site}", place.site)
        .replace("{place}", of_language(place.counter, language))
}

/// The e-mail to the citizen.
#[must_use]
pub fn mail(word: Word, place: &Place<'_>, things: &Things, language: LetterLanguage) -> Mail {
    let phrases = Phrases::of(language);
    let spoken = word.spoken(phrases);
    let fill = |phrase: &str| fill(phrase, place, language);
    let mut parts = vec![phrases.greeting.to_owned(), fill(spoken.text)];
    if word.brings() {
        parts.push(whereabouts(place, language));
        parts.push(bring_list(things, language));
        if !things.need_not.is_empty() {
            let list: Vec<String> = things.need_not.iter().map(|thing| spared(thing, phrases, language)).collect();
            parts.push(format!("{}\n{}", phrases.spared, list.join("\n")));
        }
        parts.push(phrases.change.to_owned());
    }
    parts.push(fill(phrases.regards));
    Mail { subject: fill(spoken.subject), text: parts.join("\n\n") }
}

fn whereabouts(place: &Place<'_>, language: LetterLanguage) -> String {
    let phrases = Phrases::of(language);
    let mut lines = vec![fill(phrases.place, place, language)];
    lines.extend(place.address.map(str::to_owned));
    lines.extend(place.way.map(|way| way.written_in(language.code()).unwrap_or(&way.en).to_owned()));
    lines.push(phrases.minutes.replace("{n}", &place.minutes.to_string()));
    if place.people > 1 {
        lines.push(phrases.people.replace("{n}", &place.people.to_string()));
    }
    if place.interpreter {
        lines.push(phrases.interpreter.to_owned());
    }
    lines.join("\n")
}

fn bring_list(things: &Things, language: LetterLanguage) -> String {
    let phrases = Phrases::of(language);
    if things.bring.is_empty() {
        return phrases.nothing.to_owned();
    }
    let mut lines = vec![phrases.bring.to_owned()];
    lines.extend(things.bring.iter().map(|thing| {
        let mark = if thing.blocking { " *" } else { "" };
        format!("• {}{mark}", thing.name)
    }));
    if things.bring.iter().any(|thing| thing.blocking) {
        lines.push(phrases.marked.to_owned());
    }
    lines.join("\n")
}

fn spared(thing: &Thing, phrases: &Phrases, language: LetterLanguage) -> String {
    match thing.approved {
        Some(day) => format!("• {} ({})", thing.name, phrases.approved.replace("{day}", &language.day(day))),
        None => format!("• {}", thing.name),
    }
}

/// The text message to the citizen: in letters that every phone shows, three parts at most. It never says what the visit is about.
#[must_use]
pub fn sms(word: Word, place: &Place<'_>, things: &Things, language: LetterLanguage) -> String {
    let phrases = Phrases::of(language);
    let head = plain(&fill(word.spoken(phrases).sms, place, language));
    if !word.brings() {
        return head;
    }
    let end = plain(phrases.sms_change);
    let names: Vec<String> = things.bring.iter().map(|thing| plain(&thing.name)).collect();
    // As much of the list as fits; what does not is counted.
    for shown in (0..=names.len()).rev() {
        let mut list = names[..shown].to_vec();
        if shown < names.len() {
            list.push(plain(&phrases.sms_more.replace("{n}", &(names.len() - shown).to_string())));
        }
        let bring = if list.is_empty() { String::new() } else { phrases.sms_bring.replace("{list}", &list.join(", ")) };
        let bring = plain(&bring);
        let parts = [head.as_str(), &bring, &end];
        let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if sms_parts(&whole) <= SMS_PARTS {
            return whole;
        }
    }
    head
}

/// What is read aloud on the phone: one sentence a line.
#[must_use]
pub fn script(word: Word, place: Option<&Place<'_>>, things: &Things, language: LetterLanguage) -> Vec<String> {
    let phrases = Phrases::of(language);
    let mut lines = Vec::new();
    if let Some(place) = place {
        lines.push(fill(word.spoken(phrases).text, place, language));
        if word.brings() {
            lines.push(format!("{}.", fill(phrases.place, place, language)));
            lines.push(phrases.minutes.replace("{n}", &place.minutes.to_string()));
        }
    }
    if !word.brings() {
        return lines;
    }
    if things.bring.is_empty() {
        lines.push(phrases.nothing.to_owned());
    } else {
        lines.push(phrases.say_bring.to_owned());
        lines.extend(things.bring.iter().map(|thing| format!("{}.", thing.name)));
    }
    if let Some(first) = things.bring.iter().find(|thing| thing.blocking).filter(|_| things.bring.len() > 1) {
        lines.push(phrases.say_first.replace("{what}", &first.name));
    }
    if !things.need_not.is_empty() {
        let names: Vec<&str> = things.need_not.iter().map(|thing| thing.name.as_str()).collect();
        lines.push(phrases.say_spared.replace("{what}", &names.join("; ")));
    }
    lines.push(phrases.say_change.to_owned());
    lines
}

/// What is told to the interpreter or the caseworker, in Danish: when and where. `who` are the citizen's initials, for colleagues alone.
#[must_use]
pub fn colleague(word: Word, place: &Place<'_>, who: Option<&str>) -> Mail {
    let at = when(place.at, LetterLanguage::Danish);
    let what = match word {
        Word::Cancelled => "Aflyst",
        Word::Moved => "Flyttet",
        Word::Confirmed | Word::Reminder | Word::Missing | Word::Needless => "Ny tid",
    };
    let mut lines = vec![format!("{what}: {at}.")];
    lines.push(format!("Sted: {}, {}. Varighed: {} minutter.", place.site, place.counter.da, place.minutes));
    lines.extend(place.address.filter(|_| who.is_none()).map(str::to_owned));
    lines.extend(who.map(|initials| format!("Borger: {initials}.")));
    lines.push(format!("Venlig hilsen\nBorgerservice, {}", place.site));
    Mail { subject: format!("{what}: {at}"), text: lines.join("\n\n") }
}

/// The e-mail that says that something runs out.
#[must_use]
pub fn expiry(kind: ExpiryKind, until: Date, language: LetterLanguage) -> Mail {
    let phrases = Phrases::of(language);
    let day = language.day(until);
    let subject = phrases.expires.replace("{what}", phrases.expiring(kind)).replace("{day}", &day);
    let regards = phrases.regards.replace(", {site}", "");
    let text = [phrases.greeting, &format!("{subject}."), phrases.expires_do, &regards].join("\n\n");
    Mail { subject, text }
}

/// The text message that says that something runs out. A protection and a permit are not named on a screen that others may read.
#[must_use]
pub fn expiry_sms(kind: ExpiryKind, until: Date, language: LetterLanguage) -> Option<String> {
    if matches!(kind, ExpiryKind::NameProtection | ExpiryKind::ResidencePermit) {
        return None;
    }
    let phrases = Phrases::of(language);
    let what = phrases.expiring(kind);
    Some(plain(&phrases.sms_expires.replace("{what}", what).replace("{day}", &language.day(until))))
}

/// The letters of GSM 03.38 that take one place, beside ASCII letters and digits.
const GSM: &str = " @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r";
/// Those that take two.
const GSM_TWO: &str = "^{}\\[~]|€";

/// A text in letters that every phone shows; what has no such letter stands under the nearest.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || GSM.contains(letter) || GSM_TWO.contains(letter) {
            out.push(letter);
            continue;
        }
        out.push_str(match letter {
            'ą' | 'á' | 'â' | 'ă' => "a",
            'ć' | 'č' | 'ç' => "c",
            'ę' | 'ê' | 'ë' => "e",
            'ł' => "l",
            'Ł' => "L",
            'ń' => "n",
            'ó' | 'ô' => "o",
            'ś' | 'š' | 'ș' => "s",
            'Ś' | 'Š' => "S",
            'ź' | 'ż' | 'ž' => "z",
            'Ź' | 'Ż' | 'Ž' => "Z",
            'Ć' | 'Č' => "C",
            'Ó' => "O",
            'í' | 'î' => "i",
            'ú' => "u",
            'ț' => "t",
            '–' | '—' | '‑' | '•' => "-",
            '„' | '”' | '“' | '»' | '«' => "\"",
            '’' | '‘' => "'",
            '…' => "...",
            letter if letter.is_whitespace() => " ",
            _ => "?",
        });
    }
    out
}

/// How many parts a text takes that [`plain`] gave.
#[must_use]
pub fn sms_parts(text: &str) -> usize {
    let places: usize = text.chars().map(|letter| if GSM_TWO.contains(letter) { 2 } else { 1 }).sum();
    if places <= 160 { 1 } else { places.div_ceil(153) }
}

/// An address as the clerk sees it: enough to recognise it, too little to read it aloud.
#[must_use]
pub fn masked_email(address: &str) -> String {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let first = name.chars().next().map(String::from).unwrap_or_default();
    let end = domain.rsplit_once('.').map(|(_, end)| format!(".{end}")).unwrap_or_default();
    format!("{first}•••@•••{end}")
}

/// A phone number with its last four digits.
#[must_use]
pub fn masked_phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let last: String = digits[digits.len().saturating_sub(4)..].iter().collect();
    match last.split_at_checked(2) {
        Some((a, b)) if last.len() == 4 => format!("•• •• {a} {b}"),
        _ => "•• •• •• ••".to_owned(),
    }
}
