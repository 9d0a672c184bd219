//! The document beside the checklist: which one, which page, how large, how turned. What does not live here: drawing pages (the window's),
//! the bytes' way here (`crate::uploads`).

use std::collections::HashMap;

use skranke_api::documents::DocumentView;
use skranke_client::http::DownloadError;
use skranke_domain::checklist::ItemState;
use skranke_domain::document::DocumentState;
use skranke_domain::{DocumentId, ItemId};

use super::CasePage;
use crate::citizen::Step;
use crate::effect::{Effect, Room, Ticket};
use crate::uploads::{PaperEffect, PaperRef, Target, typed_path};

const PAGE: u8 = 7;

/// How large a page is shown, in per cent of what fits.
pub const ZOOMS: [u16; 6] = [100, 125, 150, 200, 300, 400];

/// Which picture: a page of a document, how large and how turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// The document.
    pub document: DocumentId,
    /// The page, from 0.
    pub page: u32,
    /// In per cent of what fits, one of [`ZOOMS`].
    pub zoom: u16,
    /// Quarters turned, clockwise (0 to 3).
    pub turned: u8,
}

/// What is known of a drawn page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageDrawn {
    /// How many pages the document has.
    pub pages: u32,
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
}

/// Why a page is not shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Unshown {
    /// It is damaged.
    Broken,
    /// It is locked with a password.
    Encrypted,
    /// It is too large to be drawn.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// It is of a kind that is not drawn here.
    NotShown,
    /// The viewer cannot be started.
    NoViewer,
    /// Its bytes did not come.
    Fetch(DownloadError),
}

/// What a page looks like now.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Sight {
    /// Nothing is to be drawn.
    #[default]
    Nothing,
    /// It is on its way; what was shown before may stay in sight.
    Waiting,
    /// It is there.
    Shown(PageDrawn),
    /// It is not, and why.
    Not(Unshown),
}

/// The line that takes the path of a document to bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bring {
    /// What is typed or pasted.
    pub typed: String,
    /// There is nothing in it that could be a path.
    pub empty: bool,
    /// It takes the place of the document that is shown.
    pub replaces: bool,
}

/// The pane that shows a document.
#[derive(Clone, Debug, Default)]
pub struct Pane {
    /// Which document is shown; none shows the chosen item's words.
    pub document: Option<DocumentId>,
    /// The page, from 0.
    pub page: u32,
    /// How large, as a place in [`ZOOMS`].
    pub zoom: usize,
    /// Quarters turned, clockwise (0 to 3).
    pub turned: u8,
    /// What there is to see.
    pub sight: Sight,
    /// How many pages the document has, once it is known.
    pub pages: Option<u32>,
    /// The list of versions is open.
    pub versions: bool,
    /// The words of the item are shown in place of the document.
    pub words: bool,
    /// The line for a path, while it is open.
    pub bring: Option<Bring>,
    /// The item that the pane followed to.
    item: Option<ItemId>,
    /// The picture that was asked for last.
    asked: Option<PageKey>,
    /// Which document of an item was looked at last.
    looked_at: HashMap<ItemId, DocumentId>,
}

/// What happens in the pane.
#[derive(Clone, Debug)]
pub enum PaneInput {
    /// Another document, or another version of it.
    Show(DocumentId),
    /// The next or previous page.
    Page(Step),
    /// Larger, or smaller.
    Zoom(Step),
    /// So that the page fits.
    Fit,
    /// A quarter clockwise.
    Turn,
    /// Open or close the list of versions.
    Versions,
    /// The words of the item, or the document again.
    Words,
    /// Draw again what did not come.
    Again,
    /// Open or close the line for a path.
    Bring,
    /// A path is typed or pasted.
    Typed(String),
    /// What is brought takes the place of what is shown, or does not.
    Replaces(bool),
    /// Bring the document of the typed path.
    Take,
    /// Choose files in the system's own dialog.
    Pick,
    /// Save the document where the clerk says.
    Save,
    /// Open the document in another program.
    OpenOutside,
}

impl Pane {
    /// The picture that is wanted.
    #[must_use]
    pub fn key(&self) -> Option<PageKey> {
        let zoom = ZOOMS[self.zoom.min(ZOOMS.len() - 1)];
        Some(PageKey { document: self.document?, page: self.page, zoom, turned: self.turned })
    }

