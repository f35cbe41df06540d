//! What holds for every text: laying out keeps its meaning, and once is enough.

mod meaning;

use std::path::{Path, PathBuf};

use meaning::meaning;
use profilec_format::format;
use profilec_syntax::{Tree, TreeNode, parse};
use proptest::prelude::*;

/// Lays a text out, if it needs no mending, and checks what holds for every text.
fn checked(text: &str) -> Option<String> {
    let out = format(text).ok()?;
    assert!(meaning(&out) == meaning(text), "the meaning of {text:?} changed: {out:?}");
    assert_eq!(notes(&out), notes(text), "comments of {text:?} are lost: {out:?}");
    let again = format(&out);
    assert_eq!(again.as_deref().ok(), Some(out.as_str()), "twice is not once for {text:?}");
    Some(out)
}

/// Comments, instructions and CDATA sections, as written.
fn notes(text: &str) -> Vec<&str> {
    fn collect<'a>(text: &'a str, nodes: &[TreeNode], found: &mut Vec<&'a str>) {
        for node in nodes {
            match node {
                TreeNode::Element(element) => collect(text, &element.children, found),
                TreeNode::Comment(span) | TreeNode::CData(span) | TreeNode::Instruction(span) => {
                    found.push(&text[span.range()]);
                }
                _ => {}
            }
        }
    }
    let Tree { nodes } = parse(text).tree;
    let mut notes = Vec::new();
    collect(text, &nodes, &mut notes);
    notes
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files in a folder and the folders in it that end so.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|own| own == ending) {
            found.push(path);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tests read fixtures")]
fn read(path: &Path) -> Option<String> {
    std::fs::read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Every profile in the repository, and every sample of the pages.
fn profiles() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for folder in ["fixtures", "profiles"] {
        files(&repository().join(folder), "rsd", &mut paths);
    }
    let named = |path: &PathBuf| (path.display().to_string(), read(path).unwrap_or_default());
    let mut profiles: Vec<(String, String)> = paths.iter().map(named).collect();
    let mut pages = Vec::new();
    files(&repository().join("docs"), "md", &mut pages);
    for path in pages {
        let page = read(&path).unwrap_or_default();
        for (at, block) in page.split("```xml").skip(1).enumerate() {
            let sample = block.split_once('\n').map_or("", |(_, rest)| rest);
            let sample = sample.split("```").next().unwrap_or_default();
            profiles.push((format!("{} #{at}", path.display()), sample.to_owned()));
        }
    }
    profiles
}

#[test]
fn every_profile_of_the_repository_keeps_its_meaning() {
    let profiles = profiles();
    let laid_out = profiles.iter().filter(|(_, text)| checked(text).is_some()).count();
    assert!(laid_out > 300, "only {laid_out} of {} are laid out", profiles.len());
}

#[test]
fn a_profile_without_fault_is_laid_out() {
    let mut paths = Vec::new();
    files(&repository().join("fixtures/syntax/ok"), "rsd", &mut paths);
    for path in paths {
        let text = read(&path).expect("it can be read");
        assert!(checked(&text).is_some(), "{}", path.display());
    }
}

#[test]
fn shipped_profiles_and_the_sample_of_the_page_are_laid_out() {
    let is_profile = |name: &str| name.contains("/profiles/") && !name.contains("/fixtures/");
    let is_shipped = |name: &str| is_profile(name) || name.contains("docs/format.md");
    let shipped: Vec<_> = profiles().into_iter().filter(|(name, _)| is_shipped(name)).collect();
    assert!(shipped.len() > 1, "{shipped:?}");
    for (name, text) in shipped {
        assert_eq!(format(&text).ok(), Some(text), "{name}");
    }
}

#[test]
fn every_prefix_and_every_deletion_keeps_its_meaning() {
    for name in ["cdata_body", "unicode_names_and_blanks"] {
        let text = read(&repository().join(format!("fixtures/syntax/ok/{name}.rsd"))).expect("it is there");
        let mut laid_out = 0;
        for (at, c) in text.char_indices() {
            laid_out += usize::from(checked(&text[..at]).is_some());
            let without = format!("{}{}", &text[..at], &text[at + c.len_utf8()..]);
            laid_out += usize::from(checked(&without).is_some());
            let doubled = format!("{}{c}{}", &text[..at], &text[at..]);
            laid_out += usize::from(checked(&doubled).is_some());
        }
        assert!(laid_out > text.len() / 2, "only {laid_out} of `{name}`");
    }
}

/// Pieces that meet in profiles, whole and half.
const PIECES: &[&str] = &[
    "<api:script>",
    "</api:script>",
    "<api:info title='a'>",
    "</api:info>",
    "<attr name=\"a\"/>",
    "<attr xs:type='int' name='long name'/>",
    "<attr desc=\"x\ny\" name='b'></attr>",
    "<input def='1' name='c'/>",
    "<api:call op='jsonproviderGet'>",
    "</api:call>",
    "<api:push/>",
    "<api:push>",
    "</api:push>",
    "<api:set value='a\"b' attr=\"x\"/>",
    "<api:set attr='data'>",
    "</api:set>",
    "<b>",
    "</b>",
    "<br/>",
    "<api:oops z='1' y='2'>",
    "</api:oops>",
    "<!-- note -->",
    "<!-- two\nlines -->",
    "<?pi a?>",
    "<![CDATA[ x ]]>",
    "<![CDATA[]]>",
    "<attr name=\"a\"",
    " key='true'",
    " other:xPath=\"p\"",
    "/>",
    ">",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "\t",
    "\u{A0}",
    "\u{FEFF}",
    "\u{200B}",
    "text",
    "a & b",
    "&amp;",
    "&nbsp;",
    "<",
    "é",
    "=",
    "\"",
    "'",
    ",",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![20 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,3}"]
}

/// An attribute's value in quotes.
fn value() -> impl Strategy<Value = String> {
    let text = "[a-z \\[\\]|&;/.{}:,=#<>\u{A0}é表-]{0,70}|[a-z& \n\r=<>]{0,20}";
    prop_oneof![
        text.prop_map(|text| format!("\"{text}\"")),
        text.prop_map(|text| format!("'{text}'")),
        text.prop_map(|text| format!("'{text}\"{text}'")),
        text.prop_map(|text| format!("\"{text}'{text}\"")),
    ]
}

fn blank() -> impl Strategy<Value = String> {
    proptest::sample::select(&[" ", "\n", "  ", "\n\n", "\r\n   ", "\t", "\u{A0}"][..])
        .prop_map(str::to_owned)
}

/// Layout between elements, with and without comments.
fn between() -> impl Strategy<Value = String> {
    let parts =
        ["", "", "\n", "\n  ", "\n\n", "\r\n", " ", "<!-- c -->", "\n<!-- own\n   line -->\n", "<?p i?>"];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..4).prop_map(|parts| parts.concat())
}

