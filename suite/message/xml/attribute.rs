//! Attributes of a start tag, as written (XML 3.1, production 41).

use std::borrow::Cow;

use super::reference::resolve;
use crate::protocol::Defect;

/// One attribute as written.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    pub(super) name: &'a str,
    pub(super) value: Cow<'a, str>,
}

/// Reads the attributes in `rest`, which is what follows the element name in a start tag.
/// Yields each with its offset in `rest`; after an error it yields nothing more.
pub(super) struct RawAttributes<'a> {
    rest: &'a str,
    at: usize,
}

impl<'a> RawAttributes<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest, at: 0 }
    }

    fn attribute(&mut self) -> Result<Option<(usize, Raw<'a>)>, (Defect, usize)> {
        let bytes = self.rest.as_bytes();
        let white =
            |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        let skip = |mut at: usize| {
            while white(at) {
                at += 1;
            }
            at
        };
        let syntax = |at| Err((Defect::AttributeSyntax, at));
        let start = skip(self.at);
        if start == bytes.len() {
            return Ok(None);
        }
        if start == self.at {
            return syntax(start);
        }
        let mut end = start;
        while end < bytes.len() && bytes[end] != b'=' && !white(end) {
            end += 1;
        }
        let equals = skip(end);
        if bytes.get(equals) != Some(&b'=') {
            return syntax(equals);
        }
        let open = skip(equals + 1);
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(open) else { return syntax(open) };
        let Some(length) = memchr::memchr(quote, &bytes[open + 1..]) else {
            return syntax(open);
        };
        let raw = &self.rest[open + 1..open + 1 + length];
        let value = normalise(raw).map_err(|(defect, at)| (defect, open + 1 + at))?;
        self.at = open + length + 2;
        Ok(Some((start, Raw { name: &self.rest[start..end], value })))
    }
}

impl<'a> Iterator for RawAttributes<'a> {
    type Item = Result<(usize, Raw<'a>), (Defect, usize)>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.attribute().transpose();
        if matches!(item, Some(Err(_))) {
            self.at = self.rest.len();
        }
        item
    }
}

/// Attribute-value normalisation for a value of unknown type (XML 3.3.3, after 2.11).
fn normalise(raw: &str) -> Result<Cow<'_, str>, (Defect, usize)> {
    // Branch-free, so that the compiler turns it into vector instructions.
    let special = raw
        .bytes()
        .fold(0, |seen, byte| seen | u8::from(byte == b'&') | u8::from(byte == b'<') | u8::from(byte < 0x20));
    if special == 0 {
        return Ok(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '<' => return Err((Defect::AttributeSyntax, at)),
            '&' => {
                let body = raw[at + 1..].split_once(';').ok_or((Defect::AmpersandAlone, at))?.0;
                value.push(resolve(body).map_err(|defect| (defect, at))?);
                while chars.next_if(|&(next, _)| next <= at + 1 + body.len()).is_some() {}
            }
            '\r' => {
                chars.next_if(|&(_, next)| next == '\n');
                value.push(' ');
            }
            '\t' | '\n' => value.push(' '),
            _ => value.push(c),
        }
    }
    Ok(Cow::Owned(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rest: &str) -> Result<Vec<(String, String)>, (Defect, usize)> {
        RawAttributes::new(rest)
            .map(|item| item.map(|(_, raw)| (raw.name.to_owned(), raw.value.into_owned())))
            .collect()
    }

    #[test]
    fn values_are_normalised() {
        let attributes = read(" a='1' \n b = \"x\r\ny&#10;z&amp;\t\" ").unwrap();
        assert_eq!(attributes, [("a".into(), "1".into()), ("b".into(), "x y\nz& ".into())]);
        for white in ["\t", "\n", "\r\n", "a\tb", "a\nb"] {
            let value = white.replace("\r\n", " ").replace(['\t', '\n'], " ");
            assert_eq!(read(&format!(" a='{white}'")).unwrap(), [("a".into(), value)]);
        }
        assert!(read("").unwrap().is_empty());
    }

    #[test]
    fn broken_attributes_are_refused_where_they_break() {
        assert_eq!(read(" a='1'b='2'"), Err((Defect::AttributeSyntax, 6)));
        assert_eq!(read(" a=1"), Err((Defect::AttributeSyntax, 3)));
        assert_eq!(read(" a"), Err((Defect::AttributeSyntax, 2)));
        assert_eq!(read(" a='<'"), Err((Defect::AttributeSyntax, 4)));
        assert_eq!(read(" a='x&'"), Err((Defect::AmpersandAlone, 5)));
        assert_eq!(read(" a='&'"), Err((Defect::AmpersandAlone, 4)));
        assert_eq!(read(" a='&foo;'"), Err((Defect::EntityUndeclared, 4)));
        assert_eq!(read(" a='1"), Err((Defect::AttributeSyntax, 3)));
    }
}
