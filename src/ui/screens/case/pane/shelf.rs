//! The pages that were drawn last, as pictures. What does not live here: which one is wanted (the desk's pane).

use bytes::Bytes;
use iced::widget::image::Handle;
use skranke_desk::case::pane::{PageDrawn, PageKey};

/// How many bytes of pictures are kept; the last one stays whatever its size.
const BYTES: usize = 96 << 20;

/// The pages that were drawn last, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    pages: Vec<(PageKey, PageDrawn, Handle, usize)>,
}

impl Shelf {
    /// Keeps a page.
    pub fn put(&mut self, key: PageKey, drawn: PageDrawn, rgba: Bytes) {
        let bytes = rgba.len();
        self.pages.retain(|(known, ..)| *known != key);
        self.pages.insert(0, (key, drawn, Handle::from_rgba(drawn.width, drawn.height, rgba), bytes));
        let mut sum = 0;
        let fits = self.pages.iter().take_while(|(.., bytes)| {
            sum += bytes;
            sum <= BYTES
        });
        let kept = fits.count().max(1);
        self.pages.truncate(kept);
    }

    /// A page's picture.
    #[must_use]
    pub fn get(&self, key: &PageKey) -> Option<&Handle> {
        self.pages.iter().find(|(known, ..)| known == key).map(|(_, _, handle, _)| handle)
    }

    /// What is known of a page's picture.
    #[must_use]
    pub fn about(&self, key: &PageKey) -> Option<PageDrawn> {
        self.pages.iter().find(|(known, ..)| known == key).map(|(_, drawn, ..)| *drawn)
    }

    /// The same page at another size, to stand in while the right one is drawn.
    #[must_use]
    pub fn like(&self, key: &PageKey) -> Option<(PageDrawn, &Handle)> {
        let same = |known: &PageKey| PageKey { zoom: key.zoom, ..*known } == *key;
        self.pages.iter().find(|(known, ..)| same(known)).map(|(_, drawn, handle, _)| (*drawn, handle))
    }
}
