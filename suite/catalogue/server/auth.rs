//! Requests without valid credentials.

use super::{Case, Needs, Part};
use crate::message::{Edit, Misspelling, Place};
use crate::protocol::{InputClass, RequirementId, req};

pub(super) fn cases() -> Vec<Case> {
    [credentials(), passwords(), before_the_body(), no_oracle()]
        .concat()
        .into_iter()
        .map(|case| case.part(Part::Http))
        .collect()
}

fn case(name: &str, about: &str, requirements: &[RequirementId], edits: Vec<Edit>) -> Case {
    Case::request(format!("auth/{name}"), about.to_owned(), InputClass::Credentials, requirements, edits)
        .needs(Needs::Credentials)
}

fn authorization(value: Option<&str>) -> Edit {
    Edit::HttpHeader("authorization".to_owned(), value.map(str::to_owned))
}

fn credentials() -> Vec<Case> {
    let mut cases = vec![case(
        "none",
        "A valid request has no credentials.",
        &[req::AUTHENTICATION_REQUIRED, req::AUTHENTICATE_HEADER],
        vec![authorization(None)],
    )];
    cases.extend(
        [
            // umspec:wrong
            ("wrong-password", "A valid request has Basic credentials of nobody.", "Basic dW1zcGVjOndyb25n"),
            // :
            (
                "empty-user-and-password",
                "A valid request has Basic credentials with empty user and password.",
                "Basic Og==",
            ),
            // umspec:
            // umspec
            (
                "basic-without-colon",
                "A valid request has Basic credentials without a colon.",
                "Basic dW1zcGVj",
            ),
            ("basic-empty", "A valid request has the scheme Basic and nothing after it.", "Basic"),
            (
                "basic-malformed",
                "A valid request has Basic credentials that are not base64.",
                "Basic !!!not-base64!!!",
            ),
            // umspec:wrong with a null octet
            (
                "unknown-scheme",
                "A valid request has credentials of an unknown scheme.",
                "Umspec dW1zcGVjOndyb25n",
            ),
            ("empty-value", "A valid request has an empty Authorization field.", ""),
            ("bearer-garbage", "A valid request has a bearer token that is garbage.", "Bearer umspec"),
            (
                "negotiate-garbage",
                "A valid request has a Negotiate token that is garbage.",
                "Negotiate dW1zcGVj",
            ),
        ]
        .into_iter()
        .map(|(name, about, value)| {
            case(
                name,
                about,
                &[req::AUTHENTICATION_REQUIRED, req::AUTHENTICATE_HEADER],
                vec![authorization(Some(value))],
            )
        }),
    );
    cases.push(case(
        "wrong-password-twice",
        "A valid request has two Authorization fields, both with Basic credentials of nobody.",
        &[req::AUTHENTICATION_REQUIRED, req::AUTHENTICATE_HEADER],
        vec![
            authorization(Some("Basic dW1zcGVjOndyb25n")),
            Edit::HttpHeaderAlso("authorization".to_owned(), "Basic dW1zcGVjOg==".to_owned()),
        ],
    ));
    cases
}

/// The user that the run was given, with another password than the right one. Each is sent once, and right
/// credentials come before and behind it, so that nobody is locked out.
fn passwords() -> Vec<Case> {
    [
        ("another-password", "A valid request has the right user and another password.", Misspelling::Other),
        ("no-password", "A valid request has the right user and an empty password.", Misspelling::Empty),
        (
            "password-with-letter-more",
            "A valid request has the right user, and a letter behind the right password.",
            Misspelling::Longer,
        ),
        (
            "password-in-other-case",
            "A valid request has the right user, and the right password with the case of its letters changed.",
            Misspelling::OtherCase,
        ),
    ]
    .into_iter()
    .map(|(name, about, misspelling)| {
        let requirements = &[req::AUTHENTICATION_REQUIRED, req::AUTHENTICATE_HEADER];
        case(name, about, requirements, vec![Edit::Misspell(misspelling)])
    })
    .collect()
}

/// Bodies that would be refused, if anybody read them.
fn before_the_body() -> Vec<Case> {
    [
        ("none-not-xml", "A body that is no XML has no credentials.", Edit::Whole("umspec".to_owned())),
        ("none-truncated", "A body that ends early has no credentials.", Edit::Truncate(20)),
        (
            "none-oversized",
            "A body with a CallId of 60 KiB has no credentials.",
            Edit::Content(Place::CallId, "x".repeat(60 * 1024)),
        ),
        ("none-call-id-missing", "A request without CallId has no credentials.", Edit::Delete(Place::CallId)),
        (
            "none-doctype",
            "A request with a document type declaration has no credentials.",
            Edit::Prolog("<!DOCTYPE x>".to_owned()),
        ),
        ("none-empty-body", "An empty HTTP body has no credentials.", Edit::NoBody),
    ]
    .into_iter()
    .map(|(name, about, edit)| {
        case(
            name,
            about,
            &[req::AUTHENTICATION_BEFORE_PARSING, req::AUTHENTICATION_REQUIRED],
            vec![authorization(None), edit],
        )
    })
    .collect()
}

/// Two requests whose answers must not differ.
fn no_oracle() -> Vec<Case> {
    vec![
        case(
            "none-live-call-id",
            "A request for a live call has no credentials, so the answer must not tell that the call exists.",
            &[req::IDS_NOT_PROBED_UNAUTHENTICATED, req::AUTHENTICATION_REQUIRED],
            vec![authorization(None)],
        ),
        case(
            "none-garbage-call-id",
            "A request with a garbage id has no credentials, so the answer must not tell that no such call exists.",
            &[req::IDS_NOT_PROBED_UNAUTHENTICATED, req::AUTHENTICATION_REQUIRED],
            vec![authorization(None), Edit::Content(Place::CallId, "umspec".to_owned())],
        ),
        case(
            "none-unissued-call-id",
            "A request with an unissued id has no credentials, so the answer must not tell that no such call exists.",
            &[req::IDS_NOT_PROBED_UNAUTHENTICATED, req::AUTHENTICATION_REQUIRED],
            vec![
                authorization(None),
                Edit::Content(Place::CallId, crate::protocol::names::SAMPLE_CALL_ID_2.to_owned()),
            ],
        ),
    ]
}
