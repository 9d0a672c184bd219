//! One method a route of the contract. What does not live here: how a request travels (`transport.rs`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use skranke_api::appointments::{Appointment, AppointmentChange, BookRequest, Calendar, Site, Slot};
use skranke_api::cases::{CaseView, ContactView, ItemChange, ItemChanged};
use skranke_api::changes::{ChangeTouches, OfficeRules};
use skranke_api::citizens::{
    CitizenView, HiddenField, RevealRequest, Revealed, SearchAnswer, SearchRequest, Verification, VerifyRequest,
};
use skranke_api::handovers::{Colleague, HandoverView};
use skranke_api::me::{DepartmentHealth, Me};
use skranke_api::notes::{NoteView, PromiseView};
use skranke_api::overview::{CaseRow, Missing, Overview};
use skranke_api::situations::SituationList;
use skranke_api::{Cursor, ETag, Page, Purpose, headers, paths};
use skranke_domain::life_situation::LifeSituationKind;
use skranke_domain::procedure::{Procedure, Task};
use skranke_domain::{AppointmentId, CaseId, ChangeId, CitizenId, CommandId, CounterId, ItemId, ProcedureId};

use super::transport::{decode, etag_of, media_type};
use super::{Call, CaseApi, CaseQuery, OutboxRequest, Responsible, Sent, Tagged};
use crate::error::ClientError;
use crate::outbox::Method;

/// Every method fails with [`ClientError`]; reads are tried again within the limits, changes never: that is the outbox's work.
impl CaseApi {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn me(&self) -> Result<Me, ClientError> {
        self.read(&Call::get(paths::ME), "me").await
    }

