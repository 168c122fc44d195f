//! Servers whose answers depend on how often, how soon or in what company they are asked, or that answer
//! the other operations in another way; lawful ones, and ones that are not.

use super::bug::{Bug, Mutant, Variant, mutant, variant};
use super::mood::Mood;
use crate::message::escape_text;
use crate::mock::killed_by::by;
use crate::protocol::{Operation, names, req};

pub(super) static VARIANTS: &[Variant] = &[
    variant(
        "call-info-forgets-ended-calls",
        "GetCallInfo answers the invalid-id fault for a call that has ended (R149).",
        Bug::Mood(Mood::CallInfoForgetsEnded),
    ),
    variant(
        "compresses-unless-forbidden",
        "Answers are compressed by gzip where the request does not say otherwise (RFC 9110 12.5.3).",
        Bug::Mood(Mood::Compresses),
    ),
    variant(
        "drops-a-connection-at-times",
        "Every 211th request meets a connection that is reset, as on a bad line.",
        Bug::Mood(Mood::Drops(211)),
    ),
    variant(
        "echoes-id-escaped",
        "The fault for an id that no call has says the id, as XML asks for (C04).",
        Bug::Mood(Mood::Echoes(|id| escape_text(id).into_bytes())),
    ),
    variant("is-slow-at-times", "Every 211th request is not answered in time.", Bug::Mood(Mood::Hangs(211))),
    variant(
        "limits-every-tenth-request",
        "Every tenth request is answered by 429 with Retry-After (RFC 6585 4).",
        Bug::Mood(Mood::Limits(10, 429)),
    ),
    variant("one-call-at-a-time", "A call is placed only where none is up.", Bug::Mood(Mood::OneLine)),
    variant("starts-cold", "The first request is not answered in time.", Bug::Mood(Mood::StartsCold)),
    variant(
        "unavailable-at-times",
        "Every twentieth request is answered by 503 with Retry-After (RFC 9110 15.6.4).",
        Bug::Mood(Mood::Limits(20, 503)),
    ),
];

pub(super) static MUTANTS: &[Mutant] = &[
    mutant(
        "call-info-in-no-namespace",
        "CallState and EventCause are in no namespace.",
        by("lifecycle/disconnect-connected-call", req::STATE_AFTER_DISCONNECT),
        Bug::Mood(Mood::Says(Operation::GetCallInfo, |body| {
            body.replace("<CallState>", "<CallState xmlns=\"\">")
                .replace("<EventCause>", "<EventCause xmlns=\"\">")
        })),
    ),
    mutant(
        "call-info-knows-no-id",
        "GetCallInfo knows no id, and Disconnect all of them.",
        by("lifecycle/looking-changes-nothing", req::SAME_ID_FOR_BOTH_OPERATIONS),
        Bug::Mood(Mood::CallInfoKnowsNone),
    ),
    mutant(
        "call-info-without-inner-element",
        "GetCallInfoResponse holds the state itself.",
        by("lifecycle/disconnect-connected-call", req::STATE_AFTER_DISCONNECT),
        Bug::Mood(Mood::Says(Operation::GetCallInfo, |body| {
            body.replacen("<GetCallInfoResponse>", "", 1).replacen("</GetCallInfoResponse>", "", 1)
        })),
    ),
    mutant(
        "crashes-on-self-closed-envelope",
        "An Envelope that is an empty-element tag brings the server down for a moment.",
        by("envelope/self-closed", req::ALIVE_AFTERWARDS),
        Bug::Crashes(|request| {
            let text = String::from_utf8_lossy(request.body);
            text.contains("Envelope") && text.trim_end().ends_with("/>")
        }),
    ),
    mutant(
        "echoes-ampersand-unescaped",
        "The fault for an id that no call has says the id, in which only < and > are escaped.",
        by("call-id/injection-ampersand", req::ENVELOPE_ROOT),
        Bug::Mood(Mood::Echoes(|id| id.replace('<', "&lt;").replace('>', "&gt;").into_bytes())),
    ),
    mutant(
        "echoes-40-characters-of-id",
        "The fault for an id that no call has says the id, escaped and then cut at 40 characters.",
        by("call-id/injection-ampersands-after-letter", req::ENVELOPE_ROOT),
        Bug::Mood(Mood::Echoes(|id| escape_text(id).chars().take(40).collect::<String>().into_bytes())),
    ),
    mutant(
        "echoes-64-characters-of-id",
        "The fault for an id that no call has says the id, escaped and then cut at 64 characters.",
        by("call-id/injection-ampersands", req::ENVELOPE_ROOT),
        Bug::Mood(Mood::Echoes(|id| escape_text(id).chars().take(64).collect::<String>().into_bytes())),
    ),
    mutant(
        "echoes-id-as-markup",
        "The fault for an id that no call has says the id as it is.",
        by("call-id/injection-markup", req::CALL_ID_IS_DATA),
        Bug::Mood(Mood::Echoes(|id| id.as_bytes().to_vec())),
    ),
    mutant(
        "echoes-id-in-latin1",
        "The fault for an id that no call has says the id in ISO 8859-1, labelled utf-8.",
        by("call-id/garbage-latin-letters", req::INVALID_UTF8),
        Bug::Mood(Mood::Echoes(|id| {
            escape_text(id).chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
        })),
    ),
    mutant(
        "issues-greeting-ids-in-no-namespace",
        "PlayOnPhoneGreetingResponse is in no namespace.",
        by("lifecycle/greeting-call", req::ID_FROM_PLAY_ON_PHONE_GREETING),
        Bug::Mood(Mood::Says(Operation::PlayOnPhoneGreeting, |body| {
            body.replace(&format!(" xmlns=\"{}\"", names::MESSAGES), "")
        })),
    ),
    mutant(
        "unbinds-prefix-after-soap12",
        "Once a SOAP 1.2 envelope has come, the prefix of the code is unbound in every fault.",
        by("connection/soap12-between-valid", req::ALIVE_AFTERWARDS),
        Bug::Mood(Mood::UnbindsPrefix),
    ),
];
