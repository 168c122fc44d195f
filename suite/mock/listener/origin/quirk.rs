/// How a server differs from the strict one in what it makes of the bytes of a connection: in one thing,
/// whether RFC 9112 allows it or not. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quirk {
    /// Answers HEAD with a body.
    AnswersHeadWithBody,
    /// Answers with HTTP/1.0, and knows neither chunks nor 100, nor asks for Host.
    AnswersOldVersion,
    /// Looks at no value of Host.
    AnyHost,
    /// Takes what follows a bare CR for the next line.
    BelievesCr,
    /// Takes a folded line for a field of its own.
    BelievesFolded,
    /// Takes a field although white space stands before its colon.
    BelievesSpacedColon,
    /// Answers with Content-Length beside chunks.
    BothFramings,
    /// Takes any transfer coding whose name holds that of chunked.
    ChunkedAnywhere,
    /// Takes chunked at the end for all of a transfer coding.
    ChunkedAtEnd,
    /// Takes chunked at the beginning for all of a transfer coding.
    ChunkedFirst,
    /// Answers in chunks, to HTTP/1.0 as well.
    ChunksForOldVersion,
    /// Closes after each answer, and says so.
    Closes,
    /// Closes without a word where a request is at fault as HTTP.
    ClosesOnFaults,
    /// Closes after each answer without saying so.
    ClosesUnsaid,
    /// Counts five bytes too few.
    CountsTooFew,
    /// Counts five bytes too many, and closes after the answer.
    CountsTooMany,
    /// Takes a bare CR for the end of the line of a size.
    CrEndsSize,
    /// Takes the digits at the beginning of a size for all of it.
    DigitsOfSize,
    /// Begins an answer with an empty line.
    EmptyLineFirst,
    /// Ends the lines of an answer with a bare LF.
    EndsLinesByLf,
    /// Knows 100-continue in small letters only.
    ExpectsSmallLetters,
    /// Takes the first of several lengths for all.
    FirstLength,
    /// Writes a field of an answer over two lines.
    Folds,
    /// Never answers what a server may read or refuse.
    HangsOnOpen,
    /// Answers what follows a HEAD without its body, too.
    HeadSticks,
    /// Sends interim answers before each final one.
    Hints,
    /// Joins folded lines.
    JoinsFolded,
    /// Reads a message of two lengths by its chunks, and keeps the connection.
    KeepsAmbiguous,
    /// Leaves blanks behind values.
    KeepsBlanks,
    /// Leaves tabs around values.
    KeepsTabs,
    /// Takes the last of several lengths for all.
    LastLength,
    /// Leaves the body of a request that it refuses by its head.
    LeavesBody,
    /// Leaves a body that is too large.
    LeavesLargeBody,
    /// Leaves trailer fields, which are the next request then.
    LeavesTrailers,
    /// Reads a length as a programming language reads numbers.
    LengthByLanguage,
    /// Believes Content-Length before Transfer-Encoding.
    LengthOverChunks,
    /// Takes a bare LF for the end of the line of a size.
    LfEndsSize,
    /// Takes a bare LF in the line of a size for a part of it.
    LfInSize,
    /// Takes trailer fields for header fields.
    MergesTrailers,
    /// Knows names of fields as the registry writes them only.
    NamesAsRegistered,
    /// Knows names of fields in small letters only.
    NamesInSmallLetters,
    /// Needs head and body in one segment.
    NeedsOneSegment,
    /// Needs the head in one segment.
    NeedsWholeHead,
    /// Takes any number of Host fields, and none.
    NoHostNeeded,
    /// Says no reason behind the status.
    NoReason,
    /// Answers in unusual and lawful chunks.
    OddChunks,
    /// Looks at nothing that follows the data of a chunk.
    PassesOverChunkEnds,
    /// Takes a transfer coding that it does not know for none.
    PassesOverCodings,
    /// Takes lines that are no field for none.
    PassesOverNoFields,
    /// Takes an extension in quotes for one, whatever it holds.
    QuotedLineEnds,
    /// Reads a message of two lengths by its chunks, and closes.
    ReadsAmbiguous,
    /// Takes what comes behind a body for a part of it.
    ReadsBeyondLength,
    /// Knows no target but a path.
    RefusesAbsolute,
    /// Knows chunked in small letters only.
    RefusesCapitalCoding,
    /// Knows sizes of chunks in small letters only.
    RefusesCapitalSizes,
    /// Knows no chunks.
    RefusesChunks,
    /// Knows no extensions of chunks.
    RefusesExtensions,
    /// Knows sizes of chunks in capital letters only.
    RefusesSmallSizes,
    /// Knows no trailer fields.
    RefusesTrailers,
    /// Knows no numbers that begin with a zero.
    RefusesZeros,
    /// Refuses a body of more than 100,000 bytes before it has come, and closes.
    ResetsOnLarge,
    /// Says Content-Length with a sign.
    SignedLength,
    /// Reads a size as a programming language reads numbers.
    SizeByLanguage,
    /// Passes over a line that should have been a size, and takes what follows.
    SkipsSizes,
    /// Spells the head of an answer in an unusual and lawful way.
    Spells,
    /// Takes a field apart at colon and blank.
    SplitsAtBlank,
    /// Takes a body that breaks off for all of it.
    TakesWhatCame,
    /// Says two lengths that differ.
    TwoLengths,
    /// Says two media types.
    TwoTypes,
    /// Waits for a body without asking for it.
    WaitsForBody,
    /// Takes a size modulo 64 bits.
    WrapsSizes,
    /// Writes a line in the head of an answer that is no field.
    WritesNoField,
}
