//! HTTP/1 messages as bytes (RFC 9112): what all our readers of them have in common, answers and
//! requests alike. Pure functions of what has come so far; what to make of a message that is wrong is
//! left to each reader.

/// Longest chunk-size line, and all trailer fields together, in bytes.
pub(crate) const MAX_CHUNK_LINE: usize = 16_384;

/// A head that HTTP does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotHttp;

/// Header fields in order, as they came.
pub(crate) type Fields = Vec<(String, String)>;

/// The head of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerHead {
    /// `1.0` or `1.1`.
    pub(crate) version: &'static str,
    pub(crate) status: u16,
    pub(crate) fields: Fields,
    /// Bytes that it takes, with the empty line at its end.
    pub(crate) length: usize,
}

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestHead {
    /// `1.0` or `1.1`; what else stands there where it was read all the same.
    pub(crate) version: String,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) fields: Fields,
}

/// The head of the answer that these bytes begin with, of at most so many fields; `None` while its end
/// has not come. What a line that is folded was is replaced by blanks, as a user agent must (RFC 9112 5.2).
pub(crate) fn answer_head(bytes: &[u8], most_fields: usize) -> Result<Option<AnswerHead>, NotHttp> {
    let mut fields = vec![httparse::EMPTY_HEADER; most_fields];
    let mut answer = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    config.allow_obsolete_multiline_headers_in_responses(true);
    match config.parse_response(&mut answer, bytes) {
        Ok(httparse::Status::Partial) => Ok(None),
        Ok(httparse::Status::Complete(length)) => Ok(Some(AnswerHead {
            version: version(answer.version),
            status: answer.code.unwrap_or_default(),
            fields: owned(answer.headers),
            length,
        })),
        Err(_) => Err(NotHttp),
    }
}

/// The head of a request, all of it, of at most so many fields.
pub(crate) fn request_head(bytes: &[u8], most_fields: usize) -> Result<RequestHead, NotHttp> {
    let mut fields = vec![httparse::EMPTY_HEADER; most_fields];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => Ok(RequestHead {
            version: version(request.version).to_owned(),
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or("/").to_owned(),
            fields: owned(request.headers),
        }),
        Ok(httparse::Status::Partial) | Err(_) => Err(NotHttp),
    }
}

fn version(minor: Option<u8>) -> &'static str {
    if minor == Some(0) { "1.0" } else { "1.1" }
}

fn owned(fields: &[httparse::Header<'_>]) -> Fields {
    let owned = |field: &httparse::Header<'_>| {
        (field.name.to_owned(), String::from_utf8_lossy(field.value).replace(['\r', '\n'], " "))
    };
    fields.iter().map(owned).collect()
}

/// Every value of a header field, without white space around it.
pub(crate) fn values<'a>(fields: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    fields.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// Where the body of an answer ends, by its head (RFC 9112 6.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyEnd {
    /// With the last chunk.
    Chunks,
    /// With the connection.
    Close,
    /// After this many bytes.
    Length(usize),
    /// Lengths are told that differ or are no numbers: the first of them, if that is one.
    Unclear(Option<usize>),
}

/// Where the body of an answer with these fields ends.
pub(crate) fn body_end(fields: &[(String, String)]) -> BodyEnd {
    let codings = values(fields, "transfer-encoding").flat_map(|value| value.split(',')).map(str::trim);
    if codings.last().is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        return BodyEnd::Chunks;
    }
    // A list of one number, again and again, may be read as that number (RFC 9110 8.6).
    let mut lengths = values(fields, "content-length").flat_map(|value| value.split(',')).map(str::trim);
    let Some(first) = lengths.next() else { return BodyEnd::Close };
    let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
    match first.parse() {
        Ok(length) if is_number && lengths.all(|other| other == first) => BodyEnd::Length(length),
        // A number with a plus sign is none, and everybody knows which is meant.
        first => BodyEnd::Unclear(first.ok()),
    }
}

