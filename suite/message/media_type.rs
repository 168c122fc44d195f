/// A Content-Type, as far as SOAP 1.1 asks about it (SOAP 6, RFC 9110 8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentType {
    /// `type/subtype` in lower case.
    pub media_type: String,
    /// The charset parameter without its quotes.
    pub charset: Option<String>,
}

impl ContentType {
    /// Reads a header value; `None` if it names no `type/subtype`.
    pub fn parse(value: &str) -> Option<Self> {
        let (media_type, parameters) = value.split_once(';').unwrap_or((value, ""));
        let media_type = media_type.trim().to_ascii_lowercase();
        let (kind, subtype) = media_type.split_once('/')?;
        if kind.is_empty() || subtype.is_empty() || media_type.contains([' ', '\t', ',']) {
            return None;
        }
        Some(Self { charset: charset(parameters), media_type })
    }
}

/// The charset parameter of a Content-Type value, if there is one.
pub fn charset_of(value: &str) -> Option<String> {
    ContentType::parse(value)?.charset
}

/// A charset parameter as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Charset {
    /// Its value without quotes.
    pub(crate) value: String,
    /// Whether white space stands beside its equals sign, where HTTP allows none (RFC 9110 5.6.6).
    pub(crate) is_spaced: bool,
}

/// Every charset parameter of a Content-Type value.
pub(crate) fn charsets_of(value: &str) -> Vec<Charset> {
    let mut rest = value.split_once(';').map_or("", |(_, parameters)| parameters);
    std::iter::from_fn(|| {
        let (charset, after) = next_charset(rest)?;
        rest = after;
        Some(charset)
    })
    .collect()
}

/// The first charset among `; name=value` parameters, values quoted or not (RFC 9110 5.6.4, 5.6.6).
fn charset(parameters: &str) -> Option<String> {
    Some(next_charset(parameters)?.0.value)
}

/// The same, and what follows it.
fn next_charset(parameters: &str) -> Option<(Charset, &str)> {
    let mut rest = parameters;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ';']);
        let (name, after) = rest.split_once('=')?;
        let is_spaced = name.ends_with([' ', '\t']) || after.starts_with([' ', '\t']);
        let (value, after) = if let Some(quoted) = after.strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let (value, after) = after.split_at(after.find(';').unwrap_or(after.len()));
            (value.to_owned(), after)
        };
        if name.trim().eq_ignore_ascii_case("charset") {
            return Some((Charset { value: value.trim().to_owned(), is_spaced }, after));
        }
        rest = after;
    }
}

/// What a quoted string stands for, from behind its first quote, and what follows its last one.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    loop {
        match characters.next()? {
            (at, '"') => return Some((value, &quoted[at + 1..])),
            // A backslash takes what follows for itself.
            (_, '\\') => value.push(characters.next()?.1),
            (_, character) => value.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found_quoted_and_among_others() {
        for (value, expected) in [
            ("text/xml", None),
            ("text/xml; charset=utf-8", Some("utf-8")),
            ("TEXT/XML;Charset=\"UTF-8\"", Some("UTF-8")),
            ("text/xml; action=\"a;charset=no\"; charset=utf-16", Some("utf-16")),
            ("text/xml; charset=", Some("")),
            (r#"text/xml; charset="utf\-8""#, Some("utf-8")),
            (r#"text/xml; a="b\"; charset=no"; charset=utf-8"#, Some("utf-8")),
            (r#"text/xml; a="b"#, None),
        ] {
            let read = ContentType::parse(value).unwrap();
            assert_eq!(read.media_type, "text/xml");
            assert_eq!(read.charset.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn charsets_are_told_as_they_are_written() {
        let of = |value: &str| -> Vec<(String, bool)> {
            charsets_of(value).into_iter().map(|charset| (charset.value, charset.is_spaced)).collect()
        };
        assert_eq!(of("text/xml; a=b"), []);
        assert_eq!(of("text/xml; charset = utf-8"), [("utf-8".to_owned(), true)]);
        let two = [("utf-8".to_owned(), false), ("iso-8859-1".to_owned(), false)];
        assert_eq!(of("text/xml; charset=utf-8; charset=\"iso-8859-1\""), two);
    }

    #[test]
    fn what_is_no_media_type_is_none() {
        for value in ["", "text", "text/", "/xml", "text /xml", "text/xml, text/plain"] {
            assert_eq!(ContentType::parse(value), None, "{value}");
        }
    }
}
