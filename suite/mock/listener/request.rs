use crate::evidence::FlawedLine;

/// How a request came over its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrival {
    /// How many requests came before it on the connection.
    pub before: usize,
    /// Whether its bytes came in several pieces.
    pub parted: bool,
}

/// A request as the service sees it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `1.0` or `1.1`.
    pub version: &'a str,
    /// Method token.
    pub method: &'a str,
    /// Path without query.
    pub path: &'a str,
    /// Query without `?`.
    pub query: Option<&'a str>,
    /// Whether the target was in absolute form, with scheme and host, as a proxy is asked in.
    pub is_absolute: bool,
    /// Header fields in order, as they came.
    pub headers: &'a [(String, String)],
    /// Body after transfer coding.
    pub body: &'a [u8],
    /// How it came over its connection.
    pub arrival: Arrival,
    /// What is wrong with its head and framing, where it was read all the same
    /// ([`React::takes_flawed`](super::React::takes_flawed)).
    pub flaws: &'a [FlawedLine],
}

impl<'a> Request<'a> {
    /// The value of a header field that stands once. A field that may stand once and stands twice
    /// is as good as none.
    pub fn field(&self, name: &str) -> Option<&'a str> {
        let mut values = self.fields(name);
        values.next().filter(|_| values.next().is_none())
    }

    /// Every value of a header field.
    pub fn fields(&self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = move |(known, value): &'a (String, String)| {
            known.eq_ignore_ascii_case(name).then_some(value.as_str())
        };
        self.headers.iter().filter_map(named)
    }
}
