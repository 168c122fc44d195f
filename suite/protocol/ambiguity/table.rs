use super::Taken::{Both, Interop, Neither, Strict};
use super::{Ambiguity, AmbiguityId, Reading, Taken};
use crate::protocol::{RequirementId, req};

const fn reading(name: &'static str, says: &'static str, source: &'static str, taken: Taken) -> Reading {
    Reading { name, says, source, taken }
}

const fn open(
    id: AmbiguityId,
    question: &'static str,
    readings: &'static [Reading],
    requirements: &'static [RequirementId],
) -> Ambiguity {
    Ambiguity { id, question, readings, requirements, unseen: None }
}

const fn unseen(
    id: AmbiguityId,
    question: &'static str,
    readings: &'static [Reading],
    requirements: &'static [RequirementId],
    why: &'static str,
) -> Ambiguity {
    Ambiguity { id, question, readings, requirements, unseen: Some(why) }
}

/// Ambiguities: each is a constant of its name in [`AmbiguityId`], and an entry of the table.
macro_rules! ambiguities {
    ($($name:ident = $number:literal: $make:ident($question:literal, $($rest:tt)+);)+) => {
        /// The ambiguities by name, each described by its question.
        impl AmbiguityId {
            $(
                #[doc = $question]
                pub const $name: Self = Self($number);
            )+
        }

        /// Every ambiguity, in the order of its number.
        pub static AMBIGUITIES: &[Ambiguity] = &[$($make(AmbiguityId::$name, $question, $($rest)+)),+];
    };
}

