//! What a misspelt reference costs the checker: the time for each must not grow with their number.
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]

use std::fmt::Write;
use std::time::Instant;

use profilec_check::{CheckOptions, check};

const ROUNDS: usize = 10;

fn main() {
    for references in [1_000, 2_000, 4_000] {
        let profile = profile(references);
        let mut best = u128::MAX;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let parsed = profilec_syntax::parse(&profile);
            let findings = check(&parsed.document, &CheckOptions::default());
            best = best.min(start.elapsed().as_micros());
            assert_eq!(findings.len(), 1_000, "findings of one code are told to a bound");
        }
        println!("{references:>6} misspelt references: {best} µs, {} ns each", best * 1_000 / references);
    }
}

/// A profile that sets so many names, and reads each with two letters exchanged.
fn profile(references: u128) -> String {
    let mut text =
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<api:info title="Kilns" xmlns:other="http://apiscript.com/ns?v1">
<attr name="id" xs:type="string" other:xPath="/json/kilns/id"/></api:info>
<api:set attr="URI" value="https://kilns.example/v1/kilns"/>
"#
        .to_owned();
    let number = |at: u128| at * 7_919 % 10_007;
    for at in 0..references {
        writeln!(text, r#"<api:set attr="kiln{}name" value="x"/>"#, number(at)).expect("memory suffices");
    }
    text += "<api:script method=\"GET\">\n";
    for at in 0..references {
        writeln!(text, r#"<api:set attr="UrlParam:p{at}" value="[kiln{}nmae]"/>"#, number(at))
            .expect("memory suffices");
    }
    text + r#"<api:call op="jsonproviderGet"><api:push/></api:call></api:script></api:script>"#
}
