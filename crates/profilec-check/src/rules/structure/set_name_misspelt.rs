//! A variable that nothing reads, one or two letters from a name that operations read.

use profilec_diagnostics::{Diagnostic, Label, codes};
use profilec_syntax::Document;
use profilec_vocabulary::{OPERATION_INPUTS, closest};

use crate::cx::{Cx, Rule};
use crate::names::{Names, SetSite, is_like_marker, is_marker};
use crate::suggest::suggest;

pub(crate) const RULE: Rule = Rule::Document(set_name_misspelt);

fn set_name_misspelt<'a>(cx: &mut Cx<'a>, _: &'a Document) {
    let names = cx.names();
    for site in names.sets() {
        let Some(near) = misspelt(names, site) else { continue };
        let written = site.attribute();
        // The number stays: `Header:Nmae#2` means `Header:Name#2`.
        let number = written.find('#').and_then(|at| written.get(at..)).unwrap_or_default();
        let meant = format!("{near}{number}");
        let finding = Diagnostic::new(
            &codes::structure::set_name_misspelt,
            format!("nothing reads `{written}`, and no operation knows it"),
            Label::new(site.span, "set for nothing"),
        );
        // The item in front of the name stays as it is.
        let text = match site.spelling.strip_suffix(written) {
            Some(item) => format!("{item}{meant}"),
            None => meant,
        };
        cx.report(suggest(finding, &text, site.span, false));
    }
}

/// The name that this one probably stands for.
pub(crate) fn misspelt(names: &Names<'_>, site: &SetSite<'_>) -> Option<&'static str> {
    let written = site.attribute().split('#').next().unwrap_or_default().trim();
    // The marker has a code of its own.
    if is_like_marker(written) || is_like_marker(&site.spelling) {
        return None;
    }
    if site.known().is_some() || is_marker(&written.to_lowercase()) || names.is_read(site) {
        return None;
    }
    let known = OPERATION_INPUTS.iter().filter(|input| names.operations_read(input));
    let known = known.flat_map(|input| input.parameter.spellings());
    let candidates = known.filter(|name| !name.ends_with('*')).map(|name| name.trim_end_matches('#'));
    // Short words are near to each other by chance.
    closest(written, candidates).filter(|near| near.len() > 3 && near.len().abs_diff(written.len()) <= 2)
}
