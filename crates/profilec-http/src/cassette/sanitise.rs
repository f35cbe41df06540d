//! What may stand in a file.

use profilec_auth::Masker;
use profilec_engine::Request;

use super::{Answered, Asked};
use crate::Reply;

/// Headers that tell how the body was packed on its way; the file holds it unpacked.
const PACKING: &[&str] =
    &["connection", "content-encoding", "content-length", "keep-alive", "transfer-encoding"];

/// Members that make an answer one of a token endpoint.
const TOKEN_MEMBERS: &[&str] = &["access_token", "accessToken", "id_token", "refresh_token"];

/// No token endpoint says more.
const LONGEST_TOKEN_ANSWER: usize = 64 << 10;

/// The request without secrets.
pub(super) fn request(masker: &Masker, request: &Request) -> Asked {
    let headers = request.headers.iter();
    Asked {
        method: request.method.clone(),
        url: masker.mask_url(&request.url),
        headers: headers
            .map(|field| (field.name.clone(), masker.mask_header(&field.name, &field.value)))
            .collect(),
        body: request.body.as_deref().map(|body| masker.mask_members(body).into_bytes()).unwrap_or_default(),
    }
}

/// The answer without secrets, and whether its body held one. Tokens that it grants are learnt.
pub(super) fn reply(masker: &Masker, request: &Request, reply: &Reply) -> (Answered, bool) {
    let is_kept = |name: &str| !PACKING.iter().any(|packing| packing.eq_ignore_ascii_case(name));
    let headers = reply.headers.iter().filter(|(name, _)| is_kept(name));
    let body = body(masker, &reply.body);
    let held_secret = body != reply.body;
    let answered = Answered {
        url: (reply.url != request.url).then(|| masker.mask_url(&reply.url)),
        status: reply.status,
        headers: headers.map(|(name, value)| (name.clone(), masker.mask_header(name, value))).collect(),
        body,
    };
    (answered, held_secret)
}

fn body(masker: &Masker, body: &[u8]) -> Vec<u8> {
    if let Some(text) = token_answer(body) {
        masker.learn_members(text);
        return masker.mask_members(text).into_bytes();
    }
    // Bytes that are no text stay as they are, the text between them is masked.
    let mut shown = Vec::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        shown.extend_from_slice(masker.mask(chunk.valid()).as_bytes());
        shown.extend_from_slice(chunk.invalid());
    }
    shown
}

fn token_answer(body: &[u8]) -> Option<&str> {
    if body.len() > LONGEST_TOKEN_ANSWER {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
    TOKEN_MEMBERS
        .iter()
        .any(|name| members.get(*name).is_some_and(serde_json::Value::is_string))
        .then_some(text)
}
