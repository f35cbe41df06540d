//! The profiles that include a file which is no table of its own.

use std::{collections::BTreeSet, path::Path};

use super::{
    File, Outline, Profile,
    file::{canonical, folder_of, is_script},
    tables,
};

/// Files of a folder that are looked at.
const MAX_FILES: usize = 10_000;
/// How deeply files may be included by files that are no tables either.
const MAX_ROUNDS: usize = 16;

/// The profiles on disk that make tables of fragments which stand alone among these files: a fragment cannot be
/// judged without them. A profile includes what is in its folder, so they are in the folder of the fragment or one
/// around it, up to the current one.
pub(crate) fn includers(files: &[(File, Outline)], allow_files: bool) -> Vec<(File, Profile)> {
    let mut outlines: Vec<Outline> = files.iter().map(|(_, outline)| outline.clone()).collect();
    let mut places: Vec<File> = files.iter().map(|(file, _)| file.clone()).collect();
    let mut found = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let stand = tables(&outlines);
        let alone = outlines
            .iter()
            .zip(&places)
            .zip(stand)
            .filter(|((outline, _), stands)| *stands && outline.is_fragment);
        let alone: Vec<(&Outline, &Path)> =
            alone.filter_map(|((outline, file), _)| Some((outline, file.on_disk()?))).collect();
        let new = around(&alone, &outlines, allow_files);
        if new.is_empty() {
            break;
        }
        outlines.extend(new.iter().map(|(_, profile)| profile.outline()));
        places.extend(new.iter().map(|(file, _)| file.clone()));
        found.extend(new);
    }
    found
}

/// The scripts around some fragments that include one of them and are not known.
fn around(alone: &[(&Outline, &Path)], known: &[Outline], allow_files: bool) -> Vec<(File, Profile)> {
    let names: BTreeSet<String> =
        alone.iter().filter_map(|(_, path)| Some(path.file_name()?.to_str()?.to_owned())).collect();
    let folders: BTreeSet<_> = alone.iter().flat_map(|(_, path)| folders(path)).collect();
    let mut found = Vec::new();
    for folder in folders {
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let Ok(entries) = std::fs::read_dir(here) else { continue };
        let mut scripts: Vec<_> = entries
            .take(MAX_FILES)
            .flatten()
            .map(|entry| folder.join(entry.file_name()))
            .filter(|path| is_script(path) && path.is_file())
            .collect();
        scripts.sort();
        for file in scripts.into_iter().map(File::Disk) {
            let identity = file.identity();
            if known.iter().any(|known| known.identity == identity) {
                continue;
            }
            let Ok((text, encoding)) = file.read() else { continue };
            if !names.iter().any(|name| text.contains(name.as_str())) {
                continue;
            }
            let profile = Profile::of(&file, &text, encoding, allow_files);
            let includes = |fragment: &Outline| profile.included.contains(&fragment.identity);
            if alone.iter().any(|(fragment, _)| includes(fragment)) {
                found.push((file, profile));
            }
        }
    }
    found
}

/// The folder of a file and those around it, up to the current one; elsewhere its own alone.
fn folders(path: &Path) -> Vec<std::path::PathBuf> {
    let own = folder_of(path);
    let is_below =
        canonical(Path::new("")).zip(canonical(&own)).is_some_and(|(top, own)| own.starts_with(top));
    if is_below && own.is_relative() { own.ancestors().map(Path::to_path_buf).collect() } else { vec![own] }
}
