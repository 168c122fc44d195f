//! How much there is of everything, for the README.

use std::fmt::Write as _;

use crate::catalogue::{CaseHeader, cases, client_cases, messages, parser_cases};
use crate::mock::{
    ClientSham, ParserSham, Sham, client_mutants, client_variants, mutants, parser_mutants, variants,
};
use crate::protocol::ledger;

/// How many cases, requirements, messages and mocks there are, as a table in Markdown.
pub fn counts_markdown() -> String {
    let mut out = String::from("| what | how many | shown by |\n| --- | --- | --- |\n");
    let ordinary = cases().iter().filter(|case| !case.is_slow()).count();
    for (what, count, command) in [
        ("cases for servers", ordinary, "umspec list"),
        ("slow ones besides", cases().len() - ordinary, "umspec list --slow"),
        ("cases for clients", client_cases().len(), "umspec list --subject client"),
        ("cases for parsers", parser_cases().len(), "umspec list --subject parser"),
        ("requirements", ledger::requirements().count(), "umspec list --requirements"),
        ("messages in `corpus/`", messages().len(), "umspec export --check"),
        ("mutant servers", mutants().count(), "umspec matrix --kill"),
        ("mutant clients", client_mutants().count(), "umspec matrix --kill --subject client"),
        ("mutant parsers", parser_mutants().count(), "umspec matrix --kill --subject parser"),
        ("servers that differ as some document allows", variants().count(), "umspec selftest"),
        ("clients that differ as some document allows", client_variants().count(), "umspec selftest"),
        ("servers that do nothing, or always the same", Sham::ALL.len(), "umspec selftest"),
        ("clients of that sort", ClientSham::ALL.len(), "umspec selftest"),
        ("parsers of that sort", ParserSham::ALL.len(), "umspec selftest"),
    ] {
        let _ = writeln!(out, "| {what} | {count} | `{command}` |");
    }
    out
}
