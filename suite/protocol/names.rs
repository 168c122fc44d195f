//! Names and URIs of the protocol, exactly as the documents spell them.

/// Namespace of requests and answers (OXWUMS 6, 7.1).
pub const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
/// Namespace of types, and of the code of the malformed-request fault (OXWUMS 2.2.2.1).
pub const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";
/// Namespace of errors, and of the code of the invalid-id fault (OXWUMS 3.1.4.1).
pub const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";
/// Namespace of the SOAP 1.1 envelope (SOAP 4).
pub const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Namespace of the SOAP 1.2 envelope, which this protocol does not speak (OXWUMS 1.7).
pub const ENVELOPE_12: &str = "http://www.w3.org/2003/05/soap-envelope";
/// Namespace of `xsi:type`, `xsi:nil` and `xsi:schemaLocation` (XSD1 2.6).
pub const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespace of the built-in schema types (XSD2 3.1).
pub const XSD: &str = "http://www.w3.org/2001/XMLSchema";
/// Namespace the prefix `xml` is always bound to (NS 3).
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespace the prefix `xmlns` is always bound to (NS 3).
pub const XMLNS: &str = "http://www.w3.org/2000/xmlns/";
/// The actor that every SOAP 1.1 receiver plays (SOAP 4.2.2).
pub const ACTOR_NEXT: &str = "http://schemas.xmlsoap.org/soap/actor/next";

/// Names of the successes of operations like Disconnect that an endpoint may serve as well, as
/// `{namespace}name` (OXWUMS 3.1.4.2, MS-WSMV 2.2.4.15).
pub const OTHER_RESPONSES: [&str; 2] = [
    "{http://schemas.microsoft.com/exchange/services/2006/messages}DisconnectPhoneCallResponse",
    "{http://schemas.microsoft.com/wbem/wsman/1/windows/shell}DisconnectResponse",
];

/// A header field that stands in an answer only where a line break in a call id got into its head
/// (UMD-R184).
pub const INJECTED_FIELD: (&str, &str) = ("Set-Cookie", "umspec-from-id=1");

/// The element that a call id holds as text, to see whether an answer takes it for markup.
pub const INJECTED_ELEMENT: &str = "umspec-from-id";

/// Media type of a SOAP 1.1 message (SOAP 6).
pub const MEDIA_TYPE: &str = "text/xml";
/// Content-Type of the documented requests.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";
/// Documented path of the endpoint (reference pages of the UM web service).
pub const ENDPOINT_PATH: &str = "/EWS/UM2007Legacy.asmx";

/// Local name of the code of the invalid-id fault (OXWUMS 3.1.4.1).
pub const INVALID_CALL_ID: &str = "InvalidCallIdException";
/// Text of the invalid-id fault (OXWUMS 3.1.4.1).
pub const INVALID_CALL_ID_TEXT: &str = "The call identifier isn't valid.";
/// Local name of the code of the malformed-request fault (OXWUMS 2.2.2.1).
pub const INVALID_REQUEST: &str = "ErrorInvalidRequest";
/// Text of the malformed-request fault (OXWUMS 2.2.2.1).
pub const INVALID_REQUEST_TEXT: &str = "The request is invalid.";

/// A documented call id (reference page of Disconnect): 100 characters.
pub const SAMPLE_CALL_ID: &str =
    "MDlkZjllZGMtNGUyMy00NzA5LWJkYWYtN2JlMjBjYjBhZTU2QGRmLWV1bS0wMS5leGNoYW5nZS5jb3JwLm1pY3Jvc29mdC5jb20=";
/// A second documented call id (OXWUMS 4.1): 100 characters.
pub const SAMPLE_CALL_ID_2: &str =
    "NDEzYjEzNmMtZTE2Zi00NTJlLWI3YzctNDhkMTE3MDE3YjlmQGRmLWV1bS0wMS5leGNoYW5nZS5jb3JwLm1pY3Jvc29mdC5jb20=";
