//! The contract, convention by convention, through the real client and through plain HTTP.

mod all_procedures;
mod audit;
mod conventions;
mod course;
mod double_booking;
mod events;
mod overview;
mod refusals;
pub mod withheld;

use skranke::api::ETag;
use skranke::api::cases::{CaseView, ItemChange, ItemView};
use skranke::client::{CaseApi, Tagged};
use skranke::domain::CaseId;
use skranke::domain::authority::Role;
use skranke::domain::checklist::{ItemAction, ItemState};

use crate::support::town::{Town, purpose};

/// Opens a case.
async fn open(api: &CaseApi, case: CaseId) -> Tagged<CaseView> {
    api.case(case, &purpose()).await.unwrap()
}

/// An item that can be approved now.
pub fn approvable(case: &CaseView) -> &ItemView {
    let fits = |item: &&ItemView| matches!(item.state, ItemState::Missing | ItemState::Requested | ItemState::Received);
    case.items.iter().find(fits).expect("an item that is not judged yet")
}

/// A judgement with a reason where it needs one.
pub fn judgement(action: ItemAction) -> ItemChange {
    ItemChange { action, reason: action.needs_reason().then(|| "Underskrift mangler på side 2".to_owned()) }
}

/// How an item stands at the server.
async fn standing(api: &CaseApi, case: CaseId, item: &ItemView) -> (ItemState, ETag) {
    let view = open(api, case).await.value;
    let found = view.items.into_iter().find(|i| i.id == item.id).unwrap();
    (found.state, found.etag)
}

/// A case of the citizen that every town has to which somebody must come and for which no time is booked.
pub async fn bookable(town: &Town) -> CaseView {
    let api = town.api(Role::Clerk);
    for row in town.showcase_cases(Role::Clerk).await {
        let view = open(&api, row.id).await.value;
        if view.may.book && view.row.attendance.is_none() {
            return view;
        }
    }
    panic!("no case without its attendance");
}
