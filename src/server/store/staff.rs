//! Whoever signed in, as stored. What does not live here: her rights and role of the day, and the list that colleagues see.

use skranke_api::me::Me;

use super::{Conn, Result, word};

/// Remembers somebody as her sign-in describes her; her telephone number stays.
pub async fn remember(conn: &mut Conn, me: &Me) -> Result<()> {
    sqlx::query(
        "INSERT INTO staff (id, name, initials, department, role) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, initials = excluded.initials, department = excluded.department,
            role = excluded.role",
    )
    .bind(me.id.0)
    .bind(me.name.clone())
    .bind(me.initials.clone())
    .bind(me.department.to_string())
    .bind(word(&me.role))
    .execute(conn)
    .await?;
    Ok(())
}
