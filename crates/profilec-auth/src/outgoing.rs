//! A request on its way out.

use profilec_engine::HeaderField;
use url::Url;

/// What goes to one place: where credentials are added.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// `GET`, `POST`.
    pub method: String,
    /// As it goes on the wire.
    pub url: Url,
    /// In order.
    pub headers: Vec<HeaderField>,
    /// The body, as written.
    pub body: Option<String>,
}

impl Outgoing {
    /// The value of a header, ignoring the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str())
    }

    /// Puts a header in the place of any of its name.
    pub fn set_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers.retain(|header| !header.name.eq_ignore_ascii_case(name));
        self.headers.push(HeaderField { name: name.to_owned(), value: value.into() });
    }
}
