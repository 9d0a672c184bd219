//! Work on a case from the first paper to the decision, through the window's real program against the real server. What arrives from
//! outside comes by the intake route, as self-service sends it. What does not live here: the citizen's page (`course`), documents by
//! themselves (`documents`).

mod bad_input;
mod conflict;
mod eu_employee;
mod one_paper_two_cases;
mod other_parent;
mod rejected_photo;
mod revised_procedure;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use iced::Program;
use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::cases::CaseView;
use skranke::desk::{Desk, Place};
use skranke::domain::authority::Role;
use skranke::domain::checklist::{Due, ItemState};
use skranke::domain::{CaseId, CitizenId, CommandId, DocumentId, IntakeId, ItemId, LetterId};
use skranke::server::training::papers::{Drawing, Line, pdf};
use skranke::ui::App;

use crate::support::town::{Town, purpose};
use crate::support::window::Clerk;

/// Kalina's sister, who works here and has no case yet.
pub const SISTER: &str = "Danuta Wrona";

/// An item by its slug.
pub fn item(slug: &str) -> ItemId {
    ItemId::parse(slug).unwrap()
}

/// A paper for items, as a delivery carries it.
pub fn paper(name: &str, uses: &[(CaseId, &str)]) -> Value {
    document(name, &pdf(&[vec![Line::heading("Papir"), Line::plain(name)]]), uses)
}

/// A photograph for items; each grey is another one.
fn photo(grey: u8, uses: &[(CaseId, &str)]) -> Value {
    let mut picture = Drawing::new(70, 90, 14);
    picture.disc((35, 40), 20, grey);
    document("foto.png", &picture.png(), uses)
}

fn document(name: &str, content: &[u8], uses: &[(CaseId, &str)]) -> Value {
    let items: Vec<Value> = uses.iter().map(|(case, item)| json!({ "case": case, "item": item })).collect();
    json!({ "id": DocumentId::new(), "name": name, "content": STANDARD.encode(content), "items": items })
}

/// An application that she sent; gives its case.
pub fn applies(
    town: &Town,
    citizen: CitizenId,
    procedure: &str,
    facts: &Value,
    papers: impl Fn(CaseId) -> Vec<Value>,
) -> CaseId {
    let case = CaseId::new();
    let what = json!({ "kind": "application", "case": case, "procedure": procedure, "facts": facts, "state": "sent" });
    delivered(town, &delivery(citizen, &what, papers(case)));
    case
}

/// A reply to a request.
pub fn reply(citizen: CitizenId, request: LetterId, papers: Vec<Value>) -> Value {
    delivery(citizen, &json!({ "kind": "reply", "request": request, "text": "Her er det." }), papers)
}

fn delivery(citizen: CitizenId, what: &Value, papers: Vec<Value>) -> Value {
    json!({ "id": IntakeId::new(), "citizen": citizen, "what": what, "documents": papers })
}

/// Sends a delivery as self-service does; gives what became of it.
pub fn delivered(town: &Town, delivery: &Value) -> Value {
    let key = CommandId::new().to_string();
    town.run(async {
        let service = town.self_service();
        service.send(Method::POST, "/v1/intake", &[("idempotency-key", &key)], delivery).await.fine()
    })
}

/// A case as the server has it, for a role.
pub fn case_of(town: &Town, case: CaseId, role: Role) -> CaseView {
    town.run(async { town.api(role).case(case, &purpose()).await.unwrap().value })
}

/// An item of a case as the server has it.
pub fn state_of(case: &CaseView, id: &str) -> ItemState {
    case.items.iter().find(|one| one.id.as_str() == id).unwrap_or_else(|| panic!("{id}")).state
}

impl<P: Program<State = App> + 'static> Clerk<P> {
    /// Finds somebody and opens her case of a procedure, by keyboard alone.
    #[track_caller]
    pub fn opens(&mut self, name: &str, procedure: &str) -> &mut Self {
        self.open_citizen(name).open_case(procedure)
    }

    /// Chooses an item of the open case.
    #[track_caller]
    pub fn chooses(&mut self, slug: &str) -> ItemId {
        self.choose_item(|id, _| id.as_str() == slug)
    }

    /// The open case as the page knows it.
    pub fn case(&self) -> &CaseView {
        &self.desk().case().and_then(|page| page.view.value()).expect("an open case").value
    }

    /// Asks for the chosen item by keys, sends the letter, and waits until the case shows the request; gives it.
    #[track_caller]
    pub fn asks_for(&mut self, slug: &str) -> LetterId {
        let before: Vec<LetterId> = self.case().requests.iter().map(|one| one.id).collect();
        let wanted = self.chooses(slug);
        self.press(&["d"]).until("it is ticked in the letter", |desk| {
            let letter = desk.case().and_then(|page| page.request.letter.as_ref());
            letter.is_some_and(|letter| letter.ticked().any(|paper| paper.item == wanted))
        });
        self.read_word("request-title").press(&["Ctrl+Enter"]);
        let problem = self.desk().case().and_then(|page| page.request.letter.as_ref()?.problem);
        assert_eq!(problem, None, "the letter goes");
        self.item_becomes(&wanted, ItemState::Requested);
        self.everything_sent()
            .until("the request stands on the page", |desk| requests(desk).any(|id| !before.contains(&id)));
        let sent = requests(self.desk()).find(|id| !before.contains(id));
        sent.expect("the request")
    }

    /// Approves everything that came and is due before the visit, one after the other, by keys.
    #[track_caller]
    pub fn approves_what_came(&mut self) -> &mut Self {
        let came: Vec<ItemId> = self
            .case()
            .items
            .iter()
            .filter(|one| one.state == ItemState::Received && one.due == Due::BeforeVisit)
            .map(|one| one.id.clone())
            .collect();
        assert!(!came.is_empty(), "something came");
        for id in came {
            self.approves(id.as_str());
        }
        self.everything_sent()
    }

    /// Approves an item by keys.
    #[track_caller]
    pub fn approves(&mut self, slug: &str) -> &mut Self {
        let id = self.chooses(slug);
        self.press(&["a"]).item_becomes(&id, ItemState::Approved)
    }

    /// Books the first free time for the open case, by keys, and comes back to it.
    #[track_caller]
    fn books(&mut self) -> &mut Self {
        let case = self.case().row.id;
        self.press(&["b"]).until("the calendar", |desk| {
            desk.place() == Place::Calendar && desk.calendar.as_ref().is_some_and(|page| page.booking.is_some())
        });
        self.press(&["f"]);
        self.books_the_first_time().everything_sent();
        let procedure = self.case_procedure(case);
        self.press(&["Ctrl+2"]).open_case(&procedure);
        self.until("the case knows its time", |desk| {
            desk.case().and_then(|page| page.view.value()).is_some_and(|view| view.value.row.attendance.is_some())
        })
    }

    fn case_procedure(&self, case: CaseId) -> String {
        let page = self.desk().citizen().expect("a citizen's page");
        let row = page.rows().find(|row| row.case.id == case).expect("her case");
        row.case.procedure.to_string()
    }
}

fn requests(desk: &Desk) -> impl Iterator<Item = LetterId> {
    let view = desk.case().and_then(|page| page.view.value());
    view.into_iter().flat_map(|view| view.value.requests.iter().map(|one| one.id))
}
