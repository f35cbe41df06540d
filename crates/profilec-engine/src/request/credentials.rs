//! Who asks, and how a request says so.

use profilec_diagnostics::{Diagnostic, Label, Span, codes};
use profilec_plan::{Plan, sets_at_calls};
use profilec_vocabulary::{AuthSchemeId, auth_scheme, scheme_refused};

use super::OperationInputs;
use super::build::Context;
use crate::script::Item;

/// A user with a password.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PasswordLogin {
    /// As given.
    pub user: String,
    /// As given; may be empty.
    pub password: String,
}

impl std::fmt::Debug for PasswordLogin {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "PasswordLogin({}, ***)", self.user)
    }
}

/// What a request carries besides what the script writes.
#[derive(Debug)]
pub(super) enum Credentials {
    /// Nothing, or what the transport adds to every request.
    None,
    /// A header with user and password.
    Basic(PasswordLogin),
    /// The transport answers the challenge of the server.
    Challenge(PasswordLogin),
}

/// The credentials that `AuthScheme` asks for.
///
/// # Errors
/// The scheme is not carried out, or lacks its user.
pub(super) fn credentials(
    inputs: &OperationInputs<'_>,
    context: &Context<'_>,
) -> Result<Credentials, Diagnostic> {
    let Some(scheme) = inputs.value(&["AuthScheme"]).filter(|scheme| !scheme.text.trim().is_empty()) else {
        return Ok(Credentials::None);
    };
    let name = scheme.text.trim();
    let place = if scheme.origin == Span::default() { context.call } else { scheme.origin };
    match known(name, place)? {
        AuthSchemeId::None => Ok(Credentials::None),
        AuthSchemeId::Basic => Ok(Credentials::Basic(login(inputs, name, place)?)),
        AuthSchemeId::Digest => Ok(Credentials::Challenge(login(inputs, name, place)?)),
        id if context.carried_out == Some(id) => Ok(Credentials::None),
        _ => Err(Diagnostic::new(
            &codes::auth::scheme_unsupported,
            format!("`AuthScheme={name}` comes too late"),
            Label::new(place, "is known only when the request is made"),
        )
        .help(format!("every request of a run has the same scheme: pass `-c AuthScheme={name}`"))),
    }
}

/// Holds the schemes that are known before anything runs: that of the connection, and those that the script sets
/// as they stand.
///
/// # Errors
/// One of them is not carried out.
pub(crate) fn carried_out(plan: &Plan, connection: &Item) -> Result<(), Diagnostic> {
    if let Some(scheme) = connection.value("AuthScheme").filter(|scheme| !scheme.text.trim().is_empty()) {
        known(scheme.text.trim(), plan.origin)?;
    }
    for set in sets_at_calls(plan).iter().flat_map(|reached| &reached.names) {
        let literal = set.text.filter(|text| set.name == "authscheme" && !text.trim().is_empty());
        if let Some(name) = literal {
            known(name.trim(), set.origin)?;
        }
    }
    Ok(())
}

/// The scheme of this name.
fn known(name: &str, place: Span) -> Result<AuthSchemeId, Diagnostic> {
    if let Some((message, help)) = scheme_refused(name) {
        let label = Label::new(place, "would have to be carried out here");
        return Err(Diagnostic::new(&codes::auth::scheme_unsupported, message, label).help(help));
    }
    Ok(auth_scheme(name).map_or(AuthSchemeId::None, |scheme| scheme.id))
}

fn login(inputs: &OperationInputs<'_>, scheme: &str, place: Span) -> Result<PasswordLogin, Diagnostic> {
    let Some(user) = inputs.text(&["User"]) else {
        return Err(Diagnostic::new(
            &codes::auth::user_missing,
            format!("`AuthScheme={scheme}` needs a user"),
            Label::new(place, "nothing says who is asking"),
        )
        .help("pass `-c User=…` and `-c Password=…`"));
    };
    let password = inputs.value(&["Password"]).map(|password| password.text.clone());
    Ok(PasswordLogin { user: user.to_owned(), password: password.unwrap_or_default() })
}
