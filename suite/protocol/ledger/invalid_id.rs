//! The fault for an invalid identifier.

use super::row::{derived, oxwums, rows};
use crate::protocol::Visibility::Observable;

rows! {
    INVALID_ID_FAULT = 123, "fid.must",
        "A server must answer a Disconnect whose call identifier is invalid with a SOAP fault of some shape.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.1.2.1")], Ox, Must, Server, Observable;
    INVALID_ID_FAULT_SHAPE = 124, "fid.shape",
        "The fault for an invalid identifier should look as documented, though product note 4 marks exceptions to that shape.",
        [oxwums("3.1.4.1")], Ox, Should, Server, Observable;
    INVALID_ID_CODE = 125, "fid.code",
        "In the fault for an invalid identifier, the local part of faultcode is exactly InvalidCallIdException.",
        [oxwums("3.1.4.1")], Ox, Should, Server, Observable;
    INVALID_ID_CODE_NAMESPACE = 126, "fid.code.ns",
        "The fault code InvalidCallIdException belongs to the errors namespace, http://schemas.microsoft.com/exchange/services/2006/errors, not to types or messages.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.3")], Ox, Should, Server, Observable;
    INVALID_ID_CODE_PREFIX = 127, "fid.prefix",
        "That the prose writes the prefix a before InvalidCallIdException is no rule: any prefix bound to the namespace will do.",
        [derived("from QName semantics, against prose that quotes the prefix a")], Xml, DerivedMust, Both, Observable;
    INVALID_ID_FAULT_STRING = 128, "fid.string",
        "The faultstring for an invalid identifier is The call identifier isn't valid, in en-US, its final full stop being optional.",
        [oxwums("3.1.4.1")], Ox, Should, Server, Observable;
    EXCEPTION_TYPE = 129, "fid.detail",
        "The detail of the fault for an invalid identifier contains an ExceptionType element, which must be returned.",
        [oxwums("3.1.4.1"), oxwums("2.2.3.1")], Ox, Must, Server, Observable;
    EXCEPTION_TYPE_NAMESPACE = 130, "fid.et.ns",
        "ExceptionType is an element of the messages namespace, even if one sample shows it outside any namespace.",
        [oxwums("3.1.4.1"), oxwums("4.15"), oxwums("3.1.4.3")], Ox, Should, Server, Observable;
    EXCEPTION_TYPE_VALUE = 131, "fid.et.value",
        "The text of ExceptionType is InvalidCallIdException, or a:InvalidCallIdException, since the documents show the one as well as the other.",
        [oxwums("3.1.4.1"), oxwums("2.2.3.1")], Ox, Must, Server, Observable;
    SAME_FAULT_FROM_GET_CALL_INFO = 132, "fid.same",
        "Given the same wrong identifier, GetCallInfo answers with the same fault that Disconnect would send for it.",
        [oxwums("3.1.4.3")], Ox, Should, Server, Observable;
    INVALID_ID_NOT_SUCCESS = 133, "fid.not200",
        "An invalid identifier is reported neither as success nor by an EWS body with ResponseClass Error, but as a fault.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.4.1.2")], Ox, Must, Server, Observable;
}
