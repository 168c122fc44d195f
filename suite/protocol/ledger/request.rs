//! The Disconnect element in the request body.

use super::row::{bp, ns, oxwums, reference, rows, soap, wsmv, xml, xsd1};
use crate::protocol::Visibility::Observable;

rows! {
    DISCONNECT_ELEMENT = 65, "req.elem",
        "The Body child is Disconnect in http://schemas.microsoft.com/exchange/services/2006/messages, and a request cannot do without it.",
        [oxwums("3.1.4.1.2.1"), reference("disconnect")], Ox, Must, Both, Observable;
    HTTPS_NAMESPACE = 66, "req.ns.https",
        "A messages namespace spelled with https:// is a wrong name, and a request written in it is refused; accepting it follows old pages of the reference.",
        [ns("2.3"), reference("page history 2020-01-15 to 2024-06-20")], Xml, DerivedMust, Both, Observable;
    NEAR_MISS_NAMESPACE = 67, "req.ns.near",
        "Namespace names match character for character, so none that merely resembles the messages namespace may lead to success.",
        [ns("2.3")], Xml, DerivedMust, Both, Observable;
    FOREIGN_OPERATION = 68, "req.collide",
        "Disconnect of the WS-Management shell and DisconnectPhoneCall of EWS are other operations, and are never answered by this one's success.",
        [wsmv("2.2.4.15"), oxwums("3.1.4.2")], Ox, DerivedMust, Server, Observable;
    ONE_CALL_ID = 69, "req.onechild",
        "The Disconnect element has exactly one child element, CallId, since minOccurs and maxOccurs of that element are both 1.",
        [oxwums("3.1.4.1.2.1")], Ox, Must, Both, Observable;
    CALL_ID_NAMESPACE = 70, "req.childns",
        "Because the schema sets elementFormDefault to qualified, CallId is in the same messages namespace as its parent Disconnect.",
        [oxwums("6"), oxwums("7.1")], Ox, Must, Both, Observable;
    ELEMENT_NAME_CASE = 71, "req.case",
        "Upper and lower case count in element names: callId or CALLID is some other element and leaves CallId missing.",
        [xml("2.3"), xml("1.2")], Xml, Must, Both, Observable;
    NO_ATTRIBUTES = 72, "req.noattr",
        "Neither Disconnect nor CallId may bear an attribute of its own, as their types declare none and hold no wildcard.",
        [oxwums("3.1.4.1.2.1"), reference("pages"), xsd1("3.4.4 clause 3")], Ox, DerivedMust, Both, Observable;
    XSI_ATTRIBUTES_ALLOWED = 73, "req.xsi",
        "The attributes xsi:type with xs:string, xsi:schemaLocation and xsi:noNamespaceSchemaLocation leave a request schema-valid and its outcome unchanged.",
        [xsd1("2.6"), xsd1("3.4.4"), bp("R1017")], Xml, DerivedShould, Server, Observable;
    NIL_CALL_ID = 74, "req.nil",
        "CallId cannot be nil: xsi:nil of true or 1 breaks the schema and says that there is no identifier.",
        [oxwums("3.1.4.1.2.1"), xsd1("3.3.4 clause 3.1")], Ox, DerivedMust, Server, Observable;
    ELEMENT_IN_CALL_ID = 75, "req.childelem",
        "As a simple xs:string, CallId holds text only; with an element inside, its pieces are not joined into a valid identifier.",
        [oxwums("3.1.4.1.2.1")], Ox, DerivedMust, Server, Observable;
    EXTRA_SIBLING = 76, "req.extra",
        "Any element next to CallId inside Disconnect, foreign or of the same namespace, makes the request invalid against the schema.",
        [oxwums("2.2.2.1"), oxwums("3.1.4.1.2.1")], Ox, DerivedMust, Server, Observable;
    TWO_CALL_IDS = 77, "req.dup",
        "A request with two CallId elements is never processed as two, and one that ends a single call of the two deviates as well.",
        [oxwums("3.1.4.1.2.1")], Ox, DerivedMust, Server, Observable;
    MINIMAL_REQUEST = 78, "req.minimal",
        "The shortest legal request, without XML declaration or Header and with default namespaces for prefixes, is accepted like any other.",
        [soap("4")], Soap, DerivedMust, Server, Observable;
}
