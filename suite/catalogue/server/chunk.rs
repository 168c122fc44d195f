//! Chunks as HTTP writes them, in its less usual ways and in wrong ones (RFC 9112 7.1).

use super::framing::{faulty, open};
use super::{Case, Part};
use crate::message::{ChunkForm, Edit, Framing};
use crate::protocol::{InputClass, Nuance, req};

/// A chunk of 175 bytes has a size of two letters.
const SIZE_OF_LETTERS: usize = 0xAF;

pub(super) fn cases() -> Vec<Case> {
    [lawful(), left_open(), loose(), no_sizes()]
        .concat()
        .into_iter()
        .map(|case| case.part(Part::Http))
        .collect()
}

fn framed(form: ChunkForm) -> Vec<Edit> {
    vec![Edit::Framing(Framing::ChunkedAs(form))]
}

/// What every server of HTTP/1.1 reads.
fn lawful() -> Vec<Case> {
    const PLAIN: ChunkForm = ChunkForm::PLAIN;
    [
        (
            "http/chunked-with-extension-and-trailer",
            "The only chunk has an extension, and a trailer field follows it.",
            PLAIN.before("{SIZE};name=\"value\"\r\n").last("0\r\nx-trailer: 1\r\n\r\n"),
        ),
        (
            "chunk/size-in-small-letters",
            "The size of a chunk is written in small letters.",
            PLAIN.most(SIZE_OF_LETTERS),
        ),
        (
            "chunk/size-in-capitals",
            "The size of a chunk is written in capital letters.",
            PLAIN.before("{SIZE}\r\n").most(SIZE_OF_LETTERS),
        ),
        (
            "chunk/size-with-leading-zeros",
            "Zeros stand before the size of a chunk.",
            PLAIN.before("0000{size}\r\n"),
        ),
        ("chunk/last-size-of-zeros", "The size of the last chunk is 000.", PLAIN.last("000\r\n\r\n")),
        (
            "chunk/extension-without-value",
            "A chunk has an extension without a value.",
            PLAIN.before("{size};umspec\r\n"),
        ),
        (
            "chunk/extension-quoted",
            "A chunk has an extension whose quoted value holds a semicolon and a size.",
            PLAIN.before("{size};umspec=\"a;5\"\r\n"),
        ),
        (
            "chunk/extension-of-last-chunk",
            "The last chunk has an extension.",
            PLAIN.last("0;umspec=1\r\n\r\n"),
        ),
        (
            "chunk/extension-between-blanks",
            "Blanks stand behind the semicolon and around the equals sign of an extension (RFC 9112 7.1.1).",
            PLAIN.before("{size}; umspec = 1\r\n"),
        ),
        ("chunk/extensions-two", "A chunk has two extensions.", PLAIN.before("{size};umspec=1;more=2\r\n")),
        (
            "chunk/extension-of-forty-letters",
            "A chunk has an extension whose value has forty letters.",
            PLAIN.before("{size};umspec=abcdefghijklmnopqrstuvwxyzabcdefghijklmn\r\n"),
        ),
        (
            "chunk/trailers-two",
            "Two trailer fields follow the chunk.",
            PLAIN.last("0\r\nx-trailer: 1\r\nx-umspec: 2\r\n\r\n"),
        ),
        (
            "chunk/trailers-ten",
            "Ten trailer fields follow the chunk.",
            PLAIN.last(
                "0\r\nx-a:1\r\nx-b:2\r\nx-c:3\r\nx-d:4\r\nx-e:5\r\nx-f:6\r\nx-g:7\r\nx-h:8\r\nx-i:9\r\n\
                 x-j:10\r\n\r\n",
            ),
        ),
        (
            "chunk/trailer-of-media-type",
            "A trailer field says another Content-Type, which must not take the place of the header field.",
            PLAIN.last("0\r\ncontent-type: text/plain\r\n\r\n"),
        ),
    ]
    .into_iter()
    .map(|(id, about, form)| {
        let requirements = &[req::CHUNKED_REQUEST, req::UNAMBIGUOUS_FRAMING];
        Case::request(id, about, InputClass::Valid, requirements, framed(form)).on_the_wire()
    })
    .collect()
}

