//! The real binary: bad input, faults of servers and outputs, signals, secrets.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests start the binary and read its files, and fail when they cannot"
)]

mod auth;
mod bad_input;
mod containers;
mod faults;
mod fix;
mod fmt;
mod formats;
mod network;
mod oauth;
mod procedures;
mod samples;
mod screens;
mod secrets;
mod server;
mod settings;
mod wire;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use server::{Answer, Server};
use tempfile::TempDir;

const PROFILE: &str = r#"<api:script xmlns:api="http://apiscript.com/ns?v1" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:other="http://apiscript.com/ns?v1">
  <api:info title="Kilns" desc="Kilns">
    <attr name="Id" xs:type="long" other:xPath="id" key="true" desc="Number"/>
    <attr name="Name" xs:type="string" other:xPath="name" desc="Name"/>
  </api:info>
  <api:set attr="URI" value="ORIGIN/kilns"/>
  <api:set attr="EnablePaging" value="true"/>
  <api:set attr="JSONPath" value="$.data"/>
  <api:set attr="pageurlpath" value="/json/next"/>
  <api:script method="GET">
    <api:call op="jsonproviderGet">
      <api:push/>
    </api:call>
  </api:script>
</api:script>
"#;

/// A folder with a profile that asks `origin`.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new(origin: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("kilns.rsd"), PROFILE.replace("ORIGIN", origin)).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        command(self.folder.path(), args)
    }

    fn profilec(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_profilec"));
    command.current_dir(folder).env_clear().env("TZ", "UTC").args(args);
    command
}

/// What became of a command.
struct Ran {
    exit: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            exit: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Three pages of two rows; `last` answers the third.
fn three_pages(last: impl Fn() -> Answer + Send + 'static) -> Server {
    let (tell, told) = std::sync::mpsc::channel::<String>();
    let url = std::sync::OnceLock::new();
    let server = Server::start(move |target| {
        let url = url.get_or_init(|| told.recv().unwrap());
        let page = match target.split("page=").nth(1).map(|rest| &rest[..1]) {
            None => 1,
            Some(page) => page.parse().unwrap(),
        };
        if page == 3 { last() } else { page_of(page, &format!("\"{url}/kilns?page={}\"", page + 1)) }
    });
    tell.send(server.url.clone()).unwrap();
    server
}

fn page_of(page: u32, next: &str) -> Answer {
    let (a, b) = (page * 2 - 1, page * 2);
    Answer::Body(
        200,
        format!("{{\"data\":[{{\"id\":{a},\"name\":\"a\"}},{{\"id\":{b},\"name\":null}}],\"next\":{next}}}"),
    )
}
