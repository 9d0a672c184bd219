//! The rule of who is next, case by case and under any arrival pattern.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const AIM: u16 = 15;

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_780_990_000 + minute * 60).unwrap()
}

fn id(n: u128) -> TicketId {
    TicketId(Uuid::from_u128(n))
}

fn walk_in(n: u128, came: i64) -> Candidate {
    Candidate {
        id: id(n),
        came: at(came),
        since: at(came),
        booked: None,
        not_before: None,
        called: None,
        department: None,
        counter: None,
        staff: None,
    }
}

fn counter(name: &str) -> CounterSkills {
    CounterSkills { counter: CounterId::parse(name).unwrap(), staff: None, departments: Vec::new() }
}

fn call(waiting: &[Candidate], now: i64) -> Option<(TicketId, CallReason)> {
    next(waiting, &counter("counter-4"), at(now), AIM)
}

#[test]
fn a_booked_time_that_has_come_goes_before_those_who_walked_in_and_nobody_is_called_from_an_empty_queue() {
    let booked = Candidate { booked: Some(at(20)), ..walk_in(2, 12) };
    let all = [walk_in(1, 8), booked];
    assert_eq!(call(&all, 14), Some((id(1), CallReason::LongestWait)), "her time has not come");
    assert_eq!(call(&all, 16), Some((id(2), CallReason::BookedTime)), "four minutes early, and nobody waits too long");
    assert_eq!(call(&all, 20), Some((id(2), CallReason::BookedTime)));
    let long = [walk_in(1, 0), all[1].clone()];
    assert_eq!(call(&long, 17), Some((id(1), CallReason::LongestWait)), "somebody waits longer than the aim");
    assert_eq!(call(&[], 20), None);
    assert_eq!(call(&all[1..], 13), Some((id(2), CallReason::LongestWait)), "nobody else is here");
}

#[test]
fn who_came_back_is_first_and_does_not_wait_a_second_time() {
    let back = Candidate { called: Some(at(10)), since: at(29), ..walk_in(2, 5) };
    let all = [walk_in(1, 0), back, Candidate { booked: Some(at(20)), ..walk_in(3, 15) }];
    assert_eq!(call(&all, 31), Some((id(2), CallReason::Returned)));
    let later = Candidate { not_before: Some(at(35)), ..all[1].clone() };
    let all = [all[0].clone(), later];
    assert_eq!(call(&all, 31), Some((id(1), CallReason::WaitedTooLong)), "she is to be called later");
    assert_eq!(call(&all, 35), Some((id(2), CallReason::Returned)));
    assert_eq!(call(&all[1..], 34), None, "she stepped out");
}

#[test]
fn nobody_goes_before_who_has_waited_more_than_twice_the_aim() {
    let all = [walk_in(1, 0), Candidate { booked: Some(at(25)), ..walk_in(2, 24) }];
    assert_eq!(call(&all, 30), Some((id(2), CallReason::BookedTime)));
    assert_eq!(call(&all, 31), Some((id(1), CallReason::WaitedTooLong)));
}

#[test]
fn who_is_promised_to_a_colleague_waits_for_her_but_not_for_ever() {
    let nina = StaffId(Uuid::from_u128(7));
    let promised = Candidate { called: Some(at(3)), since: at(10), staff: Some(nina), ..walk_in(1, 0) };
    let all = [promised, Candidate { called: Some(at(1)), ..walk_in(2, 0) }];
    let hers = CounterSkills { staff: Some(nina), ..counter("counter-1") };
    assert_eq!(next(&all, &hers, at(12), AIM), Some((id(1), CallReason::Returned)));
    assert_eq!(call(&all, 12), Some((id(2), CallReason::Returned)));
    assert_eq!(call(&all[..1], 40), None);
    assert_eq!(call(&all[..1], 41), Some((id(1), CallReason::Returned)), "Nina went home");
    let room = Candidate { counter: Some(CounterId::parse("room-a").unwrap()), ..walk_in(3, 0) };
    assert_eq!(call(std::slice::from_ref(&room), 5), None);
    assert_eq!(next(&[room], &counter("room-a"), at(5), AIM), Some((id(3), CallReason::LongestWait)));
}

#[test]
fn a_counter_calls_only_what_is_settled_there() {
    let siri = DepartmentId::parse("siri").unwrap();
    let kff = DepartmentId::parse("kff").unwrap();
    let all = [Candidate { department: Some(siri.clone()), ..walk_in(1, 0) }, walk_in(2, 3)];
    let own = CounterSkills { departments: vec![kff], ..counter("counter-1") };
    let desk = CounterSkills { departments: vec![siri], ..counter("siri-1") };
    assert_eq!(next(&all, &own, at(5), AIM), Some((id(2), CallReason::LongestWait)));
    assert_eq!(next(&all, &desk, at(5), AIM), Some((id(1), CallReason::LongestWait)));
}

