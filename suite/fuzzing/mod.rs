//! The bodies of the fuzz targets: plain functions that panic on a finding.
//!
//! Each takes the bytes of one input, so that `cargo test` replays the whole corpus through the
//! same code on a stable toolchain, and a target in `fuzz/` is a line. [`mutate`] is the
//! structure-aware mutator that gets an engine past the XML layer.
//!
//! This room stands beside the command line: it uses all others, reports included, because
//! `exchange` holds that no answer breaks any of them. Nothing uses it but targets and tests.

mod clock;
mod differential;
mod echo;
mod edits;
mod exchange;
mod frames;
mod http;
mod mutate;
mod reader;
mod record;
mod secrets;
mod wire;

pub use differential::{Disagreement, compare, differential};
pub use echo::{ENCODINGS, ESCAPES, Echo, Encoding, Escape, SPELLINGS, Spelling};
pub use edits::{edits, edits_of};
pub use exchange::exchange;
pub use frames::frames;
pub use http::http;
pub use mutate::mutate;
pub use reader::{reply, request};
pub use record::record;
pub use secrets::{hides, secrets};
pub use wire::wire;

/// What takes the bytes of one input and panics on a finding.
pub type Body = fn(&[u8]);

/// Every target by name.
pub const TARGETS: [(&str, Body); 10] = [
    ("request", request),
    ("reply", reply),
    ("differential", differential),
    ("edits", edits),
    ("http", http),
    ("exchange", exchange),
    ("wire", wire),
    ("record", record),
    ("frames", frames),
    ("secrets", secrets),
];
