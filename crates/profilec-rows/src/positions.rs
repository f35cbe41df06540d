//! Where the values of a body's rows stand, when they have positions instead of names.

use std::borrow::Cow;

use profilec_diagnostics::Diagnostic;
use profilec_plan::Extraction;
use profilec_vocabulary::ResponseFormat;

use crate::csv::Csv;
use crate::fault::Place;
use crate::survey::Unfit;
use crate::table::fields_of_json;

/// An extraction that knows where the values of rows without names stand.
pub(crate) struct Positions<'e, 't> {
    pub(crate) extraction: Cow<'e, Extraction>,
    pub(crate) csv: Option<Csv<'t>>,
    /// How many values a row has.
    pub(crate) width: Option<usize>,
    /// The names of those that no column takes.
    pub(crate) untaken: Vec<String>,
}

/// Where values have positions, the names in the body say which.
pub(crate) fn positions<'e: 't, 't>(
    text: &'t str,
    extraction: &'e Extraction,
    is_needed: impl Fn(usize) -> bool,
    unfit: impl FnMut(Unfit) -> Result<(), Diagnostic>,
    place: &Place<'_>,
) -> Result<Positions<'e, 't>, Diagnostic> {
    if extraction.format == ResponseFormat::Csv {
        let csv = Csv::open(text, &extraction.layout.csv, place)?;
        let positioned = csv.fields.positioned(extraction, is_needed, unfit, place)?;
        let width = Some(csv.fields.width);
        let untaken = csv.fields.untaken(&positioned).map(str::to_owned).collect();
        return Ok(Positions { extraction: Cow::Owned(positioned), csv: Some(csv), width, untaken });
    }
    let fields = fields_of_json(text, extraction).map_err(|fault| place.report(&fault, text, ""))?;
    let Some(fields) = fields else {
        let extraction = Cow::Borrowed(extraction);
        return Ok(Positions { extraction, csv: None, width: None, untaken: Vec::new() });
    };
    let positioned = fields.positioned(extraction, is_needed, unfit, place)?;
    let untaken = fields.untaken(&positioned).map(str::to_owned).collect();
    Ok(Positions { extraction: Cow::Owned(positioned), csv: None, width: Some(fields.width), untaken })
}
