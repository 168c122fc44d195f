//! A sequence as a script for a shell: curl where curl sends what the case sends, raw blocks elsewhere.

use std::fmt::Write as _;

use super::curl::{arguments, quote, send};
use super::steps::{Values, requests};
use umspec::catalogue::{Act, Case, Slot, Turn};
use umspec::message::HttpRequest;
use umspec::target::Endpoint;

/// What stands for the values of a script while its requests are written, and the variable of each.
const MARKS: [(&str, &str); 5] = [
    ("umspec-call-a", "$A"),
    ("umspec-call-b", "$B"),
    ("umspec-call-c", "$C"),
    ("umspec-item", "$ENTRY_ID"),
    ("umspec-number", "$DIAL_STRING"),
];

/// The same in other letters, to see whether a request holds a value only as it is.
const OTHER_MARKS: [&str; 5] =
    ["UMSPEC_CALL_1", "UMSPEC_CALL_2", "UMSPEC_CALL_3", "UMSPEC_ITE4", "UMSPEC_NUMBE5"];

/// The script of a sequence.
pub(super) fn script(case: &Case, turns: &[Turn], url: &str, endpoint: &Endpoint) -> String {
    let mut out = format!("#!/bin/sh\n# {}: {}\n", case.id, case.about);
    out.push_str(
        "# The id of each call comes from PlayOnPhone, unless it is given: A=ID B=ID C=ID sh THIS\n",
    );
    out.push_str("ENTRY_ID=${ENTRY_ID:-dW1zcGVj}\nDIAL_STRING=${DIAL_STRING:-5550100}\n");
    let writer = Writer { case, url, endpoint };
    for (index, turn) in turns.iter().enumerate() {
        let number = index + 1;
        let must = turn.expect.words().map(|words| format!("; {words}")).unwrap_or_default();
        let _ = writeln!(out, "\n# step {number}: {}{must}", turn.act.words());
        let _ = writeln!(out, "echo 'step {number}' >&2");
        writer.step(&mut out, number, &turn.act);
    }
    out
}

struct Writer<'a> {
    case: &'a Case,
    url: &'a str,
    endpoint: &'a Endpoint,
}