#[test]
fn the_list_stands_in_the_order_in_which_people_are_called() {
    let all = [
        walk_in(1, 30),
        Candidate { booked: Some(at(55)), ..walk_in(2, 28) },
        Candidate { not_before: Some(at(45)), called: Some(at(20)), ..walk_in(3, 2) },
        Candidate { booked: Some(at(38)), ..walk_in(4, 36) },
        Candidate { called: Some(at(22)), ..walk_in(5, 20) },
        walk_in(6, 5),
        walk_in(7, 31),
    ];
    let order: Vec<u128> = order(&all, at(40), AIM).iter().map(|(id, _)| id.0.as_u128()).collect();
    assert_eq!(order, [5, 6, 4, 1, 7, 2, 3]);
}

/// What may happen in a minute at a site.
#[derive(Clone, Debug)]
enum Arrival {
    WalkIn(Option<&'static str>),
    Booked(i64),
    Promised,
    Back,
}

fn arrivals() -> impl Strategy<Value = Vec<Vec<Arrival>>> {
    let one = prop_oneof![
        4 => prop_oneof![Just(None), Just(Some("kff")), Just(Some("siri"))].prop_map(Arrival::WalkIn),
        2 => (-40i64..30).prop_map(Arrival::Booked),
        1 => Just(Arrival::Promised),
        1 => Just(Arrival::Back),
    ];
    prop::collection::vec(prop::collection::vec(one, 0..3), 1..70)
}

proptest! {
    /// Whoever comes and however: nobody who waits more than twice the aim is passed by anyone but a returned one or one who waits still
    /// longer, no two counters get the same one, and in the end everybody was called.
    #[test]
    fn nobody_starves(arrivals in arrivals(), service in prop::collection::vec(2i64..25, 1..40)) {
        let mut all = [counter("counter-1"), counter("counter-2"), counter("siri-1")];
        all[0].departments = vec![DepartmentId::parse("kff").unwrap()];
        all[2].departments = vec![DepartmentId::parse("siri").unwrap()];
        let mut busy_until = [0i64; 3];
        let (mut waiting, mut called, mut number) = (Vec::<Candidate>::new(), Vec::new(), 0u128);
        let mut minute = 0i64;
        loop {
            for arrival in arrivals.get(usize::try_from(minute).unwrap()).into_iter().flatten() {
                number += 1;
                let new = walk_in(number, minute);
                waiting.push(match arrival {
                    Arrival::WalkIn(department) => Candidate {
                        department: department.map(|slug| DepartmentId::parse(slug).unwrap()),
                        ..new
                    },
                    Arrival::Booked(in_minutes) => Candidate { booked: Some(at(minute + in_minutes)), ..new },
                    Arrival::Promised => Candidate { counter: Some(CounterId::parse("counter-2").unwrap()), ..new },
                    Arrival::Back => Candidate { called: Some(at(minute - 9)), came: at(minute - 20), ..new },
                });
            }
            let now = at(minute);
            for (place, skills) in all.iter().enumerate() {
                if busy_until[place] > minute {
                    continue;
                }
                let Some((id, reason)) = next(&waiting, skills, now, AIM) else { continue };
                let chosen = waiting.iter().position(|one| one.id == id).map(|at| waiting.remove(at)).unwrap();
                prop_assert!(!called.contains(&id), "nobody is called twice");
                if reason != CallReason::Returned {
                    for passed in &waiting {
                        let may = passed.is_open_to(skills, now, AIM) && passed.is_settled_at(skills);
                        let too_long = may && passed.waited(now) > minutes(AIM) * 2;
                        prop_assert!(!too_long || chosen.waits_from() <= passed.waits_from(), "{passed:?} is passed by {chosen:?}");
                    }
                }
                called.push(id);
                busy_until[place] = minute + service[called.len() % service.len()];
            }
            minute += 1;
            if usize::try_from(minute).unwrap() >= arrivals.len() && waiting.is_empty() {
                break;
            }
            prop_assert!(minute < 5_000, "somebody is never called: {waiting:?}");
        }
        prop_assert_eq!(called.len(), usize::try_from(number).unwrap());
    }

    /// The first of the list is whom a counter that settles everything calls, unless she is promised elsewhere.
    #[test]
    fn the_first_of_the_list_is_the_next(came in prop::collection::vec((0i64..90, prop::option::of(-20i64..60), any::<bool>()), 1..40)) {
        let all: Vec<Candidate> = (1u128..)
            .zip(&came)
            .map(|(n, (came, booked, called))| Candidate {
                booked: booked.map(|minutes| at(came + minutes)),
                called: called.then(|| at(came + 1)),
                ..walk_in(n, *came)
            })
            .collect();
        let listed = order(&all, at(90), AIM);
        prop_assert_eq!(listed.len(), all.len());
        prop_assert_eq!(Some((listed[0].0, listed[0].1.reason())), call(&all, 90));
    }
}
