//! The figures as a file: asked where to, fetched, written. What does not live here: what stands in it (the server's), what is said of it
//! (the figures' page).

use iced::Task;
use skranke_api::statistics::ExportLanguage;
use skranke_client::http::FiguresOf;
use skranke_desk::Input;
use skranke_desk::figures::{Exported, FiguresInput};
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
            let bytes = match api.export_statistics(&of, language).await {
                Ok(bytes) => bytes,
                Err(error) => return Exported::NotFetched(error),
            };
            let name = to.file_name().map(|name| safe_name(&name.to_string_lossy())).unwrap_or_default();
            match tokio::fs::write(&to, bytes).await {
                Ok(()) => Exported::Written(name),
                Err(error) => Exported::NotWritten(error.kind()),
            }
        };
        Task::perform(saving, |became| Message::Desk(Input::Figures(FiguresInput::Exported(became))))
    }
}
