//! Clients that make a status line of what is none.

use super::answers::success_if;
use super::exchange::Got;
use super::mutant::{ClientMutant, reads};
use crate::message::write_success;
use crate::mock::killed_by::by;
use crate::protocol::req;

pub(super) static MUTANTS: &[ClientMutant] = &[
    reads(
        "reads-three-digits-of-status",
        "Takes the three digits behind the version for the status, whatever follows them.",
        by("answer-line/status-of-four-digits", req::UNAMBIGUOUS_FRAMING),
        |got, end| success_if(got.start().starts_with("HTTP/1.1 200") && ends_in_success(got), end),
    ),
    reads(
        "reads-status-as-number",
        "Takes a status for a number, with a sign or a zero before it.",
        by("answer-line/status-signed", req::UNAMBIGUOUS_FRAMING),
        |got, end| {
            let status = got.start().strip_prefix("HTTP/1.1 ").and_then(|rest| rest.split(' ').next());
            let status = status.and_then(|status| status.parse::<u16>().ok());
            success_if(status == Some(200) && ends_in_success(got), end)
        },
    ),
    reads(
        "knows-shoutcast",
        "Takes ICY for a name of HTTP.",
        by("answer-line/icy", req::UNAMBIGUOUS_FRAMING),
        |got, end| success_if(got.start().starts_with("ICY 200 ") && ends_in_success(got), end),
    ),
    reads(
        "looks-for-status-line",
        "Passes over everything before a status line.",
        by("answer-line/line-before-status-line", req::UNAMBIGUOUS_FRAMING),
        |got, end| success_if(got.wire.contains("\nHTTP/1.1 200 ") && ends_in_success(got), end),
    ),
    reads(
        "knows-http-0-9",
        "Takes an answer without a head for one of HTTP/0.9.",
        by("answer-line/no-head", req::UNAMBIGUOUS_FRAMING),
        |got, end| success_if(got.wire.starts_with('<') && ends_in_success(got), end),
    ),
];

/// Whether a plain success ends what is no answer of HTTP.
fn ends_in_success(got: &Got) -> bool {
    got.status == 0 && !got.unended && got.wire.ends_with(write_success().as_str())
}
