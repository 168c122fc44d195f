//! Messages as values and as bytes.
//!
//! * [`xml`]: strict XML 1.0 with namespaces over quick-xml's tokens;
//! * [`read_request`], [`read_reply`]: the reference reader;
//! * [`write_request`] and its kin: the canonical writer;
//! * [`Draft`] and [`Edit`]: messages that may be wrong, body and HTTP alike.

mod call_id;
mod draft;
mod media_type;
mod parser;
mod reply;
mod request;
mod write;
pub mod xml;

pub use call_id::{CallId, CallIdError};
pub use draft::{
    Answer as AnswerDraft, BesideChunks, ChunkForm, Close, Cut, Draft, Edit, Encoding, FieldStyle, Framing,
    HttpRequest, Ids, NameStyle, Place, Wire,
};
pub use media_type::{ContentType, charset_of};
pub use parser::{MessageKind, fault_words, parse};
pub use reply::{
    CallInfo, CodeName, Fault, FaultChild, Issued, Reply, find_call_info, find_issued, issued_call_id,
    read_call_info, read_fault, read_reply,
};
pub use request::{Request, read_request, read_request_in};
pub use write::{
    escape_text, write_call_info, write_disconnect, write_fault, write_invalid_call_id, write_issued,
    write_malformed, write_reply, write_request, write_success,
};
