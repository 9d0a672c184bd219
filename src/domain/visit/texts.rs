//! The words of the messages around a visit, in the languages that citizens read. They name nobody and say "you". What does not live here:
//! putting them together (`super::message`).

use crate::letter::LetterLanguage;

use super::ExpiryKind;

/// The phrases of one language. `{when}` is a day with its time, `{day}` a day, `{site}` and `{place}` where.
pub(super) struct Phrases {
    /// Monday first.
    pub weekdays: [&'static str; 7],
    /// `{weekday}`, `{day}`, `{time}`.
    pub when: &'static str,
    /// Between hours and minutes.
    pub clock: char,
    pub greeting: &'static str,
    pub regards: &'static str,
    pub confirmed: Spoken,
    pub moved: Spoken,
    pub cancelled: Spoken,
    pub reminder: Spoken,
    /// A paper will not be there.
    pub missing: Spoken,
    /// Nobody has to come.
    pub needless: Spoken,
    pub minutes: &'static str,
    pub place: &'static str,
    pub people: &'static str,
    pub interpreter: &'static str,
    pub bring: &'static str,
    pub nothing: &'static str,
    pub marked: &'static str,
    pub spared: &'static str,
    pub approved: &'static str,
    pub change: &'static str,
    pub sms_bring: &'static str,
    pub sms_more: &'static str,
    pub sms_change: &'static str,
    pub say_bring: &'static str,
    pub say_first: &'static str,
    pub say_spared: &'static str,
    pub say_change: &'static str,
    pub expires: &'static str,
    pub expires_do: &'static str,
    pub sms_expires: &'static str,
    pub expiring: [&'static str; 4],
}

/// One thing that is told: in a subject, in a letter's first sentence, in a text message.
pub(super) struct Spoken {
    pub subject: &'static str,
    pub text: &'static str,
    pub sms: &'static str,
}

impl Phrases {
    pub(super) const fn of(language: LetterLanguage) -> &'static Self {
        match language {
            LetterLanguage::Danish => &DANISH,
            LetterLanguage::English => &ENGLISH,
            LetterLanguage::German => &GERMAN,
            LetterLanguage::Polish => &POLISH,
        }
    }

    pub(super) const fn expiring(&self, kind: ExpiryKind) -> &'static str {
        match kind {
            ExpiryKind::DrivingLicence => self.expiring[0],
            ExpiryKind::Passport => self.expiring[1],
            ExpiryKind::NameProtection => self.expiring[2],
            ExpiryKind::ResidencePermit => self.expiring[3],
        }
    }
}

const DANISH: Phrases = Phrases {
    weekdays: ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    when: "{weekday} den {day} kl. {time}",
    clock: '.',
    greeting: "Kære borger",
    regards: "Venlig hilsen\nBorgerservice, {site}",
    confirmed: Spoken {
        subject: "Din tid i Borgerservice: {when}",
        text: "Du har en tid {when}.",
        sms: "Borgerservice: Du har tid {when}, {site}, {place}.",
    },
    moved: Spoken {
        subject: "Din tid er flyttet til {when}",
        text: "Din tid er flyttet. Den nye tid er {when}.",
        sms: "Borgerservice: Din tid er flyttet til {when}, {site}, {place}.",
    },
    cancelled: Spoken {
        subject: "Din tid i Borgerservice er aflyst",
        text: "Din tid {when} er aflyst. Du skal ikke komme.",
        sms: "Borgerservice: Din tid {when} er aflyst. Du skal ikke komme.",
    },
    reminder: Spoken {
        subject: "Husk din tid i Borgerservice: {when}",
        text: "Vi minder dig om din tid {when}.",
        sms: "Borgerservice: Husk din tid {when}, {site}, {place}.",
    },
    missing: Spoken {
        subject: "Vi mangler noget til din tid {when}",
        text: "Du har en tid {when}, men vi mangler stadig papirer. Uden dem, der er mærket med *, kan vi ikke gøre noget færdigt. \
               Kan du ikke have dem med, så lad os finde en anden tid, så turen ikke er spildt.",
        sms: "Borgerservice: Vi mangler stadig papirer til din tid {when}. Kan du ikke have dem med, så ring og få en anden tid.",
    },
    needless: Spoken {
        subject: "Du behøver ikke komme i Borgerservice",
        text: "Du har en tid {when}, men alt er ordnet, uden at du behøver at komme. Sig til, hvis du alligevel gerne vil.",
        sms: "Borgerservice: Alt er ordnet. Du behøver ikke komme {when}. Ring, hvis du alligevel gerne vil.",
    },
    minutes: "Det tager cirka {n} minutter.",
    place: "Sted: {site}, {place}",
    people: "I er {n} personer, der skal komme.",
    interpreter: "Vi har bestilt en tolk. Det koster dig ikke noget.",
    bring: "Tag dette med:",
    nothing: "Vi mangler ingen papirer fra dig.",
    marked: "Uden det, der er mærket med *, kan vi ikke gøre noget færdigt.",
    spared: "Dette har vi allerede. Du skal ikke tage det med:",
    approved: "godkendt {day}",
    change: "Kan du ikke komme, eller vil du have en anden tid, så svar på denne mail eller ring til Borgerservice. Så kan en anden få tiden.",
    sms_bring: "Tag med: {list}.",
    sms_more: "og {n} ting mere",
    sms_change: "Kan du ikke komme, så ring til os.",
    say_bring: "Tag dette med:",
    say_first: "Det vigtigste er: {what}.",
    say_spared: "Du skal ikke tage dette med, for det har vi: {what}.",
    say_change: "Kan du ikke komme, så ring til os, så en anden kan få tiden.",
    expires: "{what} udløber den {day}",
    expires_do: "Skal det fornyes, så bestil en tid i Borgerservice i god tid. Er det allerede ordnet, behøver du ikke gøre noget.",
    sms_expires: "Borgerservice: {what} udløber den {day}. Ring til os, hvis det skal fornyes.",
    expiring: ["Dit kørekort", "Dit pas", "Din navne- og adressebeskyttelse", "Din opholdstilladelse"],
};

