//! Responses made from others, for several tables.

use crate::evidence::{Reaction, Response};
use crate::message::write_fault;
use crate::mock::server::answer::AnswerKind;

/// The same response with another body.
pub(super) fn with_body(response: Response, change: impl FnOnce(&str) -> String) -> Reaction {
    let body = change(&String::from_utf8_lossy(&response.body)).into_bytes();
    Response { body, ..response }.into()
}

/// Changes the body of every fault.
pub(super) fn fault(kind: AnswerKind, response: Response, change: impl FnOnce(&str) -> String) -> Reaction {
    if kind.is_fault() { with_body(response, change) } else { response.into() }
}

/// Changes the body of the answer that says this.
pub(super) fn only(
    wanted: AnswerKind,
    kind: AnswerKind,
    response: Response,
    change: impl FnOnce(&str) -> String,
) -> Reaction {
    if kind == wanted { with_body(response, change) } else { response.into() }
}

/// A page for people.
pub(in crate::mock::server) fn page(status: u16) -> Reaction {
    let headers = vec![("content-type", "text/html; charset=utf-8".to_owned())];
    Response { status, headers, body: b"<html><body>UM</body></html>".to_vec() }.into()
}

/// A fault of the code Client.
pub(super) fn client_fault() -> String {
    write_fault("Client", "The request was not understood.")
        .replace("</soap:Fault>", "<detail/></soap:Fault>")
}
