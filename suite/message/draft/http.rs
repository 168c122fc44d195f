use super::{Cut, FieldStyle, Framing, Misspelling};
use crate::protocol::{Operation, names};

/// An HTTP request as a draft asks for it. Host, credentials and the path come from the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// Method token.
    pub method: String,
    /// What follows the path of the target, `?` included; empty for nothing.
    pub query: String,
    /// Header fields in order, without Host and Content-Length.
    pub headers: Vec<(String, String)>,
    /// Body before any transfer coding.
    pub body: Vec<u8>,
    /// How the body is framed.
    pub framing: Framing,
    /// Whether the credentials of the run are left out.
    pub anonymous: bool,
    /// How the password of the run's credentials is spelled wrongly, if it is.
    pub misspelled: Option<Misspelling>,
    /// How the header fields are spelled, if that is what the request is about.
    pub fields: Option<FieldStyle>,
    /// Whether the target is an absolute URL (RFC 9112 3.2.2).
    pub absolute: bool,
    /// Where the bytes are parted on their way.
    pub cuts: Vec<Cut>,
    /// Whether a second request follows on the connection, once this one is answered.
    pub followed: bool,
    /// How many plain requests go before it on its connection.
    pub preceded: usize,
}

/// The bytes of a request as they go over a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire {
    /// Everything that is sent.
    pub bytes: Vec<u8>,
    /// Whether the sender closes its side after the last byte.
    pub half_close: bool,
    /// Whether it does so when nothing comes back: what a server makes of a body that is framed in no way
    /// may be more than there is.
    pub gives_up: bool,
    /// Numbers of bytes after which the sender pauses, in order.
    pub cuts: Vec<usize>,
    /// After how many bytes the sender waits until the server has said something, if it does.
    pub held: Option<usize>,
}

/// A request that follows another one: harmless, to be answered at once, and the last one on its connection.
/// `{host}` stands for the host.
pub(crate) const SECOND: &str = "OPTIONS * HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n";

/// The same as one that others follow.
const BETWEEN: &str = "OPTIONS * HTTP/1.1\r\nhost: {host}\r\n\r\n";

impl HttpRequest {
    pub(super) fn post(operation: Operation, body: Vec<u8>) -> Self {
        Self {
            method: "POST".to_owned(),
            query: String::new(),
            headers: vec![
                ("content-type".to_owned(), names::CONTENT_TYPE.to_owned()),
                ("soapaction".to_owned(), format!("\"{}\"", operation.soap_action())),
            ],
            body,
            framing: Framing::Ordinary,
            anonymous: false,
            misspelled: None,
            fields: None,
            absolute: false,
            cuts: Vec::new(),
            followed: false,
            preceded: 0,
        }
    }

    /// Sets a header field in place, adds it, or (with `None`) leaves it out.
    pub fn set_header(&mut self, name: &str, value: Option<String>) {
        let position = self.headers.iter().position(|(known, _)| known.eq_ignore_ascii_case(name));
        match (position, value) {
            (Some(position), Some(value)) => self.headers[position] = (name.to_owned(), value),
            (Some(position), None) => {
                self.headers.remove(position);
            }
            (None, Some(value)) => self.headers.push((name.to_owned(), value)),
            (None, None) => {}
        }
    }

    /// The first value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether nothing is particular about how the request goes over a connection.
    pub fn is_ordinary(&self) -> bool {
        self.framing == Framing::Ordinary
            && self.fields.is_none()
            && !self.absolute
            && !self.followed
            && self.preceded == 0
            && self.cuts.is_empty()
    }

