//! Requests as commands of a shell.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use umspec::message::HttpRequest;
use umspec::target::Endpoint;

/// Longest body that a command line carries; longer ones are piped from `umspec show` itself.
const MAX_INLINE: usize = 32_768;

/// A line that sends the request of a case as it is.
pub(super) fn command(
    id: &str,
    request: &HttpRequest,
    url: &str,
    endpoint: &Endpoint,
    wire: &[u8],
) -> String {
    if !request.is_ordinary() {
        // curl would mend the framing.
        return format!("{} | {}\n", feed(wire, id, "--raw"), send(endpoint));
    }
    let mut line = String::new();
    if !request.body.is_empty() {
        let _ = write!(line, "{} | ", feed(&request.body, id, "--body"));
    }
    let _ = writeln!(line, "curl -sS -i {}", arguments(request, "@-", url));
    line
}

/// What curl is told of a request, whose body is this.
pub(super) fn arguments(request: &HttpRequest, body: &str, url: &str) -> String {
    let mut line =
        if request.method == "HEAD" { "-I".to_owned() } else { format!("-X {}", quote(&request.method)) };
    for (name, value) in &request.headers {
        // curl sends an empty field only when it is written with a semicolon.
        let field = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        let _ = write!(line, " -H {}", quote(&field));
    }
    if request.header("content-type").is_none() {
        line.push_str(" -H 'Content-Type:'");
    }
    if !request.body.is_empty() {
        let _ = write!(line, " --data-binary {body}");
    }
    let _ = write!(line, " {}", quote(&format!("{url}{}", request.query)));
    line
}

/// A command that sends what it reads to a server, byte by byte.
pub(super) fn send(endpoint: &Endpoint) -> String {
    let (host, port) = endpoint.host_and_port();
    if endpoint.is_tls() {
        format!("openssl s_client -quiet -connect {host}:{port}")
    } else {
        format!("nc -q 5 {host} {port}")
    }
}

/// A command that prints the bytes; `form` is the flag of `umspec show` that does.
fn feed(bytes: &[u8], id: &str, form: &str) -> String {
    if bytes.len() > MAX_INLINE {
        return format!("umspec show {id} {form}");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(['\0', '\r']) => format!("printf %s {}", quote(text)),
        _ => format!("printf %s {} | base64 -d", STANDARD.encode(bytes)),
    }
}

/// A text as one word of a shell.
pub(super) fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
