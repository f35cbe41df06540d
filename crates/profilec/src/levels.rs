//! `--allow`, `--warn` and `--deny`: of several that speak of a code the last one wins, whichever it is.

use clap::{Arg, ArgAction, ArgMatches, Command, Error, FromArgMatches};
use profilec_diagnostics::{Kind, Level, Levels};
use profilec_vocabulary::closest;

const OPTIONS: [(&str, Level, &str); 3] = [
    ("allow", Level::Allow, "Do not tell findings of a code or an area (`paging`), only count them"),
    ("warn", Level::Warn, "Make findings of a code or an area warnings"),
    ("deny", Level::Deny, "Make findings of a code or an area errors"),
];

/// Levels in the order of the command line.
#[derive(Clone, Debug, Default)]
pub(crate) struct LevelArgs {
    pub(crate) levels: Levels,
}

impl clap::Args for LevelArgs {
    fn augment_args(command: Command) -> Command {
        let option = |(name, _, help): (&'static str, Level, &'static str)| {
            let option = Arg::new(name).long(name).value_name("CODE").help(help);
            option.action(ArgAction::Append).value_delimiter(',').value_parser(kind)
        };
        command.args(OPTIONS.map(option))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut given = Vec::new();
        for (name, level, _) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            let kinds = matches.get_many::<Kind>(name).into_iter().flatten();
            given.extend(places.zip(kinds).map(|(place, kind)| (place, *kind, level)));
        }
        given.sort_by_key(|(place, _, _)| *place);
        let mut levels = Levels::default();
        for (_, kind, level) in given {
            levels.set(kind, level);
        }
        Ok(Self { levels })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::named(name).ok_or_else(|| match closest(name, Kind::names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`profilec explain --list` shows all codes".to_owned(),
    })
}