    /// The bytes of this request as its framing asks, for the target at `host`.
    ///
    /// `extra` are header fields of the target's own, credentials among them. In a Host field of the
    /// request `{host}` stands for the host.
    pub fn wire(&self, host: &str, target: &str, extra: &[(String, String)]) -> Wire {
        let version = match self.framing {
            Framing::Version(version) => version,
            _ if self.framing.is_http10() => "HTTP/1.0",
            _ => "HTTP/1.1",
        };
        let before = if self.framing == Framing::EmptyLineFirst { "\r\n" } else { "" };
        let mut head = format!("{before}{} {target} {version}\r\n", self.method);
        let style = self.fields.unwrap_or_default();
        let mut field = |name: &str, value: &str| {
            let value = if name == "host" { value.replace("{host}", host) } else { value.to_owned() };
            head.push_str(&style.line(name, &value));
        };
        let (told, body) = self.framing.frame(&self.body);
        let tells = self.framing != Framing::Ordinary || self.has_body();
        let of_body: Vec<(&str, &str)> =
            told.iter().filter(|_| tells).map(|(name, value)| (*name, value.as_str())).collect();
        let of_host = self.framing.has_host().then_some(("host", host));
        let own = extra.iter().chain(&self.headers).map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<(&str, &str)> = match self.framing {
            Framing::HostLast => own.chain(of_body).chain(of_host).collect(),
            Framing::LengthFirst => of_host.into_iter().chain(of_body).chain(own).collect(),
            _ => of_host.into_iter().chain(own).chain(of_body).collect(),
        };
        for (name, value) in fields {
            field(name, value);
        }
        head.push_str("\r\n");
        let mut bytes: Vec<u8> = match self.framing {
            Framing::Latin => head.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
            _ => head.into_bytes(),
        };
        let length = bytes.len();
        bytes.extend(body);
        match self.framing {
            Framing::Pipelined => bytes.extend(SECOND.replace("{host}", host).as_bytes()),
            Framing::PipelinedAgain => bytes.extend_from_within(..),
            Framing::PipelinedTwice => {
                bytes.extend(format!("{BETWEEN}{SECOND}").replace("{host}", host).as_bytes());
            }
            _ => {}
        }
        let mut cuts: Vec<usize> = self.cuts.iter().flat_map(|cut| cut.places(&bytes, length)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let waits_after = self.framing.is_held().then_some(length);
        let half_close = self.framing.closes_half();
        let gives_up = self.framing.is_broken() && !half_close;
        Wire { bytes, half_close, gives_up, cuts, held: waits_after }
    }

    /// Whether there is a body, or one is expected of the method.
    pub fn has_body(&self) -> bool {
        !self.body.is_empty() || self.method == "POST"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{BesideChunks, ChunkForm, NameStyle};

    fn request(framing: Framing) -> HttpRequest {
        HttpRequest { framing, ..HttpRequest::post(Operation::Disconnect, b"abcdef".to_vec()) }
    }

    fn text(framing: Framing) -> String {
        String::from_utf8(request(framing).wire("h", "/p", &[]).bytes).unwrap()
    }

    #[test]
    fn framings_say_what_they_are_named_for() {
        assert!(text(Framing::Plain).starts_with("POST /p HTTP/1.1\r\nhost: h\r\n"));
        assert!(text(Framing::Chunked(4)).ends_with("\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n"));
        assert!(text(Framing::LengthShort(2)).contains("content-length: 4\r\n"));
        assert!(request(Framing::LengthLong(2)).wire("h", "/p", &[]).half_close);
        assert!(!text(Framing::NoHost).contains("host:"));
        let lengths = Framing::LengthText(vec!["{length}".into(), "+{half}".into()]);
        assert!(text(lengths).contains("content-length: 6\r\ncontent-length: +3\r\n"));
        assert!(text(Framing::Http10).starts_with("POST /p HTTP/1.0\r\n"));
        let form = ChunkForm::PLAIN.before("{wide};a=b\n").after("").last("{size}");
        assert!(text(Framing::ChunkedAs(form)).ends_with("\r\n\r\n0000000000000006;a=b\nabcdef{size}"));
        let coded = "6\r\nabcdef\r\n0\r\n\r\n";
        let both = text(Framing::LengthAndChunked(BesideChunks::Coded));
        assert!(both.contains(&format!("content-length: {}\r\ntransfer-encoding: chunked", coded.len())));
        assert!(both.ends_with(coded));
    }

    #[test]
    fn heads_are_written_in_unusual_ways() {
        assert!(text(Framing::Version("http/1.1")).starts_with("POST /p http/1.1\r\n"));
        assert!(text(Framing::HostLast).ends_with("content-length: 6\r\nhost: h\r\n\r\nabcdef"));
        assert!(text(Framing::LengthFirst).contains("HTTP/1.1\r\nhost: h\r\ncontent-length: 6\r\n"));
        assert!(!text(Framing::LengthUnsaid).contains("content-length"));
        assert!(text(Framing::length_text("{wide}")).contains("content-length: \u{FF16}\r\n"));
        let again = text(Framing::PipelinedAgain);
        assert_eq!(again.matches("POST /p HTTP/1.1\r\n").count(), 2);
        assert_eq!(text(Framing::PipelinedTwice).matches("OPTIONS * HTTP/1.1\r\n").count(), 2);
        let held = request(Framing::HeldChunked).wire("h", "/p", &[]);
        assert!(held.held.is_some_and(|first| held.bytes[first..].starts_with(b"6\r\nabcdef")));
        let mut latin = request(Framing::Latin);
        latin.set_header("soapaction", Some("\u{E9}".into()));
        let latin = latin.wire("h", "/p", &[]);
        assert!(latin.bytes.windows(5).any(|window| window == b": \xE9\r\n"));
    }

    #[test]
    fn fields_are_spelled_as_asked() {
        let spelled = |fields| {
            let request = HttpRequest { fields: Some(fields), ..request(Framing::Plain) };
            String::from_utf8(request.wire("h", "/p", &[]).bytes).unwrap()
        };
        let named = |names| spelled(FieldStyle::named(names));
        assert!(named(NameStyle::AsRegistered).contains("Content-Type: text"));
        assert!(named(NameStyle::AsRegistered).contains("\r\nSOAPAction: \""));
        assert!(named(NameStyle::UpperCase).contains("\r\nHOST: h\r\n"));
        assert!(named(NameStyle::Mixed).contains("\r\nhOsT: h\r\n"));
        assert!(spelled(FieldStyle::spaced("", "\t")).contains("\r\nhost:h\t\r\n"));
    }

    #[test]
    fn bytes_are_parted_where_it_may_matter() {
        let parted = |framing, body: &str, cut| {
            let mut request = HttpRequest { cuts: vec![cut], ..request(framing) };
            request.body = body.as_bytes().to_vec();
            let wire = request.wire("h", "/p", &[]);
            let starts: Vec<String> = wire
                .cuts
                .iter()
                .map(|at| String::from_utf8_lossy(&wire.bytes[*at..]).chars().take(4).collect())
                .collect();
            starts.join(" ")
        };
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::Body), "abcd");
        assert_eq!(parted(Framing::Plain, "abc\u{E9}f", Cut::Character), "\u{FFFD}f");
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::Character), "");
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::Method), "ST /");
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::LineEnd), "\nhos");
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::Name), "st: ");
        assert_eq!(parted(Framing::Plain, "abcdef", Cut::HeadEnd), "\nabc");
        let body = "abcdefghijklmnopq";
        assert_eq!(parted(Framing::Chunked(99), body, Cut::ChunkSize), "1\r\na");
        assert_eq!(parted(Framing::Chunked(99), body, Cut::ChunkEnd), "\n0\r\n");
        assert_eq!(parted(Framing::PipelinedAgain, body, Cut::Second).len(), 4);
        assert!(parted(Framing::Plain, body, Cut::Pieces(40)).split(' ').count() > 3);
    }

    #[test]
    fn headers_are_set_in_place() {
        let mut request = request(Framing::Ordinary);
        request.set_header("SOAPAction", Some("x".into()));
        assert_eq!(request.header("soapaction"), Some("x"));
        request.set_header("Content-Type", None);
        assert_eq!(request.headers.len(), 1);
    }
}
