//! Property tests with the strategies of umspec, here as a program:
//!
//! ```sh
//! cargo run --example strategies
//! ```
//!
//! In a crate of yours, `proptest!` with the same strategies stands among the tests.

use std::io::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use umspec::message::read_request;
use umspec::strategy;

/// In place of yours: a reader that searches for the text between the tags, as they are mostly written.
fn sloppy(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once("<CallId>")?;
    Some(rest.split_once("</CallId>")?.0.to_owned())
}

fn runner() -> TestRunner {
    TestRunner::new(Config { cases: 1_000, failure_persistence: None, ..Config::default() })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout();

    // The reference reader takes every request that is legal, in whatever spelling.
    runner().run(&strategy::valid_requests(), |made| {
        let read = read_request(&made.request().body, made.charset().as_deref());
        prop_assert_eq!(
            read.ok().and_then(|read| read.call_id().map(str::to_owned)),
            Some(made.call_id.to_string())
        );
        Ok(())
    })?;
    writeln!(out, "the reference reader takes every legal request")?;

    // The other one does not. What is left of the request when proptest has shrunk it tells why.
    let outcome = runner().run(&strategy::valid_requests(), |made| {
        prop_assert_eq!(sloppy(&made.request().body), Some(made.call_id.to_string()));
        Ok(())
    });
    let Err(TestError::Fail(_, least)) = outcome else {
        return Err("the sloppy reader was not found out".into());
    };
    writeln!(
        out,
        "the sloppy reader does not take {:?} with changes {:?}:",
        least.call_id.as_str(),
        least.variation.changes
    )?;
    writeln!(out, "{}", String::from_utf8_lossy(&least.request().body))?;
    Ok(())
}
