//! The XML declaration (XML 2.8, production 23).

/// A declaration found at the start of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Declaration<'a> {
    pub(super) encoding: Option<&'a str>,
}

/// The declaration of every documented message, known without taking it apart.
const DOCUMENTED: &str = r#"<?xml version="1.0" encoding="utf-8"?>"#;

/// Reads the declaration that `text` starts with, if it starts with one.
///
/// The error is the offset at which the production is broken.
pub(super) fn leading_declaration(text: &str) -> Result<Option<Declaration<'_>>, usize> {
    if text.starts_with(DOCUMENTED) {
        return Ok(Some(Declaration { encoding: Some("utf-8") }));
    }
    let Some(rest) = text.strip_prefix("<?xml") else { return Ok(None) };
    if !rest.starts_with([' ', '\t', '\r', '\n', '?']) {
        // A processing instruction such as <?xml-stylesheet …?>.
        return Ok(None);
    }
    let Some(end) = rest.find("?>") else { return Err(text.len()) };
    let mut scan = Scan { text, at: 5, end: 5 + end };
    let version = scan.pseudo_attribute("version")?.ok_or(scan.at)?;
    // Fifth edition, production 26: "1." and digits; a processor of 1.0 reads any of them.
    let digits = version.strip_prefix("1.").ok_or(scan.at)?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(scan.at);
    }
    let encoding = scan.pseudo_attribute("encoding")?;
    if encoding.is_some_and(|name| !is_encoding_name(name)) {
        return Err(scan.at);
    }
    if scan.pseudo_attribute("standalone")?.is_some_and(|value| value != "yes" && value != "no") {
        return Err(scan.at);
    }
    scan.skip_white();
    if scan.at == scan.end { Ok(Some(Declaration { encoding })) } else { Err(scan.at) }
}

fn is_encoding_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..self.end]
    }

    fn skip_white(&mut self) -> bool {
        let before = self.at;
        self.at = self.end - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.at > before
    }

    /// ` name = "value"`, if that comes next.
    fn pseudo_attribute(&mut self, name: &str) -> Result<Option<&'a str>, usize> {
        let start = self.at;
        let spaced = self.skip_white();
        if !self.rest().starts_with(name) {
            self.at = start;
            return Ok(None);
        }
        if !spaced {
            return Err(self.at);
        }
        self.at += name.len();
        self.skip_white();
        if !self.rest().starts_with('=') {
            return Err(self.at);
        }
        self.at += 1;
        self.skip_white();
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(self.at)?;
        self.at += 1;
        let value = self.rest().split_once(quote).ok_or(self.at)?.0;
        self.at += value.len() + 1;
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_declarations_are_read() {
        let cases = [
            (r#"<?xml version="1.0"?><a/>"#, None),
            ("<?xml version = '1.0' encoding='UTF-8' ?>", Some("UTF-8")),
            ("<?xml\tversion='1.1'\r\nstandalone=\"no\"?>", None),
        ];
        for (text, encoding) in cases {
            assert_eq!(leading_declaration(text).unwrap().unwrap().encoding, encoding, "{text}");
        }
        assert_eq!(leading_declaration("<?xml-stylesheet a?>"), Ok(None));
        assert_eq!(leading_declaration(" <?xml version='1.0'?>"), Ok(None));
    }

    #[test]
    fn broken_declarations_are_refused() {
        for text in [
            "<?xml?>",
            "<?xml encoding='utf-8'?>",
            "<?xml version='2.0'?>",
            "<?xml version='1.'?>",
            "<?xml version='1.0'encoding='utf-8'?>",
            "<?xml version='1.0' standalone='maybe'?>",
            "<?xml version='1.0' encoding=''?>",
            "<?xml version='1.0' standalone='yes' encoding='utf-8'?>",
            "<?xml version=1.0?>",
            "<?xml version='1.0'",
        ] {
            assert!(leading_declaration(text).is_err(), "{text}");
        }
    }
}
