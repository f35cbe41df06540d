//! A credential is written in the profile.

use profilec_diagnostics::{Diagnostic, Edit, Fix, Label, codes};
use profilec_syntax::Document;

use crate::cx::{Cx, Rule};
use crate::secrets::{Secret, secrets};

pub(crate) const RULE: Rule = Rule::Document(literal_credential);

fn literal_credential<'a>(cx: &mut Cx<'a>, document: &'a Document) {
    for secret in secrets(document, cx.names()) {
        let option = option(&secret.name);
        let message = if secret.name.is_empty() {
            "a token is written in the profile".to_owned()
        } else {
            format!("the credential of `{}` is written in the profile", secret.name)
        };
        let finding = Diagnostic::new(
            &codes::auth::literal_credential,
            message,
            Label::new(secret.span, "everyone who has the file can use it"),
        )
        .help(format!(
            "read it from a connection option, `[_connection.{option}]`, and pass `-c {option}=env:VARIABLE`; revoke this one"
        ));
        cx.report(finding.fix(removal(&secret, &option)));
    }
}

fn removal(secret: &Secret, option: &str) -> Fix {
    let (title, text) = if secret.is_in_template {
        (format!("write `[_connection.{option}]`"), format!("[_connection.{option}]"))
    } else {
        ("remove it".to_owned(), String::new())
    };
    Fix::risky(title, vec![Edit { span: secret.span, text }])
}

/// The connection option to read it from.
fn option(name: &str) -> String {
    let own = name.rsplit('.').next().unwrap_or(name);
    let name: String = own.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let is_general =
        name.is_empty() || ["authorization", "proxyauthorization"].contains(&name.to_lowercase().as_str());
    if is_general { "Token".to_owned() } else { name }
}
