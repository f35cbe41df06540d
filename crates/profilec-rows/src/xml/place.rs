//! The way to a value, for messages.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{local, offset_of};

/// The path of the element whose content starts at `target`, or of the attribute whose value does, as a
/// profile would write it: `/a/b[2]/@c`. Found by going over the body again, so that the walk itself need not
/// remember it.
pub(crate) fn path_to(text: &str, target: usize) -> String {
    let mut reader = Reader::from_str(text);
    // The steps, and the names of the children met at each height.
    let mut path: Vec<String> = Vec::new();
    let mut met: Vec<Vec<(&str, usize)>> = vec![Vec::new()];
    loop {
        let from = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let Ok(event) = reader.read_event() else { break };
        let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name =
                    local(text.get(from + 1..from + 1 + tag.name().as_ref().len()).unwrap_or_default());
                path.push(step(met.last_mut(), name));
                met.push(Vec::new());
                if to >= target {
                    path.extend(attribute(tag, text, target));
                    break;
                }
            }
            Event::Eof => break,
            _ => {}
        }
        if matches!(event, Event::Empty(_) | Event::End(_)) {
            path.pop();
            met.pop();
        }
    }
    path.into_iter().fold(String::new(), |path, step| path + "/" + &step)
}

/// The step to a child of this name; a path without an index means the first.
fn step<'t>(met: Option<&mut Vec<(&'t str, usize)>>, name: &'t str) -> String {
    let Some(met) = met else { return name.to_owned() };
    if let Some((_, count)) = met.iter_mut().find(|(other, _)| *other == name) {
        *count += 1;
        format!("{name}[{count}]")
    } else {
        met.push((name, 0));
        name.to_owned()
    }
}

fn attribute(tag: &BytesStart<'_>, text: &str, target: usize) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten().find(|a| offset_of(&a.value, text) == target)?;
    Some(format!("@{}", local(found.key.as_ref())))
}