const ENGLISH: Phrases = Phrases {
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    when: "{weekday} {day} at {time}",
    clock: ':',
    greeting: "Dear citizen",
    regards: "Kind regards\nThe citizen service (Borgerservice), {site}",
    confirmed: Spoken {
        subject: "Your appointment at the citizen service: {when}",
        text: "You have an appointment on {when}.",
        sms: "Borgerservice: You have an appointment on {when}, {site}, {place}.",
    },
    moved: Spoken {
        subject: "Your appointment was moved to {when}",
        text: "Your appointment was moved. The new time is {when}.",
        sms: "Borgerservice: Your appointment was moved to {when}, {site}, {place}.",
    },
    cancelled: Spoken {
        subject: "Your appointment at the citizen service is cancelled",
        text: "Your appointment on {when} is cancelled. You need not come.",
        sms: "Borgerservice: Your appointment on {when} is cancelled. You need not come.",
    },
    reminder: Spoken {
        subject: "Remember your appointment at the citizen service: {when}",
        text: "We remind you of your appointment on {when}.",
        sms: "Borgerservice: Remember your appointment on {when}, {site}, {place}.",
    },
    missing: Spoken {
        subject: "Something is missing for your appointment on {when}",
        text: "You have an appointment on {when}, but papers are still missing. Without those marked with * we cannot finish anything. \
               If you cannot bring them, let us find another time, so that you do not come in vain.",
        sms: "Borgerservice: Papers are still missing for your appointment on {when}. If you cannot bring them, call us for another time.",
    },
    needless: Spoken {
        subject: "You need not come to the citizen service",
        text: "You have an appointment on {when}, but everything is settled without it. Tell us if you would still like to come.",
        sms: "Borgerservice: Everything is settled. You need not come on {when}. Call us if you would still like to.",
    },
    minutes: "It takes about {n} minutes.",
    place: "Place: {site}, {place}",
    people: "{n} people are to come.",
    interpreter: "We have booked an interpreter. It costs you nothing.",
    bring: "Please bring:",
    nothing: "We need no papers from you.",
    marked: "Without what is marked with * we cannot finish anything.",
    spared: "We have this already. You need not bring it:",
    approved: "approved {day}",
    change: "If you cannot come, or want another time, answer this e-mail or call the citizen service. Then somebody else can have the time.",
    sms_bring: "Bring: {list}.",
    sms_more: "and {n} more",
    sms_change: "If you cannot come, call us.",
    say_bring: "Please bring:",
    say_first: "The most important is: {what}.",
    say_spared: "You need not bring this, because we have it: {what}.",
    say_change: "If you cannot come, call us, so that somebody else can have the time.",
    expires: "{what} expires on {day}",
    expires_do: "If it is to be renewed, book a time at the citizen service well before. If that is done already, you need not do anything.",
    sms_expires: "Borgerservice: {what} expires on {day}. Call us if it is to be renewed.",
    expiring: ["Your driving licence", "Your passport", "Your name and address protection", "Your residence permit"],
};

