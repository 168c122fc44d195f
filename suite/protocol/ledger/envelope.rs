//! The SOAP envelope and its header entries.

use super::row::{CLIENT, bp, derived, oxwums, rows, soap, xml, xsd1};
use crate::protocol::Visibility::Observable;

rows! {
    ENVELOPE_ROOT = 44, "env.root",
        "The root element of a message is Envelope in the SOAP 1.1 namespace http://schemas.xmlsoap.org/soap/envelope/, and no other.",
        [soap("4"), bp("R9980")], Soap, Must, Both, Observable;
    VERSION_MISMATCH = 45, "env.version",
        "A server answers an Envelope element in any other namespace than that of SOAP 1.1 with a VersionMismatch fault.",
        [soap("4.1.2"), soap("4.4.1"), bp("R1015")], Soap, Must, Server, Observable;
    ENVELOPE_WITHOUT_NAMESPACE = 46, "env.nons",
        "An Envelope that is in no namespace may be read as if it had the SOAP 1.1 one, or be refused.",
        [soap("3"), bp("R1015")], Soap, May, Server, Observable;
    VERSION_MISMATCH_FORM = 47, "env.vm.form",
        "The answer that reports VersionMismatch is itself an envelope of SOAP 1.1, even if the request used SOAP 1.2.",
        [soap("4.1.2")], Soap, DerivedShould, Server, Observable;
    ONE_BODY = 48, "env.body1",
        "Exactly one Body element exists in a message, and it is an immediate child element of the Envelope.",
        [soap("4"), soap("4.3")], Soap, Must, Both, Observable;
    HEADER_BEFORE_BODY = 49, "env.header.order",
        "A Header may be left out; if there is one, it opens the Envelope and the Body is the next element.",
        [soap("4"), soap("4.2"), soap("4.3")], Soap, Must, Both, Observable;
    NOTHING_AFTER_BODY = 50, "env.trailer",
        "The Body is the last element of the Envelope by Basic Profile; an unqualified element after it is against SOAP, too.",
        [bp("R1011"), soap("4")], Bp, Must, Both, Observable;
    ONE_BODY_CHILD = 51, "env.body.count",
        "Every body entry is obeyed or the message fails, and the document/literal binding of this operation allows exactly one entry.",
        [soap("4.3.1"), soap("4.2.3"), bp("R9981"), bp("R2712")], Soap, DerivedMust, Both, Observable;
    BODY_CHILD_QUALIFIED = 52, "env.body.qual",
        "Every child element of Body is in a namespace; Basic Profile does not allow an unqualified element in that place.",
        [bp("R1014")], Bp, Must, Both, Observable;
    NO_TEXT_BETWEEN_ELEMENTS = 53, "env.text",
        "Inside Envelope, Header, Body and Disconnect, only white space may stand as text between the child elements.",
        [soap("envelope schema"), xsd1("3.4.4")], Soap, DerivedMust, Both, Observable;
    WHITE_SPACE_BETWEEN_ELEMENTS = 54, "env.ws",
        "White space and comments between elements carry no meaning, so compact and indented forms of a message end in the same outcome.",
        [xml("2.10"), derived("from element-only content")], Xml, DerivedMust, Both, Observable;
    NO_SOAP_ATTRIBUTES = 55, "env.attr.soapns",
        "Envelope, Header and Body bear no attributes from the SOAP namespace; those that SOAP defines for entries belong on entries.",
        [bp("R1032")], Bp, Must, Client, CLIENT;
    NO_ENCODING_STYLE = 56, "env.encstyle",
        "The encodingStyle attribute is absent from SOAP's own elements and from the Body child, as the operation is document/literal.",
        [bp("R1005"), bp("R1006")], Bp, Must, Client, CLIENT;
    HEADER_ENTRY_QUALIFIED = 57, "hdr.qual",
        "Each immediate child of Header is a header entry with a namespace-qualified name, never one in no namespace.",
        [soap("4"), soap("4.2")], Soap, Must, Both, Observable;
    OPTIONAL_HEADER_IGNORED = 58, "hdr.optional",
        "The binding declares no header for Disconnect, and an unknown entry without mustUnderstand is passed over without effect on the outcome.",
        [oxwums("3.1.4.1"), soap("2"), soap("4.2.3")], Ox, DerivedMust, Server, Observable;
    MUST_UNDERSTAND = 59, "hdr.mu1",
        "An unknown entry with mustUnderstand=1 that targets the receiver draws a MustUnderstand fault, and the request is not processed.",
        [soap("4.2.2"), soap("4.2.3"), soap("4.4.1"), bp("R1027")], Soap, Must, Server, Observable;
    MUST_UNDERSTAND_ZERO = 60, "hdr.mu0",
        "An entry whose mustUnderstand attribute is 0 is treated exactly like an entry that lacks the attribute.",
        [soap("4.2.3")], Soap, Must, Server, Observable;
    MUST_UNDERSTAND_SPELLING = 61, "hdr.mulex",
        "Clients write mustUnderstand only as 0 or 1; the words true and false are not used for it.",
        [bp("R1013")], Bp, Must, Client, CLIENT;
    ACTOR_ELSEWHERE = 62, "hdr.actor",
        "A header entry whose actor names somebody else causes no MustUnderstand fault, although its mustUnderstand attribute is 1.",
        [soap("4.2.2")], Soap, Must, Server, Observable;
    HEADERS_CHECKED_FIRST = 63, "hdr.first",
        "A server finishes checking every mandatory header entry before it lets the Disconnect in the Body take effect.",
        [soap("2"), bp("R1025")], Soap, Must, Server, Observable;
    FAULT_PRECEDENCE = 64, "env.order",
        "When several faults apply, VersionMismatch is reported first, MustUnderstand next, and faults of the Client kind come last.",
        [bp("R2725")], Bp, Must, Server, Observable;
    HEADER_ATTRIBUTES_ELSEWHERE = 196, "hdr.attr.elsewhere",
        "The attributes mustUnderstand and actor mean something on a header entry only, and are ignored wherever else they stand.",
        [soap("4.2.1")], Soap, Must, Server, Observable;
}
