use super::Taken::{Both, Interop, Neither, Strict};
use super::{Ambiguity, AmbiguityId, Reading, Taken};

const fn reading(name: &'static str, says: &'static str, source: &'static str, taken: Taken) -> Reading {
    Reading { name, says, source, taken }
}

const fn open(
    number: u8,
    question: &'static str,
    readings: &'static [Reading],
    requirements: &'static [u16],
) -> Ambiguity {
    Ambiguity { id: AmbiguityId(number), question, readings, requirements, unseen: None }
}

const fn unseen(
    number: u8,
    question: &'static str,
    readings: &'static [Reading],
    requirements: &'static [u16],
    why: &'static str,
) -> Ambiguity {
    Ambiguity { id: AmbiguityId(number), question, readings, requirements, unseen: Some(why) }
}

/// Every ambiguity, in the order of its number.
pub static AMBIGUITIES: &[Ambiguity] = &[
    open(
        1,
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
        &[126, 136],
    ),
    open(
        2,
        "Is the text of ExceptionType written with the prefix of the code?",
        &[
            reading("sample", "InvalidCallIdException", "MS-OXWUMS 3.1.4.1, 4.15", Both),
            reading("prose", "a:InvalidCallIdException", "MS-OXWUMS 2.2.3.1", Both),
        ],
        &[131],
    ),
    open(
        3,
        "Is ExceptionType in a namespace?",
        &[
            reading("sample", "the messages namespace", "MS-OXWUMS 3.1.4.1, 4.15", Strict),
            reading("sample of GetCallInfo", "none", "MS-OXWUMS 3.1.4.3", Interop),
        ],
        &[130],
    ),
    open(
        4,
        "Do the texts of the faults end with a full stop, and in which language are they?",
        &[
            reading("samples", "with a full stop", "MS-OXWUMS 2.2.2.1, 3.1.4.1", Both),
            reading("prose", "without one", "MS-OXWUMS 2.2.3.2, 4.15", Both),
            reading("for people", "in any words, as the text is for people", "SOAP 1.1 4.4", Both),
        ],
        &[128, 137, 139],
    ),
    open(
        5,
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
        &[80],
    ),
    open(
        6,
        "How is a body refused that is not well-formed?",
        &[
            reading("prose", "by the malformed-request fault", "MS-OXWUMS 2.2.2.1", Strict),
            reading("profile", "by a plain 400", "BP R1113", Interop),
        ],
        &[16, 34, 134],
    ),
    open(
        7,
        "Which namespace do ResponseCode and Message have?",
        &[
            reading("sample", "the errors namespace", "MS-OXWUMS 2.2.2.1", Strict),
            reading("headings", "the messages namespace", "MS-OXWUMS 2.2.3.2, 2.2.3.3", Interop),
        ],
        &[140],
    ),
    open(
        8,
        "Which code has the fault for a request that does not fit the description?",
        &[
            reading("prose", "ErrorInvalidRequest", "MS-OXWUMS 2.2.2.1", Strict),
            reading("profile", "Client of SOAP", "BP R2724", Interop),
        ],
        &[135, 143],
    ),
    open(
        9,
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
        &[96],
    ),
    unseen(
        10,
        "Which values has EventCause?",
        &[
            reading("schema", "five, Unavailable among them", "MS-OXWUMS 3.1.4.3.4.2", Both),
            reading("reference", "four, without Unavailable", "reference pages", Neither),
        ],
        &[151],
        "a call that is not available cannot be made at will; all five values are taken",
    ),
    unseen(
        11,
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
        &[151],
        "a run cannot make a callee be busy or not answer; every value is taken once the call has ended",
    ),
    open(
        12,
        "How long may a CallId of Disconnect be?",
        &[
            reading("sibling", "512 characters, as for GetCallInfo", "MS-OXWUMS 3.1.4.3.2.1", Both),
            reading("silence", "as long as any string", "silence of MS-OXWUMS 3.1.4.1", Interop),
        ],
        &[88, 89, 90],
    ),
    open(
        13,
        "Is there a schema that requests are held against?",
        &[
            reading("protocol", "the one of the protocol document", "MS-OXWUMS 6, 7", Strict),
            reading("reference", "none that is explicit", "reference pages", Interop),
        ],
        &[72, 76],
    ),
    open(
        14,
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
        &[134],
    ),
    open(
        15,
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
        &[66],
    ),
    open(
        16,
        "Is the SOAP namespace spelled with https?",
        &[
            reading("SOAP", "with http only; anything else is another version", "SOAP 1.1 4.1.2", Both),
            reading("archived pages", "with https", "archived reference pages of 2007 and 2010", Neither),
        ],
        &[45],
    ),
    open(
        17,
        "Does the messages namespace end in message without s?",
        &[
            reading("schema", "in messages", "MS-OXWUMS 7.1", Both),
            reading("reference of CallState", "in message, a typing error", "reference pages", Neither),
        ],
        &[67],
    ),
    open(
        18,
        "Must the prefix of a fault code be declared?",
        &[
            reading("names", "yes, a code is a qualified name", "SOAP 1.1 4.4.1; NS 3", Strict),
            reading("sample", "it is not in one of the samples", "MS-OXWUMS 4.15", Interop),
        ],
        &[112],
    ),
    unseen(
        19,
        "May faultstring have xml:lang?",
        &[
            reading("samples", "it has", "MS-OXWUMS 2.2.2.1, 3.1.4.1; BP R1016", Both),
            reading("schema of SOAP", "it is a plain string", "SOAP 1.1 envelope schema", Neither),
        ],
        &[117],
        "both spellings are taken without a word",
    ),
    open(
        20,
        "How binding is the shape of the invalid-id fault?",
        &[
            reading("element", "ExceptionType must be returned", "MS-OXWUMS 2.2.3.1", Strict),
            reading("operation", "the whole shape should be as shown", "MS-OXWUMS 3.1.4.1", Interop),
        ],
        &[124, 125, 129, 131],
    ),
    open(
        21,
        "What becomes of an Envelope without namespace?",
        &[
            reading("profile", "it is refused", "BP R1015", Strict),
            reading("SOAP", "it may be processed as if it were right", "SOAP 1.1 3", Interop),
        ],
        &[46],
    ),
    open(
        22,
        "Which encoding label wins where they disagree?",
        &[
            reading("old", "charset, with US-ASCII where there is none", "RFC 3023", Both),
            reading("new", "byte order mark, then charset, then declaration", "RFC 7303 3", Both),
        ],
        &[32],
    ),
    open(
        23,
        "How are element names cased?",
        &[
            reading("schema", "as in the schema", "MS-OXWUMS 7.1", Both),
            reading("reference", "as on some pages, which differ", "reference pages", Neither),
        ],
        &[71],
    ),
    open(
        24,
        "Is the id of a call that has ended still a right one?",
        &[
            reading("state", "no, the handle is gone with the call", "MS-OXWUMS 3.1.4.3.4.1", Both),
            reading("silence", "yes, ending it again is fine", "silence of MS-OXWUMS 3.1.4.1", Both),
        ],
        &[152, 153],
    ),
    open(
        25,
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
        &[84],
    ),
    open(
        26,
        "What becomes of a request in SOAP 1.2?",
        &[
            reading(
                "one version",
                "it gets a VersionMismatch fault",
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
        &[45, 47],
    ),
    open(
        27,
        "Must a server take a chunked request?",
        &[
            reading("HTTP/1.1", "yes, if it speaks HTTP/1.1", "RFC 9112 7.1", Both),
            reading("HTTP/1.0", "no, if it answers as HTTP/1.0", "SOAP 1.1 6", Both),
        ],
        &[20],
    ),
];
