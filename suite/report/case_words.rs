//! What cases do and ask for, in words.

use super::shown::shown_lines;
use crate::catalogue::{Act, ClientExpect, Expect};
use crate::evidence::{Reaction, Response, Spoil};
use crate::message::told;

/// What a client must come to.
pub fn client_must(expect: ClientExpect) -> &'static str {
    match expect {
        ClientExpect::Disconnected => "exit 0: disconnected",
        ClientExpect::Doubtful => "exit 1; exit 0 is tolerated with a warning",
        ClientExpect::Open => "exit 0 or 1",
        ClientExpect::Refused => "exit 1: nothing said that the call was disconnected",
        ClientExpect::Wary => "exit 1, whatever the answer holds",
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
        Spoil::LengthShort => "with a Content-Length smaller than the body",
        Spoil::ResetInBody => "the connection is reset within the body",
        Spoil::Slow => "in small pieces, and whole before long",
        Spoil::Twice => "twice",
    }
}

/// What is done in a step of a sequence.
pub fn act_words(act: &Act) -> String {
    match act {
        Act::Place(slot, operation) => format!("place call {slot:?} by {}", operation.request()),
        Act::CallInfo(slot) => format!("GetCallInfo for call {slot:?}"),
        Act::Send(slot, edits) if edits.is_empty() => format!("plain Disconnect for call {slot:?}"),
        Act::Send(slot, edits) => format!("Disconnect for call {slot:?} with {edits:?}"),
        Act::CallInfoOf(text) => format!("GetCallInfo with the id {text:?}"),
        Act::Together(sends) => format!("{} Disconnects at the same time", sends.len()),
        Act::OneConnection(sends) => format!("{} Disconnects on one connection", sends.len()),
        Act::AmongSlowSenders(count, slot) => {
            format!("plain Disconnect for call {slot:?} while {count} connections send byte by byte")
        }
    }
}

/// What must come of a step of a sequence, to follow [`act_words`]; empty for nothing in particular.
pub fn expect_words(expect: &Expect) -> String {
    match expect {
        Expect::Anything => String::new(),
        Expect::Class(class) => format!("; as for {class}"),
        Expect::SameAs(turn) => format!("; the same outcome as step {}", turn + 1),
        Expect::SameFaultAs(turn) => format!("; the same fault as step {}", turn + 1),
        Expect::Ended => "; it has ended".to_owned(),
        Expect::Up => "; it is still up".to_owned(),
        Expect::NotBothEnded => "; at most one of the two has ended".to_owned(),
    }
}
