//! Who works in the training municipality. What lives here: names, departments and phones, all invented. What does not: signing in (the
//! personas of `crate::auth`).

use skranke_domain::StaffId;
use skranke_domain::authority::Role;

use super::names::COLLEAGUES;
use super::rng::Ids;
use crate::auth::{persona_id, persona_name};
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Read, Result, word};

/// Caseworkers of other departments, who answer for cases by name.
const ELSEWHERE: &[(&str, &str)] = &[
    ("Per Ravnkilde", "buf"),
    ("Lone Vinterager", "buf"),
    ("Malthe Tofteby", "buf"),
    ("Grethe Lyngholm", "suf"),
    ("Ivar Moselund", "suf"),
    ("Dorthe Skærbæk", "sof"),
    ("Knud Uglebjerg", "sof"),
    ("Steen Fjordmark", "tmf"),
    ("Tove Hjortlund", "bif"),
    ("Henrik Piledal", "bif"),
    ("Signe Aabo", "okf"),
    ("Poul Egestrup", "okf"),
    // Last, so that nobody else's identifier depends on him.
    ("Omar Hjelm", "kff"),
];

/// The identifier of a colleague who is no persona; it follows from her place in the lists alone.
#[must_use]
pub fn colleague_id(ids: Ids, name: &str) -> Option<StaffId> {
    let all = COLLEAGUES.iter().copied().chain(ELSEWHERE.iter().map(|(name, _)| *name));
    let place = (1_i64..).zip(all).find(|(_, known)| *known == name)?.0;
    Some(StaffId(ids.get("staff", place)))
}

/// Writes everybody who works here, unless somebody is there already.
pub async fn write(conn: &mut Conn, ids: Ids) -> Result<()> {
    if sqlx::query("SELECT MAX(no) FROM staff").fetch_one(&mut *conn).await?.opt_int(0)?.is_some() {
        return Ok(());
    }
    let mut table = Bulk::new("staff", &["id", "name", "initials", "department", "role", "phone"]);
    let personas = [Role::Clerk, Role::Caseworker, Role::TeamLeader, Role::Host];
    let here = personas.map(|role| (persona_id(role), persona_name(role), "kff", role));
    let known = |name: &'static str, department| {
        Some((
            colleague_id(ids, name)?,
            name,
            department,
            if department == "kff" { Role::Clerk } else { Role::Caseworker },
        ))
    };
    let colleagues = COLLEAGUES.iter().filter_map(|name| known(name, "kff"));
    let elsewhere = ELSEWHERE.iter().filter_map(|(name, department)| known(name, *department));
    for (at, (id, name, department, role)) in (0_i64..).zip(here.into_iter().chain(colleagues).chain(elsewhere)) {
        table.push([
            id.0.into(),
            name.into(),
            initials(name).into(),
            department.into(),
            word(&role).into(),
            // Four digits inside the house, one after the other.
            format!("{}", 4100 + at).into(),
        ]);
    }
    table.send(conn, Rest::Send).await
}

fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).collect()
}
