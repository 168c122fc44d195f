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
mod visible;
mod write;
pub mod xml;

pub use call_id::{CallId, CallIdError};
#[cfg(feature = "net")]
pub(crate) use draft::SECOND;
pub use draft::{
    Answer as AnswerDraft, BesideChunks, ChunkForm, Close, Cut, Draft, Edit, Encoding, FieldStyle, Framing,
    HttpRequest, Ids, Misspelling, NameStyle, Place, Side, Wire,
};
pub(crate) use media_type::charsets_of;
pub use media_type::{ContentType, charset_of};
pub(crate) use parser::fault_words;
pub use parser::{MessageKind, parse};
pub use reply::{
    CallInfo, CodeName, Fault, FaultChild, Issued, Reply, issued_call_id, read_call_info, read_reply,
};
pub(crate) use reply::{find_call_info, find_issued, read_fault};
pub(crate) use request::read_request_in;
pub use request::{Request, read_request};
pub use visible::{MAX_TOLD, told, visible};
pub(crate) use visible::{is_hidden, quoted, visible_json};
pub(crate) use write::escape_text;
pub use write::{
    write_call_info, write_disconnect, write_fault, write_invalid_call_id, write_issued, write_malformed,
    write_reply, write_request, write_success,
};
