//! From bytes to characters: byte order mark, charset parameter and XML declaration.

use std::borrow::Cow;

use super::Refusal;
use super::declaration::{Declaration, leading_declaration};
use crate::protocol::Defect;

/// A message as characters, with the way back to its bytes.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The characters, without byte order mark.
    pub text: Cow<'a, str>,
    mark: usize,
    wide: bool,
}

impl Decoded<'_> {
    /// The byte in the message at which the character at `offset` of [`Self::text`] starts.
    pub fn byte_at(&self, offset: usize) -> usize {
        if self.wide {
            let before = self.text.get(..offset).unwrap_or(&self.text);
            self.mark + 2 * before.encode_utf16().count()
        } else {
            self.mark + offset
        }
    }
}

/// What a label says of the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Ascii,
    Utf16,
    Utf16Be,
    Utf16Le,
    Utf8,
}

impl Label {
    fn from_name(name: &str) -> Option<Self> {
        [
            ("utf-8", Self::Utf8),
            ("us-ascii", Self::Ascii),
            ("utf-16", Self::Utf16),
            ("utf-16le", Self::Utf16Le),
            ("utf-16be", Self::Utf16Be),
        ]
        .into_iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, label)| label)
    }

    /// Whether this label may stand on bytes that are really `used`.
    fn fits(self, used: Self) -> bool {
        self == used
            || (self == Self::Utf16 && matches!(used, Self::Utf16Be | Self::Utf16Le))
            || (self == Self::Ascii && used == Self::Utf8)
    }
}

/// Whether a name is that of an encoding that this reader knows.
pub(crate) fn is_known_encoding(name: &str) -> bool {
    Label::from_name(name).is_some()
}

/// Decodes a message by its byte order mark, the `charset` of its Content-Type and its XML
/// declaration. They must agree (UMD-R007): which of them a receiver believes differs between
/// RFC 3023 and RFC 7303, so a message that relies on the choice is refused.
///
/// # Errors
/// [`Defect::EncodingUnknown`] for anything but UTF-8, UTF-16 and US-ASCII,
/// [`Defect::EncodingsDisagree`], [`Defect::EncodingInvalid`], or a wrong declaration.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Decoded<'a>, Refusal> {
    let refuse = |defect| Err(Refusal::new(defect, 0));
    let label = match charset {
        None => None,
        Some(name) => match Label::from_name(name) {
            None => return refuse(Defect::EncodingUnknown),
            known => known,
        },
    };
    let (used, mark) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (Label::Utf8, 3),
        [0xFF, 0xFE, ..] => (Label::Utf16Le, 2),
        [0xFE, 0xFF, ..] => (Label::Utf16Be, 2),
        // RFC 2781 4.3: an explicit byte order in the label needs no mark; XML 4.3.3 wants one
        // with the plain label.
        _ => match label {
            Some(Label::Utf16Le | Label::Utf16Be) => (label.unwrap_or(Label::Utf16Le), 0),
            Some(Label::Utf16) => return refuse(Defect::EncodingInvalid),
            _ => (Label::Utf8, 0),
        },
    };
    if label.is_some_and(|label| !label.fits(used)) {
        return refuse(Defect::EncodingsDisagree);
    }
    let body = &bytes[mark..];
    let decoded = match used {
        Label::Utf16Le => decode_utf16(body, mark, u16::from_le_bytes)?,
        Label::Utf16Be => decode_utf16(body, mark, u16::from_be_bytes)?,
        _ => match std::str::from_utf8(body) {
            Ok(text) => Decoded { text: Cow::Borrowed(text), mark, wide: false },
            Err(error) => return Err(Refusal::new(Defect::EncodingInvalid, mark + error.valid_up_to())),
        },
    };
    let declaration = match leading_declaration(&decoded.text) {
        Ok(declaration) => declaration,
        Err(offset) => return Err(Refusal::new(Defect::DeclarationSyntax, decoded.byte_at(offset))),
    };
    if let Some(name) = declaration.and_then(|Declaration { encoding }| encoding) {
        let Some(declared) = Label::from_name(name) else {
            return refuse(Defect::EncodingUnknown);
        };
        if !declared.fits(used) || label.is_some_and(|label| !declared.fits(label) && !label.fits(declared)) {
            return refuse(Defect::EncodingsDisagree);
        }
        if declared == Label::Ascii {
            require_ascii(&decoded)?;
        }
    }
    if label == Some(Label::Ascii) {
        require_ascii(&decoded)?;
    }
    Ok(decoded)
}

