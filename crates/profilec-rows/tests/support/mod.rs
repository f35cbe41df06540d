//! Extractions written as text, and batches read as text.
#![allow(dead_code, reason = "every test binary uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Decimal256Type, Float64Type, Int64Type, Time64MicrosecondType,
    TimestampMicrosecondType,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use profilec_diagnostics::{Diagnostic, Span};
use profilec_plan::{
    Capture, ColumnSource, ColumnType, Extraction, Layout, Level, Misplaced, PlanColumn, RowPaths,
};
use profilec_rows::{Extractor, Page};
use profilec_syntax::{Anchor, Path, RowPath, Step, Text, parse_path, parse_row_path};
use profilec_vocabulary::ResponseFormat;

/// An extraction with its columns.
pub(crate) struct Case {
    pub(crate) columns: Vec<PlanColumn>,
    pub(crate) output: Option<Vec<usize>>,
    pub(crate) extraction: Extraction,
}

impl Case {
    /// Rows at `a/b[1]/*`; empty: the root.
    pub(crate) fn new(rows: &str) -> Self {
        Self::with(RowPath::Steps(steps(rows)))
    }

    /// Rows of a general JSONPath.
    pub(crate) fn query(query: &str) -> Self {
        Self::with(RowPath::Query(query.to_owned()))
    }

    fn with(rows: RowPath) -> Self {
        let extraction = Extraction {
            format: ResponseFormat::Json,
            layout: Layout::default(),
            levels: vec![Level::rows(rows)],
            relative: vec![0],
            rows_origin: Span::at(0),
            columns: Vec::new(),
            captures: Vec::new(),
            materialise: Vec::new(),
        };
        Self { columns: Vec::new(), output: None, extraction }
    }

    /// `name type path`; a path that starts with `/` is outside the rows, `.` is the row itself.
    pub(crate) fn column(mut self, line: &str) -> Self {
        let mut words = line.splitn(3, ' ');
        let mut word = || words.next().expect("a column is `name type path`");
        let (name, ty, path) = (word(), word(), word());
        let source = match path.strip_prefix('/') {
            Some(outside) => ColumnSource::Outside(steps(outside)),
            None if path == "." => ColumnSource::Row(Vec::new()),
            None if path == "-" => ColumnSource::Nothing,
            None => ColumnSource::Row(steps(path)),
        };
        self.columns.push(PlanColumn {
            name: name.to_owned(),
            ty: column_type(ty),
            key: false,
            path: None,
            filter: None,
            set_by_script: false,
            origin: Span::at(u32::try_from(self.columns.len()).unwrap()),
        });
        self.extraction.columns.push(source);
        self
    }

    /// Lays out row paths as a profile writes them, `;` between, `SubRepeatElement#n` after `sub `, for columns
    /// whose paths are written as a profile does.
    pub(crate) fn arranged(self, lists: &[&str], subs: &[&str], columns: &[&str]) -> Self {
        self.try_arranged(lists, subs, columns).expect("levels")
    }

    /// See [`Self::arranged`].
    pub(crate) fn try_arranged(
        mut self,
        lists: &[&str],
        subs: &[&str],
        columns: &[&str],
    ) -> Result<Self, Misplaced> {
        let format = self.extraction.format;
        let text = |written: &str| Text::verbatim(written, Span::at(0));
        let lists = lists.iter().map(|list| parse_row_path(&text(list), format).expect("row paths"));
        let subs = subs.iter().map(|sub| parse_path(&text(sub), format).unwrap().unwrap());
        let paths = RowPaths { lists: (1..).zip(lists).collect(), subs: (1..).zip(subs).collect() };
        for line in columns {
            let (line, path) = line.rsplit_once(' ').expect("a column is `name type path`");
            self = self.column(&format!("{line} -"));
            self.columns.last_mut().unwrap().path = parse_path(&text(path), format).unwrap();
        }
        let arranged = profilec_plan::arrange(&paths, &self.columns, format)?;
        self.extraction.levels = arranged.levels;
        self.extraction.relative = arranged.relative;
        self.extraction.columns = arranged.columns;
        Ok(self)
    }

