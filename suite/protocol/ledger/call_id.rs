//! The call identifier and what a server makes of it.

use super::row::{CLIENT, MESSAGE, derived, oxwums, reference, rows, xsd2};
use crate::protocol::Visibility::Observable;

rows! {
    CALL_ID_SENT = 79, "id.present",
        "Each request a client builds contains a CallId element; leaving it out is not open to the client.",
        [oxwums("3.1.4.1.2.1")], Ox, Must, Client, CLIENT;
    MISSING_CALL_ID = 80, "id.missing",
        "A request whose Disconnect element has no CallId inside is answered by a SOAP fault, never by success.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.1.2.1")], Ox, Must, Server, Observable;
    CALL_ID_HAS_TEXT = 81, "id.text",
        "The reference page lists CallId as an element that cannot be empty, so clients put a text value into it.",
        [reference("callid")], Ox, Must, Client, CLIENT;
    EMPTY_CALL_ID = 82, "id.empty",
        "An empty CallId is answered by a fault; the invalid-id fault fits best, because an empty string is schema-valid.",
        [oxwums("3.1.4.1"), xsd2("3.2.1")], Ox, DerivedMust, Server, Observable;
    INCORRECT_CALL_ID = 83, "id.incorrect",
        "An identifier that is not correct, such as text of no known form, is answered by a SOAP fault.",
        [oxwums("3.1.4.1")], Ox, Must, Server, Observable;
    UNISSUED_CALL_ID = 84, "id.unissued",
        "An identifier of the right form that the server never handed out counts as incorrect, just as garbage does.",
        [derived("from MS-OXWUMS 3.1.4.1 and 3.1.4.3.4.1")], Own, DerivedShould, Server, Observable;
    OPAQUE_CALL_ID = 85, "id.opaque",
        "To the client an identifier is opaque: it sends back exactly the characters that the issuing answer contained.",
        [oxwums("3.1.4.9.2.2"), oxwums("3.2.4"), reference("callid")], Ox, Must, Client, CLIENT;
    PADDED_CALL_ID = 86, "id.wspreserve",
        "The type xs:string keeps all white space, so readers, writers and clients pass the blanks around and inside an identifier on unchanged.",
        [xsd2("3.2.1"), xsd2("4.3.6")], Xml, Must, Both, Observable;
    CALL_ID_CASE = 87, "id.case",
        "Identifiers are compared character by character; a copy in other case is another value, because base64 text depends on case.",
        [derived("from XSD2 string equality")], Own, DerivedShould, Server, Observable;
    CALL_ID_TOO_LONG = 88, "id.512",
        "GetCallInfo limits the same identifier to 512 characters, while no text limits it for Disconnect; issuing or sending a longer one is out of the ordinary.",
        [oxwums("3.1.4.3.2.1"), derived("from the silence of MS-OXWUMS 3.1.4.1")], Ox, DerivedShould, Both, Observable;
    LONG_CALL_ID_ALLOWED = 89, "id.512ok",
        "A CallId of up to 512 characters is not turned away for its length alone, whatever else is wrong with it.",
        [oxwums("3.1.4.3.2.1")], Ox, DerivedShould, Server, Observable;
    CALL_ID_LENGTH_UNIT = 90, "id.unit",
        "The unit behind 512 characters is open: code points, UTF-16 units or bytes; only ASCII values can fairly be judged.",
        [oxwums("3.1.4.3.2.1")], Ox, Record, Server, Observable;
    CALL_ID_SHAPE = 91, "id.shape",
        "Documented ids are 100 base64 characters with one = sign, decoding to 74 octets: a lower-case version 4 GUID, @ and a UM server FQDN.",
        [reference("examples decoded")], Ox, Record, Message, MESSAGE;
    WHITE_SPACE_WITHIN_CALL_ID = 92, "id.b64ws",
        "A line break or blank within the base64 text belongs to the identifier, which is a string and not base64Binary.",
        [xsd2("3.2.1")], Xml, DerivedShould, Server, Observable;
    CALL_ID_HOST_NOT_TRUSTED = 93, "id.lookup",
        "A host name decoded from an identifier is not trusted: the server contacts no such host unless it knows it as a UM server.",
        [derived("from the host name that the reference examples embed")], Own, DerivedShould, Server, Observable;
    SAME_ID_FOR_BOTH_OPERATIONS = 94, "id.sameatboth",
        "One and the same identifier text serves both operations, GetCallInfo to read the call and Disconnect to end it.",
        [oxwums("3.1.4.9.2.2"), oxwums("3.2.4"), reference("callid")], Ox, Must, Server, Observable;
    ID_FROM_PLAY_ON_PHONE = 95, "id.source.pop",
        "A client obtains the identifier from the text of the inner PlayOnPhoneResponse, child of the PlayOnPhoneResponse in the answer.",
        [oxwums("3.1.4.1.2.1"), oxwums("3.2.4")], Ox, Must, Client, CLIENT;
    ID_FROM_PLAY_ON_PHONE_GREETING = 96, "id.source.greet",
        "An identifier from the inner PlayOnPhoneGreetingResponse element works as well, though the table in 3.1.4 names PlayOnPhone alone.",
        [oxwums("3.1.4.1.2.1"), oxwums("4.1"), oxwums("3.1.4.9.2.2")], Ox, Must, Both, Observable;
    NOT_AN_EWS_ID = 97, "id.notews",
        "The PhoneCallId that PlayOnPhone2 returns is meant for DisconnectPhoneCall and has no place in the CallId of Disconnect.",
        [oxwums("3.1.4"), oxwums("3.2.4")], Ox, DerivedShould, Both, Observable;
}
