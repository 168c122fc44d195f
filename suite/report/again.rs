//! How to do again what a finding rests on, as a person would type it.

use crate::catalogue::{CaseRef, Needs, Stimulus};
use crate::evidence::{CallOrigin, ControlEvidence, Subject};
use crate::message::visible;
use crate::record::{Fuzzed, Record};

/// A line with a word at its start.
pub(crate) struct Line {
    pub(crate) label: &'static str,
    pub(crate) text: String,
    /// Whether the text is a command line.
    pub(crate) is_command: bool,
}

/// What a record does not keep, by the option that needs it, and what stands for it in a line.
const GIVEN_AGAIN: [(&str, &str); 8] = [
    ("--bearer", "TOKEN is the token of the run"),
    ("--cacert", "FILE holds the certificates of the run"),
    ("--call-id", "ID is the id of a call that is up"),
    ("--call-id-cmd", "CMD is the command of the run, which prints the id of a fresh call"),
    ("--entry-id", "ENTRY is the item of the run, and NUMBER the number that it rings"),
    ("--header", "VALUE is what the field held in the run"),
    ("--proxy", "PROXY is the proxy of the run"),
    ("--user", "USER:PASSWORD are those of the run"),
];

/// The command of a run without its cases, or of a campaign, as far as a record keeps it.
pub(crate) fn command(record: &Record) -> Option<String> {
    let name = if record.campaign.is_some() { "fuzz" } else { "run" };
    let words = ["umspec", name].into_iter().chain(record.options.iter().map(String::as_str));
    (!record.options.is_empty()).then(|| words.map(shell_word).collect::<Vec<_>>().join(" "))
}

/// Where the exchange of a case is shown, and what it is about.
pub(crate) fn look(record: &Record, case: &str) -> String {
    if entry_of_campaign(record, case).is_some() {
        return format!("umspec report RECORD {}", shell_word(case));
    }
    let of = match record.subject {
        Subject::Client => " --subject client",
        Subject::Parser => " --subject parser",
        Subject::Server => "",
    };
    format!("umspec explain {}{of}", shell_word(case))
}

/// The edits of what a campaign has found; none for a case of the catalogue.
pub(crate) fn input_of<'a>(record: &'a Record, case: &str) -> &'a [String] {
    entry_of_campaign(record, case).map_or(&[], |fuzzed| &fuzzed.input)
}

fn entry_of_campaign<'a>(record: &'a Record, case: &str) -> Option<&'a Fuzzed> {
    record.entries.iter().find(|entry| entry.case == case)?.fuzzed.as_deref()
}

/// The run of a case alone, or the replay of what a campaign has found, and what has to be given again for it.
pub(crate) fn again(record: &Record, case: &str) -> Vec<Line> {
    let Some(command) = command(record) else { return Vec::new() };
    let text = if entry_of_campaign(record, case).is_some() {
        let target = ["--server", "--mock", "--parser", "--client"].into_iter();
        let target =
            target.filter_map(|option| Some(format!(" {option} {}", shell_word(value_of(record, option)?))));
        let is_called_so = |word: &&String| *word == "--persistent" || word.starts_with("--refused-exit=");
        let called = record.options.iter().filter(is_called_so).map(|word| format!(" {}", shell_word(word)));
        let target = target.chain(called).collect::<String>();
        format!("umspec replay {} --record RECORD{target}", shell_word(case))
    } else {
        format!("{command} {}", shell_word(case))
    };
    let mut lines = vec![Line { label: "again", text, is_command: true }];
    let is_given = |option: &str| record.options.iter().any(|word| word == option);
    let given = GIVEN_AGAIN.iter().filter(|(option, _)| is_given(option)).map(|(_, what)| *what);
    let given: Vec<&str> = given.collect();
    if !given.is_empty() {
        lines.push(Line { label: "where", text: given.join("; "), is_command: false });
    }
    lines
}

/// The command that sends the requests of a case to a server, and where the ids in it come from.
pub(crate) fn send(record: &Record, case: &str) -> Vec<Line> {
    let (Subject::Server, Some(CaseRef::Server(found))) =
        (record.subject, CaseRef::find(record.subject, case))
    else {
        return Vec::new();
    };
    let mut text = format!("umspec show {} --curl", shell_word(case));
    if let Some(url) = value_of(record, "--server") {
        text.push_str(&format!(" --server {}", shell_word(url)));
    }
    let origin = match &record.control.evidence {
        ControlEvidence::Server(control) => control.calls,
        ControlEvidence::Client(_) | ControlEvidence::Parser(_) => CallOrigin::None,
    };
    let places = matches!(found.stimulus, Stimulus::Sequence(_));
    let needs_id = !places && (origin != CallOrigin::None || found.needs == Needs::LiveCall);
    if needs_id {
        text.push_str(" --call-id ID");
    }
    let running = value_of(record, "--mock")
        .map(|mock| format!("   (while umspec mock {} runs)", shell_word(mock)))
        .unwrap_or_default();
    let mut lines = vec![Line { label: "send", text: format!("{text}{running}"), is_command: true }];
    if needs_id {
        lines.push(Line { label: "ID", text: id_words(origin).to_owned(), is_command: false });
    }
    lines
}

/// How to get the id of a live call, by where those of the run came from.
fn id_words(origin: CallOrigin) -> &'static str {
    match origin {
        CallOrigin::Command => "what the command of --call-id-cmd prints",
        CallOrigin::Given => "the id of a call that is up",
        CallOrigin::Mock | CallOrigin::PlayOnPhone | CallOrigin::None => {
            "what PlayOnPhone answers: umspec show lifecycle/disconnect-connecting-call --curl asks for one"
        }
    }
}

fn value_of<'a>(record: &'a Record, option: &str) -> Option<&'a str> {
    let at = record.options.iter().position(|word| word == option)?;
    record.options.get(at + 1).map(String::as_str)
}

/// A word of a command line for a shell, in visible characters.
fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", visible(word).replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_word_for_a_shell() {
        for (word, shown) in [
            ("--user", "--user"),
            ("http://um.example:8080/EWS/UM.asmx", "http://um.example:8080/EWS/UM.asmx"),
            ("client --to {url}", "'client --to {url}'"),
            ("it's $(x)", r"'it'\''s $(x)'"),
            ("", "''"),
            ("a\u{1B}[2J", "'a\\u{1b}[2J'"),
        ] {
            assert_eq!(shell_word(word), shown);
        }
    }
}
