//! A conformance suite for the `Disconnect` operation of the Exchange Unified Messaging web
//! service (MS-OXWUMS): SOAP 1.1 over HTTP.
//!
//! The binary `umspec` judges a server from a catalogue of cases and leaves a record. This library
//! is what it is made of:
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`protocol`] | what the documents say: names, operations, requirements, defects, the decision table |
//! | [`message`] | the reference reader, the canonical writer, and drafts of messages that may be wrong |
//! | [`evidence`] | what was sent and what came, and the contracts of servers, clients and parsers in this process |
//! | [`catalogue`] | the cases, one file per family |
//! | [`generate`] | requests made by changes, whose class follows from the changes |
//! | [`export`] | the catalogue as files: corpus, index, dictionary |
//! | `fuzzing` | bodies of the fuzz targets (feature `fuzzing`) |
//! | `strategy` | strategies for property tests (feature `proptest`) |
//! | [`mock`] | a strict server, mutants, variants and shams |
//! | [`target`] | a server under test: ordinary HTTP, and bytes as they are |
//! | [`judge`] | from exchanges to verdicts, as pure functions |
//! | [`record`] | running, saving, loading, judging again |
//! | [`proof`] | what the verdicts are worth: mutants, shams |
//! | [`report`] | views of a record |
//! | `harness` | the catalogue as named tests of another crate (feature `harness`) |
//!
//! # Example
//!
//! ```
//! use umspec::message::{CallId, read_request, write_disconnect};
//! use umspec::protocol::Defect;
//!
//! let id = CallId::new("a call & its id")?;
//! let request = write_disconnect(&id);
//! let read = read_request(request.as_bytes(), Some("utf-8"))?;
//! assert_eq!(read.call_id(), Some(id.as_str()));
//!
//! let refusal = read_request(b"<Disconnect/>", None).unwrap_err();
//! assert_eq!((refusal.defect, refusal.at), (Defect::RootName, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod catalogue;
pub mod evidence;
pub mod export;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
pub mod generate;
#[cfg(feature = "harness")]
pub mod harness;
pub mod judge;
pub mod message;
pub mod mock;
pub mod proof;
pub mod protocol;
pub mod record;
pub mod report;
#[cfg(feature = "proptest")]
pub mod strategy;
pub mod target;
