//! A parser that searches for its CallId in the text. The tests of umspec show what that is worth.

use std::process::ExitCode;

use umspec::evidence::Parsed;
use umspec::harness::{ParserTests, run};
use umspec::message::MessageKind;

fn parse(_: MessageKind, message: &[u8]) -> Parsed {
    let text = String::from_utf8_lossy(message);
    if text.contains("<DisconnectResponse") {
        return Parsed::Accepted("DisconnectResponse".to_owned());
    }
    if text.contains("<faultcode") {
        return Parsed::Accepted("Fault".to_owned());
    }
    let id = text.split_once("<CallId>").and_then(|(_, rest)| rest.split_once("</CallId>"));
    match id {
        Some((id, _)) => Parsed::Accepted(id.to_owned()),
        None => Parsed::Refused("no CallId".to_owned()),
    }
}

/// One entry for each thing that can become of a known deviation.
const KNOWN: &str = r#"
[[known]]
case = "xml/comment-inside-id"
reason = "known and seen"

[[known]]
case = "text/tabs"
reason = "known and right again"

[[known]]
case = "text/escaped-markup"
reason = "known until the last century ended"
until = 2000-12-31

[[known]]
case = "text/nothing-of-this-name"
reason = "known and no case"
"#;

fn main() -> ExitCode {
    let tests = ParserTests::new(|| parse).known("text/no-such-case", "it is not there");
    run(tests.known_text("known.toml", KNOWN).known_file("no-such-file.toml").tests())
}
