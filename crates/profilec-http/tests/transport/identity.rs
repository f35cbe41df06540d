//! Whatever a file holds, reading it as a client certificate ends well.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use profilec_http::{Identity, IdentityError};
use proptest::prelude::*;

fn pem() -> String {
    let made = rcgen::generate_simple_self_signed(["kiln".to_owned()]).expect("a key can be made");
    let block = |label, der: &[u8]| {
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", STANDARD.encode(der))
    };
    block("CERTIFICATE", made.cert.der()) + &block("PRIVATE KEY", &made.signing_key.serialize_der())
}

#[test]
fn a_certificate_holds_for_its_time_only() {
    let read = |now| Identity::read(pem().as_bytes(), None, None, now);
    assert!(read(SystemTime::now()).is_ok());
    // The generator's certificates hold from 1975 to 4096.
    assert_eq!(read(UNIX_EPOCH), Err(IdentityError::NotYet("1975-01-01".to_owned())));
    let late = UNIX_EPOCH + Duration::from_hours(24 * 365 * 2200);
    assert_eq!(read(late), Err(IdentityError::Expired("4096-01-01".to_owned())));
}

#[test]
fn the_subject_chooses_and_an_unknown_one_is_told_with_those_that_there_are() {
    let both = pem() + &pem();
    let read = |subject| Identity::read(both.as_bytes(), None, subject, SystemTime::now());
    assert!(read(Some("*")).is_ok());
    let Err(IdentityError::SubjectOfNone(subjects)) = read(Some("CN=nobody")) else {
        panic!("nobody is not there");
    };
    assert_eq!(subjects.len(), 2);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400), tag in 0u8..4) {
        let start: &[u8] = match tag {
            0 => b"",
            1 => b"\x30\x82",
            2 => b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n",
            _ => b"-----BEGIN CERTIFICATE-----\n",
        };
        let _ = Identity::read(&[start, &bytes].concat(), Some("x"), None, SystemTime::now());
    }

    #[test]
    fn a_file_with_a_changed_byte_is_read_or_refused(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = pem().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Identity::read(&bytes, None, None, SystemTime::now());
    }
}
