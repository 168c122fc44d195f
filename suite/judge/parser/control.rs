//! Whether a parser was seen to tell good messages from bad ones.

use super::case::words;
use crate::catalogue::plain_messages;
use crate::evidence::{ControlMessage, Parsed, ParserControlStep};
use crate::message::MessageKind;

/// Why the cases of a kind of message cannot be judged, if they cannot: a plain message is not read as
/// it should, or nothing that is wrong with one is refused.
pub(crate) fn parser_problem(control: &[ParserControlStep], kind: MessageKind) -> Option<String> {
    let of_kind = || control.iter().filter(|step| step.kind == kind);
    for (number, plain) in plain_messages().iter().filter(|plain| plain.kind == kind).enumerate() {
        // The code of a fault may be left out.
        let wanted = plain.value.split(' ').next().unwrap_or_default();
        let step = of_kind().find(|step| step.message == ControlMessage::Plain(number));
        let same = |parsed: &Parsed| match parsed {
            Parsed::Accepted(value) if kind == MessageKind::Reply => value.starts_with(wanted),
            Parsed::Accepted(value) => value == wanted,
            _ => false,
        };
        if !step.is_some_and(|step| same(&step.parsed)) {
            let kind = kind.word();
            let parsed = step.map_or_else(|| "it was not put to it".to_owned(), |step| words(&step.parsed));
            return Some(format!("a plain {kind} is not read as {wanted:?}: {parsed}"));
        }
    }
    // Any of them will do: each is a defect that some parser may have.
    let refused = of_kind().any(|step| {
        !matches!(step.message, ControlMessage::Plain(_))
            && matches!(step.parsed, Parsed::Refused(_) | Parsed::Threw(_))
    });
    (!refused).then(|| {
        let names = ControlMessage::MALFORMED.map(ControlMessage::words);
        format!("nothing wrong with a {} is refused: {}", kind.word(), names.join(", "))
    })
}

/// Why nothing can be judged: there is a problem with every kind of message that was put to the parser.
pub(crate) fn parsers_problem(control: &[ParserControlStep]) -> Option<String> {
    if control.is_empty() {
        return Some("what comes before the cases was not run".to_owned());
    }
    let kinds = [MessageKind::Request, MessageKind::Reply]
        .into_iter()
        .filter(|kind| control.iter().any(|step| step.kind == *kind));
    let problems: Vec<Option<String>> = kinds.map(|kind| parser_problem(control, kind)).collect();
    if problems.iter().all(Option::is_some) { problems.into_iter().next().flatten() } else { None }
}
