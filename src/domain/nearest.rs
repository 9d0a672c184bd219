//! "Did you mean …?" for names in the catalogue's files. What does not live here: searching for citizens.

/// The nearest of some names, if one is near enough to be what was meant.
pub(crate) fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let reach = (typed.chars().count() / 3).max(1);
    names.into_iter().map(|name| (edits(typed, name), name)).filter(|(n, _)| *n <= reach).min().map(|(_, name)| name)
}

/// How many letters must be added, dropped or changed to make one word of the other.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n, a) in from.chars().enumerate() {
        let mut corner = row[0];
        row[0] = n + 1;
        for (m, b) in to.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[m + 1];
            row[m + 1] = changed.min(row[m] + 1).min(corner + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_and_nothing_far_off() {
        assert_eq!(nearest("kkf", ["kff", "buf", "siri"]), Some("kff"));
        assert_eq!(nearest("person.agee", ["person.age", "stay.ground"]), Some("person.age"));
        assert_eq!(nearest("moon", ["kff", "buf", "siri"]), None);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
