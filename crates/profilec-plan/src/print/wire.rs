//! The JSON form of a plan: what is serialisable is a promise.

use serde::Serialize;

/// A plan's facts.
#[derive(Debug, Serialize)]
pub(crate) struct PlanFacts {
    pub(crate) format: &'static str,
    pub(crate) version: u32,
    pub(crate) table: String,
    /// Of the tables of the data model `Relational`: the one whose records hold those of this one.
    pub(crate) parent: Option<String>,
    pub(crate) columns: Vec<ColumnFacts>,
    pub(crate) inputs: Vec<InputFacts>,
    /// Inputs that the script reads without declaring them.
    pub(crate) undeclared_inputs: Vec<String>,
    /// Connection options that the script reads.
    pub(crate) connection: Vec<String>,
    /// Where credentials may go.
    pub(crate) origins: Vec<String>,
    pub(crate) calls: Vec<CallFacts>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ColumnFacts {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) key: bool,
    pub(crate) path: Option<String>,
    /// It numbers the records of this table.
    pub(crate) numbers: Option<String>,
    pub(crate) filter: Option<String>,
    pub(crate) set_by_script: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct InputFacts {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
    pub(crate) values: Vec<String>,
    pub(crate) filter: Option<String>,
    /// The script reads it as `[_input.NAME]`, or as a page marker.
    pub(crate) read: bool,
}

/// One request and what is done with its answer. Lists hold alternatives: of several branches, one is taken.
#[derive(Debug, Serialize)]
pub(crate) struct CallFacts {
    pub(crate) method: Vec<String>,
    pub(crate) url: Vec<String>,
    pub(crate) parameters: Vec<Pair>,
    pub(crate) headers: Vec<Pair>,
    pub(crate) body: Vec<String>,
    /// Other names that the operation knows.
    pub(crate) settings: Vec<Pair>,
    /// Names that only the script knows.
    pub(crate) variables: Vec<Pair>,
    /// `JSON`, `XML`, `CSV`.
    pub(crate) format: String,
    /// How bodies of the format are laid out, in words.
    pub(crate) layout: Vec<String>,
    pub(crate) rows: Vec<String>,
    pub(crate) captures: Vec<Pair>,
    pub(crate) paging: PagingFacts,
    /// `page` or `row`.
    pub(crate) runs: &'static str,
    /// The number (from 1) of the request whose rows it is sent for.
    pub(crate) within: Option<usize>,
    /// Its body sends requests, which `within` of these says as well.
    #[serde(skip)]
    pub(crate) asks: bool,
    /// Columns that make it run once a row.
    pub(crate) row_columns: Vec<String>,
    /// The place that makes it run once a row, in bytes.
    pub(crate) because: Option<Place>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PagingFacts {
    /// `none`, `by the script`, `by page number`, `by offset`, `by next URL`, `by token`.
    pub(crate) kind: &'static str,
    /// `EnablePaging` is literally true, or computed.
    pub(crate) enabled: bool,
    pub(crate) values: Vec<Pair>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Place {
    /// The file.
    pub(crate) path: String,
    /// In bytes of the file as stored.
    pub(crate) start: u32,
    pub(crate) end: u32,
}
