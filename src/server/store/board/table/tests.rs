//! The board's counts over a handful of cases drawn by hand, and over many drawn by chance: what is counted is what is listed.

use jiff::civil::date;
use proptest::prelude::*;
use skranke_domain::MunicipalityId;

use super::*;

const TODAY: Date = date(2026, 6, 9);
const EVENING: i64 = 1_000_000;

fn who<'a>(withheld: &'a [&'a str]) -> Onlooker<'a> {
    Onlooker { person: StaffId(Uuid::from_u128(1)), department: "kff", withheld, today: TODAY, evening: EVENING }
}

fn all() -> BoardFilter {
    BoardFilter { scope: Scope::All, ..BoardFilter::default() }
}

fn in_days(days: i32) -> Date {
    TODAY.saturating_add(jiff::Span::new().days(days))
}

fn entry(words: &mut Words, no: i64, column: Column) -> Entry {
    Entry {
        no,
        received: no,
        received_on: TODAY,
        deadline: NO_DEADLINE,
        column,
        next_step: NextStep::CitizenSendsPapers,
        department: words.learn("kff"),
        procedure: words.learn("passport"),
        situation: words.learn(""),
        responsible: None,
        municipality: words.learn("koebenhavn"),
        came: None,
        asked_on: None,
        attendance_on: None,
        closed_on: None,
        open: 1,
        awaited: 1,
        rests_until: None,
    }
}

fn table(entries: impl IntoIterator<Item = Entry>, words: Words) -> Table {
    let mut table = Table { words, ..Table::default() };
    entries.into_iter().for_each(|entry| table.put(entry));
    table
}

#[test]
fn a_case_that_rests_is_never_past_its_deadline() {
    let mut words = Words::default();
    let late = Entry { deadline: in_days(-1), ..entry(&mut words, 1, Column::InProgress) };
    let rests = Entry { no: 2, rests_until: Some(TODAY), ..late.clone() };
    let rested = Entry { no: 3, rests_until: Some(in_days(-1)), ..late.clone() };
    let closed = Entry { no: 4, received: 4, column: Column::Closed, closed_on: Some(TODAY), ..late.clone() };
    let table = table([late, rests, rested, closed], words);
    assert_eq!(table.tally(who(&[]), &all(), 9).past, 2);
    let past = BoardFilter { due: Some(DueFilter::Past), ..all() };
    assert_eq!(table.page(who(&[]), &past, None, 9), [(1, 1), (1, 3)]);
}

#[test]
fn closed_cases_stand_on_the_board_for_their_week() {
    let mut words = Words::default();
    let monday = Entry { closed_on: Some(in_days(-1)), ..entry(&mut words, 1, Column::Closed) };
    let sunday = Entry { no: 2, closed_on: Some(in_days(-2)), ..monday.clone() };
    let tally = table([monday, sunday], words).tally(who(&[]), &all(), 9);
    assert_eq!((tally.columns[3].count, &tally.columns[3].first[..]), (1, &[1][..]));
    assert_eq!((tally.scopes, tally.median), ([0; 3], None), "scopes and ages are of open cases");
}

#[test]
fn ages_stand_in_their_shades() {
    let mut words = Words::default();
    let aged = [0, 2, 3, 7, 8, 14, 15, 90]
        .map(|days| Entry { received_on: in_days(-days), ..entry(&mut words, i64::from(days), Column::InProgress) });
    let tally = table(aged, words).tally(who(&[]), &all(), 0);
    assert_eq!(tally.columns[0].ages, [2, 2, 2, 2]);
    assert_eq!((tally.median, tally.columns[0].first.len()), (Some(8), 0));
}

#[test]
fn the_weather_names_the_least_effort_first() {
    let mut words = Words::default();
    let mut crossing = |no, next_step, asked_on, days| Entry {
        next_step,
        asked_on,
        deadline: in_days(days),
        ..entry(&mut words, no, Column::InProgress)
    };
    let asked = Some(in_days(-8));
    let entries = [
        crossing(1, NextStep::CitizenSendsPapers, None, 3),
        crossing(2, NextStep::CitizenSendsPapers, asked, 3),
        crossing(3, NextStep::BookAttendance, None, 3),
        crossing(4, NextStep::CheckPapers, None, 3),
        crossing(5, NextStep::Decide, None, 3),
        crossing(6, NextStep::CitizenSendsPapers, asked, 0),
        crossing(7, NextStep::Decide, None, 7),
        crossing(8, NextStep::Decide, None, -1),
        Entry { attendance_on: Some(in_days(11)), ..crossing(9, NextStep::Attendance, None, 6) },
    ];
    let tally = table(entries, words).tally(who(&[]), &all(), 9);
    let lines: Vec<_> = tally.crossing.iter().map(|line| (line.no, line.effort)).collect();
    use Effort::{Ask, Book, CheckPapers, Decide, Extend, Remind};
    assert_eq!(lines, [(6, Extend), (5, Decide), (4, CheckPapers), (3, Book), (2, Remind), (1, Ask), (9, Extend)]);
    assert_eq!(tally.days, [1, 0, 0, 5, 0, 0, 1]);
}

#[test]
fn a_facet_counts_as_if_its_own_condition_were_not_there() {
    let mut words = Words::default();
    let greve = words.learn("greve");
    let here = entry(&mut words, 1, Column::InProgress);
    let there = Entry { no: 2, municipality: greve, ..here.clone() };
    let waits = Entry { no: 3, column: Column::AwaitingCitizen, ..there.clone() };
    let filter = BoardFilter {
        municipality: Some(MunicipalityId::parse("koebenhavn").unwrap()),
        column: Some(Column::InProgress),
        ..all()
    };
    let tally = table([here, there, waits], words).tally(who(&[]), &filter, 9);
    assert_eq!(tally.municipalities, [("greve".to_owned(), 1), ("koebenhavn".to_owned(), 1)]);
    assert_eq!((tally.departments, tally.scopes), (vec![("kff".to_owned(), 1)], [0, 1, 1]));
}

#[test]
fn what_is_known_of_a_case_is_replaced() {
    let mut words = Words::default();
    let open = entry(&mut words, 1, Column::InProgress);
    let mut table = table([open.clone()], words);
    table.put(Entry { column: Column::AwaitingCitizen, ..open });
    let tally = table.tally(who(&[]), &all(), 9);
    assert_eq!((table.len(), tally.columns[0].count, tally.columns[1].count), (1, 0, 1));
}

fn some_entry() -> impl Strategy<Value = Entry> {
    let day = || (-20_i32..20).prop_map(in_days);
    let maybe = || proptest::option::of(day());
    let columns = prop::sample::select(COLUMNS.to_vec());
    let steps = prop::sample::select(NextStep::ALL.to_vec());
    let course = (0_i64..60, 0_i64..50, day(), maybe(), columns, steps);
    let rest = (1_u32..4, 1_u32..4, 0_u32..4, 0_u128..3, maybe(), maybe(), maybe(), 0_u16..3, any::<bool>());
    (course, rest).prop_map(|((no, received, received_on, deadline, column, next_step), rest)| {
        let (department, municipality, situation, responsible, asked_on, closed_on, rests_until, awaited, came) = rest;
        Entry {
            no,
            received,
            received_on,
            deadline: deadline.unwrap_or(NO_DEADLINE),
            column,
            next_step,
            department,
            procedure: 1,
            situation,
            responsible: Some(responsible).filter(|id| *id > 0).map(Uuid::from_u128),
            municipality,
            came: came.then_some(EVENING),
            asked_on,
            attendance_on: None,
            closed_on,
            open: awaited,
            awaited,
            rests_until,
        }
    })
}

fn some_filter() -> impl Strategy<Value = BoardFilter> {
    use proptest::option::of;
    use proptest::sample::select;
    let scopes = select(vec![Scope::Mine, Scope::Team, Scope::All]);
    let dues = select(vec![DueFilter::Past, DueFilter::Today, DueFilter::Week, DueFilter::None]);
    let missings =
        select(vec![MissingFilter::Something, MissingFilter::Nothing, MissingFilter::ToCheck, MissingFilter::Waited]);
    let sorts = select(vec![BoardSort::Oldest, BoardSort::Newest, BoardSort::Deadline, BoardSort::LatestDeadline]);
    let places = of(select(vec!["a", "b", "never"]));
    (scopes, of(select(COLUMNS.to_vec())), of(dues), of(missings), sorts, places).prop_map(
        |(scope, column, due, missing, sort, place)| BoardFilter {
            scope,
            column,
            due,
            missing,
            sort,
            municipality: place.map(|slug| MunicipalityId::parse(slug).unwrap()),
            ..BoardFilter::default()
        },
    )
}

proptest! {
    #[test]
    fn days_are_counted_as_the_calendar_counts_them(from in 0_i32..200_000, apart in 0_i32..100_000) {
        let day = |n: i32| date(1850, 1, 1).saturating_add(jiff::Span::new().days(n));
        prop_assert_eq!(days(day(from), day(from + apart)), apart);
        prop_assert_eq!(days(day(from + apart), day(from)), -apart);
    }

    #[test]
    fn pages_give_each_case_once_and_as_many_as_were_counted(
        entries in prop::collection::vec(some_entry(), 0..60),
        filter in some_filter(),
        most in 1_usize..9,
    ) {
        let mut words = Words::default();
        ["a", "b", "kff"].iter().for_each(|text| { words.learn(text); });
        let table = table(entries, words);
        let tally = table.tally(who(&["b"]), &filter, 5);
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = table.page(who(&["b"]), &filter, after, most);
            prop_assert!(page.len() <= most);
            let Some(last) = page.last() else { break };
            after = Some(*last);
            seen.extend(page);
        }
        prop_assert!(seen.windows(2).all(|two| two[0] < two[1]), "in order, none twice");
        let counted: u32 = tally.columns.iter().map(|column| column.count).sum();
        prop_assert_eq!(seen.len(), counted as usize);
        for (column, counted) in COLUMNS.iter().zip(&tally.columns) {
            prop_assert_eq!(counted.ages.iter().sum::<u32>(), counted.count);
            if filter.column.is_none_or(|only| only == *column) {
                let wanted = BoardFilter { column: Some(*column), ..filter.clone() };
                let cards = table.page(who(&["b"]), &wanted, None, 5);
                prop_assert_eq!(cards.into_iter().map(|(_, no)| no).collect::<Vec<_>>(), counted.first.clone());
            }
        }
        prop_assert_eq!(tally.crossing.len(), tally.days.iter().sum::<u32>() as usize);
        prop_assert!(tally.departments.iter().all(|(department, _)| department != "b"), "what is withheld leaves no trace");
    }
}
