//! A first file of known deviations, to be edited.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::PLACEHOLDER;
use super::fingerprint::fingerprint;
use crate::judge::{Finding, Verdict};
use crate::message::{is_hidden, told, visible};
use crate::protocol::ledger;
use crate::record::shape::Normal;
use crate::record::{CONTROL, Cause, Part, Record};

/// What a first file holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct TemplateOptions {
    /// Entries for warnings, too, which fail no run.
    pub warnings: bool,
}

/// Most shapes of an entry that are written down; with more of them they tell nothing.
const MAX_FINGERPRINTS: usize = 8;

/// A first file, with an entry for each requirement that each cause goes against. It is refused as it stands:
/// each reason has to be written by somebody who knows it.
pub fn template(record: &Record, options: TemplateOptions) -> String {
    let mut out = format!(
        "# Known deviations of the {} {}.\n\
         # Keep the entries that you can say a reason for. Keys that may be left out: owner, tracker,\n\
         # until (the last day on which it is known), fingerprint (in any shape without it), check, subject.\n",
        record.subject,
        visible(&record.target)
    );
    let least = if options.warnings { Verdict::Warn } else { Verdict::Fail };
    let causes = record.causes_of(|_, finding| finding.verdict >= least);
    let writer = Writer { record, normal: Normal::of(record) };
    let mut of_all = BTreeSet::new();
    for (cause, part) in causes.iter().flat_map(|cause| cause.parts.iter().map(move |part| (cause, part))) {
        // What all answers have in common is one entry, whatever it comes from.
        if !part.finding.common || of_all.insert(part.requirement) {
            writer.entry(&mut out, cause, part);
        }
    }
    if causes.is_empty() {
        out.push_str("\n# Nothing fails, so there is nothing to know of.\n");
    }
    out
}

struct Writer<'a> {
    record: &'a Record,
    normal: Normal,
}

impl Writer<'_> {
    fn entry(&self, out: &mut String, cause: &Cause<'_>, part: &Part<'_>) {
        let Part { requirement, verdict, finding, cases, .. } = part;
        let statement = ledger::requirement(*requirement).map_or("", |row| row.statement);
        let _ = writeln!(out, "\n# {verdict} {requirement}  {statement}");
        let _ = writeln!(out, "# {}", visible(&cause.about));
        let _ = writeln!(out, "# expected {}", told(&finding.expected));
        let _ = writeln!(out, "# observed {}", told(&finding.observed));
        let _ = writeln!(out, "[[known]]\nsubject = {}", quoted(self.record.subject.word()));
        let names = if finding.common { Vec::new() } else { self.names(cases) };
        if !names.is_empty() {
            let _ = writeln!(out, "case = {}", list(&names));
        }
        let _ = writeln!(out, "requirement = {}", quoted(&requirement.to_string()));
        let _ = writeln!(out, "reason = {}", quoted(PLACEHOLDER));
        out.push_str("# owner = \"\"\n# tracker = \"\"\n# until = 2027-03-31\n");
        let shapes = self.fingerprints(part);
        if shapes.len() <= MAX_FINGERPRINTS {
            let _ = writeln!(out, "fingerprint = {}", list(&shapes.into_iter().collect::<Vec<_>>()));
        }
    }

    /// The cases, by the name of their family where all of it is among them.
    fn names(&self, cases: &[&str]) -> Vec<String> {
        let family = |case: &str| case.split('/').next().unwrap_or_default().to_owned();
        let mut all: BTreeMap<String, usize> = BTreeMap::new();
        for case in &self.record.planned {
            *all.entry(family(case)).or_default() += 1;
        }
        let mut here: BTreeMap<String, usize> = BTreeMap::new();
        for case in cases {
            *here.entry(family(case)).or_default() += 1;
        }
        let mut names: Vec<String> = Vec::new();
        for &case in cases {
            let family = family(case);
            let is_whole = here.get(&family) == all.get(&family) && here[&family] > 1;
            let name = if is_whole { family } else { case.to_owned() };
            if !names.contains(&name) && !name.trim().is_empty() {
                names.push(name);
            }
        }
        names
    }

    /// The shapes in which an entry for this part would be seen.
    fn fingerprints(&self, part: &Part<'_>) -> BTreeSet<String> {
        // Whatever the entry would be about when it is read.
        let about = |finding: &&Finding| {
            matches!(finding.verdict, Verdict::Warn | Verdict::Fail)
                && finding.requirement == part.requirement
        };
        let cases: BTreeSet<&str> = part.cases.iter().copied().collect();
        let is_named = |case: &str| part.finding.common || cases.contains(case);
        let entries = self.record.entries.iter().filter(|entry| is_named(&entry.case));
        let mut shapes: BTreeSet<String> = entries
            .filter_map(|entry| {
                let findings: Vec<&Finding> = entry.judgement.findings.iter().filter(about).collect();
                (!findings.is_empty()).then(|| fingerprint(Some(entry), &findings, &self.normal))
            })
            .collect();
        let before: Vec<&Finding> = self.record.control.findings.iter().filter(about).collect();
        if !before.is_empty() && is_named(CONTROL) {
            shapes.insert(fingerprint(None, &before, &self.normal));
        }
        shapes
    }
}

/// A text or a list of texts, as TOML writes them.
fn list(texts: &[String]) -> String {
    match texts {
        [one] => quoted(one),
        texts => {
            let lines: String = texts.iter().map(|text| format!("    {},\n", quoted(text))).collect();
            format!("[\n{lines}]")
        }
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if is_hidden(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
