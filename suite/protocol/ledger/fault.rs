//! Fault answers in general.

use super::row::{CLIENT, bp, derived, ns, oxwums, rows, soap};
use crate::protocol::Visibility::Observable;

rows! {
    ONE_FAULT = 107, "flt.one",
        "A Fault element occurs once at most in a message, and where it occurs it is the body entry.",
        [soap("4.4")], Soap, Must, Server, Observable;
    FAULT_CHILDREN = 108, "flt.children",
        "The only children a Fault element may have are faultcode, faultstring, faultactor and detail, with nothing added to them.",
        [bp("R1000")], Bp, Must, Server, Observable;
    FAULT_CHILDREN_UNQUALIFIED = 109, "flt.unq",
        "The child elements of Fault are unqualified, which a default namespace declared further up would silently change.",
        [bp("R1001")], Bp, Must, Server, Observable;
    FAULT_CODE_AND_STRING = 110, "flt.req",
        "Both faultcode and faultstring are present in every Fault, and the code among them is not empty.",
        [soap("4.4")], Soap, Must, Server, Observable;
    FAULT_CHILD_ORDER = 111, "flt.order",
        "Children of Fault stand in the sequence of the SOAP 1.1 schema: faultcode, faultstring, faultactor, and detail last.",
        [soap("envelope schema")], Soap, Should, Server, Observable;
    FAULT_CODE_QNAME = 112, "flt.qname",
        "The text of faultcode has the form of a QName, and if it has a prefix, that prefix is bound where the element stands.",
        [soap("4.4"), soap("4.4.1"), ns("3"), ns("4")], Soap, Must, Server, Observable;
    STANDARD_FAULT_CODE = 113, "flt.code.known",
        "A failure that is not specific to the service uses VersionMismatch, MustUnderstand, Client or Server in the SOAP namespace, or a qualified code of the vendor.",
        [soap("4.4.1"), bp("R1004")], Soap, Should, Server, Observable;
    FAULT_CODE_WITHOUT_DOT = 114, "flt.nodot",
        "The local part of a fault code has no dot, so codes are not refined in the manner of Client.Something.",
        [bp("R1031")], Bp, Should, Server, Observable;
    DETAIL_FOR_BODY_FAULTS = 115, "flt.detail.body",
        "A fault about the contents of Body includes a detail element, and the detail of a fault about a header entry holds nothing.",
        [soap("4.4")], Soap, Must, Server, Observable;
    ANY_DETAIL_ACCEPTED = 116, "flt.detail.any",
        "Clients accept a detail with any number of children, none included, qualified or not, and with any attributes.",
        [bp("R1002"), bp("R1003")], Bp, Must, Client, CLIENT;
    FAULT_STRING_LANGUAGE = 117, "flt.lang",
        "An xml:lang attribute on faultstring, such as en-US in the samples, does not keep a client from reading the fault.",
        [bp("R1016"), oxwums("samples")], Ox, Must, Client, CLIENT;
    FAULT_STRING_FOR_HUMANS = 118, "flt.string.human",
        "A client decides what a fault means without its faultstring, since that text is written for human readers.",
        [soap("4.4")], Soap, DerivedShould, Client, CLIENT;
    FAULT_ACTOR_OPTIONAL = 119, "flt.actor",
        "The final receiver may leave faultactor out or put it in, and clients accept the Fault both ways.",
        [soap("4.4")], Soap, May, Both, Observable;
    FAULT_INSTEAD_OF_RESPONSE = 120, "flt.instead",
        "Once a request leads to a fault, the Fault stands in place of the normal answer, not beside it.",
        [bp("R1029")], Bp, Must, Server, Observable;
    NO_EFFECT_AFTER_FAULT = 121, "flt.nofurther",
        "A server that has answered a request with a fault carries that request no further and changes nothing because of it.",
        [bp("R1028")], Bp, Should, Server, Observable;
    NO_INTERNALS_IN_FAULT = 122, "flt.leak",
        "Faults give away no lines of a stack trace, source lines, file paths or other internals, nor the parts decoded from an identifier.",
        [derived("from security practice")], Own, DerivedShould, Server, Observable;
    EXTRA_FAULT_CHILD = 197, "flt.extra",
        "A child of Fault besides the four that SOAP names is namespace-qualified, whoever may object to it otherwise.",
        [soap("4.4")], Soap, Must, Server, Observable;
    NO_EFFECT_OF_REFUSED = 198, "flt.noeffect",
        "A request that was answered with a fault, or refused in any other way, has not disconnected the call that it names.",
        [oxwums("3.1.4.1"), derived("from SOAP 2, 4.1.2 and 4.2.3 and XML 1.2")], Ox, DerivedMust, Server, Observable;
}
