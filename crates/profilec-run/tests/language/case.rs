//! The text of a fixture: cases, and their sections.

use std::fmt::{self, Display, Formatter};

/// A file of cases.
#[derive(Debug)]
pub(crate) struct File {
    /// What stands before the first case.
    head: String,
    /// In order.
    pub(crate) cases: Vec<Case>,
}

/// One case.
#[derive(Debug)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) heading: String,
    /// Prose below the heading.
    prose: String,
    /// In order.
    pub(crate) sections: Vec<Section>,
}

/// `-- response 404 --` and the lines below it.
#[derive(Debug)]
pub(crate) struct Section {
    /// What stands between the dashes.
    pub(crate) title: String,
    /// The lines, without blank ones at the end.
    pub(crate) content: String,
}

impl Section {
    /// The first word of the title.
    pub(crate) fn name(&self) -> &str {
        self.title.split(' ').next().unwrap_or_default()
    }

    /// The rest of the title.
    pub(crate) fn argument(&self) -> &str {
        self.title.split_once(' ').map_or("", |(_, rest)| rest.trim())
    }
}

impl File {
    /// Cases begin with `=== heading`, sections with `-- title --`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut file = Self { head: String::new(), cases: Vec::new() };
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("=== ") {
                let heading = heading.trim().to_owned();
                if file.cases.iter().any(|case| case.heading == heading) {
                    return Err(format!("two cases are called `{heading}`"));
                }
                file.cases.push(Case { heading, prose: String::new(), sections: Vec::new() });
                continue;
            }
            let Some(case) = file.cases.last_mut() else {
                push_line(&mut file.head, line);
                continue;
            };
            if let Some(title) = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
                case.sections.push(Section { title: title.to_owned(), content: String::new() });
            } else if let Some(section) = case.sections.last_mut() {
                push_line(&mut section.content, line);
            } else {
                push_line(&mut case.prose, line);
            }
        }
        for section in file.cases.iter_mut().flat_map(|case| &mut case.sections) {
            section.content.truncate(section.content.trim_end_matches('\n').len());
        }
        if file.cases.is_empty() {
            return Err("there is no case: one begins with `=== heading`".to_owned());
        }
        Ok(file)
    }
}

impl Case {
    /// The content of the section of this name.
    pub(crate) fn section(&self, name: &str) -> Option<&str> {
        self.sections.iter().find(|section| section.name() == name).map(|section| section.content.as_str())
    }

    /// The sections of this name.
    pub(crate) fn all<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c Section> {
        self.sections.iter().filter(move |section| section.name() == name)
    }

    /// `NAME=VALUE` lines of the section of this name.
    pub(crate) fn pairs(&self, name: &str) -> Result<Vec<(String, String)>, String> {
        let lines = self.section(name).unwrap_or_default().lines();
        let pair = |line: &str| {
            let (name, value) = line.split_once('=').ok_or_else(|| format!("`{line}` lacks a `=`"))?;
            Ok((name.to_owned(), value.to_owned()))
        };
        lines.map(pair).collect()
    }

    /// Replaces a section, or takes it out; a new one comes in the place that `order` gives it.
    pub(crate) fn put(&mut self, name: &str, content: Option<String>, order: &[&str]) {
        let place = self.sections.iter().position(|section| section.name() == name);
        match (place, content) {
            (Some(place), Some(content)) => self.sections[place].content = content,
            (Some(place), None) => drop(self.sections.remove(place)),
            (None, Some(content)) => {
                let rank = |name: &str| order.iter().position(|known| *known == name);
                let later = |section: &Section| rank(section.name()) > rank(name);
                let place = self.sections.iter().position(later).unwrap_or(self.sections.len());
                self.sections.insert(place, Section { title: name.to_owned(), content });
            }
            (None, None) => {}
        }
    }
}

impl Display for File {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let block = |out: &mut Formatter<'_>, text: &str| match text.trim_end_matches('\n') {
            "" => Ok(()),
            text => writeln!(out, "{text}"),
        };
        block(out, &self.head)?;
        for (index, case) in self.cases.iter().enumerate() {
            if index > 0 || !self.head.trim().is_empty() {
                writeln!(out)?;
            }
            writeln!(out, "=== {}", case.heading)?;
            block(out, &case.prose)?;
            for section in &case.sections {
                writeln!(out, "-- {} --", section.title)?;
                block(out, &section.content)?;
            }
        }
        Ok(())
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