    fn show(&mut self, document: Option<DocumentId>) {
        if self.document == document {
            return;
        }
        self.document = document;
        (self.page, self.zoom, self.turned) = (0, 0, 0);
        (self.pages, self.versions, self.words, self.asked) = (None, false, false, None);
        self.sight = Sight::Nothing;
    }

    /// A picture came, or did not.
    pub(crate) fn drawn(&mut self, key: PageKey, drawn: Result<PageDrawn, Unshown>) {
        if self.asked != Some(key) {
            return;
        }
        self.sight = match drawn {
            Ok(drawn) => {
                self.pages = Some(drawn.pages);
                Sight::Shown(drawn)
            }
            Err(why) => Sight::Not(why),
        };
    }
}

impl CasePage {
    /// The documents of the chosen item, each in its newest version, newest first.
    #[must_use]
    pub fn papers(&self) -> Vec<&DocumentView> {
        self.selected.as_ref().map(|item| self.papers_of(Some(item))).unwrap_or_default()
    }

    /// The documents of the case as a whole.
    #[must_use]
    pub fn loose_papers(&self) -> Vec<&DocumentView> {
        self.papers_of(None)
    }

    /// The document that is shown.
    #[must_use]
    pub fn paper(&self) -> Option<&DocumentView> {
        let id = self.pane.document?;
        self.complete().find(|document| document.id == id)
    }

    /// The versions of the document that is shown, newest first.
    #[must_use]
    pub fn versions(&self) -> Vec<&DocumentView> {
        let Some(shown) = self.paper() else { return Vec::new() };
        let mut chain = vec![shown.id];
        // Each version names the one before it: the chain is closed when nothing more joins it.
        loop {
            let joins = self.complete().find(|other| {
                !chain.contains(&other.id)
                    && (other.replaces.is_some_and(|before| chain.contains(&before))
                        || self.complete().any(|d| chain.contains(&d.id) && d.replaces == Some(other.id)))
            });
            match joins {
                Some(other) => chain.push(other.id),
                None => break,
            }
        }
        let mut versions: Vec<_> = self.complete().filter(|document| chain.contains(&document.id)).collect();
        versions.sort_by_key(|document| std::cmp::Reverse((document.version, document.at)));
        versions
    }

    fn complete(&self) -> impl Iterator<Item = &DocumentView> {
        let documents = self.view.value().map(|view| view.value.documents.as_slice()).unwrap_or_default();
        documents.iter().filter(|document| document.state == DocumentState::Complete)
    }

    fn papers_of(&self, item: Option<&ItemId>) -> Vec<&DocumentView> {
        let of_item = |document: &&DocumentView| {
            document.uses.iter().any(|used| used.case == self.id && used.item.as_ref() == item)
        };
        let papers: Vec<_> = self.complete().filter(of_item).collect();
        let replaced: Vec<_> = papers.iter().filter_map(|document| document.replaces).collect();
        papers.into_iter().filter(|document| !replaced.contains(&document.id)).collect()
    }

    /// Where a document that is brought now belongs: to the chosen item. It is a newer version where the one that is there did not do.
    pub(crate) fn target(&self) -> Option<Target> {
        let view = &self.view.value()?.value;
        let item = self.selected_item();
        let known = self.papers().first().map(|document| document.id);
        let did_not_do = item.is_some_and(|item| matches!(item.state, ItemState::Rejected | ItemState::Requested));
        Some(Target {
            case: self.id,
            citizen: view.row.citizen,
            item: self.selected.clone(),
            replaces: known.filter(|_| did_not_do),
            purpose: self.purpose.clone(),
        })
    }

    fn paper_ref(&self) -> Option<PaperRef> {
        let document = self.paper()?;
        Some(PaperRef {
            document: document.id,
            name: document.name.clone(),
            kind: document.kind,
            bytes: document.bytes,
            sha256: document.sha256.clone(),
            purpose: self.purpose.clone(),
        })
    }

