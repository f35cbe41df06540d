//! Exchanges in readable files. `docs/cassettes.md` describes the format.

mod difference;
mod read;
mod record;
mod replay;
mod sanitise;
mod write;

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use crate::{TransportError, TransportErrorKind};

pub use record::RecordingTransport;
pub use replay::ReplayTransport;

/// First line of every file; the number grows when an older reader would misread the rest.
const VERSION_LINE: &str = "profilec-exchange 1";

/// Begin the lines before the two halves.
const REQUEST_MARK: &str = "--- request";
const RESPONSE_MARK: &str = "--- response";

/// Ending of a file that holds an exchange.
const FILE_ENDING: &str = "http";

/// What a run began with, so that a replay asks for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Began {
    /// What its clock told, to the second.
    pub now: DateTime<FixedOffset>,
    /// Where its random values start.
    pub seed: u64,
}

/// A request and its answer, as they stand in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Exchange {
    /// In the first file of a recording.
    began: Option<Began>,
    asked: Asked,
    answered: Answered,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    /// Empty when there is none.
    body: Vec<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answered {
    /// When it is not the URL that was asked.
    url: Option<String>,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn error(path: &Path, story: impl std::fmt::Display) -> TransportError {
    TransportError::new(TransportErrorKind::Cassette, format!("`{}`: {story}", path.display()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read::read;
    use super::write::write;
    use super::{Answered, Asked, Began, DateTime, Exchange, FixedOffset};

    fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
        let header = ("[A-Za-z][A-Za-z0-9-]{0,12}", "([!-~é]([ -~é]{0,20}[!-~])?)?");
        proptest::collection::vec(header, 0..4)
    }

    fn body() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "(\\{\"a\": [0-9]{1,3}\\}|\r?\n|--- response( url=x)?|--- request|é|\u{0}){0,8}"
                .prop_map(String::into_bytes),
        ]
    }

    prop_compose! {
        fn exchange()(
            began in proptest::option::of((0_i64..5_000_000_000, -50_000_i32..50_000, any::<u64>())),
            method in "GET|POST|HEAD",
            url in "https://[a-z]{1,8}/[!-~]{0,20}",
            asked in headers(),
            asked_body in body(),
            final_url in proptest::option::of("https://[a-z]{1,8}/[!-~]{0,20}"),
            status in 100_u16..600,
            answered in headers(),
            answered_body in body(),
        ) -> Exchange {
            let began = began.map(|(seconds, offset, seed)| {
                let offset = FixedOffset::east_opt(offset / 60 * 60).expect("it is less than a day");
                let now = DateTime::from_timestamp(seconds, 0).expect("it is a time").with_timezone(&offset);
                Began { now, seed }
            });
            Exchange {
                began,
                asked: Asked { method, url, headers: asked, body: asked_body },
                answered: Answered { url: final_url, status, headers: answered, body: answered_body },
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_exactly(exchange in exchange()) {
            prop_assert_eq!(read(&write(&exchange)), Ok(exchange));
        }

        #[test]
        fn any_bytes_are_read_or_refused(file in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&file);
        }
    }

    #[test]
    fn a_file_reads_like_an_exchange() {
        let text = |text: &str| text.to_owned();
        let exchange = Exchange {
            began: Some(Began {
                now: DateTime::parse_from_rfc3339("2031-01-02T03:04:05+01:00").expect("it is a time"),
                seed: 7,
            }),
            asked: Asked {
                method: text("POST"),
                url: text("https://api.example.com/kilns?page=1"),
                headers: vec![(text("Content-Type"), text("application/json"))],
                body: b"{\"size\": 2}".to_vec(),
            },
            answered: Answered {
                url: None,
                status: 200,
                headers: vec![(text("content-type"), text("application/json"))],
                body: b"{\"kilns\": []}".to_vec(),
            },
        };
        let file = "profilec-exchange 1\n\
            --- request now=2031-01-02T03:04:05+01:00 seed=7\n\
            POST https://api.example.com/kilns?page=1\n\
            Content-Type: application/json\n\
            \n\
            {\"size\": 2}\n\
            --- response\n\
            HTTP/1.1 200 OK\n\
            content-type: application/json\n\
            \n\
            {\"kilns\": []}\n";
        assert_eq!(String::from_utf8_lossy(&write(&exchange)), file);
    }

    #[test]
    fn a_file_edited_by_hand_may_be_short_and_have_other_line_ends() {
        let file = b"profilec-exchange 1\r\n--- request\r\nGET http://h/\r\n--- response\r\n204\r\n";
        let exchange = read(file).expect("it is a whole exchange");
        assert_eq!(exchange.asked.url, "http://h/");
        assert_eq!((exchange.answered.status, exchange.answered.body.as_slice()), (204, &b""[..]));
    }

    #[test]
    fn errors_name_the_line() {
        let wrong = |file: &str| read(file.as_bytes()).expect_err("it is broken");
        assert_eq!(wrong("HTTP"), "line 1: `profilec-exchange 1` was expected, not `HTTP`");
        assert_eq!(
            wrong("profilec-exchange 1\n--- request\nGET http://h/\nAccept\n"),
            "line 4: a header like `Name: value` was expected, not `Accept`"
        );
        assert_eq!(
            wrong("profilec-exchange 1\n--- request\nGET http://h/\n\n"),
            "line 5: `--- response` was expected, not ``"
        );
        assert_eq!(
            wrong("profilec-exchange 1\n--- request\nGET http://h/\n\na\n--- response\nOK\n"),
            "line 7: a status like `HTTP/1.1 200 OK` was expected, not `OK`"
        );
        assert_eq!(
            wrong("profilec-exchange 1\n--- request bytes=-1\n"),
            "line 2: `bytes=-1` is not known here"
        );
    }
}