    /// A text column of the row at member names.
    pub(crate) fn text_column(mut self, name: &str, path: &[String]) -> Self {
        self = self.column(&format!("{name} string -"));
        let last = self.extraction.columns.last_mut().unwrap();
        *last = ColumnSource::Row(path.iter().cloned().map(Step::Name).collect());
        self
    }

    /// A captured path; from the root when it starts with `/`.
    pub(crate) fn capture(mut self, path: &str) -> Self {
        let (anchor, bare) = match path.strip_prefix('/') {
            Some(bare) => (Anchor::Root, bare),
            None => (Anchor::Row, path),
        };
        let path = Path { anchor, steps: steps(bare) };
        self.extraction.captures.push(Capture { name: bare.to_owned(), path, origin: Span::at(0) });
        self
    }

    pub(crate) fn format(mut self, format: ResponseFormat) -> Self {
        self.extraction.format = format;
        self
    }

    pub(crate) fn layout(mut self, layout: Layout) -> Self {
        self.extraction.layout = layout;
        self
    }

    pub(crate) fn output(mut self, output: &[usize]) -> Self {
        self.output = Some(output.to_vec());
        self
    }

    pub(crate) fn materialise(mut self, columns: &[usize]) -> Self {
        self.extraction.materialise = columns.to_vec();
        self
    }

    pub(crate) fn extractor(&self) -> Extractor {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        Extractor::new(&self.columns, self.output.as_ref().unwrap_or(&all))
    }

    pub(crate) fn extract(&self, body: &[u8]) -> Result<Page, Diagnostic> {
        self.extractor().extract(body, None, &self.extraction, 1)
    }
}

fn column_type(written: &str) -> ColumnType {
    match written {
        "string" => ColumnType::Utf8,
        "int" => ColumnType::Int64,
        "double" => ColumnType::Float64,
        "boolean" => ColumnType::Boolean,
        "datetime" => ColumnType::Timestamp,
        "date" => ColumnType::Date,
        "time" => ColumnType::Time,
        "binary" => ColumnType::Binary,
        decimal => {
            let digits = decimal.trim_start_matches("decimal(").trim_end_matches(')');
            let (precision, scale) = digits.split_once(',').expect("a type");
            ColumnType::Decimal { precision: precision.parse().unwrap(), scale: scale.parse().unwrap() }
        }
    }
}

/// `a/b[1]/*` as steps.
pub(crate) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let (name, indexes) = part.split_at(part.find('[').unwrap_or(part.len()));
        match name {
            "" => {}
            "*" => steps.push(Step::Any),
            name => steps.push(Step::Name(name.to_owned())),
        }
        let indexes = indexes.split(['[', ']']).filter(|index| !index.is_empty());
        steps.extend(indexes.map(|index| Step::Index(index.parse().unwrap())));
    }
    steps
}

/// A batch as text, row by row; null is `NULL`.
pub(crate) fn cells(batch: &RecordBatch) -> Vec<Vec<String>> {
    (0..batch.num_rows()).map(|row| batch.columns().iter().map(|array| cell(array, row)).collect()).collect()
}

fn cell(array: &ArrayRef, row: usize) -> String {
    if array.is_null(row) {
        return "NULL".to_owned();
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Timestamp(..) => {
            format!("{:?}", array.as_primitive::<TimestampMicrosecondType>().value_as_datetime(row).unwrap())
        }
        DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(row).unwrap().to_string(),
        DataType::Time64(_) => {
            array.as_primitive::<Time64MicrosecondType>().value_as_time(row).unwrap().to_string()
        }
        DataType::Binary => format!("{:02x?}", array.as_binary::<i32>().value(row)),
        DataType::Decimal128(..) => array.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Decimal256(..) => array.as_primitive::<Decimal256Type>().value_as_string(row),
        other => panic!("no column is {other}"),
    }
}
