//! Reports that are written to files: an option for each row of [`FORMATS`].

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

use super::output::write_file;
use super::trouble::Trouble;
use umspec::report::{FORMATS, Format, View};

/// Which reports to write, and where.
#[derive(Default)]
pub(crate) struct ReportFiles(Vec<(Format, PathBuf)>);

impl ReportFiles {
    /// The files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(|(_, path)| path.as_path())
    }

    /// Writes all of them.
    pub(crate) fn write(&self, view: View<'_>) -> Result<(), Trouble> {
        self.0.iter().try_for_each(|(format, path)| {
            let report = (format.write)(&view).map_err(|why| Trouble::unwritten(&why))?;
            write_file(path, report.as_bytes())
        })
    }
}

impl Args for ReportFiles {
    fn augment_args(command: Command) -> Command {
        command.args(FORMATS.iter().map(|Format { name, about, .. }| {
            let help = format!("Write {about} to this file");
            Arg::new(*name).long(*name).value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
        }))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ReportFiles {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let asked =
            |format: &Format| matches.get_one::<PathBuf>(format.name).map(|path| (*format, path.clone()));
        Ok(Self(FORMATS.iter().filter_map(asked).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
