//! The letter that tells a decision, in the languages that citizens read, with Danish below where it is another. Its fixed phrases are data
//! here, as those of [`crate::letter`]. What does not live here: paper, fonts, who gets it.

use jiff::civil::Date;

use super::{DecisionOutcome, DecisionReason, DecisionRule};
use crate::letter::LetterLanguage;
use crate::{CitizenText, Localized};

/// A part of the letter, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What the letter is: one line.
    Heading(String),
    /// What a paragraph is about: one line.
    Subheading(String),
    /// Text, with lines of its own where it has them.
    Text(String),
    /// What follows says the same in Danish.
    InDanish(String),
}

/// What the letter says.
#[derive(Clone, Debug)]
pub struct DecisionLetter<'a> {
    /// What is decided.
    pub outcome: DecisionOutcome,
    /// What the citizen calls the matter.
    pub matter: &'a CitizenText,
    /// The reasons as the clerk wrote them.
    pub text: &'a str,
    /// The language they are written in.
    pub language: LetterLanguage,
    /// The reasons of the catalogue that were chosen.
    pub reasons: Vec<&'a DecisionReason>,
    /// How the procedure is decided; none where nobody wrote it down.
    pub rule: Option<&'a DecisionRule>,
    /// The authority that decides.
    pub authority: &'a Localized,
    /// The authority that the case is passed on to.
    pub passed_to: Option<&'a Localized>,
    /// The day of the decision.
    pub day: Date,
    /// The municipality that writes.
    pub from: &'a str,
}

impl DecisionLetter<'_> {
    /// The letter: in its language, and below it in Danish where that is another. The clerk's own words stand once, in their language; the
    /// Danish part repeats the reasons as the catalogue words them.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = self.in_language(self.language, self.text.trim());
        if self.language != LetterLanguage::Danish {
            parts.push(Part::InDanish("På dansk".to_owned()));
            let reasons: Vec<&str> = self.reasons.iter().map(|reason| reason.text.da.as_str()).collect();
            parts.extend(self.in_language(LetterLanguage::Danish, &reasons.join("\n\n")));
        }
        parts
    }

    fn in_language(&self, language: LetterLanguage, reasons: &str) -> Vec<Part> {
        let phrases = phrases(language);
        let said = |text: &CitizenText| text.written_in(language.code()).unwrap_or(&text.en).to_owned();
        let name =
            |name: &Localized| if language == LetterLanguage::Danish { name.da.clone() } else { name.en.clone() };
        let heading = phrases.outcome(self.outcome).replace("{matter}", &said(self.matter));
        let mut parts = vec![Part::Heading(heading)];
        if self.outcome.needs_papers()
            && let Some(issues) = self.rule.and_then(|rule| rule.issues.as_ref())
        {
            parts.push(Part::Text(phrases.gets.replace("{what}", &said(issues))));
        }
        if !reasons.is_empty() {
            parts.push(Part::Subheading(phrases.why.to_owned()));
            parts.push(Part::Text(reasons.to_owned()));
        }
        let mut rules: Vec<&str> = Vec::new();
        for rule in self.reasons.iter().filter_map(|reason| reason.rule.as_deref()) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        if !rules.is_empty() {
            parts.push(Part::Text(phrases.rests_on.replace("{rules}", &rules.join("; "))));
        }
        // A decision that gives everything that was asked for needs no guidance on complaints (forvaltningsloven § 25, stk. 1), but one
        // that does more than that is none the worse for it: what is withdrawn alone has nothing to complain about.
        if self.outcome != DecisionOutcome::Withdrawn
            && let Some(complaint) = self.rule.and_then(|rule| rule.complaint.as_ref())
        {
            parts.push(Part::Subheading(phrases.complain.to_owned()));
            parts.push(Part::Text(said(complaint)));
        }
        let decided = match self.passed_to {
            Some(other) => phrases.passed.replace("{authority}", &name(other)),
            None => phrases.decided.replace("{authority}", &name(self.authority)),
        };
        let decided = decided.replace("{municipality}", self.from).replace("{day}", &language.day(self.day));
        parts.push(Part::Text(decided));
        parts
    }
}

/// The fixed phrases in one language.
struct Phrases {
    granted: &'static str,
    partly: &'static str,
    refused: &'static str,
    passed_on: &'static str,
    withdrawn: &'static str,
    gets: &'static str,
    why: &'static str,
    rests_on: &'static str,
    complain: &'static str,
    decided: &'static str,
    passed: &'static str,
}

impl Phrases {
    const fn outcome(&self, outcome: DecisionOutcome) -> &'static str {
        match outcome {
            DecisionOutcome::Granted => self.granted,
            DecisionOutcome::PartlyGranted => self.partly,
            DecisionOutcome::Refused => self.refused,
            DecisionOutcome::PassedOn => self.passed_on,
            DecisionOutcome::Withdrawn => self.withdrawn,
        }
    }
}

const fn phrases(language: LetterLanguage) -> &'static Phrases {
    match language {
        LetterLanguage::Danish => &DANISH,
        LetterLanguage::English => &ENGLISH,
        LetterLanguage::German => &GERMAN,
        LetterLanguage::Polish => &POLISH,
    }
}

const DANISH: Phrases = Phrases {
    granted: "{matter}: vi siger ja",
    partly: "{matter}: vi siger ja til en del",
    refused: "{matter}: vi siger nej",
    passed_on: "{matter}: sagen er sendt videre",
    withdrawn: "{matter}: sagen er lukket",
    gets: "Du får: {what}.",
    why: "Derfor",
    rests_on: "Afgørelsen bygger på: {rules}.",
    complain: "Hvis du vil klage",
    decided: "{authority}, {municipality}, har truffet afgørelsen den {day}.",
    passed: "{municipality} har sendt sagen til {authority} den {day}. {authority} træffer afgørelsen.",
};

