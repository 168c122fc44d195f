//! The answer that reports success.

use super::row::{CLIENT, bp, oxwums, reference, rows, soap};
use crate::protocol::Visibility::{NotObservable, Observable};

rows! {
    DISCONNECT_RESPONSE = 98, "ok.elem",
        "A server reports success by an answer whose Body has DisconnectResponse in the messages namespace as its only child.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.1.2"), reference("disconnectresponse")], Ox, Must, Server, Observable;
    EMPTY_DISCONNECT_RESPONSE = 99, "ok.empty",
        "The DisconnectResponse element is empty: no child elements, no text and no attributes but those of schema instances, in either empty-element spelling.",
        [reference("disconnectresponse"), oxwums("7.1")], Ox, Must, Server, Observable;
    NO_INNER_RESPONSE = 100, "ok.noinner",
        "DisconnectResponse does not wrap an element of its own name, as the answers of GetCallInfo and PlayOnPhone do.",
        [reference("examples")], Ox, Must, Server, Observable;
    EXTRA_DECLARATIONS_IN_ANSWER = 101, "ok.xsd",
        "The Envelope of an answer may declare the xsi and xsd namespaces, and clients pay no heed to them.",
        [reference("examples")], Ox, May, Both,
        NotObservable("an allowance: the reader of answers tolerates the declarations, so no answer can break it");
    ANSWER_HEADER_TOLERATED = 102, "ok.header",
        "No header is declared for the answer, yet clients put up with an entry that is not marked mustUnderstand.",
        [oxwums("3.1.4.1"), soap("4.2.3")], Ox, DerivedShould, Client, CLIENT;
    FAULT_OR_RESPONSE = 103, "ok.notfault",
        "An answer is one of two things: a Fault without DisconnectResponse, or a DisconnectResponse without Fault.",
        [soap("4.4"), bp("R9981")], Soap, Must, Server, Observable;
    MEANING_OF_SUCCESS = 104, "ok.meaning",
        "Success says that the named call is being ended; no text promises that it is down when the answer arrives.",
        [oxwums("3.1.4.1")], Ox, Record, Server, Observable;
    ONE_ANSWER = 105, "ok.once",
        "For every request there is one answer, and no second answer turns up later on the same connection.",
        [soap("6")], Soap, Must, Server, Observable;
    DOCUMENT_LITERAL_ANSWER = 106, "ok.wsdlfree",
        "The answer is document/literal: it needs neither a SOAPAction header field nor xsi:type, and Basic Profile forbids encodingStyle in it.",
        [oxwums("3.1.4.1"), bp("R1005")], Ox, Must, Server, Observable;
    MANDATORY_HEADER_SENT = 199, "ans.header.mu",
        "An answer may hold header entries that the description does not name, mandatory ones among them, which clients then refuse.",
        [bp("R2739"), bp("R2753")], Bp, May, Server, Observable;
}
