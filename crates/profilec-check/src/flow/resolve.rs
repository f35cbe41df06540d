//! Following values back to where they come from.

use std::collections::HashMap;

use profilec_syntax::{Column, Document, FormatterCall, Input, Part, Reference, Source, Template};
use profilec_vocabulary::{FormatterId, TypeId, column_type, formatter};

use super::env::folded;
use super::{Flow, Given, Place, Reaching};
use crate::names::{is_marker, literal_name};

/// Values that stand in values, one in the other.
const MAX_DEPTH: usize = 16;
/// References that one question follows: values may name each other many times.
const MAX_STEPS: usize = 512;
/// Bytes of a constant.
const MAX_TEXT: usize = 64 << 10;

/// A value, taken apart: what is set from other values is followed as far as it is certain.
#[derive(Clone, Debug)]
pub(crate) enum Piece<'a> {
    /// Text as it is.
    Text(String),
    /// A value that is not known before the run.
    Value(&'a Reference),
}

/// Where the value of a reference comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'a> {
    /// What the page before left: `rows@next`.
    Marker,
    /// `_input.name`, and its declaration.
    Input(Option<Declared<'a>>),
    /// `_connection.name`.
    Connection,
    /// A column of the row.
    Column,
    /// A value of the response that is mapped to a name.
    Mapped,
    /// Something else.
    Other,
}

/// What declares an input.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Declared<'a> {
    Input(&'a Input),
    Column(&'a Column),
}

impl<'a> Declared<'a> {
    /// Whether the type is text, said or not.
    pub(crate) fn is_text(self) -> bool {
        let ty = match self {
            Self::Input(input) => input.ty(),
            Self::Column(column) => column.ty(),
        };
        let Some(ty) = ty.map(|ty| ty.as_str().trim()).filter(|ty| !ty.is_empty()) else { return true };
        column_type(ty).is_some_and(|ty| ty.id == TypeId::String)
    }

    pub(crate) fn as_input(self) -> Option<&'a Input> {
        match self {
            Self::Input(input) => Some(input),
            Self::Column(_) => None,
        }
    }
}

/// A reference followed to its first one: a value that is nothing but another value, formatted.
#[derive(Clone, Debug)]
pub(crate) struct Chain<'a> {
    /// The reference that reads what the script did not make.
    pub(crate) first: &'a Reference,
    pub(crate) kind: Kind<'a>,
    /// In the order in which they are applied.
    pub(crate) formatters: Vec<&'a FormatterCall>,
}

impl Chain<'_> {
    /// How often the value is percent-encoded.
    pub(crate) fn encodings(&self) -> impl Iterator<Item = &FormatterCall> {
        self.formatters.iter().copied().filter(|call| is(call, FormatterId::UrlEncode))
    }

    /// Whether the text arrives as it came: nothing encodes it, makes a number of it or picks a word.
    pub(crate) fn is_as_it_came(&self) -> bool {
        self.formatters
            .iter()
            .all(|call| formatter(&call.name.node).is_some_and(|known| keeps_text(known.id)))
    }

    /// Whether a number or a code stands for a missing value: then values are numbers or codes.
    pub(crate) fn has_code_for_default(&self) -> bool {
        let defaults = self.formatters.iter().filter(|call| is(call, FormatterId::Def));
        defaults.filter_map(|call| literal_argument(call, 0)).any(is_code)
    }
}

/// Formatters that let every character through.
fn keeps_text(id: FormatterId) -> bool {
    use FormatterId as Id;
    matches!(
        id,
        Id::Def
            | Id::AllowNull
            | Id::Trim
            | Id::TrimStart
            | Id::TrimEnd
            | Id::ToLower
            | Id::ToUpper
            | Id::Truncate
    )
}

/// Whether a formatter call is this formatter.
pub(crate) fn is(call: &FormatterCall, id: FormatterId) -> bool {
    formatter(&call.name.node).is_some_and(|known| known.id == id)
}

/// An argument without references.
pub(crate) fn literal_argument(call: &FormatterCall, at: usize) -> Option<&str> {
    match call.arguments.get(at)?.node.parts.as_slice() {
        [Part::Literal(text)] => Some(text),
        [] => Some(""),
        _ => None,
    }
}