/// Whether this can be the value of a Host field (RFC 9112 3.2, RFC 3986 3.2.2): a name or an address,
/// and a port.
pub(crate) fn is_host(value: &str) -> bool {
    let (host, port) = match value.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (value, ""),
    };
    let of_name = |c: char| c.is_ascii_alphanumeric() || "-._~%!$&'()*+,;=".contains(c);
    let of_address = |c: char| c.is_ascii_hexdigit() || ":.v".contains(c);
    let is_address = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|inner| inner.chars().all(of_address));
    (is_address || host.chars().all(of_name)) && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// A body in chunks (RFC 9112 7.1), as it comes.
#[derive(Debug)]
pub(crate) struct Chunks {
    body: Vec<u8>,
    most: usize,
    padded_size: Option<Vec<u8>>,
    wrong_end: Option<([u8; 2], usize)>,
}

/// How far the chunks of a body have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    /// The size line of the last chunk has come; trailer fields and an empty line follow.
    Last,
    /// What should be the size of a chunk is none, or its line is longer than [`MAX_CHUNK_LINE`].
    Malformed,
    /// More bytes are needed.
    Partial,
    /// The body is longer than it may be.
    TooLong,
}

impl Chunks {
    /// A body of at most so many bytes, of which nothing has come.
    pub(crate) fn new(most: usize) -> Self {
        Self { body: Vec::new(), most, padded_size: None, wrong_end: None }
    }

    /// How many bytes have come, without what stands around the chunks.
    pub(crate) fn length(&self) -> usize {
        self.body.len()
    }

    /// The first line of a size behind whose digits stands white space and nothing else, which HTTP has not
    /// (RFC 9112 7.1) and everybody passes over.
    pub(crate) fn padded_size(&self) -> Option<&[u8]> {
        self.padded_size.as_deref()
    }

    /// The first two bytes that stood in place of a line end behind the data of a chunk, and how many bytes of
    /// the body had come by then.
    pub(crate) fn wrong_end(&self) -> Option<([u8; 2], usize)> {
        self.wrong_end
    }

    /// What has come, chunk by chunk.
    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Takes every chunk that has come whole; how many bytes these are. Where this fails, they end before the
    /// chunk that is the reason.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> (Progress, usize) {
        let mut taken = 0;
        let progress = loop {
            let rest = bytes.get(taken..).unwrap_or_default();
            match httparse::parse_chunk_size(rest) {
                Ok(httparse::Status::Complete((start, size))) => {
                    if self.padded_size.is_none() && is_padded(&rest[..start]) {
                        self.padded_size = Some(rest[..start].to_vec());
                    }
                    if size == 0 {
                        taken += start;
                        break Progress::Last;
                    }
                    let room = self.most.saturating_sub(self.body.len());
                    let Some(size) = usize::try_from(size).ok().filter(|&size| size <= room) else {
                        break Progress::TooLong;
                    };
                    // The line end after the data is counted; what else stands there is told apart.
                    let Some(end) = start.checked_add(size).and_then(|end| end.checked_add(2)) else {
                        break Progress::TooLong;
                    };
                    if rest.len() < end {
                        break Progress::Partial;
                    }
                    self.body.extend_from_slice(&rest[start..start + size]);
                    let line_end = [rest[end - 2], rest[end - 1]];
                    if line_end != *b"\r\n" {
                        self.wrong_end.get_or_insert((line_end, self.body.len()));
                    }
                    taken += end;
                }
                Ok(httparse::Status::Partial) if rest.len() < MAX_CHUNK_LINE => break Progress::Partial,
                Ok(httparse::Status::Partial) | Err(_) => break Progress::Malformed,
            }
        };
        (progress, taken)
    }
}

/// Whether blanks stand between the digits of a size and the end of its line.
fn is_padded(line: &[u8]) -> bool {
    let line = line.strip_suffix(b"\r\n").unwrap_or(line);
    let digits = line.trim_ascii_end();
    digits.len() < line.len() && digits.iter().all(u8::is_ascii_hexdigit)
}

