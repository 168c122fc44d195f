//! How the body of a request is framed (RFC 9112 6 and 7).

/// How the body of a request is framed.
///
/// Everything but [`Framing::Ordinary`] goes over a connection exactly as it is written here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Framing {
    /// Content-Length, by whatever sends the request.
    Ordinary,
    /// Content-Length, on a connection whose bytes are kept.
    Plain,
    /// An HTTP/1.0 request with Content-Length.
    Http10,
    /// An HTTP/1.0 request in one chunk, which that version does not know (RFC 9112 6.1), with a
    /// Content-Length of all that is sent.
    Http10Chunked,
    /// An HTTP/1.0 request with Content-Length and without Host.
    Http10NoHost,
    /// Chunked, in chunks of this many bytes.
    Chunked(usize),
    /// Chunked in one chunk that is written in this way.
    ChunkedAs(ChunkForm),
    /// Chunked without the last chunk.
    ChunkedUnfinished,
    /// One chunk as [`ChunkForm::PLAIN`], without any field that says so.
    ChunkedUnsaid,
    /// A chunk size of more than 64 bits.
    ChunkedOverflow,
    /// One chunk under this Transfer-Encoding, which HTTP allows or not.
    Coded(&'static str, bool),
    /// As [`Framing::Plain`], behind an empty line (RFC 9112 2.2).
    EmptyLineFirst,
    /// With `Expect: 100-continue`: the body follows only when the server has said something.
    Held,
    /// As [`Framing::Held`], in one chunk.
    HeldChunked,
    /// As [`Framing::Plain`], with Host behind all other fields (RFC 9110 5.3).
    HostLast,
    /// As [`Framing::Plain`], with the head in Latin-1: a character up to U+00FF is one byte.
    Latin,
    /// As [`Framing::Plain`], with Content-Length before all fields but Host (RFC 9110 5.3).
    LengthFirst,
    /// Content-Length too short by this many bytes.
    LengthShort(usize),
    /// Content-Length too long by this many bytes; the sender then stops sending.
    LengthLong(usize),
    /// Content-Length fields with these values, in which [`LengthText`](Self::length_text) tokens stand
    /// for the true length.
    LengthText(Vec<String>),
    /// No field that tells of a body, of which there is none then (RFC 9112 6.3).
    LengthUnsaid,
    /// One chunk, and Content-Length beside Transfer-Encoding.
    LengthAndChunked(BesideChunks),
    /// No Host field.
    NoHost,
    /// As [`Framing::Plain`], with a second request behind it in the same segment (RFC 9112 9.3.2).
    Pipelined,
    /// As [`Framing::Plain`], with the same request behind it in the same segment.
    PipelinedAgain,
    /// As [`Framing::Pipelined`], with two requests behind it.
    PipelinedTwice,
    /// As [`Framing::Plain`], with this in place of `HTTP/1.1`.
    Version(&'static str),
    /// As [`Framing::Plain`], and after the answer the connection is watched for what else comes.
    Watched,
}

/// What Content-Length says beside `Transfer-Encoding: chunked`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BesideChunks {
    /// The bytes of the body without its coding.
    Body,
    /// The bytes of the body with its coding.
    Coded,
    /// Half of the body.
    Half,
    /// Half of the body, in a field that follows Transfer-Encoding.
    HalfAfter,
}

/// How a body in chunks is written, in one unless it says otherwise. `{size}` stands for the size in small hexadecimal digits,
/// `{SIZE}` in capital ones, `{parted}` with an underscore behind the first digit, and `{wide}` for
/// sixteen digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkForm {
    /// What stands before the data.
    pub before: &'static str,
    /// What follows the data.
    pub after: &'static str,
    /// The last chunk and what follows it.
    pub last: &'static str,
    /// Most bytes of a chunk.
    pub most: usize,
    /// Whether HTTP allows it.
    pub lawful: bool,
}

