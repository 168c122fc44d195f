//! Messages that may be wrong: a valid request and an ordered list of named edits.
//!
//! The writer of drafts produces bytes itself, because a correct XML writer cannot write wrong
//! XML. Edits change the document, then its bytes, then the HTTP request around them; within each
//! of the three they apply in the order given.

mod document;
mod edit;
mod framing;
mod http;
mod ids;
mod misspelling;
mod spelling;

pub use document::{Close, Encoding, Place};
pub use edit::{Edit, Side};
pub use framing::{BesideChunks, ChunkForm, Framing};
#[cfg(feature = "net")]
pub(crate) use http::SECOND;
pub use http::{HttpRequest, Wire};
pub use ids::Ids;
pub use misspelling::Misspelling;
pub use spelling::{Cut, FieldStyle, NameStyle};

use crate::protocol::{Operation, names};

/// A request or an answer, with the edits that make it unusual or wrong.
#[derive(Debug, Clone)]
pub struct Draft<'e> {
    base: Base,
    edits: Vec<&'e Edit>,
}

#[derive(Debug, Clone)]
enum Base {
    Request(Operation, Vec<String>),
    Answer(Answer),
}

/// The plain answers to Disconnect that edits can start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The documented fault for an invalid identifier (OXWUMS 3.1.4.1).
    InvalidCallId,
    /// The documented fault for a malformed request (OXWUMS 2.2.2.1).
    Malformed,
    /// A fault with one of SOAP's own codes, without detail (SOAP 4.4.1).
    Soap(&'static str),
    /// Success (OXWUMS 3.1.4.1).
    Success,
}

impl<'e> Draft<'e> {
    /// A Disconnect request whose CallId is `{id}`, edited.
    pub fn disconnect(edits: &'e [Edit]) -> Self {
        Self {
            base: Base::Request(Operation::Disconnect, vec!["{id}".to_owned()]),
            edits: edits.iter().collect(),
        }
    }

    /// An answer to Disconnect, edited. Edits of HTTP do not reach it.
    pub fn answer(answer: Answer, edits: &'e [Edit]) -> Self {
        Self { base: Base::Answer(answer), edits: edits.iter().collect() }
    }

    /// A plain request of any operation. Values are markup in which `{id}` and its kin stand for
    /// the call id; see [`Ids`].
    pub fn plain(operation: Operation, values: Vec<String>) -> Self {
        Self { base: Base::Request(operation, values), edits: Vec::new() }
    }

    /// The same draft with more edits after its own.
    #[must_use]
    pub fn and(mut self, edits: &'e [Edit]) -> Self {
        self.edits.extend(edits);
        self
    }

    /// Writes the request for these ids.
    pub fn write(&self, ids: &Ids) -> HttpRequest {
        let operation = match &self.base {
            Base::Request(operation, _) => *operation,
            Base::Answer(_) => Operation::Disconnect,
        };
        let mut request = HttpRequest::post(operation, self.body(ids));
        for edit in &self.edits {
            edit.apply_to_http(&mut request, ids);
        }
        request
    }

    /// Writes the message alone for these ids.
    pub fn body(&self, ids: &Ids) -> Vec<u8> {
        let mut document = match &self.base {
            Base::Request(operation, values) => document::Document::new(*operation, values),
            Base::Answer(answer) => answer.document(),
        };
        for edit in &self.edits {
            edit.apply_to_document(&mut document);
        }
        let mut body = document.write(ids);
        for edit in &self.edits {
            edit.apply_to_bytes(&mut body);
        }
        body
    }
}

impl Answer {
    fn document(self) -> document::Document {
        let (namespace, code, text, detail) = match self {
            Self::Success => return document::Document::success(),
            Self::Soap(code) => {
                return document::Document::fault(&format!("soap:{code}"), None, "A fault.", None);
            }
            Self::InvalidCallId => (
                names::ERRORS,
                names::INVALID_CALL_ID,
                names::INVALID_CALL_ID_TEXT,
                format!(
                    r#"<m:ExceptionType xmlns:m="{}">{}</m:ExceptionType>"#,
                    names::MESSAGES,
                    names::INVALID_CALL_ID
                ),
            ),
            Self::Malformed => (
                names::TYPES,
                names::INVALID_REQUEST,
                names::INVALID_REQUEST_TEXT,
                format!(
                    r#"<e:ResponseCode xmlns:e="{0}">{1}</e:ResponseCode><e:Message xmlns:e="{0}">{2}</e:Message>"#,
                    names::ERRORS,
                    names::INVALID_REQUEST,
                    names::INVALID_REQUEST_TEXT
                ),
            ),
        };
        document::Document::fault(&format!("a:{code}"), Some(("a", namespace)), text, Some(&detail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{CallId, read_request, write_disconnect};
    use crate::protocol::Defect;

    fn ids() -> Ids {
        Ids::default()
    }

    fn body(edits: &[Edit]) -> Vec<u8> {
        Draft::disconnect(edits).write(&ids()).body
    }

    #[test]
    fn without_edits_a_draft_is_the_canonical_request() {
        let id = CallId::new(names::SAMPLE_CALL_ID).unwrap();
        assert_eq!(String::from_utf8(body(&[])).unwrap(), write_disconnect(&id));
    }

    #[test]
    fn without_edits_a_draft_of_an_answer_is_the_canonical_answer() {
        use crate::message::{write_fault, write_invalid_call_id, write_malformed, write_success};
        for (answer, canonical) in [
            (Answer::Success, write_success()),
            (Answer::InvalidCallId, write_invalid_call_id()),
            (Answer::Malformed, write_malformed()),
            (Answer::Soap("Client"), write_fault("Client", "A fault.")),
        ] {
            assert_eq!(String::from_utf8(Draft::answer(answer, &[]).body(&ids())).unwrap(), canonical);
        }
    }

    #[test]
    fn edits_apply_in_order() {
        let renamed = body(&[
            Edit::Rename(Place::CallId, "First".into()),
            Edit::Rename(Place::CallId, "Second".into()),
        ]);
        assert_eq!(read_request(&renamed, None).unwrap_err().defect, Defect::CallIdMissing);
        assert!(String::from_utf8(renamed).unwrap().contains("<Second>"));
    }

    #[test]
    fn ids_are_spelled_in_many_ways_and_read_alike() {
        for spelling in ["{id}", "{dec}", "{hex}", "{padded}", "<![CDATA[{raw}]]>", "{head}<!--x-->{tail}"] {
            let bytes = body(&[Edit::Content(Place::CallId, spelling.into())]);
            let request =
                read_request(&bytes, None).unwrap_or_else(|refusal| panic!("{spelling}: {refusal}"));
            assert_eq!(request.call_id(), Some(names::SAMPLE_CALL_ID), "{spelling}");
        }
    }

    #[test]
    fn a_rebound_element_takes_its_children_along_unless_they_are_pinned() {
        let both = body(&[Edit::Namespace(Place::Operation, names::TYPES.into())]);
        assert_eq!(read_request(&both, None).unwrap_err().defect, Defect::OperationNamespace);
        let child = body(&[Edit::Namespace(Place::CallId, String::new())]);
        assert_eq!(read_request(&child, None).unwrap_err().defect, Defect::CallIdNamespace);
    }

    #[test]
    fn utf16_with_mark_is_read() {
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = body(&[Edit::Encoding(encoding), Edit::Mark, Edit::Declaration(None)]);
            assert!(read_request(&bytes, Some("utf-16")).is_ok());
        }
    }
}
