use serde_json::json;

use super::subject;
use crate::message::{told, visible};
use crate::report::View;
use crate::report::json::line;
use crate::report::started::started_rfc3339;
use crate::report::words::tool;

/// The exchanges of the run as an HTTP archive, version 1.2, which browsers and proxies open: of servers every request
/// of the control and of every case with its answer, of clients every request with what the case answers. A parser
/// exchanges no HTTP, and its archive is empty.
///
/// Where bytes went over the line that the archive cannot hold (another framing, a head that is wrong, a body that is
/// no text), an entry has them in `_raw` as base64, and its comment says so. Which case an entry is of, and what for,
/// stands in `_umspec`. An exchange is not timed by itself: all of them begin when the run did, and times are 0.
///
/// # Errors
/// Never for a record that a run or [`Record::load`](crate::record::Record::load) made.
pub fn har(view: &View<'_>) -> Result<String, String> {
    let record = view.record;
    let (name, version) = tool(record);
    let started = started_rfc3339(record);
    let mut entries = Vec::new();
    subject::entries(record, &mut |exchange| entries.push(exchange.into_entry(&started)));
    let about = format!("{} {}", record.subject.word(), told(&record.target));
    line(&json!({
        "log": {
            "version": "1.2",
            "creator": { "name": visible(name), "version": visible(version) },
            "entries": entries,
            "comment": if entries.is_empty() { format!("{about}: no HTTP was exchanged") } else { about },
        },
    }))
}