impl ChunkForm {
    /// As RFC 9112 7.1 writes it.
    pub const PLAIN: Self =
        Self { before: "{size}\r\n", after: "\r\n", last: "0\r\n\r\n", most: usize::MAX, lawful: true };

    /// The same, with this in place of the size line.
    #[must_use]
    pub const fn before(self, before: &'static str) -> Self {
        Self { before, ..self }
    }

    /// The same, with this after the data.
    #[must_use]
    pub const fn after(self, after: &'static str) -> Self {
        Self { after, ..self }
    }

    /// The same, with this for the last chunk and what follows.
    #[must_use]
    pub const fn last(self, last: &'static str) -> Self {
        Self { last, ..self }
    }

    /// The same, as a form that HTTP does not allow.
    #[must_use]
    pub const fn broken(self) -> Self {
        Self { lawful: false, ..self }
    }

    /// The same, in chunks of at most so many bytes.
    #[must_use]
    pub const fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    fn write(self, body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(body.len() + 64);
        for chunk in body.chunks(self.most.max(1)) {
            bytes.extend(self.line(chunk.len()).as_bytes());
            bytes.extend(chunk);
            bytes.extend(self.after.as_bytes());
        }
        bytes.extend(self.last.as_bytes());
        bytes
    }

    fn line(self, length: usize) -> String {
        let size = format!("{length:x}");
        self.before
            .replace("{size}", &size)
            .replace("{SIZE}", &size.to_ascii_uppercase())
            .replace("{parted}", &parted(&size))
            .replace("{wide}", &format!("{length:016x}"))
    }
}

/// A number with an underscore behind its first digit, as some languages write it.
fn parted(number: &str) -> String {
    let (first, rest) = number.split_at(1);
    format!("{first}_{rest}")
}

/// A number in the digits of full width, which stand in the order of ASCII.
fn in_full_width(number: &str) -> String {
    number.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)).collect()
}

impl Framing {
    /// Whether the body is framed in a way that HTTP does not allow, or never ends.
    pub fn is_broken(&self) -> bool {
        match self {
            Self::Ordinary
            | Self::Plain
            | Self::EmptyLineFirst
            | Self::Http10
            | Self::Http10NoHost
            | Self::Chunked(_)
            | Self::Held
            | Self::HeldChunked
            | Self::HostLast
            | Self::Latin
            | Self::LengthFirst
            | Self::LengthUnsaid
            | Self::NoHost
            | Self::Pipelined
            | Self::PipelinedAgain
            | Self::PipelinedTwice
            | Self::Version(_)
            | Self::Watched => false,
            Self::ChunkedAs(form) => !form.lawful,
            Self::Coded(_, lawful) => !lawful,
            Self::ChunkedUnfinished
            | Self::ChunkedUnsaid
            | Self::ChunkedOverflow
            | Self::Http10Chunked
            | Self::LengthShort(_)
            | Self::LengthLong(_)
            | Self::LengthText(_)
            | Self::LengthAndChunked(_) => true,
        }
    }

    /// How many requests follow in the same segment.
    pub fn requests_behind(&self) -> usize {
        match self {
            Self::Pipelined | Self::PipelinedAgain => 1,
            Self::PipelinedTwice => 2,
            _ => 0,
        }
    }

