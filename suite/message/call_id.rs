use std::fmt;

use super::xml::{first_forbidden, is_white};
use crate::protocol::{Defect, sizes};

/// An identifier of a call, as a request may carry it: 1 to 512 characters that XML allows and
/// that are not all white space.
///
/// The type in the schema is `xs:string`; the limit is the documented one of GetCallInfo
/// (OXWUMS 3.1.4.3.2.1), counted in code points. The text is opaque: it is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallId(String);

impl CallId {
    /// Takes a text as a call id.
    ///
    /// # Errors
    /// Empty, white space only, longer than 512 characters, or with a character that XML cannot
    /// carry.
    pub fn new(text: impl Into<String>) -> Result<Self, CallIdError> {
        let text = text.into();
        Self::check(&text)?;
        Ok(Self(text))
    }

    /// What [`CallId::new`] asks of a text, without taking it.
    pub(super) fn check(text: &str) -> Result<(), CallIdError> {
        if text.is_empty() {
            return Err(CallIdError::Empty);
        }
        if let Some(c) = first_forbidden(text).and_then(|at| text[at..].chars().next()) {
            return Err(CallIdError::Illegal(c));
        }
        if is_white(text) {
            return Err(CallIdError::Blank);
        }
        // Four bytes a character at most: the count is only needed for longer texts.
        if text.len() > sizes::CALL_ID_LIMIT {
            let length = text.chars().count();
            if length > sizes::CALL_ID_LIMIT {
                return Err(CallIdError::Long(length));
            }
        }
        Ok(())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no call id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallIdError {
    /// It is white space only.
    #[error("the call id is only white space")]
    Blank,
    /// It is empty.
    #[error("the call id is empty")]
    Empty,
    /// It holds a character that XML cannot carry.
    #[error("the call id holds {0:?}, which XML cannot carry")]
    Illegal(char),
    /// It has more than 512 characters; this many.
    #[error("the call id has {0} characters; 512 are allowed")]
    Long(usize),
}

impl CallIdError {
    pub(super) fn defect(&self) -> Defect {
        match self {
            Self::Blank => Defect::CallIdBlank,
            Self::Empty => Defect::CallIdEmpty,
            Self::Illegal(_) => Defect::CharacterForbidden,
            Self::Long(_) => Defect::CallIdLong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert!(CallId::new("𝄞".repeat(512)).is_ok());
        assert_eq!(CallId::new("𝄞".repeat(513)), Err(CallIdError::Long(513)));
        assert!(CallId::new("x".repeat(512)).is_ok());
        assert_eq!(CallId::new("x".repeat(513)), Err(CallIdError::Long(513)));
    }

    #[test]
    fn what_cannot_name_a_call_is_refused() {
        assert_eq!(CallId::new(""), Err(CallIdError::Empty));
        assert_eq!(CallId::new(" \t\n"), Err(CallIdError::Blank));
        assert_eq!(CallId::new("a\u{0}"), Err(CallIdError::Illegal('\u{0}')));
        assert_eq!(CallId::new(" a ").unwrap().as_str(), " a ");
    }
}
