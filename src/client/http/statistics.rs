//! The routes of the figures. What does not live here: how a request travels (`transport.rs`).

use jiff::civil::Date;
use skranke_api::paths;
use skranke_api::statistics::{ExportLanguage, Statistics, Today};
use skranke_domain::figures::Period;
use skranke_domain::{DepartmentId, SiteId};

use super::{Call, CaseApi, Patience, media_type};
use crate::error::ClientError;

const CSV: &str = "text/csv";

/// Whose figures, of when, compared with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresOf {
    /// The site.
    pub site: SiteId,
    /// One department alone.
    pub department: Option<DepartmentId>,
    /// The period.
    pub period: Period,
    /// What it is compared with.
    pub against: Option<Period>,
}

impl FiguresOf {
    fn call(&self, path: &'static str) -> Call<'static> {
        let day = |day: Date| Some(day.to_string());
        Call::get(path)
            .query("site", Some(self.site.to_string()))
            .query("department", self.department.as_ref().map(ToString::to_string))
            .query("from", day(self.period.from()))
            .query("to", day(self.period.to()))
            .query("against", self.against.map(|against| format!("{}..{}", against.from(), against.to())))
    }
}

impl CaseApi {
    /// The figures of a site.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn statistics(&self, of: &FiguresOf) -> Result<Statistics, ClientError> {
        self.read(&of.call(paths::STATISTICS), "statistics").await
    }

    /// How the day goes at a site.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn statistics_today(&self, site: &SiteId) -> Result<Today, ClientError> {
        self.read(&Call::get(paths::STATISTICS_TODAY).query("site", Some(site.to_string())), "statistics today").await
    }

    /// The figures of a site as a file for a spreadsheet.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn export_statistics(&self, of: &FiguresOf, language: ExportLanguage) -> Result<Vec<u8>, ClientError> {
        let word = if language == ExportLanguage::Da { "da" } else { "en" };
        let call = of.call(paths::STATISTICS_EXPORT).query("language", Some(word.to_owned()));
        let response = self.answer(&call.accept(CSV, Patience::Whole)).await?;
        if media_type(&response) != CSV {
            return Err(ClientError::Garbage { what: "exported statistics" });
        }
        self.body(response, self.limits().answer_bytes).await
    }
}
