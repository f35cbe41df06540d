//! Each folder of `fixtures/run` and `fixtures/check-sample` through the real binary: see the READMEs there.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read files and start the binary, and fail when they cannot"
)]

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

type Failed = Box<dyn std::error::Error>;

fn case(profile: &Path) -> Result<(), Failed> {
    let folder = profile.parent().unwrap();
    let scratch = tempfile::tempdir()?;
    let report = scratch.path().join("report.json");
    let output = run(folder, &report)?;
    let report: Option<Value> = fs::read(&report).ok().and_then(|json| serde_json::from_slice(&json).ok());

    let mut wrong = String::new();
    let mut compare = |name: &str, got: &[u8]| {
        let path = folder.join(name);
        if std::env::var_os("PROFILEC_BLESS").is_some() {
            fs::write(&path, got).unwrap();
        }
        match fs::read(&path) {
            Ok(wanted) if wanted == got => {}
            Ok(wanted) => {
                let (wanted, got) = (String::from_utf8_lossy(&wanted), String::from_utf8_lossy(got));
                let _ = writeln!(wrong, "--- {name} wanted\n{wanted}\n--- {name} got\n{got}");
            }
            Err(error) => {
                let got = String::from_utf8_lossy(got);
                let _ = writeln!(wrong, "--- {name}: {error}; got\n{got}");
            }
        }
    };
    compare("rows.csv", &output.stdout);
    compare("outcome.txt", outcome(&output, report.as_ref()).as_bytes());
    if folder.join("requests.snap").exists() {
        compare("requests.snap", requests(&output).as_bytes());
    }
    if folder.join("plan.txt").exists() {
        compare("plan.txt", &plan(folder)?);
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        let _ = writeln!(wrong, "--- stderr\n{}", String::from_utf8_lossy(&output.stderr));
        Err(wrong.into())
    }
}

fn run(folder: &Path, report: &Path) -> Result<Output, Failed> {
    let mut command = profilec(folder);
    command.args(["run", "profile.rsd", "--replay", "exchanges", "--trace", "--report"]).arg(report);
    Ok(command.args(args(folder)).output()?)
}

/// What `profilec plan` prints of the table that runs.
fn plan(folder: &Path) -> Result<Vec<u8>, Failed> {
    let args = args(folder);
    let table = args.iter().skip_while(|arg| *arg != "--table").take(2);
    Ok(profilec(folder).args(["plan", "profile.rsd"]).args(table).output()?.stdout)
}

fn profilec(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilec"));
    command.current_dir(folder).env_clear().env("TZ", "UTC");
    command
}

fn args(folder: &Path) -> Vec<String> {
    let args = fs::read_to_string(folder.join("args.txt")).unwrap_or_default();
    args.lines().map(str::to_owned).collect()
}

/// The parts of the report that do not change from run to run; standard error when nothing was run.
fn outcome(output: &Output, report: Option<&Value>) -> String {
    let exit = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    let mut text = format!("exit: {exit}\n");
    let Some(report) = report else {
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        return text;
    };
    let reason = &report["reason"];
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut line = |name: &str, value: String| {
        let _ = writeln!(text, "{name}: {value}");
    };
    line("verdict", plain(&report["verdict"]));
    line("reason", plain(&reason["code"]));
    let file = match reason["profile"].as_str() {
        Some("profile.rsd") | None => String::new(),
        Some(included) => format!("{included}:"),
    };
    line("place", format!("{file}{}:{}", reason["line"], reason["column"]));
    line("message", plain(&reason["message"]));
    line("rows", plain(&report["rows"]));
    line("pages", plain(&report["pages"]));
    for seen in report["evidence"].as_array().into_iter().flatten() {
        let [code, field, value] = ["code", "field", "value"].map(|key| plain(&seen[key]));
        line("evidence", format!("{code} on page {}: {field} is {value}", seen["page"]));
    }
    text
}

