//! The fault for a malformed request.

use super::row::{bp, oxwums, rows};
use crate::protocol::Visibility::Observable;

rows! {
    MALFORMED_REQUEST_FAULT = 134, "frq.must",
        "A request that is malformed by the schema or no well-formed XML receives the malformed-XML fault; the list of affected operations includes Disconnect.",
        [oxwums("2.2.2.1")], Ox, Must, Server, Observable;
    INVALID_REQUEST_CODE = 135, "frq.code",
        "In the fault for a malformed request, the local part of faultcode is exactly the word ErrorInvalidRequest.",
        [oxwums("2.2.2.1")], Ox, Must, Server, Observable;
    INVALID_REQUEST_CODE_NAMESPACE = 136, "frq.code.ns",
        "The fault code ErrorInvalidRequest is in the types namespace, http://schemas.microsoft.com/exchange/services/2006/types, while the invalid-id code is in errors.",
        [oxwums("2.2.2.1")], Ox, Should, Server, Observable;
    INVALID_REQUEST_FAULT_STRING = 137, "frq.string",
        "The faultstring for a malformed request is The request is invalid, where the closing full stop may be missing.",
        [oxwums("2.2.2.1")], Ox, Should, Server, Observable;
    RESPONSE_CODE = 138, "frq.rc",
        "The detail of the malformed-request fault has a ResponseCode element, and its text is ErrorInvalidRequest.",
        [oxwums("2.2.2.1"), oxwums("2.2.3.3")], Ox, Must, Server, Observable;
    INVALID_REQUEST_MESSAGE = 139, "frq.msg",
        "The detail of the malformed-request fault has a Message element saying The request is invalid, full stop or not.",
        [oxwums("2.2.2.1"), oxwums("2.2.3.2")], Ox, Must, Server, Observable;
    INVALID_REQUEST_DETAIL_NAMESPACE = 140, "frq.detail.ns",
        "In the malformed-request fault, ResponseCode and Message belong to the errors namespace, http://schemas.microsoft.com/exchange/services/2006/errors, as the sample shows.",
        [oxwums("2.2.2.1"), oxwums("2.2.3.2"), oxwums("2.2.3.3")], Ox, Should, Server, Observable;
    INVALID_REQUEST_DETAIL_ORDER = 141, "frq.order",
        "The sample puts ResponseCode ahead of Message, but no schema covers them, so their order is merely noted.",
        [oxwums("2.2.2.1"), oxwums("2.2.3.x")], Ox, Record, Server, Observable;
    DETAILS_NOT_MIXED = 142, "frq.noextype",
        "The documented faults keep to their own detail: ExceptionType for an invalid identifier, ResponseCode and Message for a malformed request.",
        [oxwums("2.2.2.1"), oxwums("3.1.4.1")], Ox, Should, Server, Observable;
    CLIENT_FAULT_FOR_MALFORMED = 143, "frq.client",
        "A Client fault for a request unlike the description satisfies Basic Profile but not MS-OXWUMS, which asks for ErrorInvalidRequest.",
        [bp("R2724"), oxwums("2.2.2.1")], Ox, Record, Server, Observable;
}
