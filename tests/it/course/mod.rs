//! What a clerk does on the citizen page from the first key to the registered contact, through the window's real program by keys, against
//! the real server. What does not live here: her cases and the calendar (`flows`), the contract by itself (`contract`).

mod calls;
mod changes;
mod clipboard;
mod divorce;
mod handed_over;
mod key_counts;
mod letters;
mod locked;
mod office;
mod promises;
mod restarted;
mod trust;
mod turned;
mod two_stands;
mod withheld;

use skranke::api::handovers::Receiver;
use skranke::domain::authority::Role;

use crate::support::town::Town;

/// The colleague behind a role, as somebody to hand over to.
fn receiver(town: &Town, role: Role) -> Receiver {
    let me = town.run(async { town.api(role).me().await.unwrap() });
    Receiver::Colleague { id: me.id }
}
