//! What `profilec check` takes from start to end, with reading the files: the real program in a process of its own.
//!
//! `cargo build --release -p profilec && cargo bench -p profilec-benches --bench check`
#![expect(clippy::print_stdout, reason = "a benchmark tells its figures")]
#![expect(clippy::disallowed_methods, reason = "it writes profiles and starts the program")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let program = program();
    let folder = tempfile::tempdir().expect("there is room for profiles");
    let write =
        |name: String, text: String| std::fs::write(folder.path().join(name), text).expect("there is room");
    write("One.rsd".to_owned(), profile("One", 8));
    let bytes = profile("One", 8).len();
    tell(&format!("1 file of {bytes} bytes"), &fastest(&program, &folder.path().join("One.rsd")), 1);
    for files in [250_u32, 500, 1_000, 2_000, 4_000] {
        let folder = folder.path().join(files.to_string());
        std::fs::create_dir(&folder).expect("there is room");
        for at in 0..files {
            let title = format!("Kilns{at}");
            std::fs::write(folder.join(format!("{title}.rsd")), profile(&title, 8)).expect("there is room");
        }
        tell(&format!("{files} files"), &fastest(&program, &folder), files);
    }
    for columns in [2_500_u32, 5_000, 10_000, 20_000] {
        let text = profile("Large", columns);
        let what = format!("{columns} columns, {} bytes", text.len());
        write("Large.rsd".to_owned(), text);
        tell(&what, &fastest(&program, &folder.path().join("Large.rsd")), columns);
    }
}

/// The program that was built last, beside this benchmark.
fn program() -> PathBuf {
    let own = std::env::current_exe().expect("the benchmark is a program");
    let program = own.ancestors().nth(2).expect("it stands in `target/release/deps`").join("profilec");
    assert!(program.exists(), "first `cargo build --release -p profilec`");
    program
}

/// The shortest of some runs: the others waited for something else.
fn fastest(program: &Path, profiles: &Path) -> Duration {
    let run = || {
        let start = Instant::now();
        let ran = Command::new(program).arg("check").arg(profiles).stdout(Stdio::null()).status();
        assert!(ran.expect("the program starts").success(), "the profiles are clean");
        start.elapsed()
    };
    (0..ROUNDS).map(|_| run()).min().expect("it ran")
}

fn tell(what: &str, took: &Duration, each: u32) {
    println!(
        "{what:>30}: {:>8.1} ms, {:>7.1} µs each",
        took.as_secs_f64() * 1e3,
        took.as_secs_f64() * 1e6 / f64::from(each)
    );
}

/// A clean profile with so many columns; 8 make 3 KB.
fn profile(title: &str, columns: u32) -> String {
    let mut text = format!(
        r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <api:info title="{title}" desc="Kilns of a pottery" xmlns:other="http://apiscript.com/ns?v1">
"#
    );
    for at in 0..columns {
        let kind = ["string", "integer", "datetime", "boolean"][at as usize % 4];
        let _ = writeln!(
            text,
            r#"    <attr name="field_{at}" xs:type="{kind}" readonly="false" other:xPath="/json/kilns/measured/part_{at}/value" desc="What was measured at part {at} of the kiln, in the unit that the service names in its answer, or nothing"/>"#
        );
    }
    text.push_str(
        r#"    <input name="site" xs:type="string" required="true" desc="code of the pottery"/>
    <input name="rows@next" desc="next page marker, filled by the engine"/>
  </api:info>
  <api:set attr="JSONPath" value="$.kilns"/>
  <api:set attr="EnablePaging" value="TRUE"/>
  <api:set attr="ElementMapPath#1" value="/json/paging/next"/>
  <api:set attr="ElementMapName#1" value="nextUrl"/>
  <api:script method="GET">
    <api:set attr="method" value="GET"/>
    <api:check attr="_input.rows@next">
      <api:set attr="URI" value="[_input.rows@next]"/>
      <api:else>
        <api:set attr="URI" value="https://pottery.example/v2/kilns?site=[_input.site | urlencode]&amp;size=100"/>
      </api:else>
    </api:check>
    <api:call op="jsonproviderGet">
      <api:check attr="nextUrl">
        <api:set attr="rows@next" value="[nextUrl]"/>
      </api:check>
      <api:push/>
    </api:call>
  </api:script>
</api:script>
"#,
    );
    text
}
