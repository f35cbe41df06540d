//! Connection options: `-c Name=Value`, `[_connection.Name]`.

/// What profilec does with an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionUse {
    /// It takes effect.
    Used,
    /// Known, takes effect in a later version: a warning says so.
    NotYet,
    /// Accepted silently; it has no meaning outside the drivers.
    Ignored,
    /// Accepted, with a warning that it has no effect.
    NoEffect,
}

/// One connection option.
#[derive(Debug)]
pub struct ConnectionOption {
    /// As documented.
    pub name: &'static str,
    /// What profilec does with it.
    pub use_: OptionUse,
    /// Its value is masked in every output.
    pub secret: bool,
    /// One line.
    pub doc: &'static str,
}

/// The option of this name, ignoring case and blanks (`Auth Scheme`).
pub fn connection_option(name: &str) -> Option<&'static ConnectionOption> {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    CONNECTION_OPTIONS.iter().find(|option| option.name.eq_ignore_ascii_case(&bare))
}

/// All connection options.
pub static CONNECTION_OPTIONS: &[ConnectionOption] = &[];
