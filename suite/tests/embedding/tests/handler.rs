//! `cargo test` of this crate: one test for each case of umspec for servers that needs no connection.

use std::process::ExitCode;

use umspec::harness::{HandlerTests, run};
use umspec::mock::Service;
use umspec::run::CallSource;

fn main() -> ExitCode {
    // A server of yours implements `umspec::evidence::Handler`: a function from request to answer.
    run(HandlerTests::new(Service::strict, CallSource::Mock).tests())
}
