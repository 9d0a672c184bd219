//! Contacts on all channels. What does not live here: writing them (a later issue).

use jiff::Timestamp;
use skranke_api::cases::ContactView;
use skranke_domain::{CaseId, CitizenId, ContactId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result};

/// A citizen's contacts, newest first, one more than asked for where there is more. A contact about a withheld department's case is
/// not there at all.
pub async fn of_citizen(
    conn: &mut Conn,
    citizen: (i64, CitizenId),
    withheld: &[&str],
    before: Option<(Timestamp, i64)>,
    limit: u16,
) -> Result<Vec<(i64, ContactView)>> {
    let mut sql = "SELECT k.no, k.id, f.id, k.channel, k.at, k.minutes, k.text, k.by_name, k.outcome FROM contact k
         LEFT JOIN case_file f ON f.no = k.case_no WHERE k.citizen = $1"
        .to_owned();
    let mut next = 2;
    if before.is_some() {
        sql.push_str(" AND (k.at, k.no) < ($2, $3)");
        next = 4;
    }
    for at in 0..withheld.len() {
        sql.push_str(&format!(" AND (f.department IS NULL OR f.department <> ${})", next + at));
    }
    sql.push_str(&format!(" ORDER BY k.at DESC, k.no DESC LIMIT {}", u32::from(limit) + 1));
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(citizen.0);
    if let Some((at, no)) = before {
        statement = statement.bind(at.as_microsecond()).bind(no);
    }
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    statement
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let view = ContactView {
                id: ContactId(row.id(1)?),
                citizen: citizen.1,
                case: row.opt_id(2)?.map(CaseId),
                channel: row.word(3, "channel")?,
                at: row.moment(4)?,
                minutes: row.opt_int(5)?.and_then(|m| u16::try_from(m).ok()),
                text: row.json(6, "contact text")?,
                by: row.opt_text(7)?,
                outcome: row.opt_word(8, "outcome")?,
            };
            Ok((row.int(0)?, view))
        })
        .collect()
}