impl Writer<'_> {
    fn step(&self, out: &mut String, number: usize, act: &Act) {
        let written = requests(act, &marked(MARKS.map(|(mark, _)| mark)));
        let others = requests(act, &marked(OTHER_MARKS));
        let lines: Option<Vec<String>> =
            written.iter().zip(&others).map(|(request, other)| body(request, other)).collect();
        let is_ordinary = written.iter().all(HttpRequest::is_ordinary);
        let Some(bodies) = lines.filter(|_| is_ordinary) else {
            // The bytes depend on the ids in another way than by holding them: lengths, spellings.
            let ids = "--call-id \"$A\" --call-id \"$B\" --call-id \"$C\"";
            let show = format!("umspec show {} --step {number} --raw {ids}", self.case.id);
            let _ = writeln!(out, "# all requests at once, where a run waits for each answer");
            let _ = writeln!(out, "{show} --server {} | {}", quote(self.url), send(self.endpoint));
            return;
        };
        let curl = |index: usize| {
            let arguments = arguments(&written[index], "@-", self.url);
            format!("{} | curl -sS -i {arguments}", bodies[index])
        };
        match act {
            Act::Place(slot, operation) => {
                let variable = name(*slot);
                let response = operation.response();
                let _ = writeln!(
                    out,
                    "[ -n \"${variable}\" ] || {variable}=$({} | tee /dev/stderr | tr -d '\\r\\n' |\n  sed -n \
                     's/.*{response}[^>]*>\\([^<][^<]*\\)<.*/\\1/p')",
                    curl(0)
                );
            }
            Act::Together(_) => {
                for index in 0..written.len() {
                    let _ = writeln!(out, "{} &", curl(index));
                }
                out.push_str("wait\n");
            }
            Act::OneConnection(_) => self.one_connection(out, &written, &bodies),
            Act::AmongSlowSenders(count, _) => self.among_slow_senders(out, *count, &curl(0)),
            Act::CallInfo(_) | Act::CallInfoOf(_) | Act::Send(..) => {
                let _ = writeln!(out, "{}", curl(0));
            }
        }
        out.push_str("echo\n");
    }

    /// One after the other on one connection, as curl sends what `--next` parts.
    fn one_connection(&self, out: &mut String, written: &[HttpRequest], bodies: &[String]) {
        let mut line = "curl -sS -i".to_owned();
        for (index, request) in written.iter().enumerate() {
            let _ = writeln!(out, "BODY{}=$({})", index + 1, bodies[index]);
            let next = if index == 0 { "" } else { " --next -i" };
            let body = format!("\"$BODY{}\"", index + 1);
            let _ = write!(line, "{next} {}", arguments(request, &body, self.url));
        }
        let _ = writeln!(out, "{line}");
    }

    /// Connections that send a body byte by byte, and a request meanwhile.
    fn among_slow_senders(&self, out: &mut String, count: usize, curl: &str) {
        let (host, _) = self.endpoint.host_and_port();
        let request = format!(
            "POST /EWS/UM2007Legacy.asmx HTTP/1.1\\r\\nhost: {host}\\r\\ncontent-type: text/xml; \
             charset=utf-8\\r\\ncontent-length: 400\\r\\n\\r\\n"
        );
        let _ = writeln!(out, "SLOW=");
        for _ in 0..count {
            let _ = writeln!(
                out,
                "{{ printf '{request}'; for byte in 1 2 3 4 5 6 7 8; do sleep 1; printf x; done; }} | {} \
                 >/dev/null &\nSLOW=\"$SLOW $!\"",
                send(self.endpoint)
            );
        }
        let _ = writeln!(out, "sleep 1\n{curl}\nkill $SLOW");
    }
}

/// A command that prints the body of a request, values filled in; none where it holds them otherwise than as
/// they are.
fn body(request: &HttpRequest, other: &HttpRequest) -> Option<String> {
    let text = String::from_utf8(request.body.clone()).ok()?;
    let mut same = text.clone();
    for ((mark, _), other) in MARKS.iter().zip(OTHER_MARKS) {
        same = same.replace(mark, other);
    }
    (same.as_bytes() == other.body).then(|| printf(&text))
}

fn marked(marks: [&str; 5]) -> Values {
    let [a, b, c, item, number] = marks.map(str::to_owned);
    Values { calls: [a, b, c], item, number }
}

fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::A => "A",
        Slot::B => "B",
        // No case of the catalogue has a further one.
        Slot::C | Slot::Further(_) => "C",
    }
}

/// A command that prints a text in which variables take the place of the marks.
fn printf(text: &str) -> String {
    let mut format = String::new();
    let mut values = String::new();
    let mut rest = text;
    while let Some((at, (mark, variable))) =
        MARKS.iter().filter_map(|mark| Some((rest.find(mark.0)?, mark))).min_by_key(|(at, _)| *at)
    {
        format.push_str(&escaped(&rest[..at]));
        format.push_str("%s");
        let _ = write!(values, " \"{variable}\"");
        rest = &rest[at + mark.len()..];
    }
    format.push_str(&escaped(rest));
    format!("printf {}{values}", quote(&format))
}

/// Text within the format of printf, which reads `%` and `\` in its own way.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "%%").replace('\r', "\\r").replace('\0', "\\000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_printed_as_it_is_with_its_values() {
        let printed = printf("it's 5% \\ of <a>umspec-call-b</a>\r\numspec-call-a");
        let script = format!("A='id-a'; B='id%s-b'; {printed}");
        let output = std::process::Command::new("sh").args(["-c", &script]).output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "it's 5% \\ of <a>id%s-b</a>\r\nid-a");
    }
}
