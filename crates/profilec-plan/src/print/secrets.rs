//! Which names hold credentials: those that say so, and those that flow into one.

use std::collections::BTreeSet;

use super::masks;
use super::text;
use crate::walk::{self, Access};
use crate::{Plan, StatementKind, Template};

/// Names (`attribute`, `item.attribute`, lower case) whose literal values are not shown.
#[derive(Debug, Default)]
pub(crate) struct Secrets(BTreeSet<String>);

impl Secrets {
    /// Of a whole plan, whatever branch a value is set in.
    pub(crate) fn of(plan: &Plan) -> Self {
        let sets = sets(plan);
        let mut secrets = Self::default();
        loop {
            let before = secrets.0.len();
            for set in &sets {
                let is_secret = masks::is_secret_name(&set.name)
                    || secrets.contains(&set.name)
                    || set.is_value_of_secret(&sets);
                secrets.0.extend(text::secret_reads(set.value, is_secret));
            }
            if secrets.0.len() == before {
                return secrets;
            }
        }
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

struct Set<'p> {
    name: String,
    /// Behind `#`.
    number: String,
    value: &'p Template,
}

impl Set<'_> {
    /// Whether the name with the same number, of a header or parameter, is one of a credential.
    fn is_value_of_secret(&self, sets: &[Set<'_>]) -> bool {
        let Some(stem) = self.name.strip_suffix("value") else { return false };
        let names = sets.iter().filter(|set| set.name.strip_suffix("name") == Some(stem));
        names
            .filter(|set| set.number == self.number)
            .filter_map(|set| set.value.literal())
            .any(masks::is_secret_name)
    }
}

fn sets(plan: &Plan) -> Vec<Set<'_>> {
    let mut sets = Vec::new();
    walk::statements(&plan.body, &mut |statement, _| {
        let StatementKind::Set { target, value } = &statement.kind else { return };
        let access = Access::new(target.item.as_ref(), &target.attribute);
        let written = target.attribute.literal().unwrap_or_default();
        let number = written.split_once('#').map_or("1", |(_, number)| number).trim().to_owned();
        sets.extend(full_name(&access).map(|name| Set { name, number, value }));
    });
    sets
}

/// `attribute` or `item.attribute`; `None` for a computed name.
pub(crate) fn full_name(access: &Access) -> Option<String> {
    let attribute = access.attribute.as_deref()?;
    Some(match &access.item {
        Some(item) => format!("{item}.{attribute}"),
        None => attribute.to_owned(),
    })
}
