//! The procedure guide as written in the catalogue: how a task is solved, how an authority is reached. What does not live here: which tasks
//! and departments there are (see `entries`).

use super::reader::{Entry, Placed};
use crate::guide::{Guide, GuideLink, Reach};

/// Links are opened by clerks who trust them: nothing but `https`, and a host.
const SCHEME: &str = "https://";

pub(super) fn guide(entry: &Entry<'_>) -> Guide {
    let links = entry.tables("links");
    let forms = entry.tables("forms");
    let guide = Guide {
        summary: entry.optional_localized("summary"),
        steps: entry.localized_list("steps"),
        phone: entry.optional_localized("phone"),
        follow_up: entry.optional_localized("follow_up"),
        links: links.iter().filter_map(|table| link(table, Needs::Address)).collect(),
        forms: forms.iter().filter_map(|table| link(table, Needs::TitleAlone)).collect(),
        taxable: entry.optional_word("taxable").map(|word| word.value),
        income_dependent: entry.optional_word("income_dependent").map(|word| word.value),
        money_note: entry.optional_localized("money_note"),
        complaint: entry.optional_localized("complaint"),
    };
    entry.finish();
    guide
}

pub(super) fn reach(entry: &Entry<'_>) -> Reach {
    let phone = entry.optional_text("phone");
    let page = entry.optional_text("page");
    let reach = Reach {
        phone_hours: entry.optional_localized("phone_hours"),
        hours: entry.optional_localized("hours"),
        place: entry.optional_localized("place"),
        complaint: entry.optional_localized("complaint"),
        phone: phone.as_ref().map(|phone| phone.value.clone()),
        page: page.as_ref().map(|page| page.value.clone()),
    };
    entry.finish();
    if let Some(page) = &page {
        check_address(entry, "page", page);
    }
    if let Some(phone) = phone.filter(|phone| !is_phone(&phone.value)) {
        entry.file().wrong(phone.line, format!("`phone` is \"{}\"", phone.value), "a number such as 33 66 33 66");
    }
    reach
}

/// What a link must have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// A link without an address leads nowhere.
    Address,
    /// A form may lie in a drawer.
    TitleAlone,
}

fn link(entry: &Entry<'_>, needs: Needs) -> Option<GuideLink> {
    let title = entry.localized("title");
    let address = match needs {
        Needs::Address => entry.text("address"),
        Needs::TitleAlone => entry.optional_text("address"),
    };
    entry.finish();
    if let Some(address) = &address {
        check_address(entry, "address", address);
    }
    Some(GuideLink { title: title?, address: address.map(|address| address.value) })
}

fn check_address(entry: &Entry<'_>, key: &str, address: &Placed<String>) {
    let host = address.value.strip_prefix(SCHEME).map(|rest| rest.split('/').next().unwrap_or_default());
    let is_host = |host: &str| {
        host.contains('.') && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
    };
    if !host.is_some_and(is_host) || address.value.contains(char::is_whitespace) {
        let found = format!("`{key}` is \"{}\"", address.value);
        entry.file().wrong(address.line, found, "an address that begins with https://");
    }
}

/// Groups of digits with a space between, as Danish numbers are written; `+` before a country. The shortest is 112.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = |c: char| c.is_ascii_digit() || c == ' ';
    text.strip_prefix('+').unwrap_or(text).chars().all(fits) && (3..=14).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use crate::procedure::Standing;

    fn with(name: &str, from: &str, to: &str) -> Vec<super::super::Mistake> {
        let files: Vec<(&str, String)> = Catalogue::builtin_files()
            .iter()
            .map(|(file, text)| {
                if file.ends_with(name) {
                    assert!(text.contains(from), "{from} in {name}");
                    (*file, text.replacen(from, to, 1))
                } else {
                    (*file, (*text).to_owned())
                }
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        Catalogue::parse(&files).err().unwrap_or_default()
    }

    #[test]
    fn every_task_says_how_it_is_solved_and_who_follows_up() {
        let catalogue = Catalogue::builtin().unwrap();
        assert_eq!(catalogue.tasks.len(), 138);
        let mut summaries = std::collections::BTreeSet::new();
        for task in &catalogue.tasks {
            let id = &task.id;
            let guide = task.guide.as_ref().unwrap_or_else(|| panic!("{id} has no guide"));
            let summary = guide.summary.as_ref().unwrap_or_else(|| panic!("{id} has no summary"));
            assert!(guide.follow_up.is_some() && guide.phone.is_some() && !guide.links.is_empty(), "{id}");
            assert!(summaries.insert((summary.da.clone(), summary.en.clone())), "{id} says what another task says");
            assert_ne!(summary.da, summary.en, "{id} is in one language");
            if task.standing == Standing::MovedToState {
                assert!(task.moved_to.is_some(), "{id} moved to nobody");
            }
        }
    }

    #[test]
    fn every_department_and_authority_can_be_reached() {
        let catalogue = Catalogue::builtin().unwrap();
        for department in &catalogue.departments {
            let reach = department.reach.as_ref().unwrap_or_else(|| panic!("{} cannot be reached", department.id));
            assert!(reach.page.is_some() && reach.phone_hours.is_some() && reach.hours.is_some(), "{}", department.id);
            assert!(reach.place.is_some() && reach.complaint.is_some(), "{}", department.id);
        }
        let kff = catalogue.departments.iter().find(|department| department.id.as_str() == "kff").unwrap();
        assert_eq!(kff.reach.as_ref().unwrap().phone.as_deref(), Some("33 66 33 66"));
    }

    #[test]
    fn a_link_that_is_not_safe_is_named_with_its_line() {
        for bad in ["http://www.kk.dk", "javascript:alert(1)", "https://", "https://kk", "https://www.kk.dk/a b"] {
            let mistakes = with("tasks.toml", "\"https://bbr.dk\"", &format!("\"{bad}\""));
            assert_eq!(mistakes.len(), 1, "{bad}: {mistakes:?}");
            assert!(mistakes[0].line > 10 && mistakes[0].expected.contains("https://"), "{}", mistakes[0]);
        }
        let mistakes = with("departments.toml", "reach.page = \"https://www.kk.dk\"", "reach.page = \"www.kk.dk\"");
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
        let mistakes = with("departments.toml", "reach.phone = \"33 66 33 66\"", "reach.phone = \"ask the host\"");
        assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    }

    #[test]
    fn a_guide_in_one_language_or_with_an_unknown_word_is_a_mistake() {
        let mistakes = with("tasks.toml", "guide.taxable = \"no\"", "guide.taxable = \"maybe\"");
        assert!(mistakes.len() == 1 && mistakes[0].expected.contains("depends"), "{mistakes:?}");
        let mistakes = with("tasks.toml", "guide.phone = { da = ", "guide.phone = { dansk = ");
        assert!(!mistakes.is_empty() && mistakes.iter().all(|m| m.file.ends_with("tasks.toml")), "{mistakes:?}");
        let mistakes = with("municipalities.toml", "code = \"0147\"", "code = \"147\"");
        assert!(mistakes.len() == 1 && mistakes[0].expected.contains("0101"), "{mistakes:?}");
    }
}
