//! What the documents say, as data: names, operations, requirements, defects, input classes and
//! the decision table.
//!
//! Nothing here does I/O or reads XML. Section numbers are those of MS-OXWUMS ("OXWUMS"), SOAP 1.1
//! ("SOAP"), WS-I Basic Profile ("BP"), XML 1.0 ("XML"), Namespaces in XML 1.0 ("NS") and XML
//! Schema ("XSD1", "XSD2").

mod allowance;
mod ambiguity;
mod class;
mod decision;
mod defect;
mod description;
mod http_fault;
pub mod ledger;
pub mod names;
mod nuance;
mod operation;
mod outcome;
mod profile;
mod requirement;
pub mod sizes;
mod words;

pub use allowance::{Allowance, Tolerance};
pub use ambiguity::{AMBIGUITIES, Ambiguity, AmbiguityId, Reading, Taken, ambiguity};
pub use class::InputClass;
pub use decision::{Accepted, DECISIONS, Decision, decide, expected_words, forbids_success};
pub use defect::Defect;
pub use description::{MESSAGES_XSD, SERVICE_XSD, SOAP_ENVELOPE_XSD, TYPES_XSD, WSDL};
pub use ledger::req;
pub use nuance::Nuance;
pub use operation::{Field, Operation};
pub use outcome::{Expected, FaultCode, Outcome};
pub use profile::Profile;
pub use requirement::{Document, Facet, Level, Party, Requirement, RequirementId, Source, Visibility};
