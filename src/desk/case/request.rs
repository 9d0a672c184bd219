//! Asking for what is missing, beside the case: the papers, the text in her language with Danish beside it, the last day, the channel. What
//! does not live here: one letter over several cases (see `crate::sheets::letter`), the catalogue's words.

use skranke_client::ClientError;

use crate::acting::Acting;
use crate::effect::Effect;

/// The panel that asks for what is missing.
#[derive(Clone, Debug, Default)]
pub struct RequestPanel {
    /// Why the last key did nothing.
    pub refusal: Option<ClientError>,
}

/// What happens in the panel.
#[derive(Clone, Debug)]
pub enum RequestInput {
    /// Send it.
    Send,
}

impl RequestPanel {
    pub(crate) fn update(&mut self, _input: RequestInput, _acting: Acting<'_>) -> Vec<Effect> {
        Vec::new()
    }
}
