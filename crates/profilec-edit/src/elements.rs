//! Elements and their attributes.

use profilec_diagnostics::Span;
use profilec_syntax::{Tag, TreeElement, TreeNode};
use profilec_vocabulary::{
    COLUMN_ATTRIBUTES, ColumnAttribute, DECLARATIONS, Declaration, KEYWORDS, Keyword, KeywordId, Parameter,
    Support, column_attribute, column_attribute_place, declaration, is_in_loop, keyword,
};

use crate::complete::{Candidate, CandidateKind, is_offered, sorted};
use crate::context::{Context, keyword_of, local};
use crate::describe;

/// The elements that may start at the place.
pub(crate) fn names(context: &Context<'_>, roots: &[TreeNode]) -> Vec<Candidate> {
    if keyword_of(context.parent()) == Some(KeywordId::Info) {
        let one = |known: &Declaration| {
            Candidate::new(CandidateKind::Element, known.name(), describe::declaration(known.name(), *known))
        };
        return DECLARATIONS.iter().map(one).collect();
    }
    if declaration(context.parent()).is_some() {
        return Vec::new();
    }
    let siblings = context.around.last().map_or(roots, |parent| &parent.children);
    let siblings: Vec<KeywordId> = others(context, siblings).collect();
    let mut around = context.keywords();
    if around.is_empty() && !siblings.is_empty() && !siblings.contains(&KeywordId::Script) {
        // A part of a profile, which others include.
        around.push(KeywordId::Script);
    }
    let is_there = |id| match id {
        KeywordId::Info => {
            context.document.info.as_ref().is_some_and(|info| !context.touches(info.name.span))
        }
        KeywordId::Else | KeywordId::Default => siblings.contains(&id),
        _ => false,
    };
    let prefix = prefix(context);
    let one = |known: &Keyword| {
        let name = format!("{prefix}:{}", known.name);
        Candidate::new(CandidateKind::Element, &name, describe::keyword(&name, known))
    };
    let fits = |known: &&Keyword| known.id.may_stand_in(&around) && !is_there(known.id);
    sorted(KEYWORDS.iter().filter(|known| is_offered(known.support)).filter(fits).map(one))
}

/// The name that an end tag at the place has.
pub(crate) fn open(context: &Context<'_>) -> Vec<Candidate> {
    let name = context.parent();
    let known = name.contains(':').then(|| keyword(local(name))).flatten();
    let markdown = known.map(|known| describe::keyword(name, known));
    let markdown = markdown.or_else(|| Some(describe::declaration(name, declaration(name)?)));
    let one = Candidate::new(CandidateKind::Element, name, markdown.unwrap_or_default());
    if name.is_empty() { Vec::new() } else { vec![one] }
}

/// The attributes that a tag may have besides those that it has; `word` is the one at the place.
pub(crate) fn attributes(context: &Context<'_>, tag: &Tag, word: Span) -> Vec<Candidate> {
    let present = tag.attributes().into_iter().filter(|attribute| attribute.name != word);
    let present: Vec<&str> = present.map(|attribute| local(context.read(attribute.name))).collect();
    let may_act = is_in_loop(context.keywords().into_iter().map(Some));
    let is_new = |known: &Parameter| {
        is_offered(known.support)
            && (may_act || known.name != "action")
            && !present.iter().any(|name| known.is(name))
    };
    let rest = context.text.get(word.range().end..).unwrap_or_default();
    let value = if rest.trim_start().starts_with('=') { "" } else { "=\"\"" };
    let one = |known: &'static Parameter, name: String| {
        let candidate = Candidate::new(CandidateKind::Attribute, &name, describe::parameter(&name, known));
        let is_legacy = known.support == Support::NoEffect;
        (known.required, candidate.inserting(name + value).legacy(is_legacy))
    };
    let element = context.read(tag.name);
    let mut found: Vec<(bool, Candidate)> = if let Some(declared) = declaration(element) {
        let fits = |known: &&ColumnAttribute| known.on.contains(&declared) && is_new(&known.parameter);
        let mut known: Vec<&ColumnAttribute> = COLUMN_ATTRIBUTES.iter().filter(fits).collect();
        known.sort_by_key(|known| column_attribute_place(known.parameter.name));
        known.into_iter().map(|known| one(&known.parameter, prefixed(context, known, word))).collect()
    } else if let Some(known) = keyword_of(element).and_then(|_| keyword(local(element))) {
        let mut known: Vec<&Parameter> = known.parameters.iter().filter(|known| is_new(known)).collect();
        known.sort_by_key(|known| known.name);
        known.into_iter().map(|known| one(known, known.name.to_owned())).collect()
    } else {
        Vec::new()
    };
    found.sort_by_key(|(required, candidate)| (!required, candidate.is_legacy));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The keywords among some nodes, without the one that is being written.
fn others(context: &Context<'_>, nodes: &[TreeNode]) -> impl Iterator<Item = KeywordId> {
    nodes.iter().filter_map(|node| match node {
        TreeNode::Element(TreeElement { start, .. }) if !context.touches(start.name) => {
            keyword_of(context.read(start.name))
        }
        _ => None,
    })
}

/// The prefix that the profile writes before keywords.
fn prefix<'a>(context: &Context<'a>) -> &'a str {
    let of_element = |element: &&TreeElement| {
        let name = context.read(element.start.name);
        keyword_of(name)?;
        name.split_once(':').map(|(prefix, _)| prefix)
    };
    let of_script = || context.document.script.as_ref().map(|script| script.name.node.prefix.as_str());
    let found = context.around.iter().rev().find_map(of_element).or_else(of_script);
    found.filter(|prefix| !prefix.is_empty()).unwrap_or("api")
}

/// The name of an attribute as the profile writes it, or such attributes; `word` is the one that is being written.
fn prefixed(context: &Context<'_>, known: &ColumnAttribute, word: Span) -> String {
    let info = context.document.info.iter();
    let written = info.flat_map(|info| {
        let columns = info.columns.iter().chain(&info.outputs).map(|column| &column.attributes);
        columns.chain(info.inputs.iter().map(|input| &input.attributes)).flatten()
    });
    let written = written.filter(|attribute| attribute.name.span != word);
    let same = written.clone().find(|attribute| known.parameter.is(&attribute.name.node.local));
    let of_kind = |name: &str| column_attribute(name).is_some_and(|other| other.prefix == known.prefix);
    let found = same.or_else(|| written.clone().find(|attribute| of_kind(&attribute.name.node.local)));
    let prefix = found.map_or(known.prefix, |attribute| &attribute.name.node.prefix);
    let name = known.parameter.name;
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}:{name}") }
}
