//! The figures, and the look-ups about a citizen, as files: asked where to, fetched, written. What does not live here: what stands in them (the
//! server's), what is said of them (their pages).

use std::path::Path;

use iced::Task;
use skranke_api::statistics::ExportLanguage;
use skranke_client::http::FiguresOf;
use skranke_desk::Input;
use skranke_desk::figures::{Exported, FiguresInput};
use skranke_desk::oversight::OversightInput;
use skranke_domain::CitizenId;
use skranke_domain::document::safe_name;

use super::App;
use super::message::Message;
use crate::i18n::Language;

impl App {
    /// Lets her say where the figures are saved, and saves them there.
    pub(super) fn export_figures(&self, of: FiguresOf) -> Task<Message> {
        let name = format!("skranke-{}-{}-{}.csv", of.site, of.period.from(), of.period.to());
        let chosen = self.launch.outside.save_as(self.texts.t("figures-export-title"), name);
        let language = match self.texts.language() {
            Language::Danish => ExportLanguage::Da,
            Language::English => ExportLanguage::En,
        };
        let api = self.api.clone();
        let saving = async move {
            let Some(to) = chosen.await else { return Exported::Left };
            match api.export_statistics(&of, language).await {
                Ok(bytes) => written(&to, bytes).await,
                Err(error) => Exported::NotFetched(error),
            }
        };
        Task::perform(saving, |became| Message::Desk(Input::Figures(FiguresInput::Exported(became))))
    }

    /// Lets her say where the look-ups about a citizen are saved, and saves them there. The name that is proposed says neither who nor which number.
    pub(super) fn save_look_ups(&self, citizen: CitizenId) -> Task<Message> {
        let name = format!("{}-{}.pdf", self.texts.t("oversight-export-file"), self.look.now.date());
        let chosen = self.launch.outside.save_as(self.texts.t("oversight-export-title"), name);
        let language = self.texts.language().code();
        let api = self.api.clone();
        let saving = async move {
            let Some(to) = chosen.await else { return Exported::Left };
            match api.access_log_pdf(citizen, language).await {
                Ok(bytes) => written(&to, bytes).await,
                Err(error) => Exported::NotFetched(error),
            }
        };
        Task::perform(saving, |became| Message::Desk(Input::Oversight(OversightInput::Exported(became))))
    }
}

async fn written(to: &Path, bytes: Vec<u8>) -> Exported {
    let name = to.file_name().map(|name| safe_name(&name.to_string_lossy())).unwrap_or_default();
    match tokio::fs::write(to, bytes).await {
        Ok(()) => Exported::Written(name),
        Err(error) => Exported::NotWritten(error.kind()),
    }
}
