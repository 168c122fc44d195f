//! What a listener does with a request: the answers that a case for clients is made of.

/// A response of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<(&'static str, String)>,
    /// Body.
    pub body: Vec<u8>,
}

/// What a server does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// Sends this response.
    Answer(Response),
    /// Closes the connection without a word.
    Close,
    /// Closes the connection, and takes no further one.
    Die,
    /// Sends these bytes as soon as the head of the request is there, takes the rest of it, and closes the
    /// connection.
    Early(Vec<u8>),
    /// Keeps the connection open and says nothing.
    Hang,
    /// Sends these bytes, whatever they are, and waits for another request on the same connection.
    Keep(Vec<u8>),
    /// Sends these pieces, whatever they are, each in a segment of its own, and closes the connection.
    Pieces(Vec<Vec<u8>>),
    /// Sends these bytes, whatever they are, and closes the connection.
    Raw(Vec<u8>),
    /// Resets the connection.
    Reset,
    /// Sends this response, but not as it should go over the line.
    Spoil(Response, Spoil),
}

/// How a response goes over the line in a wrong way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Spoil {
    /// The connection closes within the body.
    CloseInBody,
    /// The connection closes within the head.
    CloseInHead,
    /// A byte of the body every so often.
    Drip,
    /// After the body come blanks, without end.
    EndlessBody,
    /// Chunks of blanks come, without end.
    EndlessChunks,
    /// Header fields come, without end.
    EndlessHead,
    /// The body stops, and the connection stays open.
    HangInBody,
    /// The head stops, and the connection stays open.
    HangInHead,
    /// Content-Length is larger than the body.
    LengthLong,
    /// Content-Length is larger than the body, and the connection stays open.
    LengthLongOpen,
    /// Content-Length is smaller than the body.
    LengthShort,
    /// The connection is reset within the body.
    ResetInBody,
    /// The response comes in small pieces, and whole before long.
    Slow,
    /// The response comes twice.
    Twice,
}

impl Response {
    /// A response without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }
}

impl From<Response> for Reaction {
    fn from(response: Response) -> Self {
        Self::Answer(response)
    }
}
