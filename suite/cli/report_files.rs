//! Reports that are written to files: `--report KIND=FILE`, with a kind for each row of [`FORMATS`].

use std::path::{Path, PathBuf};

use clap::Args;

use super::output::write_file;
use super::trouble::Trouble;
use umspec::report::{DEFAULT_ANCHOR, FORMATS, Format, View, is_anchor};

/// Which reports to write, and where.
#[derive(Args)]
pub(crate) struct ReportFiles {
    #[arg(long = "report", value_name = "KIND=FILE", value_parser = report_file, help = report_help())]
    reports: Vec<ReportFile>,
    /// Write a page for people, which needs nothing but itself, to this file, as `--report html=FILE` does
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write a JUnit report to this file, as `--report junit=FILE` does
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// The file of your repository, by its path in it, at which a SARIF report puts its findings [default: that of
    /// --known, where that is such a path; else umspec.toml]
    #[arg(long, value_name = "PATH", value_parser = anchor)]
    sarif_anchor: Option<String>,
}

/// One report.
#[derive(Clone)]
struct ReportFile {
    format: Format,
    path: PathBuf,
}

impl ReportFiles {
    /// The files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.reports.iter().map(|report| report.path.as_path()).chain(self.short().map(|(path, _)| path))
    }

    /// Those that have an option of their own.
    fn short(&self) -> impl Iterator<Item = (&Path, Format)> {
        let html = self.html.as_deref().zip(Format::find("html"));
        html.into_iter().chain(self.junit.as_deref().zip(Format::find("junit")))
    }

    /// Whether one of them goes to standard output, where nothing else may stand then.
    pub(crate) fn take_standard_output(&self) -> bool {
        self.paths().any(|path| path == Path::new("-"))
    }

    /// The file at which findings stand.
    pub(crate) fn anchor<'a>(&'a self, known: Option<&'a Path>) -> &'a str {
        let known = known.and_then(Path::to_str).filter(|path| is_anchor(path));
        self.sarif_anchor.as_deref().or(known).unwrap_or(DEFAULT_ANCHOR)
    }

    /// Writes all of them.
    pub(crate) fn write(&self, view: View<'_>) -> Result<(), Trouble> {
        let files = self.reports.iter().map(|report| (report.path.as_path(), report.format));
        let files = files.chain(self.short());
        for (path, format) in files {
            let report = (format.write)(&view).map_err(|why| Trouble::unwritten(&why))?;
            write_file(path, report.as_bytes())?;
        }
        Ok(())
    }
}

/// The kinds, each with what it is.
fn report_help() -> String {
    let kinds: Vec<String> =
        FORMATS.iter().map(|Format { name, about, .. }| format!("{name}: {about}")).collect();
    format!(
        "Write a report of this kind to this file (`-` for standard output; repeatable). {}",
        kinds.join("; ")
    )
}

/// Reads `KIND=FILE`.
fn report_file(text: &str) -> Result<ReportFile, String> {
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let (kind, path) = text
        .split_once('=')
        .filter(|(_, path)| !path.is_empty())
        .ok_or_else(|| format!("write it as KIND=FILE; the kinds are {}", names()))?;
    let format = Format::find(kind)
        .ok_or_else(|| format!("there is no report of the kind {kind:?}; the kinds are {}", names()))?;
    Ok(ReportFile { format, path: path.into() })
}

/// Reads the path of an anchor.
fn anchor(text: &str) -> Result<String, String> {
    if is_anchor(text) {
        Ok(text.to_owned())
    } else {
        Err("give the path of a file within the repository, with / between its parts and without .. in it"
            .to_owned())
    }
}
