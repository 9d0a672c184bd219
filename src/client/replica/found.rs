//! Finding citizens without a line: among those whom this person opened on this machine, and nobody else. What does not live here: the search
//! of the whole city (the server's).

use skranke_api::citizens::{AddressView, CitizenView, Hit, QueryKind, SearchRequest};
use skranke_domain::citizen::Address;

/// The citizens that a search means, those that surely are meant first.
pub(super) fn found(people: impl Iterator<Item = CitizenView>, request: &SearchRequest) -> Vec<Hit> {
    let mut hits: Vec<Hit> = people
        .filter(|one| request.born.is_none_or(|born| born == one.born))
        .filter_map(|one| meant(&one, request).map(|how| hit(one, how)))
        .collect();
    hits.sort_by(|a, b| {
        (a.near, &a.surname, &a.given_name, a.citizen).cmp(&(b.near, &b.surname, &b.given_name, b.citizen))
    });
    hits.truncate(usize::from(request.limit));
    hits
}

/// How surely somebody is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Exactly,
    /// The last digits of a CPR number are not kept: the birth date alone fits.
    Perhaps,
}

fn meant(one: &CitizenView, request: &SearchRequest) -> Option<Meant> {
    let wanted = folded(&request.query);
    let fits = match request.kind {
        QueryKind::Name => begins_so(&format!("{} {}", one.given_name, one.surname), &wanted),
        QueryKind::Address => match &one.address {
            AddressView::Shown(address) => begins_so(&address_line(address), &wanted),
            AddressView::Protected | AddressView::Unknown => false,
        },
        QueryKind::Cpr => {
            let (typed, kept) = (digits(&request.query), digits(&one.cpr_masked));
            return (kept.len() >= 6 && typed.starts_with(&kept)).then_some(Meant::Perhaps);
        }
        QueryKind::Phone => {
            let (typed, kept) = (digits(&request.query), one.phone.as_deref().map(digits).unwrap_or_default());
            typed.len() >= 8 && kept.ends_with(&typed)
        }
        QueryKind::Email => one.email.as_deref().is_some_and(|email| folded(email) == wanted),
        QueryKind::CaseNumber => false,
    };
    fits.then_some(Meant::Exactly)
}

fn address_line(address: &Address) -> String {
    format!("{} {} {}", address.street, address.postcode, address.district)
}

fn hit(one: CitizenView, how: Meant) -> Hit {
    Hit {
        citizen: one.id,
        given_name: one.given_name,
        surname: one.surname,
        cpr_masked: one.cpr_masked,
        age: one.age,
        address: one.address,
        status: one.status,
        case: None,
        near: how == Meant::Perhaps,
    }
}

/// Whether each of the wanted words is how a word of a text begins.
fn begins_so(text: &str, wanted: &str) -> bool {
    let text = folded(text);
    let parted = |c: char| c.is_whitespace() || c == '-' || c == ',' || c == '.';
    let mut words = wanted.split(parted).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| text.split(parted).any(|have| have.starts_with(word)))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
