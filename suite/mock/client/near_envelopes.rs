//! Clients that compare namespaces loosely, read header entries by what their text looks like, or break off on faults
//! in forms that they have not met.

use super::answers::{refuse_if, success_if};
use super::exchange::Got;
use super::mutant::{ClientMutant, breaks_where, reads};
use crate::evidence::ClientEnd;
use crate::message::write_success;
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[ClientMutant] = &[
    // Namespaces.
    reads(
        "compares-namespaces-without-scheme",
        "Takes https in a namespace for http.",
        by("answer-body/envelope-with-https", req::ENVELOPE_ROOT),
        |got, end| plain_by(got, end, |text| text.replace("\"https://", "\"http://")),
    ),
    reads(
        "compares-namespaces-without-ends",
        "Compares namespaces without the slash and the blank at their ends.",
        by("answer-body/envelope-without-slash", req::ENVELOPE_ROOT),
        |got, end| {
            plain_by(got, end, |text| {
                let bare = names::ENVELOPE.trim_end_matches('/');
                let text = text.replace(" \"", "\"").replace("/\"", "\"");
                text.replace(&format!("\"{bare}\""), &format!("\"{}\"", names::ENVELOPE))
            })
        },
    ),
    reads(
        "compares-envelopes-in-any-case",
        "Takes capitals in the namespace of an envelope for small letters.",
        by("answer-body/envelope-in-other-case", req::ENVELOPE_ROOT),
        |got, end| plain_by(got, end, |text| text.replace("/SOAP/", "/soap/")),
    ),
    reads(
        "knows-drafts-of-soap",
        "Takes the envelope of a draft of SOAP 1.2 for that of SOAP 1.1.",
        by("answer-body/envelope-of-draft", req::ENVELOPE_ROOT),
        |got, end| {
            plain_by(got, end, |text| {
                text.replace("http://www.w3.org/2001/12/soap-envelope", names::ENVELOPE)
            })
        },
    ),
    reads(
        "knows-misprinted-namespace",
        "Takes the namespace that a page of the documentation has by mistake.",
        by("answer-body/response-of-message", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| plain_by(got, end, |text| text.replace("/message\"", "/messages\"")),
    ),
    reads(
        "compares-namespaces-without-year",
        "Takes the namespace of the messages of any year.",
        by("answer-body/response-of-other-year", req::OK_STATUS_WITHOUT_RESPONSE),
        |got, end| plain_by(got, end, |text| text.replace("/2007/", "/2006/")),
    ),
    // Header entries.
    reads(
        "looks-for-errors",
        "Takes an answer with the word error in it for a failure.",
        by("answer-body/entry-says-error", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains("error"), end),
    ),
    reads(
        "looks-for-must-understand-at-any-depth",
        "Refuses an answer with mustUnderstand within a header entry.",
        by("answer-body/entry-holds-mandatory", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains("><x:i soap:mustUnderstand=\"1\"/></x:h>"), end),
    ),
    reads(
        "takes-any-must-understand",
        "Refuses an answer with mustUnderstand of no namespace on a header entry.",
        by("answer-body/entry-with-own-must-understand", req::ANSWER_HEADER_TOLERATED),
        |got, end| refuse_if(got.text().contains(" mustUnderstand=\"1\""), end),
    ),
    reads(
        "compares-must-understand-as-written",
        "Overlooks mustUnderstand that is written with a reference or with blanks.",
        by("answer-body/entry-mandatory-by-reference", req::MANDATORY_HEADER_IN_ANSWER),
        |got, end| {
            let text = got.text();
            let is_other = text.contains(":mustUnderstand=\"&#") || text.contains(":mustUnderstand =");
            success_if(got.status == 200 && is_other && text.contains("<DisconnectResponse"), end)
        },
    ),
    // Faults.
    breaks_where(
        "breaks-off-on-languages-without-country",
        "Breaks off on a language that is told without a country.",
        by("answer-body/fault-in-language-alone", req::CLIENT_COMES_TO_AN_END),
        |text| {
            let language = text.split("xml:lang=\"").nth(1).and_then(|rest| rest.split('"').next());
            language.is_some_and(|language| !language.contains('-'))
        },
    ),
    breaks_where(
        "breaks-off-on-words-for-actors",
        "Breaks off on a faultactor that is no absolute URI.",
        by("answer-body/fault-with-word-for-actor", req::CLIENT_COMES_TO_AN_END),
        |text| text.split("<faultactor>").nth(1).is_some_and(|rest| !rest.starts_with("http://")),
    ),
    breaks_where(
        "breaks-off-on-many-details",
        "Breaks off on a detail of more than two elements.",
        by("answer-body/fault-with-many-details", req::CLIENT_COMES_TO_AN_END),
        |text| text.contains("<detail>") && text.matches(" xmlns:x=\"urn:x\"/>").count() > 2,
    ),
];

/// Success for what is the plain one once it is changed.
fn plain_by(got: &Got, end: ClientEnd, change: fn(&str) -> String) -> ClientEnd {
    success_if(
        got.status == 200 && got.complete && !got.broken && change(&got.text()) == write_success(),
        end,
    )
}
