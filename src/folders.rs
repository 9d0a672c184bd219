//! Where Skranke keeps its files on this machine. What does not live here: what stands in them.

use std::path::{Path, PathBuf};

/// The folders of one installation.
#[derive(Clone, Debug)]
pub struct Folders {
    /// `skranke.toml` (the office's) and `settings.toml` (the person's).
    pub config: PathBuf,
    /// The training municipality's database, the outbox.
    pub data: PathBuf,
    /// Logs.
    pub state: PathBuf,
}

/// No home folder could be found.
#[derive(Debug, thiserror::Error)]
#[error("no home folder was found; name one with --profile DIR")]
pub struct NoHome;

impl Folders {
    /// The folders the system has for programs.
    ///
    /// # Errors
    /// [`NoHome`] when the system names no home.
    pub fn of_system() -> Result<Self, NoHome> {
        let dirs = directories::ProjectDirs::from("dk", "Skranke", "skranke").ok_or(NoHome)?;
        let data = dirs.data_dir().to_owned();
        let state = dirs.state_dir().map_or_else(|| data.join("state"), Path::to_owned);
        Ok(Self { config: dirs.config_dir().to_owned(), data, state })
    }

    /// Everything inside one folder.
    #[must_use]
    pub fn inside(profile: &Path) -> Self {
        Self { config: profile.join("config"), data: profile.join("data"), state: profile.join("state") }
    }

    /// Makes the folders, readable by their user alone.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn make(&self) -> std::io::Result<()> {
        for folder in [&self.config, &self.data, &self.state, &self.logs()] {
            make_private(folder)?;
        }
        Ok(())
    }

    /// The office's configuration.
    #[must_use]
    pub fn office_config(&self) -> PathBuf {
        self.config.join("skranke.toml")
    }

    /// The person's settings.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.toml")
    }

    /// The folder of the training municipality.
    #[must_use]
    pub fn training(&self) -> PathBuf {
        self.data.join("training")
    }

    /// The folder of the outbox for one server.
    #[must_use]
    pub fn outbox(&self, server: &str) -> PathBuf {
        self.data.join("outbox").join(server)
    }

    /// The folder of the logs.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }
}

/// Makes a folder that only its user can read.
///
/// # Errors
/// Whatever the system says.
pub fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