ambiguities! {
    CODE_NAMESPACE = 1: open(
        "Which namespace do the codes of the two documented faults have?",
        &[
            reading(
                "samples",
                "the errors namespace for an invalid id, the types namespace for a malformed request",
                "MS-OXWUMS 3.1.4.1, 2.2.2.1",
                Strict,
            ),
            reading(
                "mixed up",
                "any of the namespaces of Exchange, as one sample is easily taken for the other",
                "MS-OXWUMS 2.2.2.1, 3.1.4.3, 3.1.4.8, 3.1.4.9",
                Interop,
            ),
        ],
        &[req::INVALID_ID_CODE_NAMESPACE, req::INVALID_REQUEST_CODE_NAMESPACE],
    );
    EXCEPTION_TYPE_PREFIX = 2: open(
        "Is the text of ExceptionType written with the prefix of the code?",
        &[
            reading("sample", "InvalidCallIdException", "MS-OXWUMS 3.1.4.1", Both),
            reading("prose", "a:InvalidCallIdException", "MS-OXWUMS 2.2.3.1", Both),
        ],
        &[req::EXCEPTION_TYPE_VALUE],
    );
    EXCEPTION_TYPE_NAMESPACE = 3: open(
        "Is ExceptionType in a namespace?",
        &[
            reading("sample", "the messages namespace", "MS-OXWUMS 3.1.4.1, 4.15", Strict),
            reading("sample of GetCallInfo", "none", "MS-OXWUMS 3.1.4.3", Interop),
        ],
        &[req::EXCEPTION_TYPE_NAMESPACE],
    );
    FAULT_TEXT = 4: open(
        "Do the texts of the faults end with a full stop, and in which language are they?",
        &[
            reading("samples", "with a full stop", "MS-OXWUMS 2.2.2.1, 3.1.4.1", Both),
            reading("prose", "without one", "MS-OXWUMS 2.2.3.2, 4.15", Both),
            reading("for people", "in any words, as the text is for people", "SOAP 1.1 4.4", Both),
        ],
        &[req::INVALID_ID_FAULT_STRING, req::INVALID_REQUEST_FAULT_STRING, req::INVALID_REQUEST_MESSAGE],
    );
    MISSING_CALL_ID = 5: open(
        "Which fault does a missing CallId get?",
        &[
            reading("operation", "the invalid-id fault", "MS-OXWUMS 3.1.4.1, 3.1.4.1.2.1", Both),
            reading(
                "schema",
                "the malformed-request fault, as CallId has to be there",
                "MS-OXWUMS 2.2.2.1",
                Both,
            ),
        ],
        &[req::MISSING_CALL_ID],
    );
    ILL_FORMED_BODY = 6: open(
        "How is a body refused that is not well-formed?",
        &[
            reading("prose", "by the malformed-request fault", "MS-OXWUMS 2.2.2.1", Strict),
            reading("SOAP", "by a Client fault, as the message was not well formed", "SOAP 1.1 4.4.1", Interop),
            reading("profile", "by a plain 400", "BP R1113", Interop),
        ],
        &[req::BROKEN_REQUEST_STATUS_4XX, req::WELL_FORMED, req::MALFORMED_REQUEST_FAULT],
    );
    DETAIL_NAMESPACE = 7: open(
        "Which namespace do ResponseCode and Message have?",
        &[
            reading("sample", "the errors namespace", "MS-OXWUMS 2.2.2.1", Strict),
            reading("headings", "the messages namespace", "MS-OXWUMS 2.2.3.2, 2.2.3.3", Interop),
        ],
        &[req::INVALID_REQUEST_DETAIL_NAMESPACE],
    );
    MALFORMED_CODE = 8: open(
        "Which code has the fault for a request that does not fit the description?",
        &[
            reading("prose", "ErrorInvalidRequest, as the narrower text", "MS-OXWUMS 2.2.2.1", Strict),
            reading("profile", "Client of SOAP, with a warning", "BP R2724", Interop),
        ],
        &[req::INVALID_REQUEST_CODE, req::CLIENT_FAULT_FOR_MALFORMED],
    );
    ISSUING_OPERATIONS = 9: open(
        "Which operations issue an id that Disconnect takes?",
        &[
            reading(
                "prose",
                "PlayOnPhone and PlayOnPhoneGreeting",
                "MS-OXWUMS 3.1.4.1.2.1, 3.1.4.9.2.2, 4.1",
                Both,
            ),
            reading("table", "PlayOnPhone only", "MS-OXWUMS 3.1.4", Neither),
        ],
        &[req::ID_FROM_PLAY_ON_PHONE_GREETING],
    );
    EVENT_CAUSE_VALUES = 10: unseen(
        "Which values has EventCause?",
        &[
            reading("schema", "five, Unavailable among them", "MS-OXWUMS 3.1.4.3.4.2", Both),
            reading("reference", "four, without Unavailable", "reference pages", Neither),
        ],
        &[req::EVENT_CAUSE],
        "a call that is not available cannot be made at will; all five values are taken",
    );
    EVENT_CAUSES_SEEN = 11: unseen(
        "Can NoAnswer, Unavailable and Other come at all?",
        &[
            reading("must", "they are returned where they apply", "MS-OXWUMS 3.1.4.3.4.2", Both),
            reading(
                "not accessible",
                "they cannot be seen through this protocol",
                "MS-OXWUMS 3.1.4.3.4.2",
                Both,
            ),
        ],
        &[req::EVENT_CAUSE],
        "a run cannot make a callee be busy or not answer; every value is taken once the call has ended",
    );
    CALL_ID_LENGTH = 12: open(
        "How long may a CallId of Disconnect be?",
        &[
            reading(
                "sibling",
                "up to 512 characters no length is a reason to refuse, as for GetCallInfo",
                "MS-OXWUMS 3.1.4.3.2.1",
                Both,
            ),
            reading(
                "silence",
                "as long as any string, so a longer one that is live is taken like any other",
                "silence of MS-OXWUMS 3.1.4.1",
                Both,
            ),
        ],
        &[req::CALL_ID_TOO_LONG, req::LONG_CALL_ID_ALLOWED, req::CALL_ID_LENGTH_UNIT],
    );
    SCHEMA_FOR_REQUESTS = 13: open(
        "Is there a schema that requests are held against?",
        &[
            reading("protocol", "the one of the protocol document", "MS-OXWUMS 6, 7", Strict),
            reading("reference", "none that is explicit", "reference pages", Interop),
        ],
        &[req::NO_ATTRIBUTES, req::EXTRA_SIBLING],
    );
    MEANING_OF_MALFORMED = 14: open(
        "Does malformed mean ill-formed or schema-invalid?",
        &[
            reading("both", "either gets the malformed-request fault", "MS-OXWUMS 2.2.2.1", Strict),
            reading(
                "schema",
                "the text says malformed according to the schema, which needs XML first",
                "MS-OXWUMS 2.2.2.1",
                Interop,
            ),
        ],
        &[req::MALFORMED_REQUEST_FAULT],
    );
    HTTPS_MESSAGES = 15: open(
        "Is the messages namespace spelled with https?",
        &[
            reading("protocol", "with http only", "MS-OXWUMS 6, 7.1", Strict),
            reading(
                "old reference",
                "with https, as the pages had it from 2020 to 2024",
                "reference pages, commit d4d9b89a",
                Interop,
            ),
        ],
        &[req::HTTPS_NAMESPACE],
    );
    HTTPS_ENVELOPE = 16: open(
        "Is the SOAP namespace spelled with https?",
        &[
            reading("SOAP", "with http only; anything else is another version", "SOAP 1.1 4.1.2", Both),
            reading("archived pages", "with https", "archived reference pages of 2007 and 2010", Neither),
        ],
        &[req::VERSION_MISMATCH],
    );
    MESSAGE_SINGULAR = 17: open(
        "Does the messages namespace end in message without s?",
        &[
            reading("schema", "in messages", "MS-OXWUMS 7.1", Both),
            reading("reference of CallState", "in message, a typing error", "reference pages", Neither),
        ],
        &[req::NEAR_MISS_NAMESPACE],
    );
    FAULT_CODE_PREFIX = 18: open(
        "Must the prefix of a fault code be declared?",
        &[
            reading("names", "yes, a code is a qualified name", "SOAP 1.1 4.4.1; NS 3", Strict),
            reading("sample", "it is not in one of the samples", "MS-OXWUMS 4.15", Interop),
        ],
        &[req::FAULT_CODE_QNAME],
    );
    FAULT_STRING_LANGUAGE = 19: unseen(
        "May faultstring have xml:lang?",
        &[
            reading("samples", "it has", "MS-OXWUMS 2.2.2.1, 3.1.4.1; BP R1016", Both),
            reading("schema of SOAP", "it is a plain string", "SOAP 1.1 envelope schema", Neither),
        ],
        &[req::FAULT_STRING_LANGUAGE],
        "both spellings are taken without a word",
    );
    INVALID_ID_SHAPE = 20: open(
        "How binding is the shape of the invalid-id fault?",
        &[
            reading("element", "ExceptionType must be returned", "MS-OXWUMS 2.2.3.1", Strict),
            reading(
                "operation",
                "there must be a fault with a detail, and what it holds should be as shown",
                "MS-OXWUMS 3.1.4.1; SOAP 1.1 4.4",
                Interop,
            ),
        ],
        &[req::INVALID_ID_FAULT_SHAPE, req::INVALID_ID_CODE, req::EXCEPTION_TYPE, req::EXCEPTION_TYPE_VALUE],
    );
    ENVELOPE_WITHOUT_NAMESPACE = 21: open(
        "What becomes of an Envelope without namespace?",
        &[
            reading("SOAP", "it may be processed as if it were right", "SOAP 1.1 3", Both),
            reading("profile", "it is refused", "BP R1015", Both),
        ],
        &[req::ENVELOPE_WITHOUT_NAMESPACE],
    );
    ENCODING_LABELS = 22: open(
        "Which encoding label wins where they disagree?",
        &[
            reading("old", "charset, with US-ASCII where there is none", "RFC 3023", Both),
            reading("new", "byte order mark, then charset, then declaration", "RFC 7303 3", Both),
        ],
        &[req::ENCODING_PRECEDENCE],
    );
    ELEMENT_CASE = 23: open(
        "How are element names cased?",
        &[
            reading("schema", "as in the schema", "MS-OXWUMS 7.1", Both),
            reading("reference", "as on some pages, which differ", "reference pages", Neither),
        ],
        &[req::ELEMENT_NAME_CASE],
    );
    ENDED_CALL = 24: open(
        "Is the id of a call that has ended still a right one?",
        &[
            reading("state", "no, the handle is gone with the call", "MS-OXWUMS 3.1.4.3.4.1", Both),
            reading("silence", "yes, ending it again is fine", "silence of MS-OXWUMS 3.1.4.1", Both),
        ],
        &[req::SECOND_DISCONNECT, req::CALL_ENDED_BY_CALLEE],
    );
    UNISSUED_CALL_ID = 25: open(
        "Is an id of the right form that was never issued incorrect?",
        &[
            reading("plain", "yes, and it gets a fault", "MS-OXWUMS 3.1.4.1", Strict),
            reading(
                "form only",
                "a server may judge the form alone, as the id says where the call is",
                "silence of MS-OXWUMS 3.1.4.1",
                Interop,
            ),
        ],
        &[req::UNISSUED_CALL_ID],
    );
    SOAP12_REQUEST = 26: open(
        "What becomes of a request in SOAP 1.2?",
        &[
            reading(
                "one version",
                "it gets a VersionMismatch fault, or 415 where its media type is not text/xml",
                "MS-OXWUMS 1.7; SOAP 1.1 4.1.2",
                Strict,
            ),
            reading(
                "second binding",
                "a server may speak SOAP 1.2 as well, and answer in it",
                "silence of SOAP 1.1",
                Interop,
            ),
        ],
        &[req::VERSION_MISMATCH, req::VERSION_MISMATCH_FORM],
    );
    CHUNKED_REQUEST = 27: open(
        "Do the duties of HTTP/1.1 bind a server that answers as HTTP/1.0?",
        &[
            reading("HTTP/1.1", "yes, if it speaks HTTP/1.1", "RFC 9112 6 and 7; RFC 9110 10.1.1", Both),
            reading("HTTP/1.0", "no, if it answers as HTTP/1.0", "SOAP 1.1 6", Both),
        ],
        &[
            req::CHUNKED_REQUEST,
            req::HOST_FIELD,
            req::INVALID_LENGTH,
            req::FINAL_CODING,
            req::LENGTH_BESIDE_CODING,
            req::CONTINUE_SENT,
        ],
    );
    EMPTY_ACTOR = 28: open(
        "Whom does a header entry with an empty actor address?",
        &[
            reading(
                "SOAP",
                "nobody known, as only an omitted actor means the last receiver",
                "SOAP 1.1 4.2.2",
                Both,
            ),
            reading(
                "stacks",
                "the last receiver, as a documented stack reads it",
                ".NET documentation, EnvelopeVersion.GetUltimateDestinationActorValues",
                Both,
            ),
        ],
        &[req::MUST_UNDERSTAND, req::MANDATORY_HEADER_IN_ANSWER],
    );
    QUALIFIED_FAULT_CHILDREN = 29: open(
        "Are the children of Fault in the namespace of the envelope?",
        &[
            reading("schema", "no, they are in none", "SOAP 1.1 envelope schema and examples; BP R1001", Strict),
            reading("prose", "as all elements that SOAP defines", "SOAP 1.1 3, 4", Interop),
        ],
        &[req::FAULT_CHILDREN_UNQUALIFIED],
    );
    RECEIVED_DTD = 30: open(
        "What does a receiver make of a document type declaration?",
        &[
            reading("SOAP", "it refuses it, as no message has one", "SOAP 1.1 3", Strict),
            reading(
                "XML",
                "it reads it, with its internal entities and default attributes",
                "XML 1.0 5.1",
                Interop,
            ),
        ],
        &[req::NO_DTD, req::NO_EXTERNAL_ENTITIES, req::DTD_IN_ANSWER],
    );
    CHARSET_ABSENT = 31: open(
        "May the charset parameter be left out?",
        &[
            reading("profile", "no", "BP R1018", Strict),
            reading("media type", "yes, it is optional", "RFC 7303", Interop),
        ],
        &[req::CHARSET_STATED],
    );
    NAMESPACE_ERRORS = 32: open(
        "Is a message refused for a namespace error in what may be ignored?",
        &[
            reading("namespaces", "yes, it does not conform", "NS 7, 8", Strict),
            reading("XML", "no, the error is not fatal", "NS 8; XML 1.0 1.2", Interop),
        ],
        &[req::PREFIX_DECLARED],
    );
    XML_EDITION = 33: open(
        "Which edition of XML 1.0 holds?",
        &[
            reading("fifth", "the fifth, which has more characters in names", "XML 1.0 fifth edition", Both),
            reading("earlier", "one that SOAP 1.1 knew, with fewer", "XML 1.0 first to fourth edition", Both),
        ],
        &[req::ELEMENT_NAME_CASE],
    );
}