    /// Takes what happens in the pane.
    pub(crate) fn pane_step(&mut self, input: PaneInput) -> Vec<Effect> {
        match input {
            PaneInput::Show(document) => {
                if let Some(item) = self.selected.clone() {
                    self.pane.looked_at.insert(item, document);
                }
                self.pane.show(Some(document));
            }
            PaneInput::Page(step) => {
                let len = usize::try_from(self.pane.pages.unwrap_or(1)).unwrap_or(1);
                let at = usize::try_from(self.pane.page).ok();
                self.pane.page = step.from(at, len).and_then(|to| u32::try_from(to).ok()).unwrap_or_default();
            }
            PaneInput::Zoom(step) => {
                self.pane.zoom = step.from(Some(self.pane.zoom), ZOOMS.len()).unwrap_or_default();
            }
            PaneInput::Fit => self.pane.zoom = 0,
            PaneInput::Turn => self.pane.turned = (self.pane.turned + 1) % 4,
            PaneInput::Versions => self.pane.versions = !self.pane.versions,
            PaneInput::Words => self.pane.words = !self.pane.words,
            PaneInput::Again => self.pane.asked = None,
            PaneInput::Bring => {
                self.pane.bring = match self.pane.bring.take() {
                    Some(_) => None,
                    None => {
                        let replaces = self.target().is_some_and(|target| target.replaces.is_some());
                        Some(Bring { replaces, ..Bring::default() })
                    }
                };
            }
            PaneInput::Typed(typed) => {
                if let Some(bring) = &mut self.pane.bring {
                    (bring.typed, bring.empty) = (typed, false);
                }
            }
            PaneInput::Replaces(replaces) => {
                if let Some(bring) = &mut self.pane.bring {
                    bring.replaces = replaces;
                }
            }
            PaneInput::Take => return self.take_typed(),
            PaneInput::Pick => {
                return self.chosen_target().map(PaperEffect::Pick).map(Effect::Paper).into_iter().collect();
            }
            PaneInput::Save => return self.with_paper(PaperEffect::Save),
            PaneInput::OpenOutside => return self.with_paper(PaperEffect::OpenOutside),
        }
        Vec::new()
    }

    /// Where it belongs, with what the clerk said about the one that is there.
    fn chosen_target(&self) -> Option<Target> {
        let target = self.target()?;
        let known = self.papers().first().map(|document| document.id);
        Some(match &self.pane.bring {
            Some(bring) => Target { replaces: known.filter(|_| bring.replaces), ..target },
            None => target,
        })
    }

    fn take_typed(&mut self) -> Vec<Effect> {
        let Some(target) = self.chosen_target() else { return Vec::new() };
        let Some(bring) = &mut self.pane.bring else { return Vec::new() };
        let Some(path) = typed_path(&bring.typed, std::env::home_dir().as_deref()) else {
            bring.empty = true;
            return Vec::new();
        };
        self.pane.bring = None;
        vec![Effect::Paper(PaperEffect::Bring(target, vec![path]))]
    }

    fn with_paper(&self, effect: impl FnOnce(PaperRef) -> PaperEffect) -> Vec<Effect> {
        self.paper_ref().map(|paper| Effect::Paper(effect(paper))).into_iter().collect()
    }

    /// The pane follows the chosen item, and a picture that is wanted is asked for.
    pub(crate) fn follow_paper(&mut self) -> Vec<Effect> {
        if self.view.value().is_none() {
            return Vec::new();
        }
        let ids: Vec<DocumentId> = self.papers().iter().map(|document| document.id).collect();
        let moved = self.pane.item != self.selected;
        let gone = self.pane.document.is_some() && self.paper().is_none();
        // A newer version of what is shown came, unless an older one was chosen on purpose.
        let newer = self.pane.document.and_then(|shown| {
            let chosen = self.selected.as_ref().and_then(|item| self.pane.looked_at.get(item));
            let next = self.complete().find(|document| document.replaces == Some(shown))?;
            (chosen != Some(&shown)).then_some(next.id)
        });
        if moved || gone || self.pane.document.is_none() {
            if moved {
                self.pane.item.clone_from(&self.selected);
                self.pane.bring = None;
            }
            let looked_at = self.selected.as_ref().and_then(|item| self.pane.looked_at.get(item)).copied();
            let known = looked_at.filter(|id| self.complete().any(|document| document.id == *id));
            self.pane.show(known.or_else(|| ids.first().copied()));
        } else if let Some(newer) = newer {
            self.pane.show(Some(newer));
        }
        let (Some(key), Some(paper)) = (self.pane.key(), self.paper_ref()) else { return Vec::new() };
        if self.pane.asked == Some(key) {
            return Vec::new();
        }
        self.pane.asked = Some(key);
        self.pane.sight = Sight::Waiting;
        let ticket = Ticket { room: Room::Case(self.stand), generation: self.generation, slot: PAGE };
        vec![Effect::Paper(PaperEffect::Draw(ticket, paper, key))]
    }
}
