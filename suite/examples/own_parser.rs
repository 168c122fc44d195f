//! A parser of your own, judged in this process:
//!
//! ```sh
//! cargo run --example own_parser
//! ```
//!
//! To have each case as a test of your own `cargo test` instead, see `umspec::harness` and the crate in
//! `suite/tests/embedding`.

use std::io::Write as _;

use umspec::catalogue::{Selection, parser_cases};
use umspec::evidence::Parsed;
use umspec::message::MessageKind;
use umspec::record::Unwatched;
use umspec::report::{TextOptions, text};
use umspec::run::{ParserOptions, run_parser_in_process};

/// In place of yours: a reader of requests over a library that reads XML. It looks at the name of the
/// document element, and otherwise searches for what it wants.
fn call_id(message: &str) -> Result<String, String> {
    let document = roxmltree::Document::parse(message).map_err(|error| error.to_string())?;
    if document.root_element().tag_name().name() != "Envelope" {
        return Err("no Envelope".to_owned());
    }
    let id = document.descendants().find(|node| node.tag_name().name() == "CallId").ok_or("no CallId")?;
    Ok(id.text().unwrap_or_default().to_owned())
}

/// What a parser does with a message, in the words of umspec.
fn parse(_: MessageKind, message: &[u8]) -> Parsed {
    match std::str::from_utf8(message).map_err(|error| error.to_string()).and_then(call_id) {
        Ok(id) => Parsed::Accepted(id),
        Err(reason) => Parsed::Refused(reason),
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // It reads no answers, so their cases are left out, and with them those about time, which take a while; names are
    // as on the command line.
    let skip = ["reply-*", "growth"].map(str::to_owned).to_vec();
    let selection = Selection { skip, ..Selection::default() };
    let cases = selection.among(parser_cases())?;
    let options = ParserOptions::new("a parser of my own");
    let record = run_parser_in_process(parse, &options, &cases, &Unwatched);

    let report = text(&record, TextOptions { plain: true, ..TextOptions::default() });
    std::io::stdout().write_all(report.as_bytes())?;
    // `record.save()` keeps every byte, and `record.conclusion(false)` tells whether something failed.
    Ok(())
}
