//! Requests of clients as they are kept.

use super::served::Bases;
use crate::evidence::{Bytes, ClientRequest};
use crate::mock::Request;
use crate::target::{HIDDEN, is_credential_field};

/// What stands for the name of the listener.
pub(super) const HERE: &str = "{here}";

/// A request as it is kept: the values of credentials hidden, and the listener without its port.
pub(super) fn kept(
    request: &Request<'_>,
    at_other_host: bool,
    turn: Option<usize>,
    bases: &Bases,
) -> ClientRequest {
    // Where the listener is differs from run to run, and so do the ports.
    let ours = [&bases.here, &bases.other].map(|base| base.split_once("://").map_or("", |(_, host)| host));
    let shown = |(name, value): &(String, String)| {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let shown = if is_credential_field(name) {
            HIDDEN
        } else if is("host") && ours.contains(&value.trim()) {
            HERE
        } else {
            value
        };
        (name.clone(), shown.to_owned())
    };
    let authority = if request.is_absolute { format!("http://{HERE}") } else { String::new() };
    let query = request.query.map_or_else(String::new, |query| format!("?{query}"));
    ClientRequest {
        at_other_host,
        version: request.version.to_owned(),
        method: request.method.to_owned(),
        target: format!("{authority}{}{query}", request.path),
        headers: request.headers.iter().map(shown).collect(),
        body: Bytes(request.body.to_vec()),
        turn,
    }
}
