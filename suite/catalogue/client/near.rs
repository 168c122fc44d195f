//! Answers that are nearly the plain ones: envelopes and answers of a namespace that only resembles theirs, header
//! entries that say less or more than they seem to, and faults in forms that no service here writes.

use super::answers::xml;
use super::case::{ClientCase, ClientExpect, case};
use super::case::{ClientExpect::Disconnected, ClientExpect::Refused, ClientExpect::Wary};
use crate::message::{write_invalid_call_id, write_success};
use crate::protocol::{RequirementId, names, req};

pub(super) fn cases() -> Vec<ClientCase> {
    [namespaces(), entries(), faults()].concat()
}

/// Namespaces that resemble those of an answer: they are compared character by character (NS 2.3).
fn namespaces() -> Vec<ClientCase> {
    let envelope = req::ENVELOPE_ROOT;
    let response = req::OK_STATUS_WITHOUT_RESPONSE;
    let rows: [(&str, &str, RequirementId, &str, String); 8] = [
        (
            "envelope-with-https",
            "The namespace of the envelope begins with https.",
            envelope,
            names::ENVELOPE,
            names::ENVELOPE.replacen("http", "https", 1),
        ),
        (
            "envelope-without-slash",
            "The namespace of the envelope lacks the slash at its end.",
            envelope,
            names::ENVELOPE,
            names::ENVELOPE.trim_end_matches('/').to_owned(),
        ),
        (
            "envelope-in-other-case",
            "The namespace of the envelope has capitals in its path.",
            envelope,
            names::ENVELOPE,
            names::ENVELOPE.replace("/soap/", "/SOAP/"),
        ),
        (
            "envelope-with-blank",
            "The namespace of the envelope ends in a blank.",
            envelope,
            names::ENVELOPE,
            format!("{} ", names::ENVELOPE),
        ),
        (
            "envelope-of-draft",
            "The namespace of the envelope is that of a draft of SOAP 1.2.",
            envelope,
            names::ENVELOPE,
            "http://www.w3.org/2001/12/soap-envelope".to_owned(),
        ),
        (
            "response-of-message",
            "The namespace of DisconnectResponse ends in message, without an s.",
            response,
            names::MESSAGES,
            names::MESSAGES.replace("/messages", "/message"),
        ),
        (
            "response-with-slash",
            "The namespace of DisconnectResponse has a slash at its end.",
            response,
            names::MESSAGES,
            format!("{}/", names::MESSAGES),
        ),
        (
            "response-of-other-year",
            "The namespace of DisconnectResponse is of 2007.",
            response,
            names::MESSAGES,
            names::MESSAGES.replace("/2006/", "/2007/"),
        ),
    ];
    rows.into_iter()
        .map(|(name, about, row, known, near)| {
            let body = write_success().replace(&format!("\"{known}\""), &format!("\"{near}\""));
            case(format!("answer-body/{name}"), about, row, Refused, xml(200, body))
        })
        .collect()
}

/// Header entries beside a success. Attributes of SOAP mean something on immediate children of Header alone
/// (SOAP 4.2.1), and are written as XML lets one write them.
fn entries() -> Vec<ClientCase> {
    let rows: [(&str, &str, RequirementId, ClientExpect, &str); 5] = [
        (
            "entry-says-error",
            "A header entry says that there is no error.",
            req::ANSWER_HEADER_TOLERATED,
            Disconnected,
            "<x:h xmlns:x=\"urn:x\">no error</x:h>",
        ),
        (
            "entry-holds-mandatory",
            "An element within a header entry has mustUnderstand, which means nothing there.",
            req::ANSWER_HEADER_TOLERATED,
            Disconnected,
            "<x:h xmlns:x=\"urn:x\"><x:i soap:mustUnderstand=\"1\"/></x:h>",
        ),
        (
            "entry-with-own-must-understand",
            "A header entry has an attribute mustUnderstand of no namespace, which is its own.",
            req::ANSWER_HEADER_TOLERATED,
            Disconnected,
            "<x:h xmlns:x=\"urn:x\" mustUnderstand=\"1\"/>",
        ),
        (
            "entry-mandatory-by-reference",
            "A header entry must be understood, which a reference says.",
            req::MANDATORY_HEADER_IN_ANSWER,
            Wary,
            "<x:h xmlns:x=\"urn:x\" soap:mustUnderstand=\"&#49;\"/>",
        ),
        (
            "entry-mandatory-with-blanks",
            "A header entry must be understood, with blanks around the equals sign that says so.",
            req::MANDATORY_HEADER_IN_ANSWER,
            Wary,
            "<x:h xmlns:x=\"urn:x\" soap:mustUnderstand = \"1\"/>",
        ),
    ];
    rows.into_iter()
        .map(|(name, about, row, expect, entry)| {
            let header = format!("<soap:Header>{entry}</soap:Header><soap:Body");
            let body = write_success().replacen("<soap:Body", &header, 1);
            case(format!("answer-body/{name}"), about, row, expect, xml(200, body))
        })
        .collect()
}

/// Faults with something else in a place that others leave empty, or fill in one way (SOAP 4.4, BP R1016).
fn faults() -> Vec<ClientCase> {
    [
        (
            "fault-in-language-alone",
            "The language of faultstring is told without a country.",
            " xml:lang=\"en-US\"",
            " xml:lang=\"de\"",
        ),
        (
            "fault-with-word-for-actor",
            "faultactor holds a word, which is a relative reference.",
            "<detail>",
            "<faultactor>x</faultactor><detail>",
        ),
        (
            "fault-with-many-details",
            "detail holds five more elements.",
            "</detail>",
            "<x:a xmlns:x=\"urn:x\"/><x:b xmlns:x=\"urn:x\"/><x:c xmlns:x=\"urn:x\"/><x:d xmlns:x=\"urn:x\"/><x:e xmlns:x=\"urn:x\"/></detail>",
        ),
    ]
    .into_iter()
    .map(|(name, about, known, near)| {
        let body = write_invalid_call_id().replacen(known, near, 1);
        case(format!("answer-body/{name}"), about, req::UNKNOWN_FAULT_REPORTED, Refused, xml(500, body))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Play;
    use crate::evidence::Reaction;

    /// What is replaced stands there, or a case would be the plain one.
    #[test]
    fn no_answer_is_a_plain_one() {
        for case in cases() {
            let Play::Answers(turns) = &case.play else { panic!("{}", case.id) };
            let Reaction::Answer(answer) = &turns[0].reaction else { panic!("{}", case.id) };
            let text = String::from_utf8_lossy(&answer.body);
            assert!(text != write_success() && text != write_invalid_call_id(), "{}", case.id);
        }
    }
}
