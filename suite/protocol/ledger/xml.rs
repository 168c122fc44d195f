//! The XML entity: encoding, well-formedness and namespaces.

use super::row::{bp, derived, media_types, ns, oxwums, rows, soap, xml, xsd2};
use crate::protocol::Visibility::{NotObservable, Observable};

rows! {
    UTF8_OR_UTF16 = 28, "xml.utf8",
        "Messages are encoded as UTF-8 or as UTF-16; no other character encoding is used in either direction.",
        [bp("R1012"), xml("4.3.3")], Bp, Must, Both, Observable;
    UTF16_READ = 29, "xml.utf16",
        "A receiver should be able to read a message in UTF-16 of either byte order that begins with a byte order mark.",
        [xml("2.2"), xml("4.3.3"), bp("R1012")], Xml, Should, Both, Observable;
    BYTE_ORDER_MARK_ACCEPTED = 30, "xml.bom",
        "A byte order mark at the start of a message is accepted, whether or not an XML declaration comes after it.",
        [xml("4.3.3"), bp("R4001")], Xml, Must, Both, Observable;
    XML_DECLARATION_OPTIONAL = 31, "xml.decl.opt",
        "The XML declaration is optional: receivers treat a message that has one and a message that lacks one alike.",
        [bp("R1010"), xml("2.8")], Xml, Must, Both, Observable;
    ENCODING_PRECEDENCE = 32, "xml.decl.enc",
        "When byte order mark, charset and XML declaration disagree, one of them wins for the whole message, in that order by RFC 7303.",
        [media_types("3")], Http, Record, Server, Observable;
    INVALID_UTF8 = 33, "xml.badutf8",
        "Byte sequences that are not valid UTF-8, such as overlong forms or encoded surrogates, lead to refusal and are never repaired.",
        [xml("4.3.3")], Xml, DerivedMust, Both, Observable;
    WELL_FORMED = 34, "xml.wf",
        "A request body that breaks a well-formedness rule of XML must not disconnect any call, wherever the breach stands.",
        [xml("1.2"), oxwums("2.2.2.1")], Ox, Must, Server, Observable;
    LEGAL_CHARACTERS = 35, "xml.chars",
        "Only characters that XML 1.0 permits may appear in a message, and a character reference does not make others legal.",
        [xml("2.2"), xml("4.1")], Xml, Must, Both, Observable;
    LINE_ENDINGS = 36, "xml.eol",
        "A literal CR or CRLF is handed on as a single LF, whereas a CR written as &#xD; stays a CR.",
        [xml("2.11")], Xml, Must, Both,
        NotObservable("an answer tells line endings apart only for an id that holds one, and between elements every reading is white space; readers are judged by the corpus");
    NO_DTD = 37, "xml.dtd",
        "A SOAP message contains no document type declaration, be it an internal subset, an external identifier or empty; a receiver should refuse one.",
        [soap("3"), bp("R1008")], Soap, Must, Both, Observable;
    NO_PROCESSING_INSTRUCTION = 38, "xml.pi",
        "Processing instructions have no place in a SOAP message; the XML declaration does not count as one of them.",
        [soap("3"), bp("R1009")], Soap, Must, Both, Observable;
    COMMENTS_LEAVE_VALUE_WHOLE = 39, "xml.comment",
        "A comment may stand anywhere in content, and one inside CallId leaves the value whole, neither cut short nor split.",
        [xml("2.5"), xsd2("3.2.1")], Xml, DerivedMust, Both, Observable;
    EQUAL_SPELLINGS_OF_TEXT = 40, "xml.cdata",
        "Plain text, CDATA sections, predefined entities and character references are spellings of the same characters and give the same identifier.",
        [xml("2.7"), xml("4.1"), xml("4.6")], Xml, DerivedMust, Both, Observable;
    UNDECLARED_ENTITY = 41, "xml.undef",
        "Referring to an entity that nobody declared, such as &nbsp;, is an error; such a reference is neither kept nor silently dropped.",
        [xml("4.1")], Xml, Must, Both, Observable;
    PREFIX_DECLARED = 42, "xml.ns.bound",
        "A message keeps the constraints of namespaces: prefixes are declared, xml and xmlns keep their meaning, no attribute comes twice by expanded name, no name has two colons.",
        [ns("3"), ns("4"), ns("5"), ns("6.3"), ns("7"), ns("8")], Xml, Must, Both, Observable;
    PREFIX_FREELY_CHOSEN = 43, "xml.ns.prefixfree",
        "Which prefixes a message uses makes no difference, because names are compared by namespace name and local part alone.",
        [ns("2"), derived("from the common text of MS-OXW* 2.2.1")], Xml, Must, Both, Observable;
}
