//! What settings and remarks make of findings.

use profilec_diagnostics::{
    Allowed, AllowedBy, Diagnostic, Edit, Fix, Label, Level, Levels, Severity, Span, codes, with_its_line,
};

use crate::remarks::Remark;

/// What was settled outside of the profile.
#[derive(Clone, Debug)]
pub struct SettleOptions {
    /// What wins over remarks: the command line.
    pub over: Levels,
    /// What remarks win over: the settings of the project.
    pub under: Levels,
    /// What is less grave is left out.
    pub least: Severity,
}

impl Default for SettleOptions {
    fn default() -> Self {
        Self { over: Levels::default(), under: Levels::default(), least: Severity::Info }
    }
}

/// Findings after settings and remarks.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// What is told, by place, then by code.
    pub findings: Vec<Diagnostic>,
    /// What is not.
    pub allowed: Vec<Allowed>,
}

/// Settles the findings about a profile. `text` holds all its files, `own` is where its own file stands there, and
/// `remarks` are those of all files.
///
/// A remark that no finding needs is a finding itself, unless there are errors: they can keep rules from looking.
pub fn settle(
    text: &str,
    own: Span,
    findings: Vec<Diagnostic>,
    remarks: &[Remark],
    options: &SettleOptions,
) -> Settled {
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    let mut used: Vec<Vec<bool>> = remarks.iter().map(needing_samples).collect();
    let mut settled = Settled::default();
    for finding in findings {
        let remark = covering(&finding, remarks, &mut used);
        settled.add(finding, remark, options);
    }
    if !has_errors {
        let own_remarks = remarks.iter().zip(&used).filter(|(remark, _)| own.contains(remark.span));
        for finding in own_remarks.flat_map(|(remark, used)| unused(text, remark, used)) {
            settled.add(finding, None, options);
        }
    }
    settled.findings.sort_by_key(|finding| (finding.primary.span, finding.code.id));
    settled
}

impl Settled {
    fn add(&mut self, mut finding: Diagnostic, remark: Option<&Remark>, options: &SettleOptions) {
        let (level, by) = if let Some(level) = options.over.of(finding.code) {
            (Some(level), AllowedBy::Settings)
        } else if let Some(remark) = remark {
            (Some(Level::Allow), AllowedBy::Remark { reason: remark.reason.clone() })
        } else {
            (options.under.of(finding.code), AllowedBy::Settings)
        };
        match level.map(Level::severity) {
            Some(None) => self.allowed.push(Allowed { finding, by }),
            level => {
                finding.severity = level.flatten().unwrap_or(finding.severity);
                if finding.severity >= options.least {
                    self.findings.push(finding);
                }
            }
        }
    }
}

/// By kind: whether it is of findings that only a sample brings. Without one nobody knows whether it is needed.
fn needing_samples(remark: &Remark) -> Vec<bool> {
    let of_samples = codes::ALL.iter().filter(|code| code.area() == "sample");
    remark.kinds.iter().map(|kind| of_samples.clone().any(|code| kind.node.covers(code))).collect()
}

/// The innermost remark that speaks of a finding. All that do are used.
fn covering<'a>(finding: &Diagnostic, remarks: &'a [Remark], used: &mut [Vec<bool>]) -> Option<&'a Remark> {
    let mut innermost: Option<(&Remark, Span)> = None;
    for (remark, used) in remarks.iter().zip(used) {
        let Some(reach) = remark.reach.filter(|reach| reach.contains(finding.primary.span)) else { continue };
        for (kind, used) in remark.kinds.iter().zip(used) {
            if kind.node.covers(finding.code) {
                *used = true;
                if innermost.is_none_or(|(_, outer)| outer.contains(reach)) {
                    innermost = Some((remark, reach));
                }
            }
        }
    }
    innermost.map(|(remark, _)| remark)
}

/// What a remark allows without need.
fn unused(text: &str, remark: &Remark, used: &[bool]) -> Vec<Diagnostic> {
    let kinds = remark.kinds.iter().zip(used).enumerate();
    let unused = kinds.filter(|(_, (_, used))| !**used);
    let finding = |at: usize, place: Span| {
        let (message, label) = if remark.reach.is_some() {
            ("nothing needs to be allowed here", "no such finding")
        } else {
            ("a remark behind the last element speaks of nothing", "nothing follows")
        };
        let finding = Diagnostic::new(&codes::settings::allow_unused, message, Label::new(place, label));
        finding.help("remove it").fix(removal(text, remark, at))
    };
    unused.map(|(at, (kind, _))| finding(at, kind.span)).collect()
}

/// Takes a code out of a remark, and with the last one the remark.
fn removal(text: &str, remark: &Remark, at: usize) -> Fix {
    let span = |at: usize| remark.kinds.get(at).map(|kind| kind.span);
    let edit = |start: u32, end: u32| vec![Edit { span: Span::new(start, end), text: String::new() }];
    match (at.checked_sub(1).and_then(span), span(at), span(at + 1)) {
        (Some(before), Some(own), _) => Fix::risky("remove the code", edit(before.end(), own.end())),
        (None, Some(own), Some(after)) => Fix::risky("remove the code", edit(own.start(), after.start())),
        _ => {
            let place = with_its_line(text, remark.span);
            Fix::risky("remove the remark", edit(place.start(), place.end()))
        }
    }
}