fn tag(
    names: &'static [&'static str],
    attributes: &'static [&'static str],
) -> impl Strategy<Value = (String, String)> {
    let names_of_attributes =
        proptest::sample::subsequence(attributes, 0..=attributes.len().min(5)).prop_shuffle();
    let blanks_and_values = proptest::collection::vec((blank(), value()), 5);
    (proptest::sample::select(names), names_of_attributes, blanks_and_values).prop_map(
        |(name, attributes, values)| {
            let attributes =
                attributes.iter().zip(values).map(|(name, (blank, value))| format!("{blank}{name}={value}"));
            (name.to_owned(), format!("<{name}{}", attributes.collect::<String>()))
        },
    )
}

fn field() -> impl Strategy<Value = String> {
    let names = &[
        "name",
        "xs:type",
        "key",
        "readonly",
        "other:xPath",
        "desc",
        "other:unit",
        "def",
        "default",
        "Alias",
    ];
    (tag(&["attr", "attr", "input", "output"], names), prop_oneof![Just("/>"), Just(" />"), Just(">")])
        .prop_map(
            |((name, tag), end)| if end == ">" { format!("{tag}> </{name}>") } else { format!("{tag}{end}") },
        )
}

fn body() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z \n\\[\\]{}:,\"'&]{0,20}",
        "[a-z \n<&]{0,10}".prop_map(|text| format!("\n <![CDATA[{text}]]>\n")),
        Just("a <!-- c --> b".to_owned()),
        Just("<ul>\n<li>[x]</li></ul>".to_owned()),
    ]
}

fn statement() -> impl Strategy<Value = String> {
    let attributes =
        &["attr", "value", "item", "op", "in", "output", "code", "exp", "xmlns:q", "other:own", "Attr"];
    let leaf = prop_oneof![
        tag(&["api:set", "api:push", "api:throw", "api:unset"], attributes)
            .prop_map(|(_, tag)| format!("{tag}/>")),
        (tag(&["api:set", "rsb:setm", "api:push", "p"], attributes), body())
            .prop_map(|((name, tag), body)| format!("{tag}>{body}</{name}>")),
    ];
    leaf.prop_recursive(4, 30, 4, move |inner| {
        let names = &["api:call", "api:if", "api:else", "api:script", "api:push", "api:unknown", "api:enum"];
        let children = proptest::collection::vec((between(), inner), 0..4);
        (tag(names, attributes), children, between(), prop_oneof![4 => Just(""), 1 => Just("stray ")])
            .prop_map(|((name, tag), children, last, stray)| {
                let children: String =
                    children.into_iter().map(|(between, child)| between + &child).collect();
                format!("{tag}>{children}{last}{stray}</{name}\n>")
            })
    })
}

fn profile() -> impl Strategy<Value = String> {
    let list = |one: BoxedStrategy<String>| {
        proptest::collection::vec((between(), one), 0..6)
            .prop_map(|parts| parts.into_iter().map(|(between, part)| between + &part).collect::<String>())
    };
    (between(), list(field().boxed()), between(), list(statement().boxed()), between()).prop_map(
        |(before, fields, between, statements, after)| {
            format!("{before}<api:script xmlns:api='u' ><api:info title='T'\n>{fields}{between}</api:info>{statements}{after}</api:script>{after}")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(250) })]

    #[test]
    fn every_profile_keeps_its_meaning(text in profile()) {
        checked(&text);
    }

    #[test]
    fn every_text_of_pieces_keeps_its_meaning(pieces in proptest::collection::vec(piece(), 0..30)) {
        checked(&format!("<api:script>{}</api:script>", pieces.concat()));
        checked(&pieces.concat());
    }
}