    /// The departments and how they are.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn departments(&self) -> Result<Vec<DepartmentHealth>, ClientError> {
        self.whole_list(paths::DEPARTMENTS, "departments").await
    }

    /// The kinds of life situations.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn life_situations(&self) -> Result<Vec<LifeSituationKind>, ClientError> {
        self.whole_list(paths::LIFE_SITUATIONS, "life situations").await
    }

    /// The procedures of the catalogue.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn procedures(&self) -> Result<Vec<Procedure>, ClientError> {
        self.whole_list(paths::PROCEDURES, "procedures").await
    }

    /// One procedure.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn procedure(&self, id: &ProcedureId) -> Result<Procedure, ClientError> {
        self.read(&Call::get(paths::procedure(id)), "procedure").await
    }

    /// The tasks of the task guide.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn tasks(&self) -> Result<Vec<Task>, ClientError> {
        self.whole_list(paths::TASKS, "tasks").await
    }

    /// Searches citizens. The question travels in the body: a CPR number stands in no address. Where the line is broken, whoever takes
    /// kept answers gets those whom she opened on this machine.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn search(&self, question: &SearchRequest) -> Result<SearchAnswer, ClientError> {
        match self.read(&Call::ask(paths::SEARCH, question)?, "hits").await {
            Ok(answer) => Ok(answer),
            Err(error) => self.find_kept(question, error).await,
        }
    }

    /// Opens a citizen.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn citizen(&self, id: CitizenId, purpose: &Purpose) -> Result<CitizenView, ClientError> {
        self.read(&Call::get(paths::citizen(id)).because(Some(purpose)), "citizen").await
    }

    /// Fetches one hidden field.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn reveal(&self, id: CitizenId, field: HiddenField, purpose: &Purpose) -> Result<Revealed, ClientError> {
        let question = RevealRequest { field, purpose: purpose.clone() };
        self.read(&Call::ask(paths::reveal(id), &question)?, "hidden field").await
    }

    /// A citizen's cases over all departments, gathered. See [`CaseApi::overview_stream`] for the one that shows each as it answers.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn overview(&self, id: CitizenId, purpose: &Purpose) -> Result<Overview, ClientError> {
        self.read(&Call::get(paths::overview(id)).because(Some(purpose)), "overview").await
    }

    /// A page of cases, soonest deadline first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn cases(&self, query: &CaseQuery, cursor: Option<&Cursor>) -> Result<Page<CaseRow>, ClientError> {
        let me = (query.responsible == Responsible::Me).then(|| "me".to_owned());
        let call = Call::get(paths::CASES)
            .query("citizen", query.citizen.map(|id| id.to_string()))
            .query("column", query.column.as_ref().and_then(word))
            .query("department", query.department.as_ref().map(ToString::to_string))
            .query("procedure", query.procedure.as_ref().map(ToString::to_string))
            .query("responsible", me)
            .query("limit", query.limit.map(|n| n.to_string()))
            .query("cursor", cursor.map(|c| c.0.clone()))
            .because(query.purpose.as_ref());
        self.read(&call, "cases").await
    }

    /// Opens a case.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn case(&self, id: CaseId, purpose: &Purpose) -> Result<Tagged<CaseView>, ClientError> {
        self.tagged(&Call::get(paths::case(id)).because(Some(purpose)), "case").await
    }

    /// Judges an item of a checklist; `seen` is the item's version. The window goes through the outbox instead.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn change_item(
        &self,
        command: CommandId,
        case: CaseId,
        item: &ItemId,
        seen: &ETag,
        change: &ItemChange,
    ) -> Result<Tagged<ItemChanged>, ClientError> {
        let path = paths::checklist_item(case, item);
        self.tagged(&Call::change(reqwest::Method::PATCH, &path, change, command, Some(seen))?, "item").await
    }

    /// What the counter goes by: kinds of paper, rules of "settle now", kinds of change.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn rules(&self) -> Result<OfficeRules, ClientError> {
        self.read(&Call::get(paths::RULES), "rules").await
    }

    /// What is missing over all of a citizen's cases, each paper once.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn missing(&self, id: CitizenId, purpose: &Purpose) -> Result<Missing, ClientError> {
        self.read(&Call::get(paths::missing(id)).because(Some(purpose)), "missing papers").await
    }

    /// A citizen's notes: attention first, then the newest.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn notes(&self, id: CitizenId, purpose: &Purpose) -> Result<Page<NoteView>, ClientError> {
        self.read(&Call::get(paths::notes(id)).because(Some(purpose)), "notes").await
    }

    /// The promises made to a citizen: overdue first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn promises(&self, id: CitizenId, purpose: &Purpose) -> Result<Page<PromiseView>, ClientError> {
        self.read(&Call::get(paths::promises(id)).because(Some(purpose)), "promises").await
    }

    /// A citizen's life situations, open and proposed.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn situations(&self, id: CitizenId, purpose: &Purpose) -> Result<SituationList, ClientError> {
        self.read(&Call::get(paths::situations(id)).because(Some(purpose)), "life situations").await
    }

    /// What a change touches for a citizen.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn change_touches(
        &self,
        id: CitizenId,
        change: &ChangeId,
        purpose: &Purpose,
    ) -> Result<ChangeTouches, ClientError> {
        self.read(&Call::get(paths::change_touches(id, change)).because(Some(purpose)), "what a change touches").await
    }

    /// The questions that verify a caller.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn verification(&self, id: CitizenId, purpose: &Purpose) -> Result<Verification, ClientError> {
        let question = VerifyRequest { purpose: purpose.clone() };
        self.read(&Call::ask(paths::verification(id), &question)?, "verifying questions").await
    }

    /// Hand-overs about a citizen.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn handovers_of(&self, id: CitizenId, purpose: &Purpose) -> Result<Page<HandoverView>, ClientError> {
        let call = Call::get(paths::HANDOVERS).query("citizen", Some(id.to_string())).because(Some(purpose));
        self.read(&call, "hand-overs").await
    }

    /// Hand-overs that came to this person or her unit.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn handovers_in(&self) -> Result<Page<HandoverView>, ClientError> {
        self.read(&Call::get(paths::HANDOVERS).query("box", Some("in".to_owned())), "hand-overs").await
    }

    /// Colleagues by name or department.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn colleagues(&self, words: &str) -> Result<Page<Colleague>, ClientError> {
        let words = Some(words.trim().to_owned()).filter(|words| !words.is_empty());
        self.read(&Call::get(paths::COLLEAGUES).query("q", words), "colleagues").await
    }

    /// The sites and their counters.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn sites(&self) -> Result<Vec<Site>, ClientError> {
        self.whole_list(paths::SITES, "sites").await
    }

    /// The earliest free times at a counter, `limit` at most.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn slots(
        &self,
        counter: &CounterId,
        from: Timestamp,
        minutes: u16,
        limit: u16,
    ) -> Result<Vec<Slot>, ClientError> {
        let call = Call::get(paths::SLOTS)
            .query("counter", Some(counter.to_string()))
            .query("from", Some(from.to_string()))
            .query("minutes", Some(minutes.to_string()))
            .query("limit", Some(limit.to_string()));
        Ok(self.read::<Page<Slot>>(&call, "slots").await?.items)
    }

    /// The calendar of a counter, both days included.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn calendar(&self, counter: &CounterId, from: Date, to: Date) -> Result<Calendar, ClientError> {
        let call = Call::get(paths::APPOINTMENTS)
            .query("counter", Some(counter.to_string()))
            .query("from", Some(from.to_string()))
            .query("to", Some(to.to_string()));
        self.read(&call, "calendar").await
    }

    /// A citizen's appointments, past and to come.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn citizen_appointments(&self, id: CitizenId, purpose: &Purpose) -> Result<Calendar, ClientError> {
        let call = Call::get(paths::APPOINTMENTS).query("citizen", Some(id.to_string())).because(Some(purpose));
        self.read(&call, "appointments").await
    }

    /// One appointment.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn appointment(&self, id: AppointmentId, purpose: &Purpose) -> Result<Tagged<Appointment>, ClientError> {
        self.tagged(&Call::get(paths::appointment(id)).because(Some(purpose)), "appointment").await
    }

    /// Books a time. The window goes through the outbox instead.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn book(&self, command: CommandId, booking: &BookRequest) -> Result<Tagged<Appointment>, ClientError> {
        let call = Call::change(reqwest::Method::POST, paths::APPOINTMENTS, booking, command, None)?;
        self.tagged(&call, "appointment").await
    }

    /// Changes an appointment; `seen` is its version. The window goes through the outbox instead.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn change_appointment(
        &self,
        command: CommandId,
        id: AppointmentId,
        seen: &ETag,
        change: &AppointmentChange,
    ) -> Result<Tagged<Appointment>, ClientError> {
        let path = paths::appointment(id);
        self.tagged(&Call::change(reqwest::Method::PATCH, &path, change, command, Some(seen))?, "appointment").await
    }

    /// A page of a citizen's contacts, newest first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn contacts(
        &self,
        id: CitizenId,
        purpose: &Purpose,
        cursor: Option<&Cursor>,
    ) -> Result<Page<ContactView>, ClientError> {
        let call = Call::get(paths::CONTACTS)
            .query("citizen", Some(id.to_string()))
            .query("cursor", cursor.map(|c| c.0.clone()))
            .because(Some(purpose));
        self.read(&call, "contacts").await
    }

    /// Sends one change of the outbox, once (a lost server is looked for, since nothing left then).
    ///
    /// # Errors
    /// [`ClientError`]; after any but a problem, the change may have been made.
    pub async fn send(&self, request: &OutboxRequest) -> Result<Sent, ClientError> {
        let method = match request.method {
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
        };
        let call = Call::change(method, &request.path, &request.body, request.id, request.if_match.as_ref())?;
        let response = self.answer(&call).await?;
        let etag = etag_of(&response);
        let replayed = response.headers().get(headers::IDEMPOTENT_REPLAYED).is_some_and(|v| v == "true");
        let is_json = media_type(&response) == "application/json";
        let bytes = self.body(response, self.limits().answer_bytes).await?;
        let value = match (bytes.is_empty(), is_json) {
            (true, _) => serde_json::Value::Null,
            (false, true) => decode(&bytes, "answer to a change")?,
            (false, false) => return Err(ClientError::Garbage { what: "answer to a change" }),
        };
        Ok(Sent { value, etag, replayed })
    }

    pub(super) async fn read<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        what: &'static str,
    ) -> Result<T, ClientError> {
        Ok(self.json(call, what).await?.0)
    }

    pub(super) async fn tagged<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        what: &'static str,
    ) -> Result<Tagged<T>, ClientError> {
        let (value, etag) = self.json(call, what).await?;
        let etag = etag.ok_or(ClientError::Garbage { what: "version" })?;
        Ok(Tagged { value, etag })
    }

    /// A list that fits on one page.
    async fn whole_list<T: DeserializeOwned>(&self, path: &str, what: &'static str) -> Result<Vec<T>, ClientError> {
        Ok(self.read::<Page<T>>(&Call::get(path), what).await?.items)
    }
}

/// The word of an enum on the wire.
pub(super) fn word(value: &impl Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}