/// Whether a text is a number or a code: `50`, `NO`, `2024-01-31`.
pub(crate) fn is_code(text: &str) -> bool {
    let text = text.trim();
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || b"-._".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// Follows the values of a profile.
#[derive(Debug)]
pub(crate) struct Resolver<'a> {
    flow: Flow<'a>,
    columns: HashMap<String, &'a Column>,
    inputs: HashMap<String, &'a Input>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let info = document.info.iter();
        let named = info.clone().flat_map(|info| info.columns.iter().chain(&info.outputs)).rev();
        let columns = named.filter_map(|column| Some((folded(column.name()?.as_str()), column))).collect();
        let inputs = info.flat_map(|info| &info.inputs).rev();
        let inputs = inputs.filter_map(|input| Some((folded(input.name()?.as_str()), input))).collect();
        Self { flow: Flow::new(document), columns, inputs }
    }

    pub(crate) fn flow(&self) -> &Flow<'a> {
        &self.flow
    }

    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Option<&'a Column> {
        self.columns.get(&folded(name)).copied()
    }

    /// The declared input of this name.
    pub(crate) fn input(&self, name: &str) -> Option<&'a Input> {
        self.inputs.get(&folded(name)).copied()
    }

    fn declared(&self, name: &str) -> Option<Declared<'a>> {
        self.input(name).map(Declared::Input).or_else(|| self.column(name).map(Declared::Column))
    }

    /// Where a reference has its value from.
    pub(crate) fn kind(&self, reference: &'a Reference) -> Kind<'a> {
        let Some((name, _)) = literal_name(reference) else { return Kind::Other };
        let lower = name.to_lowercase();
        let reaching = self.flow.reaching(reference);
        let places = reaching.and_then(|reaching| self.flow.places(reaching)).unwrap_or_default();
        if reaching.is_some_and(|reaching| reaching.many) {
            return Kind::Other;
        }
        if !places.is_empty() {
            let is_mapped = places.iter().all(|place| matches!(place.value, Given::Mapped));
            return if is_mapped { Kind::Mapped } else { Kind::Other };
        }
        if is_marker(&lower) {
            return Kind::Marker;
        }
        match lower.split_once('.').map(|(item, _)| item) {
            Some("_input" | "_query") => {
                let own = name.split_once('.').map_or(name, |(_, own)| own).trim();
                Kind::Input(self.declared(own))
            }
            Some("_connection") => Kind::Connection,
            _ if self.column(name).is_some() => Kind::Column,
            _ => Kind::Other,
        }
    }

    /// Follows a reference as long as its value is another one, and that alone.
    pub(crate) fn chain(&self, reference: &'a Reference) -> Chain<'a> {
        let mut formatters: Vec<&FormatterCall> = reference.pipeline.iter().collect();
        let mut first = reference;
        for _ in 0..MAX_DEPTH {
            let only = self.flow.reaching(first).and_then(|reaching| self.flow.only_place(reaching));
            let Some(Place { value: Given::Template(template), .. }) = only else { break };
            let [Part::Reference(inner)] = template.parts.as_slice() else { break };
            formatters.splice(0..0, &inner.pipeline);
            first = inner;
        }
        Chain { first, kind: self.kind(first), formatters }
    }

    /// Takes a value apart.
    pub(crate) fn pieces(&self, template: &'a Template) -> Vec<Piece<'a>> {
        let (mut pieces, mut steps) = (Vec::new(), MAX_STEPS);
        self.add_pieces(template, &mut steps, 0, &mut pieces);
        pieces
    }

    fn add_pieces(
        &self,
        template: &'a Template,
        steps: &mut usize,
        depth: usize,
        pieces: &mut Vec<Piece<'a>>,
    ) {
        for part in &template.parts {
            match part {
                Part::Literal(text) => pieces.push(Piece::Text(text.clone())),
                Part::Reference(reference) => self.add_value(reference, steps, depth, pieces),
            }
        }
    }

    fn add_value(
        &self,
        reference: &'a Reference,
        steps: &mut usize,
        depth: usize,
        pieces: &mut Vec<Piece<'a>>,
    ) {
        *steps = steps.saturating_sub(1);
        // A default matters only where there is no value.
        let only_defaults = reference.pipeline.iter().all(is_default);
        let place = self.flow.reaching(reference).and_then(|reaching| self.flow.only_place(reaching));
        match (&reference.source, place.map(|place| place.value)) {
            (Source::Quoted(text), _) if reference.pipeline.is_empty() => {
                pieces.push(Piece::Text(text.clone()));
            }
            (Source::Name(_), Some(Given::Template(value)))
                if only_defaults && depth < MAX_DEPTH && *steps > 0 =>
            {
                self.add_pieces(value, steps, depth + 1, pieces);
            }
            (Source::Name(_), Some(Given::Literal(text))) if only_defaults => {
                pieces.push(Piece::Text(text.to_owned()));
            }
            _ => pieces.push(Piece::Value(reference)),
        }
    }

    /// Takes the value of a reference apart.
    pub(crate) fn pieces_of(&self, reference: &'a Reference) -> Vec<Piece<'a>> {
        let (mut pieces, mut steps) = (Vec::new(), MAX_STEPS);
        self.add_value(reference, &mut steps, 0, &mut pieces);
        pieces
    }

    /// What stands for a value that may be missing here.
    pub(crate) fn default_of(&self, reference: &'a Reference) -> Option<&'a str> {
        let is_certain = self.flow.reaching(reference).is_some_and(|reaching| reaching.certain);
        let first = reference.pipeline.first().filter(|call| is(call, FormatterId::Def) && !is_certain)?;
        literal_argument(first, 0)
    }

    /// The value of a template that is the same in every run.
    pub(crate) fn constant(&self, template: &'a Template) -> Option<String> {
        let mut constant = String::new();
        for piece in self.pieces(template) {
            match piece {
                Piece::Text(text) => constant.push_str(&text),
                Piece::Value(_) => return None,
            }
            if constant.len() > MAX_TEXT {
                return None;
            }
        }
        Some(constant)
    }

    /// The value that reaches a place, when it is the same in every run.
    pub(crate) fn constant_of(&self, reaching: &Reaching) -> Option<String> {
        match self.flow.only_place(reaching)?.value {
            Given::Template(template) => self.constant(template),
            Given::Literal(text) => Some(text.to_owned()),
            Given::Mapped | Given::Unknown => None,
        }
    }

    /// Whether a value is the same on all pages of a run: made of constants, inputs and options alone.
    pub(crate) fn is_same_on_all_pages(&self, template: &'a Template) -> bool {
        self.is_same(template, &mut { MAX_STEPS }, 0)
    }

    fn is_same(&self, template: &'a Template, steps: &mut usize, depth: usize) -> bool {
        let mut references = template.references().into_iter();
        depth < MAX_DEPTH && references.all(|reference| self.is_fixed(reference, steps, depth))
    }

    fn is_fixed(&self, reference: &'a Reference, steps: &mut usize, depth: usize) -> bool {
        *steps = steps.saturating_sub(1);
        if *steps == 0 {
            return false;
        }
        let varies = |call: &FormatterCall| {
            use FormatterId as Id;
            let moving = [Id::Guid, Id::Rand, Id::Now, Id::UtcNow, Id::FileTimeNow];
            formatter(&call.name.node).is_none_or(|known| moving.contains(&known.id))
        };
        if reference.pipeline.iter().any(varies) {
            return false;
        }
        if matches!(reference.source, Source::Quoted(_)) {
            return true;
        }
        let Some(reaching) = self.flow.reaching(reference) else { return false };
        match self.kind(reference) {
            Kind::Input(..) | Kind::Connection => true,
            Kind::Marker | Kind::Column | Kind::Mapped => false,
            Kind::Other => match self.flow.only_place(reaching).map(|place| place.value) {
                Some(Given::Template(value)) => self.is_same(value, steps, depth + 1),
                Some(Given::Literal(_)) => true,
                _ => false,
            },
        }
    }
}

fn is_default(call: &FormatterCall) -> bool {
    is(call, FormatterId::Def) && call.arguments.len() < 2 || is(call, FormatterId::AllowNull)
}
