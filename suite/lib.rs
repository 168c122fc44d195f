//! A conformance suite for the `Disconnect` operation of the Exchange Unified Messaging web
//! service (MS-OXWUMS): SOAP 1.1 over HTTP.
//!
//! The binary `umspec` judges a server from a catalogue of cases and leaves a record. This library
//! is what it is made of:
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`protocol`] | what the documents say: names, operations, requirements by name, defects, ambiguities, the decision table |
//! | [`message`] | the reference reader, the canonical writer, and drafts of messages that may be wrong |
//! | [`evidence`] | what was sent and what came, as plain data, and the contracts of what is under test in this process |
//! | [`generate`] | requests made by changes, whose class follows from the changes |
//! | [`catalogue`] | the cases for servers, clients and parsers, one file per family |
//! | [`judge`] | from evidence to verdicts, as pure functions |
//! | [`record`] | what a run leaves behind: save, load, count, judge again, compare, tell what is known |
//! | [`report`] | views of a record, each written once for all subjects |
//! | [`export`] | the catalogue as files: corpus, index, dictionary |
//!
//! All of that does no input or output. What follows does, and stands behind the feature `net`, but for
//! the runs of parsers in this process:
//!
//! | room | what it holds |
//! | --- | --- |
//! | `mock` | a strict server, client and parser; mutants, variants and shams of them; the listeners |
//! | `target` | drivers of what is under test: a server over HTTP or in this process, programs |
//! | [`run`] | everything that fills a record: probing, controls, the listener for clients, the scheduler |
//! | `campaign` | fuzzing a running server: what is sent next, oracles, shrinking, reproducers |
//! | `proof` | what the verdicts are worth: kill matrices, shams |
//! | `fuzzing` | bodies of the fuzz targets (feature `fuzzing`) |
//! | `harness` | the catalogue as named tests of another crate (feature `harness`) |
//! | `strategy` | strategies for property tests (feature `proptest`) |
//!
//! Features: `cli` (default; the binary), `net`, `proptest`, `fuzzing`, `harness`. Whoever takes only the
//! strategies, the reader or the harness for parsers switches the default off and builds no HTTP, TLS,
//! async runtime or argument parser.
//!
//! # What is stable
//!
//! Ids of cases and of requirements are never used again for something else. Exit codes stay, and so does
//! the record within one value of its field `format` ([`record::FORMAT_VERSION`]); others are refused in
//! words. The words of reports, the order and number of cases, and this API may change before 1.0;
//! `CHANGELOG.md` tells what did.
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

#[cfg(feature = "net")]
pub mod campaign;
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
#[cfg(feature = "net")]
pub mod mock;
#[cfg(feature = "net")]
pub mod proof;
pub mod protocol;
pub mod record;
pub mod report;
pub mod run;
#[cfg(feature = "proptest")]
pub mod strategy;
#[cfg(feature = "net")]
pub mod target;
