//! How a procedure is decided: eyes, reasons to choose from, where to complain. What does not live here: the steps of a decision (see
//! [`crate::decision`]).

use std::collections::BTreeSet;

use super::check::Names;
use super::entries::provenance;
use super::reader::{Entry, Placed};
use crate::ReasonId;
use crate::authority::Level;
use crate::decision::{DecisionOutcome, DecisionReason, DecisionRule, Eyes, may_decide};

/// What every procedure must have reasons for, as far as its level decides it at all.
const NEEDED: [DecisionOutcome; 4] =
    [DecisionOutcome::Granted, DecisionOutcome::Refused, DecisionOutcome::PassedOn, DecisionOutcome::Withdrawn];

/// Reads the table `decision` of a procedure; one without it is a mistake, since nobody could be told why.
pub(super) fn decision(entry: &Entry<'_>, level: Option<Level>, names: &Names) -> Option<DecisionRule> {
    let table = entry.table("decision")?;
    let eyes = table.word::<Eyes>("eyes");
    let issues = table.optional_citizen_text("issues");
    let mut seen = BTreeSet::new();
    let reasons: Vec<DecisionReason> =
        table.tables("reason").iter().filter_map(|one| reason(one, level, &mut seen)).collect();
    let complaint = table.optional_citizen_text("complaint");
    let provenance = provenance(&table, names);
    table.finish();
    let decided = |outcome: &&DecisionOutcome| level.is_none_or(|level| may_decide(level, **outcome).is_ok());
    for outcome in NEEDED.iter().filter(decided) {
        if !reasons.iter().any(|reason| reason.outcomes.contains(outcome)) {
            table.wrong(
                format!("no reason for {outcome:?}"),
                "at least one `[[decision.reason]]` that may stand behind it",
            );
        }
    }
    if complaint.is_none() && level.is_none_or(|level| level != Level::Guidance) {
        table.wrong("no `complaint`", "where and until when to complain (forvaltningsloven § 25)");
    }
    Some(DecisionRule { eyes: eyes?.value, issues, reasons, complaint, provenance: provenance? })
}

fn reason(entry: &Entry<'_>, level: Option<Level>, seen: &mut BTreeSet<ReasonId>) -> Option<DecisionReason> {
    let id: Option<Placed<ReasonId>> = entry.id("id");
    let outcomes: Vec<DecisionOutcome> = entry.words("outcomes");
    let title = entry.localized("title");
    let text = entry.citizen_text("text");
    let rule = entry.optional_text("rule");
    entry.finish();
    if let Some(id) = &id
        && !seen.insert(id.value.clone())
    {
        entry.file().wrong(id.line, format!("reason \"{}\" a second time", id.value), "another name");
    }
    if outcomes.is_empty() {
        entry.wrong("no `outcomes`", "at least one outcome that the reason may stand behind");
    }
    if let Some(level) = level
        && let Some(outcome) = outcomes.iter().find(|outcome| may_decide(level, **outcome).is_err())
    {
        entry.wrong(
            format!("a reason for {outcome:?} where we only guide"),
            "`passed_on` or `withdrawn`: another authority decides",
        );
    }
    Some(DecisionReason { id: id?.value, outcomes, title: title?, text: text?, rule: rule.map(|rule| rule.value) })
}

#[cfg(test)]
mod tests {
    use crate::authority::Level;
    use crate::catalogue::Catalogue;
    use crate::decision::{DecisionOutcome, Eyes};

    /// The mistakes of the built-in files with one procedure changed.
    fn mistakes(file: &str, change: impl Fn(&str) -> String) -> Vec<String> {
        let name = format!("assets/catalogue/procedures/{file}.toml");
        let files: Vec<(&str, String)> = Catalogue::builtin_files()
            .iter()
            .map(|(n, text)| (*n, if *n == name { change(text) } else { (*text).to_owned() }))
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(n, text)| (*n, text.as_str())).collect();
        let found = Catalogue::parse(&files).err().unwrap_or_default();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_procedure_says_how_it_is_decided_and_where_to_complain() {
        for procedure in Catalogue::builtin().unwrap().procedures {
            let id = &procedure.id;
            let rule = procedure.decision.unwrap_or_else(|| panic!("{id}"));
            assert!(rule.complaint.is_some() && !rule.reasons.is_empty(), "{id}");
            let granted = rule.reasons.iter().any(|reason| reason.outcomes.contains(&DecisionOutcome::Granted));
            assert_eq!(granted, procedure.level != Level::Guidance, "{id}: what we only guide is only passed on");
            assert_eq!(rule.issues.is_some(), granted, "{id}: what is granted has a name");
            let known = rule.provenance.note.is_some();
            assert!(known, "{id}: nothing here was verified, and it says so");
        }
    }

    #[test]
    fn a_registration_in_the_register_of_persons_is_looked_at_twice() {
        let catalogue = Catalogue::builtin().unwrap();
        let entered = |id: &str| id.starts_with("cpr-") || id == "reentry-danish-citizen";
        let others = ["eu-residence-certificate", "name-change", "payment-agreement"];
        for procedure in &catalogue.procedures {
            let id = procedure.id.as_str();
            if entered(id) || others.contains(&id) {
                assert_eq!(procedure.decision.as_ref().map(|rule| rule.eyes), Some(Eyes::Four), "{id}");
            }
        }
    }

    #[test]
    fn a_decision_that_nobody_could_give_a_reason_for_is_a_mistake() {
        for (file, from, to, told) in [
            ("passport", "outcomes = [\"granted\"]", "outcomes = [\"refused\"]", "no reason for Granted"),
            (
                "passport",
                "id = \"papers-missing\"",
                "id = \"conditions-met\"",
                "reason \"conditions-met\" a second time",
            ),
            ("passport", "eyes = \"two\"", "eyes = \"three\"", "`eyes` is \"three\", expected"),
            ("passport", "outcomes = [\"withdrawn\"]", "outcomes = []", "no `outcomes`"),
            (
                "name-change",
                "outcomes = [\"withdrawn\"]",
                "outcomes = [\"withdrawn\", \"granted\"]",
                "where we only guide",
            ),
        ] {
            let found = mistakes(file, |text| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            });
            assert!(found.iter().any(|mistake| mistake.contains(told)), "{told}: {found:#?}");
        }
        let nothing = mistakes("marriage", |text| text[..text.find("\n[decision]").unwrap()].to_owned());
        assert!(nothing.iter().any(|mistake| mistake.contains("no `decision`")), "{nothing:#?}");
        let without = mistakes("marriage", |text| {
            text.lines().filter(|line| !line.starts_with("complaint.")).collect::<Vec<_>>().join("\n")
        });
        assert!(without.iter().any(|mistake| mistake.contains("no `complaint`")), "{without:#?}");
    }
}
