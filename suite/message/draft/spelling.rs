//! What the head of a request may look like without meaning anything else (RFC 9112 3.2, 5), and where
//! the bytes of a request may be parted on their way.

/// How the header fields of a request are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldStyle {
    /// How their names are written.
    pub names: NameStyle,
    /// What stands between the colon and the value.
    pub before: &'static str,
    /// What stands behind the value.
    pub after: &'static str,
}

/// How the names of header fields are written: their case means nothing (RFC 9110 5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameStyle {
    /// As the documents and the registry write them: `Content-Type`, `SOAPAction`.
    AsRegistered,
    /// In small letters.
    LowerCase,
    /// Small and capital letters in turn.
    Mixed,
    /// In capital letters.
    UpperCase,
}

impl Default for FieldStyle {
    fn default() -> Self {
        Self { names: NameStyle::LowerCase, before: " ", after: "" }
    }
}

impl FieldStyle {
    /// The usual style, with names like this.
    pub fn named(names: NameStyle) -> Self {
        Self { names, ..Self::default() }
    }

    /// The usual style, with this around values.
    pub fn spaced(before: &'static str, after: &'static str) -> Self {
        Self { before, after, ..Self::default() }
    }

    /// The name of a field in this style.
    pub fn name(&self, name: &str) -> String {
        self.names.write(name)
    }

    /// A field as a line, with its end.
    pub(super) fn line(self, name: &str, value: &str) -> String {
        let Self { names, before, after } = self;
        // Without a value there is nothing to keep apart.
        let before = if value.is_empty() && before == " " { "" } else { before };
        format!("{}:{before}{value}{after}\r\n", names.write(name))
    }
}

impl NameStyle {
    fn write(self, name: &str) -> String {
        match self {
            Self::LowerCase => name.to_owned(),
            Self::UpperCase => name.to_ascii_uppercase(),
            Self::AsRegistered if name.eq_ignore_ascii_case("soapaction") => "SOAPAction".to_owned(),
            Self::AsRegistered => name.split('-').map(capitalised).collect::<Vec<String>>().join("-"),
            Self::Mixed => {
                let turned = |(at, c): (usize, char)| if at % 2 == 0 { c } else { c.to_ascii_uppercase() };
                name.chars().enumerate().map(turned).collect()
            }
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// A place at which the bytes of a request are parted. What means something to a reader is what may go
/// wrong there; to TCP all of them are alike (RFC 9112 2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Before the body.
    Body,
    /// Within the first character of the body that has several bytes.
    Character,
    /// Between CR and LF after the data of the first chunk.
    ChunkEnd,
    /// Within the size of the first chunk.
    ChunkSize,
    /// Between CR and LF of the request line.
    LineEnd,
    /// Within the empty line that ends the head.
    HeadEnd,
    /// Within the method.
    Method,
    /// Within the name of the first field.
    Name,
    /// After each so many bytes.
    Pieces(usize),
    /// Within the head of the second of two requests that are alike.
    Second,
}

impl Cut {
    /// Where this is in a request whose head has so many bytes, as numbers of bytes before it.
    pub(super) fn places(self, bytes: &[u8], head: usize) -> Vec<usize> {
        let after = |from: usize, wanted: &[u8], more: usize| {
            let rest = bytes.get(from..)?;
            rest.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at + more)
        };
        let place = match self {
            Self::Body => Some(head),
            Self::Character => {
                bytes.iter().skip(head).position(|byte| !byte.is_ascii()).map(|at| head + at + 1)
            }
            Self::ChunkEnd => {
                let start = after(head, b"\r\n", 2);
                let size = std::str::from_utf8(&bytes[head..]).ok().and_then(|text| {
                    let digits = text.split(|c: char| !c.is_ascii_hexdigit()).next()?;
                    usize::from_str_radix(digits, 16).ok()
                });
                start.zip(size).map(|(start, size)| start + size + 1)
            }
            Self::ChunkSize => Some(head + 1),
            Self::LineEnd => after(0, b"\r\n", 1),
            Self::HeadEnd => Some(head.saturating_sub(1)),
            Self::Method => Some(2),
            Self::Name => after(0, b"\r\n", 4),
            // Behind its method and a part of its target.
            Self::Second => Some(bytes.len() / 2 + 40),
            Self::Pieces(size) => {
                return (size.max(1)..bytes.len()).step_by(size.max(1)).collect();
            }
        };
        place.into_iter().filter(|at| *at > 0 && *at < bytes.len()).collect()
    }
}
