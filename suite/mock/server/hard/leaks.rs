//! Answers that tell what they should not, where something meets.

use super::factor::Factor as F;
use super::fault::Fault;
use super::mutant::{HardKind, HardMutant, hard};
use crate::protocol::req;

/// What is told, and when.
pub(super) static TABLE: &[HardMutant] = &[
    hard(
        "tells-last-id-in-faults-with-utf-16",
        HardKind::Leak,
        &[F::Utf16],
        Fault::Tells(|past, _| past.last_id.clone(), "A fault tells the id of the request before."),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-credentials-with-cookie",
        HardKind::Leak,
        &[F::Cookie],
        Fault::Tells(
            |_, seen| seen.field("authorization").unwrap_or_default().to_owned(),
            "A fault tells the credentials of its request.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-trace-with-comment-in-chunks",
        HardKind::Leak,
        &[F::Comment, F::Chunked],
        Fault::Tells(
            |_, _| "\n  at Um.Calls.End(Calls.cs:line 42)".to_owned(),
            "A fault tells where in the program it came from.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-path-with-mark",
        HardKind::Leak,
        &[F::Mark],
        Fault::Tells(
            |_, _| r"C:\Program Files\Um\calls.dll".to_owned(),
            "A fault tells a path of the machine.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-path-with-references-and-header",
        HardKind::Leak,
        &[F::References, F::Header],
        Fault::Tells(|_, _| "/usr/lib/um/calls.so".to_owned(), "A fault tells a path of the machine."),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-number-of-calls-with-expect",
        HardKind::Leak,
        &[F::Expects],
        Fault::Tells(
            |past, _| format!("{} calls so far", past.requests),
            "A fault tells how much there is to do.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-size-of-largest-body-with-tag-space",
        HardKind::Leak,
        &[F::TagSpace],
        Fault::Tells(
            |past, _| format!("buffer of {} bytes", past.largest),
            "A fault tells of the requests of others.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-query-with-cdata",
        HardKind::Leak,
        &[F::CData],
        Fault::Tells(
            |_, seen| format!("SELECT * FROM calls WHERE id = {:?}", seen.written_id()),
            "A fault tells a statement of the database.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-address-on-reused-connection",
        HardKind::Leak,
        &[F::OnConnection(1)],
        Fault::Tells(
            |_, _| "um-backend-3.internal:8443".to_owned(),
            "A fault tells a machine behind the server.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-last-id-in-answers-with-parted-bytes",
        HardKind::Leak,
        &[F::Parted],
        Fault::Tells(|past, _| past.last_id.clone(), "An answer tells the id of the request before."),
        req::NO_INTERNALS_IN_FAULT,
    ),
    hard(
        "tells-trace-after-five-refusals",
        HardKind::Leak,
        &[F::FaultsBefore(5)],
        Fault::Tells(
            |_, _| "Traceback (most recent call last): File \"calls.py\", line 42, in end".to_owned(),
            "A fault tells where in the program it came from.",
        ),
        req::NO_INTERNALS_IN_FAULT,
    ),
];
