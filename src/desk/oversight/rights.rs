//! Who may what, as rows: what ends soon first, then what ended, then the rest by name. What does not live here: how a row looks.

use jiff::Span;
use jiff::civil::Date;
use skranke_api::access::StaffRights;
use skranke_domain::authority::Authority;

use super::OversightPage;

/// What ends within so many days stands first.
pub const SOON_DAYS: i8 = 30;

/// How an authority stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It ends soon, on that day.
    Ends(Date),
    /// It ended on that day.
    Expired(Date),
    /// It begins on that day.
    Begins(Date),
    /// It holds, perhaps until a day that is far.
    Holds,
    /// She has none.
    None,
}

impl Standing {
    fn of(authority: &Authority, today: Date) -> Self {
        let soon = today.checked_add(Span::new().days(SOON_DAYS)).unwrap_or(today);
        match (authority.from, authority.until) {
            (_, Some(until)) if until < today => Self::Expired(until),
            (Some(from), _) if from > today => Self::Begins(from),
            (_, Some(until)) if until <= soon => Self::Ends(until),
            _ => Self::Holds,
        }
    }
}

/// A row: somebody, and one of her authorities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RightLine<'a> {
    /// Who.
    pub staff: &'a StaffRights,
    /// What she may; none where she may nothing.
    pub authority: Option<&'a Authority>,
    /// How that stands.
    pub standing: Standing,
}

impl OversightPage {
    /// Who may what, in the order in which it is shown.
    #[must_use]
    pub fn right_lines(&self, today: Date) -> Vec<RightLine<'_>> {
        let mut lines: Vec<RightLine<'_>> = Vec::new();
        for staff in self.rights.value().into_iter().flatten() {
            if staff.authorities.is_empty() {
                lines.push(RightLine { staff, authority: None, standing: Standing::None });
            }
            lines.extend(staff.authorities.iter().map(|authority| RightLine {
                staff,
                authority: Some(authority),
                standing: Standing::of(authority, today),
            }));
        }
        // Who may nothing stands among who may something, by name.
        let rank = |one: &RightLine<'_>| match one.standing {
            Standing::None => Standing::Holds,
            standing => standing,
        };
        lines.sort_by(|a, b| {
            let names = || a.staff.name.cmp(&b.staff.name);
            let departments = || a.authority.map(|one| &one.department).cmp(&b.authority.map(|one| &one.department));
            rank(a).cmp(&rank(b)).then_with(names).then_with(departments)
        });
        lines
    }

    /// The row that the keys act on.
    #[must_use]
    pub fn chosen_right(&self, today: Date) -> Option<RightLine<'_>> {
        let lines = self.right_lines(today);
        lines.get(self.right.min(lines.len().checked_sub(1)?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use skranke_domain::DepartmentId;
    use skranke_domain::authority::Level;

    use super::*;

    fn authority(from: Option<Date>, until: Option<Date>) -> Authority {
        Authority { from, until, ..Authority::of(DepartmentId::parse("kff").unwrap(), Level::Guidance) }
    }

    #[test]
    fn thirty_days_from_today_is_soon_and_the_last_day_still_holds() {
        let today = date(2026, 6, 9);
        let standing = |from, until| Standing::of(&authority(from, until), today);
        assert_eq!(standing(None, Some(date(2026, 7, 9))), Standing::Ends(date(2026, 7, 9)));
        assert_eq!(standing(None, Some(date(2026, 7, 10))), Standing::Holds);
        assert_eq!(standing(None, Some(today)), Standing::Ends(today));
        assert_eq!(standing(None, Some(date(2026, 6, 8))), Standing::Expired(date(2026, 6, 8)));
        assert_eq!(standing(Some(date(2026, 6, 10)), None), Standing::Begins(date(2026, 6, 10)));
    }
}
