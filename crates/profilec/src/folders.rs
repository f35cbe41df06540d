//! Folders of the user.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::terminal::environment;

/// Where tokens are kept; `None`: the user has no folders. `PROFILEC_DATA_DIR` names another one.
pub(crate) fn tokens() -> Option<PathBuf> {
    let data = match environment("PROFILEC_DATA_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => ProjectDirs::from("", "", "profilec")?.data_dir().to_path_buf(),
    };
    Some(data.join("tokens"))
}

/// Where a user's settings are; `None`: the user has no folders. `PROFILEC_CONFIG_DIR` names another one.
pub(crate) fn settings() -> Option<PathBuf> {
    match environment("PROFILEC_CONFIG_DIR") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(ProjectDirs::from("", "", "profilec")?.config_dir().to_path_buf()),
    }
}
