//! Clients that send another request than they should.

use super::mutant::{ClientMutant, sends};
use crate::message::HttpRequest;
use crate::mock::killed_by::by;
use crate::protocol::{names, req};

pub(super) static MUTANTS: &[ClientMutant] = &[
    sends("puts", "Sends PUT.", by("control", req::POST_ONLY), |request| {
        "PUT".clone_into(&mut request.method);
    }),
    sends(
        "uses-extension-framework",
        "Sends M-POST.",
        by("control", req::NO_EXTENSION_FRAMEWORK),
        |request| {
            "M-POST".clone_into(&mut request.method);
        },
    ),
    sends(
        "sends-application-xml",
        "Sends the media type application/xml.",
        by("control", req::REQUEST_MEDIA_TYPE),
        |request| {
            request.set_header("content-type", Some("application/xml; charset=utf-8".to_owned()));
        },
    ),
    sends(
        "sends-no-content-type",
        "Sends no Content-Type.",
        by("control", req::REQUEST_MEDIA_TYPE),
        |request| {
            request.set_header("content-type", None);
        },
    ),
    sends("sends-no-charset", "Sends no charset.", by("control", req::CHARSET_STATED), |request| {
        request.set_header("content-type", Some("text/xml".to_owned()));
    }),
    sends(
        "lies-about-charset",
        "Names UTF-16 for UTF-8.",
        by("control", req::CHARSET_NAMES_ENCODING),
        |request| {
            request.set_header("content-type", Some("text/xml; charset=utf-16".to_owned()));
        },
    ),
    sends(
        "writes-blanks-around-equals-sign",
        "Writes blanks around the equals sign of charset.",
        by("control", req::REQUEST_MEDIA_TYPE),
        |request| request.set_header("content-type", Some("text/xml; charset = utf-8".to_owned())),
    ),
    sends(
        "leaves-quote-open",
        "Writes no quote behind the charset.",
        by("control", req::REQUEST_MEDIA_TYPE),
        |request| request.set_header("content-type", Some("text/xml; charset=\"utf-8".to_owned())),
    ),
    sends(
        "names-charset-as-coding",
        "Names the charset in Content-Encoding.",
        by("control", req::DOCUMENT_LITERAL_REQUEST),
        |request| request.set_header("content-encoding", Some("utf-8".to_owned())),
    ),
    sends(
        "names-charset-twice",
        "Names two charsets.",
        by("control", req::CHARSET_NAMES_ENCODING),
        |request| {
            let value = "text/xml; charset=utf-8; charset=iso-8859-1";
            request.set_header("content-type", Some(value.to_owned()));
        },
    ),
    sends(
        "names-utf8-without-hyphen",
        "Names UTF-8 as utf8, which is not registered.",
        by("control", req::CHARSET_NAMES_ENCODING),
        |request| request.set_header("content-type", Some("text/xml; charset=utf8".to_owned())),
    ),
    sends(
        "declares-ascii",
        "Declares US-ASCII, whatever it sends.",
        by("client-id/latin", req::CHARSET_NAMES_ENCODING),
        |request| {
            body(request, "utf-8", "us-ascii");
        },
    ),
    sends(
        "declares-unicode",
        "Declares that it sends unicode, which is no name of an encoding.",
        by("control", req::CHARSET_NAMES_ENCODING),
        |request| {
            body(request, "utf-8", "unicode");
        },
    ),
    sends(
        "sends-two-marks",
        "Sends two byte order marks.",
        by("control", req::BYTE_ORDER_MARK_ACCEPTED),
        |request| {
            request.body = ["\u{FEFF}\u{FEFF}".as_bytes(), &request.body].concat();
        },
    ),
    sends("omits-soap-action", "Sends no SOAPAction.", by("control", req::SOAP_ACTION_PRESENT), |request| {
        request.set_header("soapaction", None);
    }),
    sends(
        "sends-soap-action-twice",
        "Sends SOAPAction twice.",
        by("control", req::SOAP_ACTION_PRESENT),
        |request| {
            let field = request.header("soapaction").unwrap_or_default().to_owned();
            request.headers.push(("soapaction".to_owned(), field));
        },
    ),
    sends(
        "sends-bare-soap-action",
        "Sends SOAPAction without quotes.",
        by("control", req::SOAP_ACTION_QUOTED),
        |request| {
            let field = request.header("soapaction").unwrap_or_default().replace('"', "");
            request.set_header("soapaction", Some(field));
        },
    ),
    sends(
        "sends-soap-action-in-apostrophes",
        "Sends SOAPAction in apostrophes.",
        by("control", req::SOAP_ACTION_QUOTED),
        |request| {
            let field = request.header("soapaction").unwrap_or_default().replace('"', "'");
            request.set_header("soapaction", Some(field));
        },
    ),
    sends(
        "sends-empty-soap-action",
        "Sends an empty SOAPAction.",
        by("control", req::SOAP_ACTION_VALUE),
        |request| {
            request.set_header("soapaction", Some("\"\"".to_owned()));
        },
    ),
    sends(
        "sends-other-soap-action",
        "Sends the SOAPAction of the EWS operation.",
        by("control", req::SOAP_ACTION_VALUE),
        |request| {
            request.set_header("soapaction", Some(format!("\"{}/DisconnectPhoneCall\"", names::MESSAGES)));
        },
    ),
    sends(
        "sends-latin-1",
        "Sends ISO 8859-1 as UTF-8.",
        by("client-id/no-break-space", req::INVALID_UTF8),
        |request| {
            let text = String::from_utf8_lossy(&request.body).into_owned();
            request.body = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
        },
    ),
    sends(
        "sends-labelled-latin-1",
        "Sends ISO 8859-1, and says so.",
        by("control", req::UTF8_OR_UTF16),
        |request| {
            let text = String::from_utf8_lossy(&request.body).replace("utf-8", "iso-8859-1");
            request.body = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
            request.set_header("content-type", Some("text/xml; charset=iso-8859-1".to_owned()));
        },
    ),
    sends("declares-latin-1", "Declares ISO 8859-1.", by("control", req::UTF8_OR_UTF16), |request| {
        body(request, "utf-8", "iso-8859-1");
    }),
    sends(
        "sends-document-type",
        "Sends a document type declaration.",
        by("control", req::NO_DTD),
        |request| {
            body(request, "<soap:Envelope", "<!DOCTYPE Envelope><soap:Envelope");
        },
    ),
    sends(
        "sends-instruction",
        "Sends a processing instruction.",
        by("control", req::NO_PROCESSING_INSTRUCTION),
        |request| {
            body(request, "<soap:Envelope", "<?x y?><soap:Envelope");
        },
    ),
    sends("sends-soap-12", "Sends an envelope of SOAP 1.2.", by("control", req::ENVELOPE_ROOT), |request| {
        body(request, names::ENVELOPE, names::ENVELOPE_12);
    }),
    sends(
        "sends-no-namespace",
        "Sends Disconnect in no namespace.",
        by("control", req::DISCONNECT_ELEMENT),
        |request| {
            body(request, &format!(" xmlns=\"{}\"", names::MESSAGES), "");
        },
    ),
    sends(
        "sends-near-namespace",
        "Sends the namespace of the types.",
        by("control", req::NEAR_MISS_NAMESPACE),
        |request| {
            body(request, names::MESSAGES, names::TYPES);
        },
    ),
    sends("sends-lower-case", "Sends callId.", by("control", req::ELEMENT_NAME_CASE), |request| {
        let text = String::from_utf8_lossy(&request.body).replace("CallId>", "callId>");
        request.body = text.into_bytes();
    }),
    sends(
        "sends-https-namespace",
        "Sends the namespace with https.",
        by("control", req::HTTPS_NAMESPACE),
        |request| {
            body(request, "xmlns=\"http://schemas.microsoft", "xmlns=\"https://schemas.microsoft");
        },
    ),
    sends(
        "sends-bare-call-id",
        "Sends CallId in no namespace.",
        by("control", req::CALL_ID_NAMESPACE),
        |request| {
            body(request, "<CallId>", "<CallId xmlns=\"\">");
        },
    ),
    sends("sends-sibling", "Sends an element beside CallId.", by("control", req::ONE_CALL_ID), |request| {
        body(request, "</CallId>", "</CallId><Reason>hang up</Reason>");
    }),
    sends(
        "sends-attribute",
        "Sends CallId with an attribute.",
        by("control", req::NO_ATTRIBUTES),
        |request| {
            body(request, "<CallId>", "<CallId xml:lang=\"en\">");
        },
    ),
    sends("sends-two-call-ids", "Sends CallId twice.", by("control", req::ONE_CALL_ID), |request| {
        body(request, "</CallId>", "</CallId><CallId>x</CallId>");
    }),
    sends(
        "sends-no-call-id",
        "Sends Disconnect with an element PhoneCallId.",
        by("control", req::CALL_ID_SENT),
        |request| {
            let text = String::from_utf8_lossy(&request.body).replace("CallId>", "PhoneCallId>");
            request.body = text.into_bytes();
        },
    ),
    sends(
        "sends-two-operations",
        "Sends Disconnect twice in one Body.",
        by("control", req::ONE_BODY_CHILD),
        |request| {
            let text = String::from_utf8_lossy(&request.body).into_owned();
            let operation =
                text.split_once("<Disconnect").and_then(|(_, rest)| rest.split_once("</Disconnect>"));
            let once =
                operation.map(|(inside, _)| format!("<Disconnect{inside}</Disconnect>")).unwrap_or_default();
            body(request, "</soap:Body>", &format!("{once}</soap:Body>"));
        },
    ),
    sends("sends-two-bodies", "Sends a second Body.", by("control", req::ONE_BODY), |request| {
        body(request, "</soap:Envelope>", "<soap:Body/></soap:Envelope>");
    }),
    sends(
        "sends-header-last",
        "Sends a Header after Body.",
        by("control", req::HEADER_BEFORE_BODY),
        |request| {
            body(request, "</soap:Envelope>", "<soap:Header/></soap:Envelope>");
        },
    ),
    sends(
        "sends-trailer",
        "Sends an element after Body.",
        by("control", req::NOTHING_AFTER_BODY),
        |request| {
            body(request, "</soap:Envelope>", "<x:T xmlns:x=\"urn:x\"/></soap:Envelope>");
        },
    ),
    sends(
        "sends-text-between",
        "Sends text beside Disconnect.",
        by("control", req::NO_TEXT_BETWEEN_ELEMENTS),
        |request| {
            body(request, "</soap:Body>", "x</soap:Body>");
        },
    ),
    sends("sends-encoding-style", "Sends encodingStyle.", by("control", req::NO_ENCODING_STYLE), |request| {
        let style = " soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"";
        body(request, "<soap:Body", &format!("<soap:Body{style}"));
    }),
    sends(
        "sends-must-understand-on-body",
        "Sends mustUnderstand on Body.",
        by("control", req::NO_SOAP_ATTRIBUTES),
        |request| {
            body(request, "<soap:Body", "<soap:Body soap:mustUnderstand=\"0\"");
        },
    ),
    sends(
        "sends-bare-header-entry",
        "Sends a header entry in no namespace.",
        by("control", req::HEADER_ENTRY_QUALIFIED),
        |request| {
            body(request, "<soap:Body", "<soap:Header><Version>1</Version></soap:Header><soap:Body");
        },
    ),
    sends(
        "sends-must-understand-true",
        "Sends mustUnderstand as true.",
        by("control", req::MUST_UNDERSTAND_SPELLING),
        |request| {
            let entry = "<x:H xmlns:x=\"urn:x\" soap:mustUnderstand=\"true\"/>";
            body(request, "<soap:Body", &format!("<soap:Header>{entry}</soap:Header><soap:Body"));
        },
    ),
    sends(
        "escapes-nothing",
        "Sends the id as it is.",
        by("client-id/ampersand", req::MARKUP_ESCAPED),
        |request| {
            let text = String::from_utf8_lossy(&request.body);
            let text =
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
            request.body = text.replace("&amp;", "&").into_bytes();
        },
    ),
    sends(
        "sends-line-ends-bare",
        "Sends CR without a reference.",
        by("client-id/carriage-return", req::LINE_ENDINGS),
        |request| {
            let text = String::from_utf8_lossy(&request.body);
            request.body = text.replace("&#xD;", "\r").replace("&#13;", "\r").into_bytes();
        },
    ),
    sends(
        "escapes-first-carriage-return",
        "Sends a reference for the first CR alone, as replace of JavaScript does.",
        by("client-id/carriage-returns", req::LINE_ENDINGS),
        |request| behind_first(request, "&#xD;", "\r"),
    ),
    sends(
        "escapes-first-section-end",
        "Escapes the first end of a CDATA section alone.",
        by("client-id/section-ends", req::MARKUP_ESCAPED),
        |request| behind_first(request, "]]&gt;", "]]>"),
    ),
    sends(
        "counts-its-requests",
        "Sends an element with the number of the request.",
        by("request/twice", req::SAME_BYTES_TWICE),
        |request| {
            use std::sync::atomic::{AtomicUsize, Ordering};
            static SENT: AtomicUsize = AtomicUsize::new(0);
            let number = format!("<Number>{}</Number></Disconnect>", SENT.fetch_add(1, Ordering::Relaxed));
            body(request, "</Disconnect>", &number);
        },
    ),
];

/// A change of the text of the body behind the first of what is changed.
fn behind_first(request: &mut HttpRequest, from: &str, to: &str) {
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let Some((before, behind)) = text.split_once(from) else { return };
    request.body = format!("{before}{from}{}", behind.replace(from, to)).into_bytes();
}

/// A change of the text of the body.
fn body(request: &mut HttpRequest, from: &str, to: &str) {
    let text = String::from_utf8_lossy(&request.body).replacen(from, to, 1);
    request.body = text.into_bytes();
}