fn require_ascii(decoded: &Decoded<'_>) -> Result<(), Refusal> {
    match decoded.text.bytes().position(|byte| !byte.is_ascii()) {
        None => Ok(()),
        Some(at) => Err(Refusal::new(Defect::EncodingInvalid, decoded.byte_at(at))),
    }
}

fn decode_utf16(body: &[u8], mark: usize, unit: fn([u8; 2]) -> u16) -> Result<Decoded<'static>, Refusal> {
    let pairs = body.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    // UTF-8 needs at most three bytes for one unit of UTF-16, and half that for ASCII.
    let mut text = String::with_capacity(body.len() / 2);
    let mut units = 0;
    for decoded in char::decode_utf16(pairs.map(|pair| unit([pair[0], pair[1]]))) {
        match decoded {
            Ok(c) => {
                units += c.len_utf16();
                text.push(c);
            }
            Err(_) => return Err(Refusal::new(Defect::EncodingInvalid, mark + 2 * units)),
        }
    }
    if odd {
        return Err(Refusal::new(Defect::EncodingInvalid, mark + 2 * units));
    }
    Ok(Decoded { text: Cow::Owned(text), mark, wide: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn utf16_is_decoded_by_mark_and_offsets_point_into_the_bytes() {
        let bytes = utf16le("<a>𝄞é</a>");
        let decoded = decode(&bytes, Some("UTF-16")).unwrap();
        assert_eq!(decoded.text, "<a>𝄞é</a>");
        let at = decoded.text.find('é').unwrap();
        assert_eq!(decoded.byte_at(at), 2 + 2 * 5);
    }

    #[test]
    fn labels_that_disagree_are_refused() {
        let wide = utf16le("<a/>");
        let narrow = br#"<?xml version="1.0" encoding="utf-16"?><a/>"#;
        for (bytes, charset) in
            [(&wide[..], Some("utf-8")), (&narrow[..], None), (&narrow[..], Some("utf-8"))]
        {
            assert_eq!(decode(bytes, charset).unwrap_err().defect, Defect::EncodingsDisagree);
        }
        let ascii = br#"<?xml version="1.0" encoding="us-ascii"?><a/>"#;
        assert!(decode(ascii, Some("utf-8")).is_ok(), "US-ASCII is part of UTF-8");
        let utf8 = br#"<?xml version="1.0" encoding="utf-8"?><a/>"#;
        assert!(decode(utf8, Some("us-ascii")).is_ok(), "so is a message that only has such characters");
    }

    #[test]
    fn utf16_needs_a_mark_unless_its_label_tells_the_order() {
        let little: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&little, Some("utf-16le")).unwrap().text, "<a/>");
        assert_eq!(decode(&big, Some("utf-16be")).unwrap().text, "<a/>");
        assert_eq!(decode(&little, Some("utf-16")).unwrap_err().defect, Defect::EncodingInvalid);
    }

    #[test]
    fn ill_formed_bytes_are_refused_where_they_stand() {
        assert_eq!(decode(b"<a>\xC0\xAF</a>", None).unwrap_err(), Refusal::new(Defect::EncodingInvalid, 3));
        let mut lone = utf16le("<a>");
        lone.extend([0x00, 0xD8, b'x', 0]);
        assert_eq!(decode(&lone, None).unwrap_err(), Refusal::new(Defect::EncodingInvalid, 8));
        let mut odd = utf16le("<a/>");
        odd.push(0);
        assert_eq!(decode(&odd, None).unwrap_err(), Refusal::new(Defect::EncodingInvalid, 2 + 2 * 4));
        assert_eq!(decode("é".as_bytes(), Some("us-ascii")).unwrap_err().defect, Defect::EncodingInvalid);
    }

    #[test]
    fn other_encodings_are_unknown() {
        let latin = br#"<?xml version="1.0" encoding="iso-8859-1"?><a/>"#;
        assert_eq!(decode(latin, None).unwrap_err().defect, Defect::EncodingUnknown);
        assert_eq!(decode(b"<a/>", Some("utf-7")).unwrap_err().defect, Defect::EncodingUnknown);
    }
}