/// What the grammar does not allow and a recipient may mend.
fn left_open() -> Vec<Case> {
    [
        ("blank-after-size", "A blank stands behind the size of a chunk.", "{size} \r\n"),
        // A recipient must pass over it (RFC 9112 7.1.1), and many refuse it for the sake of safety.
        (
            "blank-before-extension",
            "A blank stands between the size of a chunk and the semicolon of an extension.",
            "{size} ;umspec=1\r\n",
        ),
        (
            "cr-in-extension",
            "A CR without LF stands in an extension, which may be read as a blank (RFC 9112 2.2).",
            "{size};a=\rb\r\n",
        ),
    ]
    .into_iter()
    .map(|(name, about, before)| {
        let form = ChunkForm::PLAIN.before(before).broken();
        open(format!("chunk/{name}"), about, &[req::UNAMBIGUOUS_FRAMING], framed(form))
    })
    .collect()
}

/// Line ends that are none. The permission to take a bare LF for one is for the head (RFC 9112 2.2);
/// between chunks it lets two readers see two messages.
fn loose() -> Vec<Case> {
    const PLAIN: ChunkForm = ChunkForm::PLAIN;
    [
        ("size-line-ended-by-lf", "The line of a size ends with a bare LF.", PLAIN.before("{size}\n")),
        ("size-line-ended-by-cr", "The line of a size ends with a bare CR.", PLAIN.before("{size}\r")),
        (
            "lf-in-extension",
            "A bare LF stands in an extension, which goes on behind it.",
            PLAIN.before("{size};a=b\nc\r\n"),
        ),
        ("data-ended-by-lf", "A bare LF follows the data of a chunk.", PLAIN.after("\n")),
        ("data-ended-by-letters", "Two letters follow the data of a chunk.", PLAIN.after("XX")),
        ("data-ended-by-nothing", "Nothing follows the data of a chunk.", PLAIN.after("")),
        ("last-size-ended-by-lf", "The line of the last size ends with a bare LF.", PLAIN.last("0\n\r\n")),
        ("blank-before-size", "A blank stands before the size of a chunk.", PLAIN.before(" {size}\r\n")),
    ]
    .into_iter()
    .map(|(name, about, form)| {
        faulty(
            format!("chunk/{name}"),
            about,
            Nuance::LooseSyntax,
            &[req::UNAMBIGUOUS_FRAMING, req::BROKEN_REQUEST_STATUS_4XX],
            framed(form.broken()),
        )
    })
    .collect()
}

/// Sizes that are no numbers, though some ways to read numbers take them for the right one.
fn no_sizes() -> Vec<Case> {
    let refused = |id: &str, about: &'static str, framing| {
        faulty(
            id.to_owned(),
            about,
            Nuance::BrokenFraming,
            &[req::UNAMBIGUOUS_FRAMING, req::BROKEN_REQUEST_STATUS_4XX],
            vec![Edit::Framing(framing)],
        )
    };
    let mut cases = vec![refused(
        "http/chunk-size-beyond-word",
        "The chunk size does not fit into 64 bits.",
        Framing::ChunkedOverflow,
    )];
    cases.extend(
        [
            ("http/chunk-size-no-number", "The chunk size is xyz.", "xyz\r\n"),
            ("chunk/size-with-prefix", "0x stands before the size of a chunk.", "0x{size}\r\n"),
            ("chunk/size-signed", "A plus sign stands before the size of a chunk.", "+{size}\r\n"),
            ("chunk/size-negative", "A minus sign stands before the size of a chunk.", "-{size}\r\n"),
            ("chunk/size-with-underscore", "An underscore parts the size of a chunk.", "{parted}\r\n"),
            ("chunk/size-with-letters", "Letters follow the size of a chunk.", "{size}zz\r\n"),
            (
                "chunk/size-of-seventeen-digits",
                "The size of a chunk has a digit too many for 64 bits, without which it is the right one.",
                "1{wide}\r\n",
            ),
            (
                "chunk/extension-over-two-lines",
                "A quoted extension goes on in the next line, where the data has begun.",
                "{size};a=\"b\r\nc\"\r\n",
            ),
        ]
        .map(|(id, about, before)| {
            refused(id, about, Framing::ChunkedAs(ChunkForm::PLAIN.before(before).broken()))
        }),
    );
    cases
}
