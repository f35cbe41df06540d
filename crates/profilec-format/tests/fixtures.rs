//! `fixtures/format/<case>/`: `in.rsd` is laid out as `out.rsd`, or, when it has to be mended first, gives the
//! findings in `findings.txt`. With `PROFILEC_BLESS=1` what is there is written anew.

mod meaning;

use std::path::Path;

use datatest_stable::Utf8Path;
use meaning::meaning;
use profilec_diagnostics::{RenderOptions, Source, render_pretty};
use profilec_format::format;

datatest_stable::harness! {
    { test = laid_out, root = "../../fixtures/format", pattern = r"/in\.rsd$" },
}

fn laid_out(path: &Utf8Path, text: String) -> datatest_stable::Result<()> {
    match format(&text) {
        Ok(out) => {
            same(&path.with_file_name("out.rsd"), &out)?;
            if meaning(&out) != meaning(&text) {
                return Err("it means something else".into());
            }
            if format(&out).ok().as_ref() != Some(&out) {
                return Err(format!("laid out again it differs:\n{:?}", format(&out)).into());
            }
            Ok(())
        }
        Err(findings) => {
            let shown = render_pretty(&findings, &Source::new("in.rsd", text), &RenderOptions::default());
            same(&path.with_file_name("findings.txt"), &shown)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the harness reads and writes expectations")]
fn same(path: &Utf8Path, made: &str) -> datatest_stable::Result<()> {
    let path: &Path = path.as_std_path();
    if std::env::var_os("PROFILEC_BLESS").is_some() {
        std::fs::write(path, made)?;
    }
    let wanted = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    if wanted == made { Ok(()) } else { Err(format!("{} differs; made:\n{made}", path.display()).into()) }
}
