//! Questions about the figures of a site. What does not live here: whose figures are looked at (see `crate::figures`).

use skranke_api::statistics::{Statistics, Today};
use skranke_client::ClientError;
use skranke_client::http::{CaseApi, FiguresOf};
use skranke_domain::SiteId;

use super::Reply;

/// A question about the figures.
#[derive(Clone, Debug)]
pub enum FiguresQuestion {
    /// The figures of a site.
    Figures(FiguresOf),
    /// How the day goes at a site.
    Today(SiteId),
}

/// The reply to a question about the figures.
#[derive(Clone, Debug)]
pub enum FiguresReply {
    /// To [`FiguresQuestion::Figures`].
    Figures(Box<Result<Statistics, ClientError>>),
    /// To [`FiguresQuestion::Today`].
    Today(Result<Today, ClientError>),
}

/// Carries a question out.
pub(super) async fn answer(api: CaseApi, question: FiguresQuestion) -> Reply {
    Reply::Figures(match question {
        FiguresQuestion::Figures(of) => FiguresReply::Figures(Box::new(api.statistics(&of).await)),
        FiguresQuestion::Today(site) => FiguresReply::Today(api.statistics_today(&site).await),
    })
}