const GERMAN: Phrases = Phrases {
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    when: "{weekday}, {day}, {time} Uhr",
    clock: ':',
    greeting: "Guten Tag",
    regards: "Freundliche Grüße\nBürgerservice (Borgerservice), {site}",
    confirmed: Spoken {
        subject: "Ihr Termin beim Bürgerservice: {when}",
        text: "Sie haben einen Termin: {when}.",
        sms: "Borgerservice: Ihr Termin: {when}, {site}, {place}.",
    },
    moved: Spoken {
        subject: "Ihr Termin wurde verlegt: {when}",
        text: "Ihr Termin wurde verlegt. Der neue Termin: {when}.",
        sms: "Borgerservice: Ihr Termin wurde verlegt: {when}, {site}, {place}.",
    },
    cancelled: Spoken {
        subject: "Ihr Termin beim Bürgerservice ist abgesagt",
        text: "Ihr Termin ({when}) ist abgesagt. Sie müssen nicht kommen.",
        sms: "Borgerservice: Ihr Termin ({when}) ist abgesagt. Sie müssen nicht kommen.",
    },
    reminder: Spoken {
        subject: "Erinnerung an Ihren Termin beim Bürgerservice: {when}",
        text: "Wir erinnern Sie an Ihren Termin: {when}.",
        sms: "Borgerservice: Denken Sie an Ihren Termin: {when}, {site}, {place}.",
    },
    missing: Spoken {
        subject: "Für Ihren Termin fehlt noch etwas: {when}",
        text: "Sie haben einen Termin ({when}), aber es fehlen noch Unterlagen. Ohne die mit * markierten können wir nichts abschließen. \
               Wenn Sie sie nicht mitbringen können, finden wir gern einen anderen Termin, damit Sie nicht umsonst kommen.",
        sms: "Borgerservice: Für Ihren Termin ({when}) fehlen noch Unterlagen. Wenn Sie sie nicht mitbringen können, rufen Sie uns bitte an.",
    },
    needless: Spoken {
        subject: "Sie müssen nicht zum Bürgerservice kommen",
        text: "Sie haben einen Termin ({when}), aber alles ist schon erledigt. Sagen Sie uns, wenn Sie trotzdem kommen möchten.",
        sms: "Borgerservice: Alles ist erledigt. Sie müssen nicht kommen ({when}). Rufen Sie an, wenn Sie trotzdem kommen möchten.",
    },
    minutes: "Es dauert etwa {n} Minuten.",
    place: "Ort: {site}, {place}",
    people: "Es sollen {n} Personen kommen.",
    interpreter: "Wir haben einen Dolmetscher bestellt. Das kostet Sie nichts.",
    bring: "Bitte bringen Sie mit:",
    nothing: "Wir brauchen keine Unterlagen von Ihnen.",
    marked: "Ohne das, was mit * markiert ist, können wir nichts abschließen.",
    spared: "Das haben wir schon. Sie müssen es nicht mitbringen:",
    approved: "geprüft am {day}",
    change: "Wenn Sie nicht kommen können oder einen anderen Termin möchten, antworten Sie auf diese E-Mail oder rufen Sie den Bürgerservice an. \
             Dann kann jemand anderes den Termin bekommen.",
    sms_bring: "Mitbringen: {list}.",
    sms_more: "und {n} weitere",
    sms_change: "Wenn Sie nicht kommen können, rufen Sie uns an.",
    say_bring: "Bitte bringen Sie mit:",
    say_first: "Das Wichtigste ist: {what}.",
    say_spared: "Das müssen Sie nicht mitbringen, denn wir haben es schon: {what}.",
    say_change: "Wenn Sie nicht kommen können, rufen Sie uns an, damit jemand anderes den Termin bekommt.",
    expires: "{what} läuft am {day} ab",
    expires_do: "Wenn eine Verlängerung nötig ist, buchen Sie rechtzeitig einen Termin beim Bürgerservice. Ist sie schon erledigt, müssen Sie \
                 nichts tun.",
    sms_expires: "Borgerservice: {what} läuft am {day} ab. Rufen Sie uns an, wenn Sie eine Verlängerung brauchen.",
    expiring: ["Ihr Führerschein", "Ihr Pass", "Ihr Namens- und Adressschutz", "Ihre Aufenthaltserlaubnis"],
};

