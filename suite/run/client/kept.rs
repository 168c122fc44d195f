//! Requests of clients as they are kept.

use super::served::Bases;
use crate::evidence::{Bytes, ClientRequest, FlawedLine};
use crate::mock::Request;
use crate::target::{HIDDEN, is_credential_field};

/// What stands for the name of the listener.
pub(super) const HERE: &str = "{here}";

/// What stands for the port of the listener in a Host that does not name it.
const PORT: &str = "{port}";

/// What stands for the path of a case in a line that is wrong, which would differ from case to case.
const PATH: &str = "{path}";

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
            HIDDEN.to_owned()
        } else if is("host") && ours.contains(&value.trim()) {
            HERE.to_owned()
        } else if is("host") {
            without_port(value, &ours)
        } else {
            value.clone()
        };
        (name.clone(), shown)
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
        flaws: request.flaws.iter().map(|flaw| shown_line(flaw, request.path, &ours)).collect(),
        turn,
    }
}

/// A Host under another name, with a word for our port.
fn without_port(host: &str, ours: &[&str; 2]) -> String {
    let ports = ours.iter().filter_map(|ours| ours.rsplit_once(':'));
    let name = ports.map(|(_, port)| port).find_map(|port| host.strip_suffix(port)?.strip_suffix(':'));
    name.map_or_else(|| host.to_owned(), |name| format!("{name}:{PORT}"))
}

/// A line that is wrong, as it is kept: hidden where it is of a field whose value is, without where the listener
/// and the case are.
fn shown_line(flaw: &FlawedLine, path: &str, ours: &[&str; 2]) -> FlawedLine {
    if flaw.field.as_deref().is_some_and(is_credential_field) {
        return FlawedLine { line: HIDDEN.to_owned(), field: None, ..flaw.clone() };
    }
    let mut line = flaw.line.clone();
    if path.len() > 1 {
        line = line.replace(path, PATH);
    }
    for host in ours.iter().filter(|host| !host.is_empty()) {
        line = line.replace(host, HERE);
    }
    FlawedLine { line, field: None, ..flaw.clone() }
}
