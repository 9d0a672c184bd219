//! Other programs as these tests have them: none, or one that chooses by itself. What does not live here: what the window makes of it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use futures::future::{self, BoxFuture};
use skranke::ui::outside::Outside;

/// No other programs: dialogs are left, nothing is opened.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

impl Outside for Nobody {
    fn choose(&self, _: String) -> BoxFuture<'static, Vec<PathBuf>> {
        Box::pin(future::ready(Vec::new()))
    }

    fn save_as(&self, _: String, _: String) -> BoxFuture<'static, Option<PathBuf>> {
        Box::pin(future::ready(None))
    }

    fn open(&self, _: PathBuf) -> BoxFuture<'static, bool> {
        Box::pin(future::ready(false))
    }
}

/// Chooses these files, saves there, and remembers what was opened.
#[derive(Clone, Debug, Default)]
pub struct Somebody {
    pub chooses: Vec<PathBuf>,
    pub saves: Option<PathBuf>,
    pub opened: Arc<Mutex<Vec<PathBuf>>>,
}

impl Outside for Somebody {
    fn choose(&self, _: String) -> BoxFuture<'static, Vec<PathBuf>> {
        Box::pin(future::ready(self.chooses.clone()))
    }

    fn save_as(&self, _: String, _: String) -> BoxFuture<'static, Option<PathBuf>> {
        Box::pin(future::ready(self.saves.clone()))
    }

    fn open(&self, file: PathBuf) -> BoxFuture<'static, bool> {
        self.opened.lock().unwrap().push(file);
        Box::pin(future::ready(true))
    }
}