/// How many bytes the trailer fields that a buffer begins with take, with the empty line after them
/// (RFC 9112 7.1.2); `None` while that has not come.
pub(crate) fn trailer_length(buffer: &[u8]) -> Option<usize> {
    if buffer.starts_with(b"\r\n") {
        return Some(2);
    }
    buffer.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHUNKED: &[u8] = b"3;a=b\r\nabc\r\n1\r\nd\r\n0\r\nx: y\r\n\r\nrest";

    fn fields(fields: &[(&str, &str)]) -> Fields {
        fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn the_head_of_an_answer_is_read_once_it_is_whole() {
        let bytes = b"HTTP/1.0 500 -\r\nContent-Type: text/xml\r\nx:\r\n\r\n<";
        for end in 0..bytes.len() - 1 {
            assert_eq!(answer_head(&bytes[..end], 2), Ok(None), "{end}");
        }
        let head = answer_head(bytes, 2).unwrap().unwrap();
        assert_eq!((head.version, head.status, head.length), ("1.0", 500, bytes.len() - 1));
        assert_eq!(head.fields, fields(&[("Content-Type", "text/xml"), ("x", "")]));
        assert_eq!(answer_head(bytes, 1), Err(NotHttp), "more fields than may be");
        assert_eq!(answer_head(b"220 mail.example ESMTP\r\n", 2), Err(NotHttp));
    }

    #[test]
    fn a_folded_line_of_an_answer_is_one_and_of_a_request_none() {
        let head = answer_head(b"HTTP/1.1 200 -\r\na: b;\r\n\tc\r\n\r\n", 1).unwrap().unwrap();
        assert_eq!(head.fields, fields(&[("a", "b;  \tc")]));
        assert_eq!(request_head(b"POST / HTTP/1.1\r\na: b;\r\n\tc\r\n\r\n", 1), Err(NotHttp));
    }

    #[test]
    fn the_head_of_a_request_is_all_there_or_none() {
        let head = request_head(b"POST /a?b HTTP/1.1\r\nhost: x\r\n\r\n", 1).unwrap();
        assert_eq!((&*head.version, &*head.method, &*head.target), ("1.1", "POST", "/a?b"));
        assert_eq!(head.fields, fields(&[("host", "x")]));
        for broken in [&b"POST / HTTP/1.1\r\nhost"[..], b"\r\n\r\n", b"POST /\r\n\r\n", b""] {
            assert_eq!(request_head(broken, 1), Err(NotHttp));
        }
    }

    #[test]
    fn the_end_of_a_body_is_where_its_head_says() {
        let end = |known: &[(&str, &str)]| body_end(&fields(known));
        assert_eq!(end(&[]), BodyEnd::Close);
        assert_eq!(end(&[("content-length", " 7 ")]), BodyEnd::Length(7));
        assert_eq!(end(&[("Content-Length", "7"), ("content-length", "7")]), BodyEnd::Length(7));
        assert_eq!(end(&[("content-length", "7"), ("content-length", "8")]), BodyEnd::Unclear(Some(7)));
        assert_eq!(end(&[("content-length", "7, 7")]), BodyEnd::Length(7));
        assert_eq!(end(&[("content-length", "7, 8")]), BodyEnd::Unclear(Some(7)));
        assert_eq!(end(&[("content-length", "-1")]), BodyEnd::Unclear(None));
        assert_eq!(end(&[("content-length", "+1")]), BodyEnd::Unclear(Some(1)));
        assert_eq!(end(&[("content-length", "")]), BodyEnd::Unclear(None));
        assert_eq!(end(&[("content-length", "99999999999999999999")]), BodyEnd::Unclear(None));
        assert_eq!(end(&[("transfer-encoding", "Chunked"), ("content-length", "7")]), BodyEnd::Chunks);
        assert_eq!(end(&[("transfer-encoding", "gzip, chunked")]), BodyEnd::Chunks);
        for unknown in ["x-unknown", "xchunked", "chunkedx", "chunked, x"] {
            assert_eq!(end(&[("transfer-encoding", unknown)]), BodyEnd::Close, "{unknown}");
        }
    }

    #[test]
    fn hosts_are_told_from_what_is_none() {
        for host in ["", "um.example", "127.0.0.1:8080", "[::1]:80", "[::1]", "um.example:"] {
            assert!(is_host(host), "{host}");
        }
        for other in ["um example", "um.example/x", "me@um.example", "um.example:80x", "[x]"] {
            assert!(!is_host(other), "{other}");
        }
    }

    fn take(chunks: &mut Chunks, buffer: &mut Vec<u8>) -> Progress {
        let (progress, taken) = chunks.take(buffer);
        buffer.drain(..taken);
        progress
    }

    /// Wherever the bytes are cut on their way.
    #[test]
    fn chunks_are_taken_as_they_come() {
        for first in 0..CHUNKED.len() {
            let mut chunks = Chunks::new(4);
            let mut buffer = CHUNKED[..first].to_vec();
            let mut progress = take(&mut chunks, &mut buffer);
            buffer.extend_from_slice(&CHUNKED[first..]);
            if progress == Progress::Partial {
                progress = take(&mut chunks, &mut buffer);
            }
            assert_eq!(progress, Progress::Last, "cut at {first}");
            assert_eq!(chunks.into_body(), b"abcd");
            assert_eq!(trailer_length(&buffer), Some(8));
            assert_eq!(&buffer[8..], b"rest");
        }
    }

    #[test]
    fn the_buffer_is_left_at_the_chunk_that_is_wrong() {
        for (wrong, progress) in [
            ("xyz\r\nab\r\n", Progress::Malformed),
            ("2\r\nef\r\n", Progress::TooLong),
            ("ffffffffffffffff\r\n", Progress::TooLong),
            ("fffffffffffffffff\r\n", Progress::Malformed),
            ("1\r\ne\r", Progress::Partial),
            ("1", Progress::Partial),
            ("", Progress::Partial),
        ] {
            let mut chunks = Chunks::new(3);
            let mut buffer = format!("2\r\nab\r\n{wrong}").into_bytes();
            assert_eq!(take(&mut chunks, &mut buffer), progress, "{wrong}");
            assert_eq!((&*chunks.into_body(), &*buffer), (&b"ab"[..], wrong.as_bytes()));
        }
    }

    #[test]
    fn what_stands_in_place_of_a_line_end_is_told() {
        let mut chunks = Chunks::new(9);
        assert_eq!(chunks.take(b"2\r\nabXX1\r\ncYY0\r\n").0, Progress::Last);
        assert_eq!(chunks.wrong_end(), Some((*b"XX", 2)));
        let mut chunks = Chunks::new(9);
        chunks.take(b"2\r\nab\r\n");
        assert_eq!(chunks.wrong_end(), None);
    }

    #[test]
    fn a_size_line_does_not_grow_for_ever() {
        let bytes = format!("1;{}", "x".repeat(MAX_CHUNK_LINE)).into_bytes();
        assert_eq!(Chunks::new(9).take(&bytes), (Progress::Malformed, 0));
        assert_eq!(Chunks::new(usize::MAX).take(b"fffffffffffffffe\r\n"), (Progress::TooLong, 0));
    }

    /// What means something to a reader of HTTP, in every order of five.
    #[test]
    fn no_bytes_make_a_reader_panic() {
        const PARTS: [&[u8]; 9] =
            [b"HTTP/1.1 200 ", b"\r\n", b"\n", b"0", b"f", b";", b":", b" ", &[0xFF, 0]];
        for mut number in 0..9_usize.pow(5) {
            let mut bytes = Vec::new();
            for _ in 0..5 {
                bytes.extend_from_slice(PARTS[number % 9]);
                number /= 9;
            }
            let _ = answer_head(&bytes, 1);
            let _ = request_head(&bytes, 1);
            let _ = trailer_length(&bytes);
            let _ = Chunks::new(8).take(&bytes);
        }
    }
}
