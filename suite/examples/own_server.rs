//! A server of your own, as a function from request to answer, judged without a socket:
//!
//! ```sh
//! cargo run --example own_server
//! ```
//!
//! To have each case as a test of your own `cargo test` instead, see `umspec::harness` and the crate in
//! `suite/tests/embedding`. A server that listens is judged by `umspec run --server URL`.

use std::io::Write as _;

use umspec::catalogue::Selection;
use umspec::evidence::{Answer, Bytes, Handler, HttpAnswer};
use umspec::message::{HttpRequest, charset_of, read_request};
use umspec::message::{write_invalid_call_id, write_malformed, write_success};
use umspec::record::Unwatched;
use umspec::report::{TextOptions, text};
use umspec::run::{CallSource, RunOptions, run};
use umspec::target::{LocalServer, Server};

/// The one call that is up, and stays so: an id that can be used again.
const CALL_ID: &str = "the call that is up";

/// In place of yours: a server that looks at nothing but the body.
struct OwnServer;

impl Handler for OwnServer {
    fn answer(&self, request: &HttpRequest) -> Answer {
        let charset = request.header("content-type").and_then(charset_of);
        match read_request(&request.body, charset.as_deref()) {
            Err(_) => xml(500, &write_malformed()),
            Ok(read) if read.call_id() == Some(CALL_ID) => xml(200, &write_success()),
            Ok(_) => xml(500, &write_invalid_call_id()),
        }
    }
}

/// An answer with an envelope.
fn xml(status: u16, body: &str) -> Answer {
    Answer::Http(HttpAnswer {
        version: "1.1".to_owned(),
        status,
        headers: vec![("content-type".to_owned(), "text/xml; charset=utf-8".to_owned())],
        body: Bytes(body.as_bytes().to_vec()),
        complete: true,
        trailing: 0,
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::from(LocalServer::new(Box::new(OwnServer), Vec::new()));
    // The whole catalogue without a pattern.
    let cases = Selection { take: vec!["call-id".to_owned()], ..Selection::default() }.cases()?;
    let options = RunOptions::new("a server of my own", CallSource::Given(vec![CALL_ID.to_owned()]));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let record = runtime.block_on(run(server, options, &cases, &Unwatched));

    let report = text(&record, TextOptions { plain: true, ..TextOptions::default() });
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}
