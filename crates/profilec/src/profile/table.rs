//! The table that the arguments name.

use profilec_diagnostics::Diagnostic;
use profilec_engine::Settings;
use profilec_plan::Plan;

use super::{File, Listing, Profile, Unreadable, name, outline::tables, quoted, walk};
use crate::{args::ProfileArgs, failure::Failure};

/// A profile, and which of its tables is meant.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) profile: Profile,
    /// Of a profile with a table for each row path, the name of one.
    relation: Option<String>,
}

impl Table {
    /// Compiles the profile for this table.
    ///
    /// # Errors
    /// What keeps it from running.
    pub(crate) fn compile(&self, options: &Settings) -> Result<Plan, Vec<Diagnostic>> {
        let plan = self.profile.compile()?;
        let mut relations = profilec_engine::tables(&plan, options).map_err(|finding| vec![finding])?;
        relations.retain(|relation| Some(&relation.name) == self.relation.as_ref());
        Ok(match relations.pop() {
            Some(relation) => plan.of_relation(relation),
            None => plan,
        })
    }
}

/// The table that the arguments name.
///
/// Where options name a place of profiles, an argument that is no path is a table there.
pub(crate) fn open(args: &ProfileArgs, options: &Settings) -> Result<Table, Failure> {
    let listing = Listing::of(options);
    let (path, table) = match &listing.place {
        Some(place) if !args.profile.exists() && args.profile.as_os_str() != "-" && args.table.is_none() => {
            (place, Some(name(&args.profile)))
        }
        _ => (&args.profile, args.table.clone()),
    };
    let found = walk(std::slice::from_ref(path))?;
    let read = |file: File| {
        Profile::read(&file, args.allow_files).map_err(|reason| Unreadable { name: file.name(), reason })
    };
    let profiles = found.into_iter().map(|file| file.and_then(read)).collect::<Result<Vec<_>, _>>();
    let profiles = profiles
        .map_err(|Unreadable { name, reason }| Failure::new(format!("`{name}` cannot be read: {reason}")))?;
    let is_table = tables(&profiles.iter().map(Profile::outline).collect::<Vec<_>>());
    let profiles = profiles.into_iter().zip(is_table).filter(|(_, is_table)| *is_table);
    let mut profiles: Vec<Profile> = profiles.map(|(profile, _)| profile).collect();
    let mut entries: Vec<Entry<'_>> =
        profiles.iter().enumerate().flat_map(|(at, profile)| Entry::all(at, profile, options)).collect();
    let all = listed(&entries);
    entries.retain(|entry| listing.has(&[entry.name(), entry.profile.table(), entry.profile.stem()]));
    if entries.is_empty() {
        return Err(Failure::new("`Tables` and `Views` leave no table to choose from")
            .help(format!("`{}` has {all}", name(path))));
    }
    // Procedures stand beside tables to serve them.
    if table.is_none() && entries.iter().any(|entry| !entry.profile.is_procedure()) {
        entries.retain(|entry| !entry.profile.is_procedure());
    }
    let chosen = match (&table, entries.as_slice()) {
        (Some(table), _) => find(&entries, table)?,
        (None, [only]) => only,
        (None, _) => {
            return Err(Failure::new(format!("`{}` holds several tables", name(path)))
                .help(format!("choose one with `--table`: it has {}", listed(&entries))));
        }
    };
    let (at, relation) = (chosen.at, chosen.relation.clone());
    Ok(Table { profile: profiles.swap_remove(at), relation })
}

/// What `--table` may choose.
#[derive(Debug)]
struct Entry<'p> {
    profile: &'p Profile,
    /// Which of the profiles.
    at: usize,
    relation: Option<String>,
    /// Which tables it has is not known: it does not compile.
    faulty: bool,
}

impl<'p> Entry<'p> {
    /// The tables of a profile: most have one.
    fn all(at: usize, profile: &'p Profile, options: &Settings) -> Vec<Self> {
        let relations = profile.compile().map(|plan| profilec_engine::tables(&plan, options));
        let new = |relation, faulty| Self { profile, at, relation, faulty };
        match relations {
            Ok(Ok(relations)) if relations.is_empty() => vec![new(None, false)],
            Ok(Ok(relations)) => {
                relations.into_iter().map(|relation| new(Some(relation.name), false)).collect()
            }
            // What keeps it from running is told when it is chosen.
            Ok(Err(_)) | Err(_) => vec![new(None, true)],
        }
    }

    fn name(&self) -> &str {
        self.relation.as_deref().unwrap_or_else(|| self.profile.table())
    }
}

/// The table of this name: a title or a row path's before the name of a file, and that before the name of a
/// profile with several tables.
fn find<'e, 'p>(entries: &'e [Entry<'p>], table: &str) -> Result<&'e Entry<'p>, Failure> {
    let names: [for<'x> fn(&'x Entry<'p>) -> Option<&'x str>; 4] = [
        |entry| entry.relation.as_deref().or_else(|| entry.profile.title()),
        |entry| entry.relation.is_none().then(|| entry.profile.stem()),
        |entry| entry.profile.title(),
        |entry| Some(entry.profile.stem()),
    ];
    let wanted = table.to_lowercase();
    let by = |name: for<'x> fn(&'x Entry<'p>) -> Option<&'x str>| -> Vec<&'e Entry<'p>> {
        entries.iter().filter(|entry| name(entry).is_some_and(|name| name.to_lowercase() == wanted)).collect()
    };
    let found = names.into_iter().map(by).find(|found| !found.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [only] => Ok(only),
        [] => match entries {
            [only] if only.faulty => Ok(only),
            [only] => Err(Failure::new(format!("the profile's table is `{}`, not `{table}`", only.name()))),
            _ => {
                let names = entries.iter().map(Entry::name);
                Err(Failure::unknown("table", table, names, &format!("it has {}", listed(entries))))
            }
        },
        [first, rest @ ..] if rest.iter().all(|other| other.at == first.at) => {
            Err(Failure::new(format!("the profile `{table}` holds several tables"))
                .help(format!("choose one with `--table`: it has {}", listed(entries))))
        }
        several => {
            let files: Vec<String> =
                several.iter().map(|entry| entry.profile.source.name().to_owned()).collect();
            Err(Failure::new(format!("several profiles are the table `{table}`: {}", quoted(&files)))
                .help("name the file itself"))
        }
    }
}

fn listed(entries: &[Entry<'_>]) -> String {
    quoted(&entries.iter().map(|entry| entry.name().to_owned()).collect::<Vec<_>>())
}
