//! Servers that mistake what comes on a connection: lengths, codings, fields, and where one request ends and the
//! next begins.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Quirk;
use crate::protocol::req;

const fn line(name: &'static str, about: &'static str, killed_by: KilledBy, quirk: Quirk) -> Mutant {
    mutant(name, about, killed_by, Bug::Line(quirk))
}

pub(super) static MUTANTS: &[Mutant] = &[
    line(
        "cuts-any-white-space-around-values",
        "White space of any kind around a value is cut, and a vertical tab is such.",
        by("http/length-after-vertical-tab", req::INVALID_LENGTH),
        Quirk::CutsAnySpace,
    ),
    line(
        "passes-over-blanks-within-length",
        "Blanks within a length are passed over.",
        by("http/length-with-blank", req::INVALID_LENGTH),
        Quirk::BlanksInLength,
    ),
    line(
        "takes-parameters-of-length",
        "What follows a semicolon in a length is a parameter, and passed over.",
        by("http/length-with-parameter", req::INVALID_LENGTH),
        Quirk::LengthParameters,
    ),
    line(
        "reads-length-modulo-32-bits",
        "Of a length the last 32 bits count.",
        by("http/length-right-in-32-bits", req::UNAMBIGUOUS_FRAMING),
        Quirk::LengthWraps,
    ),
    line(
        "takes-chunked-twice-for-once",
        "A body that is said to be in chunks twice is read as one that is in chunks once.",
        by("http/transfer-coding-chunked-twice", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkedOften,
    ),
    line(
        "leaves-out-nulls-within-values",
        "A null within a value is left out.",
        by("http/transfer-coding-with-null", req::FINAL_CODING),
        Quirk::DropsNulls,
    ),
    line(
        "passes-over-codings-of-old-version",
        "Transfer-Encoding in HTTP/1.0 is passed over, and the connection is kept.",
        by("http/chunked-of-version-one-zero", req::LENGTH_BESIDE_CODING),
        Quirk::PassesOverOldCodings,
    ),
    line(
        "takes-underscores-for-hyphens",
        "An underscore in the name of a field is a hyphen.",
        by("field/length-with-underscore", req::SUCCESS_STATUS_2XX),
        Quirk::UnderscoreIsHyphen,
    ),
    line(
        "holds-absolute-targets-against-host",
        "A target that is a URL must be of the host that Host names.",
        by("http/target-absolute-and-other-host", req::SUCCESS_STATUS_2XX),
        Quirk::ComparesHosts,
    ),
    line(
        "reads-no-bodies-of-other-methods",
        "A method that needs no body has none: what comes behind its head is the next request.",
        by("connection/after-get-with-body", req::SHARED_CONNECTION),
        Quirk::NoBodyByMethod,
    ),
    line(
        "stops-reading-at-doctype",
        "What follows a DOCTYPE is not read, and is the next request.",
        by("connection/doctype-between-valid", req::SHARED_CONNECTION),
        Quirk::StopsAtDoctype,
    ),
    line(
        "throws-pipelined-requests-away",
        "What came in one segment behind a request is thrown away.",
        by("connection/pipelined", req::ONE_ANSWER),
        Quirk::DropsPipelined,
    ),
    line(
        "refuses-empty-line-before-request",
        "An empty line before a request is a request line that is none.",
        by("connection/empty-line-first", req::SHARED_CONNECTION),
        Quirk::RefusesEmptyLine,
    ),
    line(
        "ignores-connection-close",
        "A client that asks to close the connection is not heard.",
        by("connection/close-asked", req::SHARED_CONNECTION),
        Quirk::IgnoresClose,
    ),
    line(
        "compares-connection-as-a-whole",
        "Connection says close only if it says nothing else.",
        by("connection/close-asked-in-list", req::SHARED_CONNECTION),
        Quirk::WholeConnection,
    ),
    line(
        "keeps-connections-of-old-version",
        "A connection of HTTP/1.0 is kept though nobody asks for it.",
        by("http/version-one-zero", req::SHARED_CONNECTION),
        Quirk::KeepsOld,
    ),
    line(
        "ends-values-at-nulls",
        "A value ends at its first null.",
        by("http/length-with-null-and-letter", req::INVALID_LENGTH),
        Quirk::EndsAtNull,
    ),
    line(
        "reads-length-in-digits-of-full-width",
        "A length is read in the digits of any script.",
        by("http/length-in-full-width", req::INVALID_LENGTH),
        Quirk::LengthInFullWidth,
    ),
    line(
        "takes-quotes-off-values",
        "The quotes around a value are taken off, whatever field it is of.",
        by("http/length-quoted", req::INVALID_LENGTH),
        Quirk::TakesQuotesOff,
    ),
    line(
        "takes-parameters-of-codings",
        "A parameter of a transfer coding is passed over.",
        by("http/transfer-coding-with-parameter", req::UNAMBIGUOUS_FRAMING),
        Quirk::CodingParameters,
    ),
    line(
        "passes-over-identity",
        "Identity is passed over among transfer codings.",
        by("http/transfer-coding-identity-after-chunked", req::FINAL_CODING),
        Quirk::PassesOverIdentity,
    ),
    line(
        "takes-first-coding-field",
        "Of several Transfer-Encoding fields the first holds.",
        by("http/transfer-coding-after-chunked-in-two-fields", req::FINAL_CODING),
        Quirk::FirstCodingField,
    ),
    line(
        "takes-last-coding-field",
        "Of several Transfer-Encoding fields the last holds.",
        by("http/transfer-coding-before-chunked-in-two-fields", req::UNAMBIGUOUS_FRAMING),
        Quirk::LastCodingField,
    ),
    line(
        "passes-over-empty-codings",
        "A Transfer-Encoding without a value is none.",
        by("http/transfer-coding-empty", req::FINAL_CODING),
        Quirk::PassesOverEmptyCoding,
    ),
    line(
        "looks-for-few-characters-in-host",
        "Host may be anything without blanks, slashes and at signs.",
        by("http/host-with-angle-brackets", req::HOST_FIELD),
        Quirk::FewHostCharacters,
    ),
    line(
        "takes-any-port-of-host",
        "The port of Host may be anything.",
        by("http/host-with-letter-in-port", req::HOST_FIELD),
        Quirk::AnyPort,
    ),
    line(
        "needs-host-first",
        "A request whose first field is another one than Host is refused.",
        by("field/host-last", req::HOST_FIELD),
        Quirk::HostFirst,
    ),
    line(
        "stops-at-length",
        "Fields behind Content-Length are not read.",
        by("field/length-first", req::UNAMBIGUOUS_FRAMING),
        Quirk::StopsAtLength,
    ),
    line(
        "takes-any-version",
        "The version of a request is not looked at.",
        by("http/version-in-small-letters", req::BROKEN_REQUEST_STATUS_4XX),
        Quirk::AnyVersion,
    ),
    line(
        "fails-on-other-versions",
        "Another version of HTTP is a fault of the server's own.",
        by("http/version-two", req::BROKEN_REQUEST_STATUS_4XX),
        Quirk::FailsOnOtherVersion,
    ),
    line(
        "dies-on-latin",
        "A head that is not UTF-8 ends the connection without an answer.",
        by("soap-action/in-latin", req::SOAP_ACTION_NOT_NEEDED),
        Quirk::ClosesOnLatin,
    ),
    line(
        "refuses-blanks-in-extensions",
        "A chunk extension with blanks is refused.",
        by("chunk/extension-between-blanks", req::CHUNKED_REQUEST),
        Quirk::RefusesExtensionBlanks,
    ),
    line(
        "refuses-second-extension",
        "A chunk with two extensions is refused.",
        by("chunk/extensions-two", req::CHUNKED_REQUEST),
        Quirk::RefusesSecondExtension,
    ),
    line(
        "reads-sizes-into-twenty-bytes",
        "The line of a size is read into twenty bytes, and a longer one is refused.",
        by("chunk/extension-of-forty-letters", req::CHUNKED_REQUEST),
        Quirk::ShortSizeLines,
    ),
    line(
        "leaves-second-trailer",
        "One trailer field is read, and a second one is the next request, which is refused.",
        by("chunk/trailers-two", req::ONE_ANSWER),
        Quirk::LeavesSecondTrailer,
    ),
    line(
        "refuses-many-trailers",
        "More than two trailer fields are refused.",
        by("chunk/trailers-ten", req::CHUNKED_REQUEST),
        Quirk::RefusesManyTrailers,
    ),
    line(
        "asks-for-bodies-by-length",
        "100 Continue is sent only where the length of the body is told.",
        by("http/expect-continue-held-in-chunks", req::CONTINUE_SENT),
        Quirk::ContinuesByLength,
    ),
    line(
        "continues-late",
        "100 Continue is sent once more behind the answer.",
        by("connection/expect-continue-at-once", req::ONE_ANSWER),
        Quirk::ContinuesLate,
    ),
    line(
        "drops-bodies-that-come-at-once",
        "What has come of a body is thrown away when it is asked for.",
        by("connection/expect-continue-at-once", req::EXPECT_CONTINUE),
        Quirk::DropsBodyAtOnce,
    ),
    line(
        "waits-for-the-end-without-a-length",
        "A body whose length nothing tells is read to the end of the connection.",
        by("http/length-unsaid", req::UNAMBIGUOUS_FRAMING),
        Quirk::WaitsForEnd,
    ),
    line(
        "keeps-one-pipelined-request",
        "Of what came behind a request one more is kept, and the rest thrown away.",
        by("connection/pipelined-twice", req::ONE_ANSWER),
        Quirk::KeepsOnePipelined,
    ),
    line(
        "drops-parts-of-heads",
        "A head that came in part behind a body is thrown away.",
        by("connection/pipelined-in-parts", req::ONE_ANSWER),
        Quirk::DropsPartOfHead,
    ),
    line(
        "answers-backwards",
        "Two requests of one segment are answered in the wrong order.",
        by("connection/pipelined", req::ONE_ANSWER),
        Quirk::AnswersBackwards,
    ),
    line(
        "keeps-media-types",
        "A request without Content-Type has that of the request before it on its connection.",
        by("connection/no-media-type-after-one", req::UNSUPPORTED_MEDIA_TYPE),
        Quirk::KeepsMediaType,
    ),
    line(
        "knows-close-in-small-letters",
        "A client that asks to Close the connection is not heard.",
        by("connection/close-asked-in-capitals", req::SHARED_CONNECTION),
        Quirk::CloseInSmallLetters,
    ),
    line(
        "hears-first-connection-field",
        "Of several Connection fields the first is heard.",
        by("connection/close-asked-in-second-field", req::SHARED_CONNECTION),
        Quirk::FirstConnection,
    ),
    line(
        "hears-last-connection-field",
        "Of several Connection fields the last is heard.",
        by("connection/close-asked-in-first-field", req::SHARED_CONNECTION),
        Quirk::LastConnection,
    ),
    line(
        "closes-after-faults-without-a-word",
        "The connection is closed after each fault, which does not say so.",
        by("connection/one-answer-to-fault", req::SHARED_CONNECTION),
        Quirk::ClosesFaultsUnsaid,
    ),
    line(
        "closes-after-third-answer-without-a-word",
        "The connection is closed after its third answer, which does not say so.",
        by("connection/third-answer", req::SHARED_CONNECTION),
        Quirk::ClosesThirdUnsaid,
    ),
    line(
        "serves-six-connections",
        "Six connections are served at a time, and the seventh waits for one of them to end.",
        by("connection/slow-senders-by-the-dozen", req::SLOW_REQUEST),
        Quirk::SixConnections,
    ),
];