const POLISH: Phrases = Phrases {
    weekdays: ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"],
    when: "{weekday}, {day}, godz. {time}",
    clock: ':',
    greeting: "Dzień dobry",
    regards: "Z poważaniem\nBiuro obsługi mieszkańców (Borgerservice), {site}",
    confirmed: Spoken {
        subject: "Wizyta w Borgerservice: {when}",
        text: "Potwierdzamy termin wizyty: {when}.",
        sms: "Borgerservice: Termin wizyty: {when}, {site}, {place}.",
    },
    moved: Spoken {
        subject: "Zmiana terminu wizyty: {when}",
        text: "Termin wizyty został zmieniony. Nowy termin: {when}.",
        sms: "Borgerservice: Zmiana terminu wizyty. Nowy termin: {when}, {site}, {place}.",
    },
    cancelled: Spoken {
        subject: "Wizyta w Borgerservice została odwołana",
        text: "Wizyta ({when}) została odwołana. Nie trzeba przychodzić.",
        sms: "Borgerservice: Wizyta ({when}) została odwołana. Nie trzeba przychodzić.",
    },
    reminder: Spoken {
        subject: "Przypomnienie o wizycie w Borgerservice: {when}",
        text: "Przypominamy o wizycie: {when}.",
        sms: "Borgerservice: Przypominamy o wizycie: {when}, {site}, {place}.",
    },
    missing: Spoken {
        subject: "Brakuje dokumentów na wizytę: {when}",
        text: "Zbliża się wizyta ({when}), ale wciąż brakuje dokumentów. Bez oznaczonych gwiazdką (*) nie możemy niczego załatwić. \
               Jeśli nie da się ich przynieść, prosimy o kontakt: znajdziemy inny termin, aby nie trzeba było przychodzić na próżno.",
        sms: "Borgerservice: Na wizytę ({when}) wciąż brakuje dokumentów. Jeśli nie da się ich przynieść, prosimy zadzwonić.",
    },
    needless: Spoken {
        subject: "Nie trzeba przychodzić do Borgerservice",
        text: "Zbliża się wizyta ({when}), ale wszystko jest już załatwione. Jeśli mimo to chcesz przyjść, prosimy o kontakt.",
        sms: "Borgerservice: Wszystko jest załatwione. Nie trzeba przychodzić ({when}). W razie pytań prosimy zadzwonić.",
    },
    minutes: "Wizyta potrwa około {n} minut.",
    place: "Miejsce: {site}, {place}",
    people: "Liczba osób, które mają przyjść: {n}.",
    interpreter: "Zamówiliśmy tłumacza. Jest to bezpłatne.",
    bring: "Prosimy zabrać ze sobą:",
    nothing: "Nie potrzebujemy od Ciebie żadnych dokumentów.",
    marked: "Bez tego, co oznaczono gwiazdką (*), nie możemy niczego załatwić.",
    spared: "To już mamy. Nie trzeba tego przynosić:",
    approved: "przyjęto {day}",
    change: "Jeśli nie możesz przyjść lub chcesz zmienić termin, odpowiedz na tę wiadomość lub zadzwoń do Borgerservice. \
             Wtedy z terminu skorzysta ktoś inny.",
    sms_bring: "Zabierz: {list}.",
    sms_more: "i jeszcze {n}",
    sms_change: "Jeśli nie możesz przyjść, zadzwoń.",
    say_bring: "Prosimy zabrać ze sobą:",
    say_first: "Najważniejsze: {what}.",
    say_spared: "Tego nie trzeba przynosić, bo już to mamy: {what}.",
    say_change: "Jeśli nie możesz przyjść, zadzwoń, aby ktoś inny mógł skorzystać z terminu.",
    expires: "{what}: ważność kończy się {day}",
    expires_do: "Jeśli potrzebne jest przedłużenie, prosimy odpowiednio wcześnie umówić wizytę w Borgerservice. Jeśli jest to już załatwione, \
                 nie trzeba nic robić.",
    sms_expires: "Borgerservice: {what}: ważność kończy się {day}. Aby przedłużyć, prosimy zadzwonić.",
    expiring: ["Prawo jazdy", "Paszport", "Ochrona nazwiska i adresu", "Zezwolenie na pobyt"],
};
