/// How a server differs from the strict one in what it makes of the bytes of a connection: in one thing,
/// whether RFC 9112 allows it or not. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quirk {
    /// Answers two requests of one segment in the wrong order.
    AnswersBackwards,
    /// Answers HEAD with a body.
    AnswersHeadWithBody,
    /// Answers with HTTP/1.0, and knows neither chunks nor 100, nor asks for Host.
    AnswersOldVersion,
    /// Looks at no value of Host.
    AnyHost,
    /// Takes anything for the port of Host.
    AnyPort,
    /// Takes any version for HTTP/1.1.
    AnyVersion,
    /// Takes what follows a bare CR for the next line.
    BelievesCr,
    /// Takes a folded line for a field of its own.
    BelievesFolded,
    /// Takes a field although white space stands before its colon.
    BelievesSpacedColon,
    /// Passes over blanks within a length.
    BlanksInLength,
    /// Answers with Content-Length beside chunks.
    BothFramings,
    /// Takes any transfer coding whose name holds that of chunked.
    ChunkedAnywhere,
    /// Takes chunked at the end for all of a transfer coding.
    ChunkedAtEnd,
    /// Takes chunked at the beginning for all of a transfer coding.
    ChunkedFirst,
    /// Takes chunked that is said several times for chunked once.
    ChunkedOften,
    /// Says chunked in two fields.
    ChunkedTwiceSaid,
    /// Sends no empty line behind the last chunk where it refuses a method.
    ChunkEndMissing,
    /// Ends the lines of chunks in faults with a bare LF.
    ChunkLinesByLf,
    /// Answers in chunks, to HTTP/1.0 as well.
    ChunksForOldVersion,
    /// Writes sizes of chunks in faults in decimal digits.
    ChunkSizesDecimal,
    /// Knows close of Connection in small letters only.
    CloseInSmallLetters,
    /// Closes after each answer, and says so.
    Closes,
    /// Closes after each fault without saying so.
    ClosesFaultsUnsaid,
    /// Closes without a word where a request is at fault as HTTP.
    ClosesOnFaults,
    /// Closes without a word on a head that is not UTF-8.
    ClosesOnLatin,
    /// Closes after the third answer without saying so.
    ClosesThirdUnsaid,
    /// Closes after each answer without saying so.
    ClosesUnsaid,
    /// Says of answers that they are coded in a way that nobody knows.
    CodesAnswers,
    /// Passes over parameters of a transfer coding.
    CodingParameters,
    /// Writes an escape sequence of terminals in a field of answers.
    ColoursField,
    /// Refuses an absolute target of another host than Host says.
    ComparesHosts,
    /// Asks for a body only where its length is told.
    ContinuesByLength,
    /// Sends 100 once more behind the answer.
    ContinuesLate,
    /// Sends 100 to HTTP/1.0 as well.
    ContinuesOld,
    /// Sends a length and a body with 100.
    ContinuesWithBody,
    /// Counts five bytes too few.
    CountsTooFew,
    /// Counts five bytes too many, and closes after the answer.
    CountsTooMany,
    /// Takes a bare CR for the end of the line of a size.
    CrEndsSize,
    /// Cuts white space of any kind around values.
    CutsAnySpace,
    /// Takes the digits at the beginning of a size for all of it.
    DigitsOfSize,
    /// Throws away what came of a body when it asks for that.
    DropsBodyAtOnce,
    /// Leaves out nulls within values.
    DropsNulls,
    /// Throws away what came behind a request, if it is no whole head.
    DropsPartOfHead,
    /// Throws away what came in one segment behind a request.
    DropsPipelined,
    /// Begins an answer with an empty line.
    EmptyLineFirst,
    /// Takes a value up to its first null for all of it.
    EndsAtNull,
    /// Ends the lines of an answer with a bare LF.
    EndsLinesByLf,
    /// Knows 100-continue in small letters only.
    ExpectsSmallLetters,
    /// Answers 500 to another version of HTTP than HTTP/1.
    FailsOnOtherVersion,
    /// Looks for blanks, slashes and at signs in Host, and for nothing else.
    FewHostCharacters,
    /// Takes the first Transfer-Encoding field for all.
    FirstCodingField,
    /// Takes the first Connection field for all.
    FirstConnection,
    /// Takes the first of several lengths for all.
    FirstLength,
    /// Writes a field of an answer over two lines.
    Folds,
    /// Never answers what a server may read or refuse.
    HangsOnOpen,
    /// Answers what follows a HEAD without its body, too.
    HeadSticks,
    /// Says Content-Length of faults in hexadecimal digits.
    HexadecimalLength,
    /// Sends interim answers before each final one.
    Hints,
    /// Sends an interim answer before each final one to HTTP/1.0 alone.
    HintsToOld,
    /// Needs Host to be the first field.
    HostFirst,
    /// Looks at no Connection field.
    IgnoresClose,
    /// Joins folded lines.
    JoinsFolded,
    /// Reads a message of two lengths by its chunks, and keeps the connection.
    KeepsAmbiguous,
    /// Leaves blanks behind values.
    KeepsBlanks,
    /// Says that it closes after each answer, and does not.
    KeepsClosing,
    /// Takes the media type of the request before for that of one that has none.
    KeepsMediaType,
    /// Keeps connections of HTTP/1.0 that nobody asked to be kept.
    KeepsOld,
    /// Keeps one request that came behind another, and throws the rest away.
    KeepsOnePipelined,
    /// Leaves tabs around values.
    KeepsTabs,
    /// Takes the last Transfer-Encoding field for all.
    LastCodingField,
    /// Takes the last Connection field for all.
    LastConnection,
    /// Takes the last of several lengths for all.
    LastLength,
    /// Leaves the body of a request that it refuses by its head.
    LeavesBody,
    /// Leaves a body that is too large.
    LeavesLargeBody,
    /// Leaves trailer fields behind the first one, which are the next request then.
    LeavesSecondTrailer,
    /// Leaves trailer fields, which are the next request then.
    LeavesTrailers,
    /// Reads a length as a programming language reads numbers.
    LengthByLanguage,
    /// Reads digits of full width in a length.
    LengthInFullWidth,
    /// Believes Content-Length before Transfer-Encoding.
    LengthOverChunks,
    /// Takes what stands before a semicolon for all of a length.
    LengthParameters,
    /// Takes a length modulo 32 bits.
    LengthWraps,
    /// Takes a bare LF for the end of the line of a size.
    LfEndsSize,
    /// Takes a bare LF in the line of a size for a part of it.
    LfInSize,
    /// Says the right length twice in one field.
    ListsLength,
    /// Writes Date of answers as people do.
    LocalDate,
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
    /// Reads no body behind a method that needs none.
    NoBodyByMethod,
    /// Takes any number of Host fields, and none.
    NoHostNeeded,
    /// Says no length where it refuses a method, and keeps the connection.
    NoLengthStays,
    /// Says no reason behind the status.
    NoReason,
    /// Writes a null in a field of answers.
    NullInField,
    /// Answers in unusual and lawful chunks.
    OddChunks,
    /// Pads the sizes of chunks in answers with blanks.
    PadsSizes,
    /// Writes parentheses in the name of a field of answers.
    ParenthesesInName,
    /// Looks at nothing that follows the data of a chunk.
    PassesOverChunkEnds,
    /// Takes a transfer coding that it does not know for none.
    PassesOverCodings,
    /// Takes a Transfer-Encoding without a value for none.
    PassesOverEmptyCoding,
    /// Passes over identity among transfer codings.
    PassesOverIdentity,
    /// Takes lines that are no field for none.
    PassesOverNoFields,
    /// Passes over Transfer-Encoding in HTTP/1.0.
    PassesOverOldCodings,
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
    /// Knows no empty line before a request.
    RefusesEmptyLine,
    /// Knows no blanks in extensions of chunks.
    RefusesExtensionBlanks,
    /// Knows no extensions of chunks.
    RefusesExtensions,
    /// Knows no more than two trailer fields.
    RefusesManyTrailers,
    /// Knows one extension of a chunk.
    RefusesSecondExtension,
    /// Knows sizes of chunks in capital letters only.
    RefusesSmallSizes,
    /// Knows no trailer fields.
    RefusesTrailers,
    /// Knows no numbers that begin with a zero.
    RefusesZeros,
    /// Refuses a body of more than 100,000 bytes before it has come, and closes.
    ResetsOnLarge,
    /// Knows no line of a size beyond 20 bytes.
    ShortSizeLines,
    /// Says Content-Length with a sign.
    SignedLength,
    /// Serves six connections at a time.
    SixConnections,
    /// Reads a size as a programming language reads numbers.
    SizeByLanguage,
    /// Passes over a line that should have been a size, and takes what follows.
    SkipsSizes,
    /// Spells the head of an answer in an unusual and lawful way.
    Spells,
    /// Takes a field apart at colon and blank.
    SplitsAtBlank,
    /// Writes two blanks before the status of a fault.
    StatusTwoBlanks,
    /// Says the version HTTP/1.10 of a fault.
    StatusVersion,
    /// Leaves what follows the keyword of a document type declaration.
    StopsAtDoctype,
    /// Reads no field behind Content-Length.
    StopsAtLength,
    /// Takes the quotes off values.
    TakesQuotesOff,
    /// Takes a body that breaks off for all of it.
    TakesWhatCame,
    /// Writes a trailer in answers that is no field.
    TrailerNoField,
    /// Says two lengths that differ.
    TwoLengths,
    /// Says two media types.
    TwoTypes,
    /// Takes underscores in names of fields for hyphens.
    UnderscoreIsHyphen,
    /// Waits for a body without asking for it.
    WaitsForBody,
    /// Reads the body of a POST to the end of the connection where nothing tells its length.
    WaitsForEnd,
    /// Compares Connection as a whole.
    WholeConnection,
    /// Takes a size modulo 64 bits.
    WrapsSizes,
    /// Writes a line in the head of an answer that is no field.
    WritesNoField,
}

impl Quirk {
    /// How many connections are served at a time, where that is what is particular.
    pub(in crate::mock) fn lanes(self) -> Option<usize> {
        (self == Self::SixConnections).then_some(6)
    }
}
