use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::args::ShowArgs;
use super::exit::Exit;
use super::output::{say, say_bytes};
use super::trouble::Trouble;
use umspec::catalogue::case;
use umspec::message::{HttpRequest, Ids};
use umspec::target::Endpoint;

/// Longest body that a command line carries; longer ones are piped from `umspec show` itself.
const MAX_INLINE: usize = 32_768;

/// Shows the request of a case.
pub(crate) fn show(args: &ShowArgs) -> Result<Exit, Trouble> {
    let Some(case) = case(&args.id) else {
        return Err(Trouble::usage(format!("there is no case {:?}; umspec list shows the ids", args.id)));
    };
    let Some(draft) = case.draft() else {
        return Err(Trouble::usage(format!(
            "{} is a sequence of requests; umspec explain {} tells its steps, and a record has their bytes",
            case.id, case.id
        )));
    };
    let endpoint = Endpoint::parse(&args.server).map_err(|error| Trouble::usage(error.to_string()))?;
    let mut ids = Ids::default();
    if let Some(id) = &args.call_id {
        ids.this.clone_from(id);
    }
    let request = draft.write(&ids);
    let wire = endpoint.wire(&request);
    if args.curl {
        say(&command(&case.id, &request, &args.server, &endpoint, &wire.bytes))?;
    } else if args.body {
        say_bytes(&request.body)?;
    } else if args.hex {
        say(&dump(&wire.bytes))?;
    } else {
        say_bytes(&wire.bytes)?;
    }
    Ok(Exit::Passed)
}

fn command(id: &str, request: &HttpRequest, url: &str, endpoint: &Endpoint, wire: &[u8]) -> String {
    if !request.is_ordinary() {
        // curl would mend the framing.
        let feed = feed(wire, id, "--raw");
        let (host, port) = endpoint.host_and_port();
        let send = if endpoint.is_tls() {
            format!("openssl s_client -quiet -connect {host}:{port}")
        } else {
            format!("nc -q 5 {host} {port}")
        };
        return format!("{feed} | {send}\n");
    }
    let mut line = String::new();
    let has_body = !request.body.is_empty();
    if has_body {
        let _ = write!(line, "{} | ", feed(&request.body, id, "--body"));
    }
    let _ = write!(line, "curl -sS -i -X {}", quote(&request.method));
    if request.method == "HEAD" {
        line = line.replace("-X HEAD", "-I");
    }
    for (name, value) in &request.headers {
        // curl sends an empty field only when it is written with a semicolon.
        let field = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        let _ = write!(line, " -H {}", quote(&field));
    }
    if request.header("content-type").is_none() {
        line.push_str(" -H 'Content-Type:'");
    }
    if has_body {
        line.push_str(" --data-binary @-");
    }
    let _ = writeln!(line, " {}", quote(&format!("{url}{}", request.query)));
    line
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

fn quote(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn dump(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (row, line) in bytes.chunks(16).enumerate() {
        let hex: Vec<String> = line.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = line
            .iter()
            .map(|&byte| if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '.' })
            .collect();
        let _ = writeln!(out, "{:08x}  {:<47}  {text}", row * 16, hex.join(" "));
    }
    out
}
