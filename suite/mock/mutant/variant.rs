//! Servers that differ from the strict one as some document allows: what fails one of them is a
//! false alarm.

use super::answer::with_body;
use super::fault::{fault, only};
use super::{Bug, Mutant, Said, State, mutant};
use crate::evidence::Reaction;
use crate::message::{write_fault, write_invalid_call_id, write_malformed};
use crate::mock::Request;
use crate::mock::service::{plain, xml};
use crate::protocol::{Defect, InputClass, names};

pub(super) static VARIANTS: &[Mutant] = &[
    mutant(
        "trims-call-id",
        "White space around a call id is dropped (row 8 of the decision table).",
        Bug::CallIds(|id| id.trim().to_owned()),
    ),
    mutant(
        "faults-missing-call-id-as-invalid",
        "A missing CallId gets the invalid-id fault (C05).",
        Bug::Faults(|defect| (defect == Defect::CallIdMissing).then(|| xml(500, write_invalid_call_id()))),
    ),
    mutant(
        "faults-empty-call-id-as-malformed",
        "An empty CallId gets the malformed-request fault (rows 5 and 7).",
        Bug::Faults(|defect| {
            matches!(defect.class(), InputClass::EmptyCallId | InputClass::BlankCallId)
                .then(|| xml(500, write_malformed()))
        }),
    ),
    mutant(
        "answers-ill-formed-by-400",
        "A body that is no XML gets a plain 400 (C06).",
        Bug::Faults(|defect| (defect.class() == InputClass::NotWellFormed).then(|| plain(400, "no XML"))),
    ),
    mutant(
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
    mutant(
        "tells-garbage-from-unknown-ids",
        "An id that is no base64 of a GUID and a host gets a Client fault, others the invalid-id fault (row 4).",
        Bug::State(State::TellsGarbage),
    ),
    mutant(
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
    mutant(
        "types-exception-with-prefix",
        "ExceptionType has the prefix of the code (C02).",
        Bug::Answers(|said, response| {
            only(Said::InvalidId, said, response, |body| {
                body.replace(">InvalidCallIdException<", ">a:InvalidCallIdException<")
            })
        }),
    ),
    mutant(
        "types-exception-in-no-namespace",
        "ExceptionType is in no namespace (C03).",
        Bug::Answers(|said, response| {
            only(Said::InvalidId, said, response, |body| body.replace("m:ExceptionType", "ExceptionType"))
        }),
    ),
    mutant(
        "words-without-full-stop",
        "Texts of faults have no full stop (C04).",
        Bug::Answers(|said, response| {
            fault(said, response, |body| body.replace("valid.<", "valid<").replace("invalid.<", "invalid<"))
        }),
    ),
    mutant(
        "words-in-another-language",
        "Texts of faults are German (C04).",
        Bug::Answers(|said, response| {
            fault(said, response, |body| {
                body.replace("en-US", "de-DE")
                    .replace("The call identifier isn't valid.", "Der Anrufbezeichner ist nicht gültig.")
                    .replace("The request is invalid.", "Die Anforderung ist ungültig.")
            })
        }),
    ),
    mutant(
        "codes-in-messages-namespace",
        "The codes of faults are in the messages namespace (C01).",
        Bug::Answers(|said, response| {
            fault(said, response, |body| {
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
    mutant(
        "details-in-messages-namespace",
        "ResponseCode and Message are in the messages namespace (C07).",
        Bug::Answers(|said, response| {
            only(Said::Malformed, said, response, |body| body.replace(names::ERRORS, names::MESSAGES))
        }),
    ),
    mutant(
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
    mutant(
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
    mutant(
        "details-of-both-kinds",
        "The details of faults hold what belongs to the other one as well (R142 asks for info only).",
        Bug::Answers(|said, response| {
            fault(said, response, |body| {
                body.replace("</m:ExceptionType>", "</m:ExceptionType><ResponseCode>x</ResponseCode>")
                    .replace("</e:Message>", "</e:Message><ExceptionType>x</ExceptionType>")
            })
        }),
    ),
    mutant(
        "actor-in-faults",
        "Faults name their actor (R119).",
        Bug::Answers(|said, response| {
            fault(said, response, |body| {
                body.replace("</faultstring>", "</faultstring><faultactor>urn:um</faultactor>")
            })
        }),
    ),
    mutant(
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
    mutant(
        "mark-before-answers",
        "Answers start with a byte order mark (R030).",
        Bug::Answers(|_, response| with_body(response, |body| format!("\u{FEFF}{body}"))),
    ),
    mutant(
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
    mutant(
        "refuses-methods-by-403",
        "Another method than POST is answered by 403 (row 33).",
        Bug::Status(|request| request.method != "POST", 403),
    ),
    mutant(
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

pub(in crate::mock) fn client_fault() -> String {
    write_fault("Client", "The request was not understood.")
        .replace("</soap:Fault>", "<detail/></soap:Fault>")
}