const ENGLISH: Phrases = Phrases {
    granted: "{matter}: we say yes",
    partly: "{matter}: we say yes to a part",
    refused: "{matter}: we say no",
    passed_on: "{matter}: the case was passed on",
    withdrawn: "{matter}: the case is closed",
    gets: "You get: {what}.",
    why: "Why",
    rests_on: "The decision rests on: {rules}.",
    complain: "If you want to complain",
    decided: "{authority}, {municipality}, made the decision on {day}.",
    passed: "{municipality} sent the case to {authority} on {day}. {authority} makes the decision.",
};

const GERMAN: Phrases = Phrases {
    granted: "{matter}: wir stimmen zu",
    partly: "{matter}: wir stimmen zum Teil zu",
    refused: "{matter}: wir lehnen ab",
    passed_on: "{matter}: der Fall wurde weitergeleitet",
    withdrawn: "{matter}: der Fall ist geschlossen",
    gets: "Sie erhalten: {what}.",
    why: "Begründung",
    rests_on: "Rechtsgrundlage: {rules}.",
    complain: "Wenn Sie sich beschweren möchten",
    decided: "{authority}, {municipality}, hat die Entscheidung am {day} getroffen.",
    passed: "{municipality} hat den Fall am {day} an {authority} gesendet. {authority} entscheidet.",
};

const POLISH: Phrases = Phrases {
    granted: "{matter}: decyzja pozytywna",
    partly: "{matter}: decyzja częściowo pozytywna",
    refused: "{matter}: decyzja odmowna",
    passed_on: "{matter}: sprawa została przekazana",
    withdrawn: "{matter}: sprawa została zamknięta",
    gets: "Przyznano: {what}.",
    why: "Uzasadnienie",
    rests_on: "Podstawa prawna: {rules}.",
    complain: "Odwołanie",
    decided: "Decyzję podjął urząd {authority}, {municipality}, dnia {day}.",
    passed: "Dnia {day} {municipality} przekazała sprawę do: {authority}. Decyzję podejmie {authority}.",
};

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalogue::Catalogue;

    fn text_of(parts: &[Part]) -> String {
        let line = |part: &Part| match part {
            Part::Heading(text) | Part::Subheading(text) | Part::Text(text) | Part::InDanish(text) => text.clone(),
        };
        parts.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_decision_that_the_catalogue_knows_becomes_a_letter_without_a_gap_in_every_language() {
        let catalogue = Catalogue::builtin().unwrap();
        for procedure in &catalogue.procedures {
            let rule = procedure.decision.as_ref().unwrap();
            let authority = &catalogue.department(&procedure.department).unwrap().name;
            let matter = procedure.citizen_title.clone().unwrap();
            for (outcome, language) in
                DecisionOutcome::ALL.iter().flat_map(|o| LetterLanguage::ALL.iter().map(move |l| (*o, *l)))
            {
                let reasons: Vec<&DecisionReason> =
                    rule.reasons.iter().filter(|reason| reason.outcomes.contains(&outcome)).collect();
                if reasons.is_empty() {
                    continue;
                }
                let letter = DecisionLetter {
                    outcome,
                    matter: &matter,
                    text: "Alles in Ordnung.",
                    language,
                    reasons,
                    rule: Some(rule),
                    authority,
                    passed_to: (outcome == DecisionOutcome::PassedOn).then_some(authority),
                    day: date(2026, 6, 9),
                    from: "Skovvig Kommune",
                };
                let text = text_of(&letter.parts());
                assert!(!text.contains('{') && text.contains("2026") && text.contains("Skovvig Kommune"), "{text}");
                assert_eq!(text.contains("På dansk"), language != LetterLanguage::Danish, "{text}");
                let danish = text.contains(&authority.da);
                assert!(danish, "the authority is named in Danish in every letter: {text}");
            }
        }
    }

    #[test]
    fn a_polish_refusal_says_why_where_to_complain_and_says_it_again_in_danish() {
        let catalogue = Catalogue::builtin().unwrap();
        let procedure = catalogue.procedure(&"cpr-eu-employee".parse().unwrap()).unwrap();
        let rule = procedure.decision.as_ref().unwrap();
        let letter = DecisionLetter {
            outcome: DecisionOutcome::Refused,
            matter: procedure.citizen_title.as_ref().unwrap(),
            text: "Nie otrzymaliśmy umowy najmu.",
            language: LetterLanguage::Polish,
            reasons: rule.reasons.iter().filter(|r| r.id.as_str() == "no-real-stay").collect(),
            rule: Some(rule),
            authority: &catalogue.department(&procedure.department).unwrap().name,
            passed_to: None,
            day: date(2026, 6, 9),
            from: "Skovvig Kommune",
        };
        let text = text_of(&letter.parts());
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in {text}"));
        assert!(at("decyzja odmowna") < at("Nie otrzymaliśmy umowy najmu."));
        assert!(at("Nie otrzymaliśmy umowy najmu.") < at("Odwołanie") && at("Odwołanie") < at("På dansk"));
        assert!(at("På dansk") < at("vi siger nej") && at("vi siger nej") < at("reelt er rejst ind"));
        assert!(text.contains("CPR-loven § 16") && text.contains("Du kan klage til CPR-administrationen"));
        assert_eq!(text.matches("Nie otrzymaliśmy").count(), 1, "her own words stand once, in their language");
        assert!(!text.contains("Przyznano"), "nothing is given");
    }
}
