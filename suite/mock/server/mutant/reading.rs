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
        by("http/transfer-coding-after-vertical-tab", req::FINAL_CODING),
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
];
