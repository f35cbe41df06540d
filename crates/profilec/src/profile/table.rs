//! The table that the arguments name.

use super::{File, Listing, Profile, Unreadable, name, outline::tables, quoted, walk};
use crate::{args::ProfileArgs, failure::Failure};

/// The profile that the arguments name.
///
/// Where options name a place of profiles, an argument that is no path is a table there.
pub(crate) fn open(args: &ProfileArgs, listing: &Listing) -> Result<Profile, Failure> {
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
    let mut profiles: Vec<Profile> = profiles
        .into_iter()
        .zip(is_table)
        .filter_map(|(profile, is_table)| is_table.then_some(profile))
        .collect();
    let names = profiles.iter().map(|profile| profile.table().to_owned()).collect::<Vec<_>>();
    profiles.retain(|profile| listing.has([profile.table(), profile.stem()]));
    if profiles.is_empty() {
        return Err(Failure::new("`Tables` and `Views` leave no table to choose from").help(format!(
            "`{}` has {}",
            name(path),
            quoted(&names)
        )));
    }
    // Procedures stand beside tables to serve them.
    if table.is_none() && profiles.iter().any(|profile| !profile.is_procedure()) {
        profiles.retain(|profile| !profile.is_procedure());
    }
    if let Some(table) = &table {
        let index = find(&profiles, table)?;
        return Ok(profiles.swap_remove(index));
    }
    match (profiles.pop(), profiles.as_slice()) {
        (Some(only), []) => Ok(only),
        (last, _) => {
            profiles.extend(last);
            Err(Failure::new(format!("`{}` holds several profiles", name(path)))
                .help(format!("choose one with `--table`: it has {}", listed(&profiles))))
        }
    }
}

/// The profile whose title this is, else the one whose file has this name.
fn find(profiles: &[Profile], table: &str) -> Result<usize, Failure> {
    let by = |name: fn(&Profile) -> Option<&str>| -> Vec<usize> {
        let is_meant = |index: &usize| {
            name(&profiles[*index]).is_some_and(|name| name.to_lowercase() == table.to_lowercase())
        };
        (0..profiles.len()).filter(is_meant).collect()
    };
    let mut found = by(Profile::title);
    if found.is_empty() {
        found = by(|profile| Some(profile.stem()));
    }
    match found.as_slice() {
        [only] => Ok(*only),
        [] if profiles.len() == 1 => {
            let own = profiles.first().map_or("", Profile::table);
            Err(Failure::new(format!("the profile's table is `{own}`, not `{table}`")))
        }
        [] => {
            let names = profiles.iter().map(Profile::table);
            Err(Failure::unknown("table", table, names, &format!("it has {}", listed(profiles))))
        }
        several => {
            let files: Vec<String> =
                several.iter().map(|index| profiles[*index].source.name().to_owned()).collect();
            Err(Failure::new(format!("several profiles are the table `{table}`: {}", quoted(&files)))
                .help("name the file itself"))
        }
    }
}

fn listed(profiles: &[Profile]) -> String {
    quoted(&profiles.iter().map(|profile| profile.table().to_owned()).collect::<Vec<_>>())
}
