//! Servers that mistake the bytes of a connection: lines, lengths, chunks and segments, in what they read
//! and in what they write.

use super::bug::{Bug, Mutant, mutant};
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::listener::Quirk;
use crate::protocol::req;

const fn line(name: &'static str, about: &'static str, killed_by: KilledBy, quirk: Quirk) -> Mutant {
    mutant(name, about, killed_by, Bug::Line(quirk))
}

pub(super) static MUTANTS: &[Mutant] = &[
    line(
        "answers-head-with-body",
        "HEAD is answered with a body.",
        by("connection/after-head", req::UNAMBIGUOUS_FRAMING),
        Quirk::AnswersHeadWithBody,
    ),
    line(
        "forgets-bodies-after-head",
        "What follows a HEAD on a connection is answered without its body, too.",
        by("connection/after-head", req::ALIVE_AFTERWARDS),
        Quirk::HeadSticks,
    ),
    line(
        "answers-in-two-framings",
        "Answers have Content-Length beside chunks.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::BothFramings,
    ),
    line(
        "answers-old-version-in-chunks",
        "Answers come in chunks, to HTTP/1.0 as well.",
        by("http/version-one-zero", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunksForOldVersion,
    ),
    line(
        "closes-without-a-word",
        "The connection is closed after each answer, which does not say so.",
        by("connection/one-answer", req::SHARED_CONNECTION),
        Quirk::ClosesUnsaid,
    ),
    line(
        "counts-too-few-bytes",
        "Content-Length is five too small.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::CountsTooFew,
    ),
    line(
        "counts-too-many-bytes",
        "Content-Length is five too large.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::CountsTooMany,
    ),
    line(
        "begins-answers-with-empty-line",
        "An empty line stands before the status line.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::EmptyLineFirst,
    ),
    line(
        "ends-lines-of-answers-by-lf",
        "The lines in the head of an answer end with a bare LF.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::EndsLinesByLf,
    ),
    line(
        "folds-fields-of-answers",
        "A field of an answer goes on in the next line.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::Folds,
    ),
    line(
        "signs-length-of-answers",
        "Content-Length of an answer has a plus sign.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::SignedLength,
    ),
    line(
        "says-two-lengths",
        "An answer has two lengths that differ.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::TwoLengths,
    ),
    line(
        "says-two-media-types",
        "An answer has two media types.",
        by("http/chunked-whole", req::ANSWER_MEDIA_TYPE),
        Quirk::TwoTypes,
    ),
    line(
        "writes-lines-that-are-no-fields",
        "A line in the head of an answer has no colon.",
        by("http/chunked-whole", req::UNAMBIGUOUS_FRAMING),
        Quirk::WritesNoField,
    ),
    line(
        "looks-at-no-host",
        "The value of Host is not looked at.",
        by("http/host-with-blank", req::HOST_FIELD),
        Quirk::AnyHost,
    ),
    line(
        "needs-no-host",
        "Any number of Host fields will do, and none.",
        by("http/host-absent", req::HOST_FIELD),
        Quirk::NoHostNeeded,
    ),
    line(
        "refuses-absolute-targets",
        "A target that is a URL is not found.",
        by("http/target-absolute", req::SUCCESS_STATUS_2XX),
        Quirk::RefusesAbsolute,
    ),
    line(
        "knows-expectation-in-small-letters",
        "Expect is looked at with its case.",
        by("http/expect-continue-in-capitals", req::EXPECT_CONTINUE),
        Quirk::ExpectsSmallLetters,
    ),
    line(
        "waits-for-bodies",
        "A body is waited for, and nothing is said to a client that waits to be asked for it.",
        by("http/expect-continue-held", req::CONTINUE_SENT),
        Quirk::WaitsForBody,
    ),
    line(
        "takes-cr-for-line-end",
        "What follows a bare CR is the next field.",
        by("field/cr-before-transfer-encoding", req::UNAMBIGUOUS_FRAMING),
        Quirk::BelievesCr,
    ),
    line(
        "takes-folded-lines-for-fields",
        "A line that goes on from the one before is a field of its own.",
        by("field/folded-transfer-encoding", req::UNAMBIGUOUS_FRAMING),
        Quirk::BelievesFolded,
    ),
    line(
        "takes-blanks-before-colon",
        "White space before the colon of a field is cut.",
        by("field/blank-before-colon-of-transfer-encoding", req::UNAMBIGUOUS_FRAMING),
        Quirk::BelievesSpacedColon,
    ),
    line(
        "passes-over-lines-that-are-no-fields",
        "A line that is no field is passed over.",
        by("field/no-colon", req::BROKEN_REQUEST_STATUS_4XX),
        Quirk::PassesOverNoFields,
    ),
    line(
        "splits-fields-at-colon-and-blank",
        "A field without a blank behind its colon is none.",
        by("field/no-blank-after-colon", req::SUCCESS_STATUS_2XX),
        Quirk::SplitsAtBlank,
    ),
    line(
        "keeps-blanks-behind-values",
        "Blanks behind a value belong to it.",
        by("field/blanks-at-end", req::SUCCESS_STATUS_2XX),
        Quirk::KeepsBlanks,
    ),
    line(
        "keeps-tabs-around-values",
        "Tabs around a value belong to it.",
        by("field/tab-after-colon", req::SUCCESS_STATUS_2XX),
        Quirk::KeepsTabs,
    ),
    line(
        "knows-names-as-registered",
        "Names of fields are looked up as the registry writes them.",
        by("field/names-in-small-letters", req::SUCCESS_STATUS_2XX),
        Quirk::NamesAsRegistered,
    ),
    line(
        "knows-names-in-small-letters",
        "Names of fields are looked up in small letters.",
        by("field/names-as-registered", req::SUCCESS_STATUS_2XX),
        Quirk::NamesInSmallLetters,
    ),
    line(
        "takes-first-length",
        "Of several lengths the first holds.",
        by("http/length-repeated", req::INVALID_LENGTH),
        Quirk::FirstLength,
    ),
    line(
        "takes-last-length",
        "Of several lengths the last holds.",
        by("http/length-repeated-and-last-right", req::INVALID_LENGTH),
        Quirk::LastLength,
    ),
    line(
        "reads-length-by-language",
        "A length is read as the language reads numbers.",
        by("http/length-signed", req::INVALID_LENGTH),
        Quirk::LengthByLanguage,
    ),
    line(
        "refuses-zeros-before-numbers",
        "A number that begins with a zero is none.",
        by("http/length-with-leading-zeros", req::UNAMBIGUOUS_FRAMING),
        Quirk::RefusesZeros,
    ),
    line(
        "believes-length-before-chunks",
        "Content-Length holds where both framings are told.",
        by("http/length-and-chunked", req::LENGTH_BESIDE_CODING),
        Quirk::LengthOverChunks,
    ),
    line(
        "keeps-connection-after-two-framings",
        "A message of both framings is read by its chunks, and the connection is kept.",
        by("http/length-after-chunked", req::LENGTH_BESIDE_CODING),
        Quirk::KeepsAmbiguous,
    ),
    line(
        "hangs-on-what-is-left-open",
        "What a server may read or refuse is never answered.",
        by("field/folded", req::ALIVE_AFTERWARDS),
        Quirk::HangsOnOpen,
    ),
    line(
        "passes-over-unknown-codings",
        "A transfer coding that is not known is passed over.",
        by("http/transfer-coding-unknown", req::FINAL_CODING),
        Quirk::PassesOverCodings,
    ),
    line(
        "finds-chunked-in-other-words",
        "A transfer coding is chunked if the word is in it.",
        by("http/transfer-coding-like-chunked", req::FINAL_CODING),
        Quirk::ChunkedAnywhere,
    ),
    line(
        "looks-at-last-coding-only",
        "Of several transfer codings the last one is looked at.",
        by("http/transfer-coding-before-chunked", req::UNAMBIGUOUS_FRAMING),
        Quirk::ChunkedAtEnd,
    ),
    line(
        "looks-at-first-coding-only",
        "Of several transfer codings the first one is looked at.",
        by("http/transfer-coding-after-chunked", req::FINAL_CODING),
        Quirk::ChunkedFirst,
    ),
    line(
        "knows-chunked-in-small-letters",
        "The transfer coding is looked at with its case.",
        by("http/chunked-in-capitals", req::CHUNKED_REQUEST),
        Quirk::RefusesCapitalCoding,
    ),
    line(
        "takes-cr-for-end-of-size",
        "The line of a size ends with its CR.",
        by("chunk/size-line-ended-by-cr", req::UNAMBIGUOUS_FRAMING),
        Quirk::CrEndsSize,
    ),
    line(
        "takes-lf-for-end-of-size",
        "The line of a size ends with its LF.",
        by("chunk/size-line-ended-by-lf", req::UNAMBIGUOUS_FRAMING),
        Quirk::LfEndsSize,
    ),
    line(
        "takes-lf-within-extension",
        "A bare LF is a part of an extension.",
        by("chunk/lf-in-extension", req::UNAMBIGUOUS_FRAMING),
        Quirk::LfInSize,
    ),
    line(
        "takes-line-ends-within-quotes",
        "An extension in quotes goes on over line ends.",
        by("chunk/extension-over-two-lines", req::UNAMBIGUOUS_FRAMING),
        Quirk::QuotedLineEnds,
    ),
    line(
        "passes-over-ends-of-chunks",
        "What follows the data of a chunk is not looked at.",
        by("chunk/data-ended-by-letters", req::UNAMBIGUOUS_FRAMING),
        Quirk::PassesOverChunkEnds,
    ),
    line(
        "reads-size-by-language",
        "A size is read as the language reads numbers.",
        by("chunk/size-with-prefix", req::UNAMBIGUOUS_FRAMING),
        Quirk::SizeByLanguage,
    ),
    line(
        "reads-digits-of-size",
        "A size ends where its digits end.",
        by("chunk/size-with-letters", req::UNAMBIGUOUS_FRAMING),
        Quirk::DigitsOfSize,
    ),
    line(
        "reads-size-modulo-64-bits",
        "Of a size the last sixteen digits count.",
        by("chunk/size-of-seventeen-digits", req::UNAMBIGUOUS_FRAMING),
        Quirk::WrapsSizes,
    ),
    line(
        "knows-sizes-in-small-letters",
        "A size in capital letters is none.",
        by("chunk/size-in-capitals", req::CHUNKED_REQUEST),
        Quirk::RefusesCapitalSizes,
    ),
    line(
        "knows-sizes-in-capitals",
        "A size in small letters is none.",
        by("chunk/size-in-small-letters", req::CHUNKED_REQUEST),
        Quirk::RefusesSmallSizes,
    ),
    line(
        "refuses-chunk-extensions",
        "A chunk with an extension is refused.",
        by("chunk/extension-without-value", req::CHUNKED_REQUEST),
        Quirk::RefusesExtensions,
    ),
    line(
        "refuses-trailers",
        "A trailer field is refused.",
        by("chunk/trailer-of-media-type", req::CHUNKED_REQUEST),
        Quirk::RefusesTrailers,
    ),
    line(
        "takes-trailers-for-fields",
        "A trailer field takes the place of the header field.",
        by("chunk/trailer-of-media-type", req::CHUNKED_REQUEST),
        Quirk::MergesTrailers,
    ),
    line(
        "leaves-bodies-it-refuses",
        "The body of a request that is refused by its head is left, and is the next request.",
        by("connection/after-method", req::SHARED_CONNECTION),
        Quirk::LeavesBody,
    ),
    line(
        "leaves-bodies-that-are-too-large",
        "A body that is too large is left, and is the next request.",
        by("connection/after-large-body", req::SHARED_CONNECTION),
        Quirk::LeavesLargeBody,
    ),
    line(
        "needs-one-segment",
        "What has not come with the head is not read.",
        by("segment/body-apart", req::UNAMBIGUOUS_FRAMING),
        Quirk::NeedsOneSegment,
    ),
    line(
        "needs-head-in-one-segment",
        "A head that comes in parts is refused.",
        by("segment/within-method", req::UNAMBIGUOUS_FRAMING),
        Quirk::NeedsWholeHead,
    ),
    line(
        "takes-bodies-that-break-off",
        "A body that breaks off is taken for all of it.",
        by("http/length-too-long", req::UNAMBIGUOUS_FRAMING),
        Quirk::TakesWhatCame,
    ),
    line(
        "reads-beyond-length",
        "What comes behind a body is read with it.",
        by("http/length-too-short", req::UNAMBIGUOUS_FRAMING),
        Quirk::ReadsBeyondLength,
    ),
    line(
        "passes-over-sizes",
        "A size that is none is passed over, and what follows is the body.",
        by("http/chunk-size-no-number", req::UNAMBIGUOUS_FRAMING),
        Quirk::SkipsSizes,
    ),
];