/// Method and URL of each page, from the trace.
fn requests(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let asked = stderr.lines().filter_map(|line| line.strip_prefix("page ")?.split_once(": "));
    let mut text = String::new();
    for (_, rest) in asked {
        let request: Vec<&str> = rest.splitn(3, ' ').take(2).collect();
        text.push_str(request.join(" ").trim_end_matches(':'));
        text.push('\n');
    }
    text
}

/// `check` of a profile with the samples beside it.
fn sample(profile: &Path) -> Result<(), Failed> {
    let folder = profile.parent().unwrap();
    let mut samples: Vec<String> = Vec::new();
    let mut canaries: Vec<String> = Vec::new();
    for name in files(folder).chain(files(&folder.join("exchanges")).map(|name| format!("exchanges/{name}")))
    {
        if name.starts_with("sample") || name.starts_with("exchanges/") {
            let bytes = fs::read(folder.join(&name))?;
            let text = String::from_utf8_lossy(&bytes);
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '-');
            canaries.extend(words.filter(|word| word.starts_with("canary-")).map(str::to_owned));
        }
        if name.starts_with("sample") || name == "exchanges" {
            samples.push(name);
        }
    }
    samples.sort();
    let mut command = profilec(folder);
    command.args(["check", "profile.rsd"]).args(samples.iter().flat_map(|name| ["--sample", name]));
    let output = command.args(args(folder)).output()?;
    let exit = output.status.code().map_or("none".to_owned(), |code| code.to_string());
    let (stdout, stderr) = (String::from_utf8(output.stdout)?, String::from_utf8(output.stderr)?);
    let got = format!("{stdout}--- stderr\n{stderr}--- exit {exit}\n");
    if let Some(canary) = canaries.iter().find(|canary| got.contains(canary.as_str())) {
        return Err(format!("`{canary}` is told:\n{got}").into());
    }
    let path = folder.join("expected.txt");
    if std::env::var_os("PROFILEC_BLESS").is_some() {
        fs::write(&path, &got)?;
    }
    let wanted = fs::read_to_string(&path).unwrap_or_default();
    if wanted != got {
        return Err(format!("--- wanted\n{wanted}\n--- got\n{got}").into());
    }
    if folder.join("mended.rsd").exists() { mended(folder, &samples) } else { Ok(()) }
}

/// The profile as the fixes leave it, which then have nothing more to mend.
fn mended(folder: &Path, samples: &[String]) -> Result<(), Failed> {
    let scratch = tempfile::tempdir()?;
    let profile = scratch.path().join("profile.rsd");
    fs::copy(folder.join("profile.rsd"), &profile)?;
    let mend = || -> Result<String, Failed> {
        let mut command = profilec(folder);
        command.arg("check").arg(&profile).args(samples.iter().flat_map(|name| ["--sample", name]));
        command.args(args(folder)).args(["--fix", "--unsafe"]).output()?;
        Ok(fs::read_to_string(&profile)?)
    };
    let (once, twice) = (mend()?, mend()?);
    if once != twice {
        return Err(format!("--- mended once\n{once}\n--- twice\n{twice}").into());
    }
    if std::env::var_os("PROFILEC_BLESS").is_some() {
        fs::write(folder.join("mended.rsd"), &once)?;
    }
    let wanted = fs::read_to_string(folder.join("mended.rsd"))?;
    if wanted == once { Ok(()) } else { Err(format!("--- wanted\n{wanted}\n--- got\n{once}").into()) }
}

/// The names of what is in a folder; none when it is not there.
fn files(folder: &Path) -> impl Iterator<Item = String> {
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().file_name().into_string().unwrap())
}

datatest_stable::harness! {
    { test = sample, root = "../../fixtures/check-sample", pattern = r"/profile\.rsd$" },
    { test = case, root = "../../fixtures/run", pattern = r"/profile\.rsd$" },
}
