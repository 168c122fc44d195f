//! What clients are answered and must come to, and what parsers say, in words.

use super::shown::shown_lines;
use crate::catalogue::ClientExpect;
use crate::evidence::{Evidence, Parsed, ParserEvidence, Reaction, Response, Spoil};
use crate::message::told;
use crate::record::Record;

/// What a client must come to.
pub fn client_must(expect: ClientExpect) -> &'static str {
    match expect {
        ClientExpect::Disconnected => "exit 0: disconnected",
        ClientExpect::Doubtful => "exit 1; exit 0 is tolerated with a warning",
        ClientExpect::Open => "exit 0 or 1",
        ClientExpect::Refused => "exit 1: nothing said that the call was disconnected",
        ClientExpect::Unusual => "exit 0; exit 1 is tolerated with a warning",
        ClientExpect::Wary => "exit 1, whatever the answer holds",
    }
}

/// What a parser said of a message, in a line.
pub(super) fn parser_said(parsed: &Parsed) -> String {
    match parsed {
        Parsed::Accepted(value) => format!("accepted as {}", told(&format!("{value:?}"))),
        Parsed::Crashed(why) => format!("it broke off: {}", told(why)),
        Parsed::Refused(why) if why.is_empty() => "refused".to_owned(),
        Parsed::Refused(why) => format!("refused: {}", told(why)),
        Parsed::Silent => "no answer in time".to_owned(),
        Parsed::Threw(uncaught) => told(&uncaught.to_string()),
    }
}

/// What a client is answered, as a person reads it: in lines, byte by byte but for line ends of HTTP.
pub fn reaction_lines(reaction: &Reaction) -> Vec<String> {
    let said = |words: &str, bytes: &[u8]| {
        let words = (!words.is_empty()).then(|| words.to_owned());
        words.into_iter().chain(shown_lines(bytes)).collect()
    };
    match reaction {
        Reaction::Answer(answer) => response_lines(answer),
        Reaction::Close => vec!["the connection closes without a word".to_owned()],
        Reaction::Die => vec!["the connection closes, and no further one is taken".to_owned()],
        Reaction::Early(bytes) => said("at once, before the body of the request has come:", bytes),
        Reaction::Hang => vec!["nothing, and the connection stays open".to_owned()],
        Reaction::Keep(bytes) => said("and the connection stays open:", bytes),
        Reaction::Pieces(pieces) => {
            let mut lines = Vec::new();
            for (number, piece) in pieces.iter().enumerate() {
                if number > 0 {
                    lines.push("--- a pause ---".to_owned());
                }
                lines.extend(shown_lines(piece));
            }
            lines
        }
        Reaction::Raw(bytes) => said("", bytes),
        Reaction::Reset => vec!["the connection is reset".to_owned()],
        Reaction::Spoil(answer, spoil) => {
            let mut lines = vec![format!("{}:", spoil_words(*spoil))];
            lines.extend(response_lines(answer));
            lines
        }
    }
}

fn response_lines(response: &Response) -> Vec<String> {
    let mut lines = vec![response.status.to_string()];
    lines.extend(response.headers.iter().map(|(name, value)| told(&format!("{name}: {value}"))));
    if !response.body.is_empty() {
        lines.push(String::new());
        lines.extend(shown_lines(&response.body));
    }
    lines
}

/// How an answer goes over the line in a wrong way, in words.
fn spoil_words(spoil: Spoil) -> &'static str {
    match spoil {
        Spoil::CloseInBody => "the connection closes within the body",
        Spoil::CloseInHead => "the connection closes within the head",
        Spoil::Drip => "byte by byte",
        Spoil::EndlessBody => "with blanks after the body, without end",
        Spoil::EndlessChunks => "in chunks of blanks, without end",
        Spoil::EndlessHead => "with header fields without end",
        Spoil::HangInBody => "the body stops, and the connection stays open",
        Spoil::HangInHead => "the head stops, and the connection stays open",
        Spoil::LengthLong => "with a Content-Length larger than the body",
        Spoil::LengthLongOpen => "with a Content-Length larger than the body, and the connection stays open",
        Spoil::LengthShort => "with a Content-Length smaller than the body",
        Spoil::ResetInBody => "the connection is reset within the body",
        Spoil::Slow => "in small pieces, and whole before long",
        Spoil::Twice => "twice",
    }
}

/// Most characters of a reason that stand beside a finding; the record has all of it.
const MAX_REASON: usize = 160;

/// Why a parser says that it refused the message of a case, if that is what it did; one line.
pub(super) fn reason_given(record: &Record, case: &str) -> Option<String> {
    let entry = record.entries.iter().find(|entry| entry.case == case)?;
    let Some(Evidence::Parser(ParserEvidence { parsed: Parsed::Refused(why), .. })) = &entry.evidence else {
        return None;
    };
    let line = why.lines().next().filter(|line| !line.is_empty())?;
    Some(told(&line.chars().take(MAX_REASON).collect::<String>()))
}