    /// Whether the body is held back until the server has said something.
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Held | Self::HeldChunked)
    }

    /// Whether the request is one of HTTP/1.0.
    pub fn is_http10(&self) -> bool {
        matches!(self, Self::Http10 | Self::Http10Chunked | Self::Http10NoHost)
    }

    /// Whether the request says where it goes by a Host field of its own accord.
    pub(super) fn has_host(&self) -> bool {
        !matches!(self, Self::NoHost | Self::Http10NoHost)
    }

    /// One Content-Length field of this text. `{length}` stands for the true length, `{hex}` for it in
    /// hexadecimal digits, `{parted}` for it with an underscore, `{spaced}` for it with a blank, `{wide}` for it
    /// in digits of full width, `{half}` for half of it, `{beyond32}` and `{beyond64}` for it and 2 to the power of
    /// 32 or 64.
    pub fn length_text(text: &str) -> Self {
        Self::LengthText(vec![text.to_owned()])
    }

    /// The header fields that tell of this body, and the bytes of it.
    pub(super) fn frame(&self, body: &[u8]) -> (Vec<(&'static str, String)>, Vec<u8>) {
        let length = body.len();
        let said = |value: String| vec![("content-length", value)];
        let chunked = || ("transfer-encoding", "chunked".to_owned());
        match self {
            Self::Chunked(size) => (vec![chunked()], ChunkForm::PLAIN.most(*size).write(body)),
            Self::HeldChunked => (vec![chunked()], ChunkForm::PLAIN.write(body)),
            Self::ChunkedAs(form) => (vec![chunked()], form.write(body)),
            Self::Coded(coding, _) => {
                (vec![("transfer-encoding", (*coding).to_owned())], ChunkForm::PLAIN.write(body))
            }
            Self::ChunkedUnsaid => (Vec::new(), ChunkForm::PLAIN.write(body)),
            Self::LengthUnsaid => (Vec::new(), body.to_vec()),
            Self::ChunkedOverflow => (vec![chunked()], [b"FFFFFFFFFFFFFFFFFF\r\n", body].concat()),
            Self::ChunkedUnfinished => (vec![chunked()], ChunkForm::PLAIN.last("").write(body)),
            Self::LengthShort(less) => (said(length.saturating_sub(*less).to_string()), body.to_vec()),
            Self::LengthLong(more) => (said((length + more).to_string()), body.to_vec()),
            Self::LengthText(texts) => {
                let filled = |text: &String| {
                    text.replace("{length}", &length.to_string())
                        .replace("{hex}", &format!("{length:x}"))
                        .replace("{parted}", &parted(&length.to_string()))
                        .replace("{spaced}", &parted(&length.to_string()).replace('_', " "))
                        .replace("{wide}", &in_full_width(&length.to_string()))
                        .replace("{half}", &(length / 2).to_string())
                        .replace("{beyond32}", &((1_u128 << 32) + length as u128).to_string())
                        .replace("{beyond64}", &((1_u128 << 64) + length as u128).to_string())
                };
                (texts.iter().map(|text| ("content-length", filled(text))).collect(), body.to_vec())
            }
            Self::Http10Chunked => {
                let coded = ChunkForm::PLAIN.write(body);
                let mut fields = said(coded.len().to_string());
                fields.push(chunked());
                (fields, coded)
            }
            Self::LengthAndChunked(beside) => {
                let coded = ChunkForm::PLAIN.write(body);
                let value = match beside {
                    BesideChunks::Body => length,
                    BesideChunks::Coded => coded.len(),
                    BesideChunks::Half | BesideChunks::HalfAfter => length / 2,
                };
                let mut fields = said(value.to_string());
                fields.push(chunked());
                if *beside == BesideChunks::HalfAfter {
                    fields.reverse();
                }
                (fields, coded)
            }
            Self::Ordinary
            | Self::EmptyLineFirst
            | Self::Plain
            | Self::Held
            | Self::HostLast
            | Self::Http10
            | Self::Http10NoHost
            | Self::Latin
            | Self::LengthFirst
            | Self::NoHost
            | Self::Pipelined
            | Self::PipelinedAgain
            | Self::PipelinedTwice
            | Self::Version(_)
            | Self::Watched => (said(length.to_string()), body.to_vec()),
        }
    }

    /// Whether the sender says by closing its side that no more comes. A server may wait for what a head
    /// announces: the end of the stream tells it that it waits in vain.
    pub(super) fn closes_half(&self) -> bool {
        match self {
            Self::LengthLong(_) | Self::ChunkedOverflow | Self::ChunkedUnfinished => true,
            Self::LengthText(texts) => texts.iter().any(|text| {
                let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                is_number || text.starts_with("{beyond")
            }),
            _ => false,
        }
    }
}
