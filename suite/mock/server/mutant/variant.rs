//! Servers that differ from the strict one as some document allows: what fails one of them is a
//! false alarm.

use super::bug::{Bug, Variant, variant};
use super::rewrite::{client_fault, fault, only, with_body};
use super::state::State;
use crate::evidence::Reaction;
use crate::message::{write_invalid_call_id, write_malformed};
use crate::mock::listener::{Quirk, Request};
use crate::mock::server::answer::AnswerKind;
use crate::mock::server::answer::{plain, xml};
use crate::protocol::{Defect, InputClass, names};

pub(super) static VARIANTS: &[Variant] = &[
    variant(
        "trims-call-id",
        "White space around a call id is dropped (row 8 of the decision table).",
        Bug::CallIds(|id| id.trim().to_owned()),
    ),
    variant(
        "faults-missing-call-id-as-invalid",
        "A missing CallId gets the invalid-id fault (C05).",
        Bug::Faults(|defect| (defect == Defect::CallIdMissing).then(|| xml(500, write_invalid_call_id()))),
    ),
    variant(
        "faults-empty-call-id-as-malformed",
        "An empty CallId gets the malformed-request fault (rows 5 and 7).",
        Bug::Faults(|defect| {
            matches!(defect.class(), InputClass::EmptyCallId | InputClass::BlankCallId)
                .then(|| xml(500, write_malformed()))
        }),
    ),
    variant(
        "answers-ill-formed-by-400",
        "A body that is no XML gets a plain 400 (C06).",
        Bug::Faults(|defect| (defect.class() == InputClass::NotWellFormed).then(|| plain(400, "no XML"))),
    ),
    variant(
        "faults-malformed-as-client",
        "A malformed request gets a Client fault (C08).",
        Bug::Faults(|defect| {
            let own = matches!(
                defect.class(),
                InputClass::EnvelopeNamespace | InputClass::MandatoryHeader | InputClass::OversizedCallId
            );
            (!own).then(|| xml(500, client_fault()))
        }),
    ),
    variant(
        "tells-garbage-from-unknown-ids",
        "An id that is no base64 of a GUID and a host gets a Client fault, others the invalid-id fault (row 4).",
        Bug::State(State::TellsGarbage),
    ),
    variant(
        "takes-envelope-without-namespace",
        "An Envelope in no namespace is processed (C21).",
        Bug::Lenient(|root| {
            if root.namespace.is_none() && root.local == "Envelope" {
                root.namespace = Some(names::ENVELOPE.to_owned());
                for child in &mut root.children {
                    child.namespace = Some(names::ENVELOPE.to_owned());
                }
            }
        }),
    ),
    variant(
        "types-exception-with-prefix",
        "ExceptionType has the prefix of the code (C02).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace(">InvalidCallIdException<", ">a:InvalidCallIdException<")
            })
        }),
    ),
    variant(
        "types-exception-in-no-namespace",
        "ExceptionType is in no namespace (C03).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::InvalidId, kind, response, |body| {
                body.replace("m:ExceptionType", "ExceptionType")
            })
        }),
    ),
    variant(
        "words-without-full-stop",
        "Texts of faults have no full stop (C04).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| body.replace("valid.<", "valid<").replace("invalid.<", "invalid<"))
        }),
    ),
    variant(
        "words-in-another-language",
        "Texts of faults are German (C04).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace("en-US", "de-DE")
                    .replace("The call identifier isn't valid.", "Der Anrufbezeichner ist nicht gültig.")
                    .replace("The request is invalid.", "Die Anforderung ist ungültig.")
            })
        }),
    ),
    variant(
        "codes-in-messages-namespace",
        "The codes of faults are in the messages namespace (C01).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace(
                    &format!("xmlns:a=\"{}\"", names::ERRORS),
                    &format!("xmlns:a=\"{}\"", names::MESSAGES),
                )
                .replace(
                    &format!("xmlns:a=\"{}\"", names::TYPES),
                    &format!("xmlns:a=\"{}\"", names::MESSAGES),
                )
            })
        }),
    ),
    variant(
        "details-in-messages-namespace",
        "ResponseCode and Message are in the messages namespace (C07).",
        Bug::Answers(|kind, response| {
            only(AnswerKind::Malformed, kind, response, |body| body.replace(names::ERRORS, names::MESSAGES))
        }),
    ),
    variant(
        "prefixes-otherwise",
        "Envelope has the prefix s, and DisconnectResponse one of its own.",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                body.replace("soap:", "s:")
                    .replace("xmlns:soap", "xmlns:s")
                    .replace("<DisconnectResponse xmlns=", "<m:DisconnectResponse xmlns:m=")
            })
        }),
    ),
    variant(
        "declares-as-documented",
        "Answers declare xsi and xsd on Envelope, and the XML declaration ends with a blank (R101).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                body.replacen("?>", " ?>", 1).replacen(
                    "<soap:Envelope ",
                    &format!("<soap:Envelope xmlns:xsi=\"{}\" xmlns:xsd=\"{}\" ", names::XSI, names::XSD),
                    1,
                )
            })
        }),
    ),
    variant(
        "details-of-both-kinds",
        "The details of faults hold what belongs to the other one as well (R142 asks for info only).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace("</m:ExceptionType>", "</m:ExceptionType><ResponseCode>x</ResponseCode>")
                    .replace("</e:Message>", "</e:Message><ExceptionType>x</ExceptionType>")
            })
        }),
    ),
    variant(
        "actor-in-faults",
        "Faults name their actor (R119).",
        Bug::Answers(|kind, response| {
            fault(kind, response, |body| {
                body.replace("</faultstring>", "</faultstring><faultactor>urn:um</faultactor>")
            })
        }),
    ),
    variant(
        "header-in-answers",
        "Answers have a header that need not be understood (R102).",
        Bug::Answers(|_, response| {
            with_body(response, |body| {
                body.replacen(
                    "<soap:Body>",
                    "<soap:Header><t:ServerVersionInfo xmlns:t=\"urn:t\"/></soap:Header><soap:Body>",
                    1,
                )
            })
        }),
    ),
    variant(
        "mark-before-answers",
        "Answers start with a byte order mark (R030).",
        Bug::Answers(|_, response| with_body(response, |body| format!("\u{FEFF}{body}"))),
    ),
    variant(
        "speaks-soap12",
        "A request in SOAP 1.2 is answered in SOAP 1.2 (C26).",
        Bug::Http(|service, request| {
            let text = std::str::from_utf8(request.body).ok()?;
            let envelope = format!("Envelope xmlns:soap=\"{}\"", names::ENVELOPE_12);
            if !service.knows(request) || !text.contains(&envelope) {
                return None;
            }
            let body = text.replace(names::ENVELOPE_12, names::ENVELOPE);
            let reaction = service.message(&Request { body: body.as_bytes(), ..*request });
            let Reaction::Answer(response) = reaction else { return Some(reaction) };
            Some(with_body(response, |body| body.replace(names::ENVELOPE, names::ENVELOPE_12)))
        }),
    ),
    variant(
        "closes-after-each-answer",
        "Each connection has one request, and each answer says so (RFC 9112 9.6).",
        Bug::Line(Quirk::Closes),
    ),
    variant(
        "closes-on-broken-requests",
        "A request that is broken as HTTP is not answered, and its connection closed (UMD-R019).",
        Bug::Line(Quirk::ClosesOnFaults),
    ),
    variant("sends-hints", "102 and 103 come before each answer (RFC 9110 15.2).", Bug::Line(Quirk::Hints)),
    variant("says-no-reason", "The status line has no reason (RFC 9112 4).", Bug::Line(Quirk::NoReason)),
    variant(
        "spells-fields-otherwise",
        "Fields of answers have names in capitals, no blank behind the colon and a tab at the end (RFC 9110 5.1, 5.5).",
        Bug::Line(Quirk::Spells),
    ),
    variant(
        "answers-in-odd-chunks",
        "Answers come in chunks with zeros, capitals, extensions and a trailer (RFC 9112 7.1).",
        Bug::Line(Quirk::OddChunks),
    ),
    variant(
        "joins-folded-lines",
        "A folded field is read as one (RFC 9112 5.2).",
        Bug::Line(Quirk::JoinsFolded),
    ),
    variant(
        "reads-two-framings-by-chunks",
        "A message with a length beside its chunks is read by these, and the connection closed (UMD-R191).",
        Bug::Line(Quirk::ReadsAmbiguous),
    ),
    variant(
        "wants-lengths",
        "A body without a length is refused with 411 (RFC 9112 6.3).",
        Bug::Line(Quirk::RefusesChunks),
    ),
    variant(
        "speaks-old-version",
        "Answers are those of HTTP/1.0, which knows no chunks, no Host and no 100 (C27).",
        Bug::Line(Quirk::AnswersOldVersion),
    ),
    variant(
        "refuses-large-bodies-at-once",
        "A body of more than 100,000 bytes is refused by its length, and the connection breaks (RFC 9112 9.6).",
        Bug::Line(Quirk::ResetsOnLarge),
    ),
    variant(
        "refuses-methods-by-403",
        "Another method than POST is answered by 403 (row 33).",
        Bug::Status(|request| request.method != "POST", 403),
    ),
    variant(
        "refuses-media-type-by-fault",
        "Another media type than text/xml gets a Client fault (row 31).",
        Bug::Http(|service, request| {
            let other = request
                .field("content-type")
                .is_none_or(|value| !value.to_ascii_lowercase().starts_with("text/xml"));
            let refused = service.knows(request) && request.method == "POST" && other;
            refused.then(|| xml(500, client_fault()).into())
        }),
    ),
];
