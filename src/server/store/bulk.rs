//! Loading many rows quickly: statements of many rows each. What does not live here: what is loaded (see `crate::training`).

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::dialect::{self, MAX_PARAMETERS};
use super::{Conn, Result};

/// A value to load.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// An identifier.
    Id(Uuid),
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Rows on their way into one table.
#[derive(Debug)]
pub struct Bulk {
    table: &'static str,
    columns: &'static [&'static str],
    rows: usize,
    values: Vec<Value>,
    full: String,
}

/// Rows a statement carries: beyond a few hundred nothing is gained.
const ROWS: usize = 250;

impl Bulk {
    /// A loader for a table.
    #[must_use]
    pub fn new(table: &'static str, columns: &'static [&'static str]) -> Self {
        let rows = ROWS.min(MAX_PARAMETERS / columns.len().max(1));
        let full = statement(table, columns, rows);
        Self { table, columns, rows, values: Vec::new(), full }
    }

    /// Adds a row; it is sent when enough have come together.
    pub fn push<const N: usize>(&mut self, row: [Value; N]) {
        debug_assert_eq!(N, self.columns.len(), "{}", self.table);
        self.values.extend(row);
    }

    /// Sends whole statements; with `rest` also what is left.
    pub async fn send(&mut self, conn: &mut Conn, rest: Rest) -> Result<()> {
        let width = self.columns.len();
        let mut values = std::mem::take(&mut self.values);
        while values.len() >= self.rows * width {
            let later = values.split_off(self.rows * width);
            run(conn, self.full.clone(), values).await?;
            values = later;
        }
        match rest {
            Rest::Keep => self.values = values,
            Rest::Send if values.is_empty() => {}
            Rest::Send => run(conn, statement(self.table, self.columns, values.len() / width), values).await?,
        }
        Ok(())
    }

    /// How many rows wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.values.len() / self.columns.len().max(1)
    }
}

/// What happens with less than a whole statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It waits for more.
    Keep,
    /// It is sent too.
    Send,
}

fn statement(table: &str, columns: &[&str], rows: usize) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            if column > 0 {
                sql.push_str(", ");
            }
            dialect::push_placeholder(&mut sql, row * columns.len() + column + 1);
        }
        sql.push(')');
    }
    sql
}

async fn run(conn: &mut Conn, sql: String, values: Vec<Value>) -> Result<()> {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        query = match value {
            Value::Null => query.bind(None::<i64>),
            Value::Int(n) => query.bind(n),
            Value::Text(text) => query.bind(text),
            Value::Id(id) => query.bind(id),
        };
    }
    query.execute(conn).await?;
    Ok(())
}
