//! Who is on a case now. It is true now or not at all, so it lives in memory and in no table. What does not live here: what somebody did
//! there (the case's history).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use skranke_api::casework::{Doing, PRESENCE_SECONDS, PresenceRequest, PresenceView, Presences};
use skranke_api::events::EventKind;
use skranke_api::paths;
use skranke_domain::procedure::Procedure;
use skranke_domain::{CaseId, ItemId, StaffId};

use super::super::cases::visible;
use crate::App;
use crate::auth::Person;
use crate::extract::{Json, Path};
use crate::problem::{Answer, Refusal, json};
use crate::store::cases::Stored;
use crate::store::events::{self, News};

/// Says what one does on a case, and hears who else is there.
#[utoipa::path(post, path = "/v1/cases/{case}/presence", operation_id = "presence", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = PresenceRequest, responses((status = 200, body = Presences)))]
pub async fn say(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    Json(request): Json<PresenceRequest>,
) -> Answer<Response> {
    let case = visible(&mut *app.store.read().await?, &app, &person, id).await?;
    if let Some(item) = &request.item
        && case.procedure.items.iter().all(|template| template.id != *item)
    {
        return Err(Refusal::field("/item", "unknown", "this case has no such item"));
    }
    let now = app.clock.now();
    if app.presence.say(&person, id, &request, now) == Said::Anew {
        tell(&app, &case, now).await?;
    }
    json(&Presences { others: app.presence.others(person.id(), id, &case.procedure, now) })
}

/// Tells whoever may see the case that somebody came, left or began something else; never who or what: they ask again.
async fn tell(app: &App, case: &Stored, now: Timestamp) -> Answer<()> {
    let news = News {
        kind: EventKind::Presence,
        subject: paths::presence(case.row.id),
        etag: None,
        actor: None,
        command: None,
        citizen: None,
        case: Some(case.row.id),
        department: Some(case.row.department.clone()),
    };
    let mut tx = app.store.begin().await?;
    events::add(&mut tx, now, &news).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(())
}

/// Whether what somebody says is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// Somebody came, left, or does something else.
    Anew,
    /// Everything is as it was.
    Again,
}

struct Here {
    staff: StaffId,
    name: String,
    initials: String,
    doing: Doing,
    item: Option<ItemId>,
    until: Timestamp,
}

/// Everybody who is on a case now.
#[derive(Default)]
pub struct Present(Mutex<HashMap<CaseId, Vec<Here>>>);

impl Present {
    fn say(&self, person: &Person, case: CaseId, request: &PresenceRequest, now: Timestamp) -> Said {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = all.get(&case).map_or(0, Vec::len);
        // Whoever says nothing for a while has left, here and on every other case.
        all.retain(|_, list| {
            list.retain(|one| one.until > now);
            !list.is_empty()
        });
        let list = all.entry(case).or_default();
        let mut said = if list.len() == here { Said::Again } else { Said::Anew };
        let at = list.iter().position(|one| one.staff == person.id());
        match (request.doing, at) {
            (Doing::Left, None) => {}
            (Doing::Left, Some(at)) => {
                list.remove(at);
                said = Said::Anew;
            }
            (doing, at) => {
                let item = request.item.clone().filter(|_| doing == Doing::Editing);
                let until = now + SignedDuration::from_secs(i64::try_from(PRESENCE_SECONDS).unwrap_or(i64::MAX));
                match at.and_then(|at| list.get_mut(at)) {
                    Some(known) => {
                        if (known.doing, &known.item) != (doing, &item) {
                            said = Said::Anew;
                        }
                        (known.doing, known.item, known.until) = (doing, item, until);
                    }
                    None => {
                        said = Said::Anew;
                        let (staff, name) = (person.id(), person.me.name.clone());
                        list.push(Here { staff, name, initials: person.me.initials.clone(), doing, item, until });
                    }
                }
            }
        }
        if list.is_empty() {
            all.remove(&case);
        }
        said
    }

    /// Everybody else on a case, in the order in which they came.
    pub(in crate::routes) fn others(
        &self,
        me: StaffId,
        case: CaseId,
        procedure: &Procedure,
        now: Timestamp,
    ) -> Vec<PresenceView> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let label = |id: &ItemId| procedure.items.iter().find(|item| item.id == *id).map(|item| item.label.clone());
        all.get(&case)
            .into_iter()
            .flatten()
            .filter(|one| one.staff != me && one.until > now)
            .map(|one| PresenceView {
                staff: one.staff,
                name: one.name.clone(),
                initials: one.initials.clone(),
                doing: one.doing,
                item: one.item.as_ref().and_then(label),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use skranke_domain::authority::Role;
    use skranke_domain::catalogue::Catalogue;

    use super::*;
    use crate::auth::{Auth, Doorkeeper, PersonaTokens};

    #[test]
    fn who_says_nothing_for_a_while_has_left() {
        let tokens = PersonaTokens::random();
        let door = Doorkeeper::new(&Auth::Training { tokens: tokens.clone() });
        let person = |role| door.person(tokens.of(role)).unwrap().clone();
        let (ida, mette) = (person(Role::Clerk), person(Role::Caseworker));
        let catalogue = Catalogue::builtin().unwrap();
        let procedure = &catalogue.procedures[0];
        let (present, case, other) = (Present::default(), CaseId::new(), CaseId::new());
        let start: Timestamp = "2026-06-09T08:06:00Z".parse().unwrap();
        let after = |seconds: i64| start + SignedDuration::from_secs(seconds);
        let reads = PresenceRequest { doing: Doing::Reading, item: None };
        let item = procedure.items[0].id.clone();
        let edits = PresenceRequest { doing: Doing::Editing, item: Some(item) };
        assert_eq!(present.say(&ida, case, &reads, after(0)), Said::Anew);
        assert_eq!(present.say(&mette, case, &edits, after(60)), Said::Anew);
        assert_eq!(present.say(&mette, case, &edits, after(70)), Said::Again);
        let seen = present.others(ida.id(), case, procedure, after(80));
        assert_eq!((seen.len(), seen[0].initials.as_str(), seen[0].doing), (1, "MB", Doing::Editing));
        assert_eq!(seen[0].item.as_ref(), Some(&procedure.items[0].label));
        assert_eq!(present.others(mette.id(), case, procedure, after(89)).len(), 1);
        assert!(present.others(mette.id(), case, procedure, after(90)).is_empty(), "nothing was heard for 90 seconds");
        assert_eq!(present.say(&mette, case, &edits, after(100)), Said::Anew, "somebody left in silence");
        assert_eq!(
            present.say(&mette, case, &PresenceRequest { doing: Doing::Left, item: None }, after(101)),
            Said::Anew
        );
        assert_eq!(present.say(&ida, other, &reads, after(102)), Said::Anew);
        assert_eq!(present.0.lock().unwrap().len(), 1, "nobody is on the first case");
    }
}
