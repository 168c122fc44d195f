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
const KNOWN: [(&str, &str); 12] = [
    ("xml/colon-at-start-of-name", "roxmltree takes a colon for the start of a name"),
    ("xml/declaration-with-blank-in-encoding", "roxmltree does not look at the name of the encoding"),
    ("xml/declaration-with-standalone-maybe", "roxmltree does not look at standalone"),
    ("xml/declared-with-white-space", "roxmltree wants one blank in a declaration"),
    ("xml/reference-to-beyond-last-code-point", "roxmltree takes the reference"),
    ("xml/reference-to-high-surrogate", "roxmltree takes the reference"),
    ("xml/reference-to-low-surrogate", "roxmltree takes the reference"),
    ("xml/references-to-surrogate-pair", "roxmltree takes the references"),
    (
        "reply-xml/declaration-with-blank-in-encoding-success",
        "roxmltree does not look at the name of the encoding",
    ),
    ("reply-xml/references-to-surrogate-pair-success", "roxmltree takes the references"),
    ("reply-xml/reference-to-surrogate-success", "roxmltree takes the reference"),
    ("reply-xml/reference-to-surrogate-invalid-id", "roxmltree takes the reference"),
];

fn main() -> ExitCode {
    let tests = ParserTests::new(|| parse);
    run(KNOWN.iter().fold(tests, |tests, (case, reason)| tests.known(case, reason)).tests())
}
