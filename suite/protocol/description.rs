//! The description of the service: WSDL and schemas, written from the tables of MS-OXWUMS 3.1.4.
//!
//! The files refer to each other by their names: written into one folder as they are named here,
//! they work offline with any WSDL or schema tool.

/// `um.wsdl`: the eleven operations of the UM web service, document/literal over SOAP 1.1
/// (OXWUMS 3.1.4, 6).
///
/// Names of parts, port type, binding, port and service are ours. Includes `messages.xsd`.
pub const WSDL: &str = include_str!("description/um.wsdl");

/// `messages.xsd`: requests, answers and the types that hold children, in the messages namespace
/// (OXWUMS 3.1.4, 7.1).
///
/// CallId has no length limit: the 512 characters are prose (OXWUMS 3.1.4.3.2.1). Imports
/// `types.xsd`.
pub const MESSAGES_XSD: &str = include_str!("description/messages.xsd");

/// `types.xsd`: the enumerations, in the types namespace (OXWUMS 3.1.4.3.4.1, 3.1.4.3.4.2, and the
/// reference page of GreetingType).
pub const TYPES_XSD: &str = include_str!("description/types.xsd");

/// `soap-envelope.xsd`: Envelope, Header, Body and Fault of SOAP 1.1 (SOAP 4), with nothing after
/// Body (BP R1011) and no further children of Fault (BP R1000).
pub const SOAP_ENVELOPE_XSD: &str = include_str!("description/soap-envelope.xsd");

/// `service.xsd`: imports the three schemas, so that a validator can check whole messages.
///
/// A Body child that no schema declares passes (XSD1 3.10.1, lax wildcard); `messages.xsd` applied
/// to that child alone finds it.
pub const SERVICE_XSD: &str = include_str!("description/service.xsd");
