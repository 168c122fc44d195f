//! `cargo test` of this crate: one test for each case of umspec for parsers.

use std::process::ExitCode;

use umspec::evidence::Parsed;
use umspec::harness::{ParserTests, run};
use umspec::message::MessageKind;
use umspec_embedding::{call_id, fault_code};

fn parse(kind: MessageKind, message: &[u8]) -> Parsed {
    let read = match kind {
        MessageKind::Request => call_id(message),
        MessageKind::Reply => fault_code(message).map(|code| match code {
            None => "DisconnectResponse".to_owned(),
            Some(code) => format!("Fault {code}"),
        }),
    };
    match read {
        Ok(value) => Parsed::Accepted(value),
        Err(error) => Parsed::Refused(error),
    }
}

/// What the library underneath takes, or does not take, against the rules.
const KNOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/known.toml");

fn main() -> ExitCode {
    run(ParserTests::new(|| parse).known_file(KNOWN).tests())
}
