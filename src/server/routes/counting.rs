//! What is counted when: a visit that ended, a contact that was registered, somebody who has to come again. Called by the routes of these
//! things inside their own transactions. What is written carries nobody: see `migrations/0012_figures.sql`. What does not live here: adding up.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::contacts::ContactRequest;
use skranke_api::tickets::Ticket;
use skranke_domain::appointment::{CounterKind, RebookCause};
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::{ContactId, DepartmentId, LifeSituationId, ProcedureId, SiteId};

use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::statistics::FOLLOWED_DAYS;
use crate::store::statistics::{self, Marks, Visit};
use crate::store::{Conn, Result, meta};

impl App {
    /// Under which matter of the rules a visit or inquiry is counted.
    pub(super) fn matter(&self, situation: Option<&LifeSituationId>, procedure: Option<&ProcedureId>) -> &str {
        let of = |id: &ProcedureId| {
            self.catalogue.procedure(id).map(|procedure| procedure.life_situations.clone()).unwrap_or_default()
        };
        self.figures.matter(situation, procedure, of)
    }
}

/// Counts a visit, once its ticket is finished. It belongs to the department of whoever served her where nobody said whose matter it was.
pub async fn ticket_finished(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    (ticket, outcome): (&Ticket, Option<Outcome>),
) -> Result<()> {
    let sites = meta::sites(&mut *conn).await?;
    let mut counters = sites.iter().flat_map(|site| &site.counters).filter(|c| Some(&c.id) == ticket.counter.as_ref());
    let ended = ticket.ended.unwrap_or(app.clock.now());
    let visit = Visit {
        site: ticket.site.as_str(),
        department: ticket.department.as_ref().unwrap_or(&person.me.department).as_str(),
        day: local(ticket.came).date(),
        matter: app.matter(ticket.situation.as_ref(), ticket.procedure.as_ref()),
        channel: Channel::Counter,
        waited: ticket.called.map(|called| whole_minutes(ticket.came, called)),
        took: ticket.began.map(|began| whole_minutes(began, ended)),
        outcome,
        marks: Marks {
            booked: ticket.booked.is_some(),
            stand: counters.any(|counter| counter.kind == CounterKind::Stand),
            repeated: false,
        },
    };
    statistics::add(conn, &visit).await
}

/// Counts a contact that was registered. At the counter it is the wrap-up of a visit that was counted with its ticket; where there was no
/// ticket it is a visit of its own. An earlier one of the same citizen about the same matter was not the last.
pub async fn contact_registered(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    (request, citizen, department): (&ContactRequest, i64, &DepartmentId),
) -> Result<()> {
    let site = person.me.site.as_str();
    let matter = app.matter(request.situation.as_ref(), request.subjects.first());
    let day = local(request.began).date();
    if let Some((channel, at, earlier)) = earlier(conn, app, (citizen, request.id, request.began), matter).await?
        && earlier == Outcome::Settled
    {
        statistics::repeat(conn, site, (local(at).date(), matter), channel).await?;
    }
    let counter = request.channel == Channel::Counter;
    if counter && statistics::wrap_up(conn, site, (day, matter), request.outcome).await? {
        return Ok(());
    }
    let visit = Visit {
        site,
        department: department.as_str(),
        day,
        matter,
        channel: request.channel,
        waited: None,
        took: counter.then(|| whole_minutes(request.began, request.ended)),
        outcome: Some(request.outcome),
        marks: Marks::default(),
    };
    statistics::add(conn, &visit).await
}

/// Counts that somebody has to come again.
pub async fn rebooked(
    conn: &mut Conn,
    app: &App,
    (site, department): (&SiteId, &DepartmentId),
    (day, procedure): (Date, Option<&ProcedureId>),
    cause: RebookCause,
) -> Result<()> {
    let matter = app.matter(None, procedure);
    statistics::add_rebooking(conn, (site, department), (day, matter), cause).await
}

/// The citizen's last contact before this one about the same matter, within the days that count: its channel, its time and how it ended.
async fn earlier(
    conn: &mut Conn,
    app: &App,
    (citizen, this, began): (i64, ContactId, Timestamp),
    matter: &str,
) -> Result<Option<(Channel, Timestamp, Outcome)>> {
    let since = began.checked_sub((FOLLOWED_DAYS * 24).hours()).unwrap_or(began);
    let all = statistics::contacts_between(conn, citizen, this, (since, began)).await?;
    let same = |(_, _, _, situation, subject): &&statistics::ContactMatter| {
        app.matter(situation.as_ref(), subject.as_ref()) == matter
    };
    Ok(all.iter().find(same).map(|(channel, at, outcome, ..)| (*channel, *at, *outcome)))
}

/// Whole minutes from one moment to another, rounded down.
fn whole_minutes(from: Timestamp, to: Timestamp) -> u16 {
    let minutes = (to.as_microsecond() - from.as_microsecond()).max(0) / 60_000_000;
    u16::try_from(minutes).unwrap_or(u16::MAX)
}
