//! The life of a call: placed, looked at, ended, and ended again.

use super::{Act, Case, Expect, Slot, Turn};
use crate::message::Edit;
use crate::protocol::{AmbiguityId, InputClass, Operation, req};

fn place(slot: Slot) -> Turn {
    Turn::new(Act::Place(slot, Operation::PlayOnPhone), Expect::Anything)
}

fn look(slot: Slot, expect: Expect) -> Turn {
    Turn::new(Act::CallInfo(slot), expect)
}

fn end(slot: Slot, class: InputClass) -> Turn {
    Turn::new(Act::Send(slot, vec![]), Expect::Class(class))
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = one_call();
    cases.extend(two_calls());
    cases.extend(beside_another());
    cases
}

/// What happens to one call, and another one that it must leave alone.
fn beside_another() -> Vec<Case> {
    use InputClass::{EndedCall, NotWellFormed, Valid};
    use Slot::{A, B};
    vec![
        Case::sequence(
            "lifecycle/greeting-call-beside-another",
            "A call of PlayOnPhoneGreeting is disconnected, and one of PlayOnPhone stays up.",
            &[req::OTHER_CALLS_UNTOUCHED, req::ID_FROM_PLAY_ON_PHONE_GREETING],
            vec![
                place(A),
                Turn::new(Act::Place(B, Operation::PlayOnPhoneGreeting), Expect::Anything),
                end(B, Valid),
                look(A, Expect::Up),
                end(A, Valid),
            ],
        ),
        Case::sequence(
            "lifecycle/malformed-beside-another-call",
            "A message that is not well-formed names a call, and the one placed before it stays up.",
            &[req::OTHER_CALLS_UNTOUCHED, req::NO_EFFECT_OF_REFUSED],
            vec![
                place(A),
                place(B),
                Turn::new(Act::Send(B, vec![Edit::Epilog("<".to_owned())]), Expect::Class(NotWellFormed)),
                look(A, Expect::Up),
                end(A, Valid),
                end(B, Valid),
            ],
        ),
        Case::sequence(
            "lifecycle/parallel-same-call-beside-another",
            "Four Disconnects for one call at the same time leave another one up.",
            &[req::OTHER_CALLS_UNTOUCHED, req::PARALLEL_REQUESTS],
            vec![
                place(A),
                place(B),
                Turn::new(Act::Together(vec![(A, vec![]); 4]), Expect::Class(EndedCall)),
                look(B, Expect::Up),
                end(B, Valid),
            ],
        ),
    ]
}

fn one_call() -> Vec<Case> {
    use InputClass::{EndedCall, Valid};
    use Slot::A;
    vec![
        Case::sequence(
            "lifecycle/disconnect-connected-call",
            "A call that is up is disconnected, and GetCallInfo then shows it ended.",
            &[
                req::CONNECTED_CALL_ENDED,
                req::STATE_AFTER_DISCONNECT,
                req::MEANING_OF_SUCCESS,
                req::SAME_ID_FOR_BOTH_OPERATIONS,
            ],
            vec![place(A), look(A, Expect::Up), look(A, Expect::Up), end(A, Valid), look(A, Expect::Ended)],
        ),
        Case::sequence(
            "lifecycle/disconnect-connecting-call",
            "A call is disconnected at once after PlayOnPhone, while it still rings.",
            &[req::CONNECTING_CALL_ENDED, req::STATE_AFTER_DISCONNECT],
            vec![place(A), end(A, Valid), look(A, Expect::Ended)],
        ),
        Case::sequence(
            "lifecycle/looking-changes-nothing",
            "GetCallInfo is asked three times and the call stays up until Disconnect.",
            &[req::STATE_CHANGED_BY_DISCONNECT],
            vec![
                place(A),
                look(A, Expect::Up),
                look(A, Expect::Up),
                look(A, Expect::Up),
                end(A, Valid),
                look(A, Expect::Ended),
            ],
        ),
        Case::sequence(
            "lifecycle/greeting-call",
            "The id of a PlayOnPhoneGreeting call is accepted by Disconnect.",
            &[req::ID_FROM_PLAY_ON_PHONE_GREETING],
            vec![
                Turn::new(Act::Place(A, Operation::PlayOnPhoneGreeting), Expect::Anything),
                look(A, Expect::Up),
                end(A, Valid),
                look(A, Expect::Ended),
            ],
        ),
        Case::sequence(
            "lifecycle/disconnect-twice",
            "A call is disconnected twice: success or the invalid-id fault, and nothing else.",
            &[req::SECOND_DISCONNECT],
            vec![place(A), end(A, Valid), end(A, EndedCall), look(A, Expect::Ended)],
        )
        .ambiguity(AmbiguityId::ENDED_CALL),
        Case::sequence(
            "lifecycle/ended-call-stays-ended",
            "A call is disconnected, and GetCallInfo shows it ended as often as it is asked.",
            &[req::STATE_AFTER_DISCONNECT, req::CONNECTED_CALL_ENDED],
            vec![
                place(A),
                look(A, Expect::Up),
                end(A, Valid),
                look(A, Expect::Ended),
                look(A, Expect::Ended),
            ],
        ),
        Case::sequence(
            "lifecycle/parallel-same-call",
            "Four Disconnects for one call at the same time behave as in some order.",
            &[req::PARALLEL_REQUESTS],
            vec![
                place(A),
                Turn::new(Act::Together(vec![(A, vec![]); 4]), Expect::Class(EndedCall)),
                look(A, Expect::Ended),
            ],
        ),
    ]
}

fn two_calls() -> Vec<Case> {
    use InputClass::{EndedCall, TwoCallIds, Valid};
    use Slot::{A, B};
    let both = Edit::After(crate::message::Place::CallId, "<CallId>{other}</CallId>".to_owned());
    vec![
        Case::sequence(
            "lifecycle/other-call-stays-up",
            "Of two calls one is disconnected, and the other stays up.",
            &[req::OTHER_CALLS_UNTOUCHED],
            vec![
                place(A),
                place(B),
                end(A, Valid),
                look(A, Expect::Ended),
                look(B, Expect::Up),
                end(B, Valid),
            ],
        ),
        Case::sequence(
            "lifecycle/earlier-call-stays-up",
            "Of two calls the later one is disconnected, and the earlier one stays up.",
            &[req::OTHER_CALLS_UNTOUCHED],
            vec![
                place(A),
                place(B),
                end(B, Valid),
                look(B, Expect::Ended),
                look(A, Expect::Up),
                end(A, Valid),
            ],
        ),
        Case::sequence(
            "lifecycle/ended-id-beside-live-call",
            "The id of an ended call is sent again while another call is up, which stays up.",
            &[req::OTHER_CALLS_UNTOUCHED, req::SECOND_DISCONNECT],
            vec![place(A), end(A, Valid), place(B), end(A, EndedCall), look(B, Expect::Up), end(B, Valid)],
        )
        .ambiguity(AmbiguityId::ENDED_CALL),
        Case::sequence(
            "lifecycle/parallel-different-calls",
            "Two Disconnects for two calls at the same time both succeed.",
            &[req::PARALLEL_REQUESTS],
            vec![
                place(A),
                place(B),
                Turn::new(Act::Together(vec![(A, vec![]), (B, vec![])]), Expect::Class(Valid)),
                look(A, Expect::Ended),
                look(B, Expect::Ended),
            ],
        ),
        Case::sequence(
            "lifecycle/two-live-ids-in-one-request",
            "A request names two live calls; at most one of them may end.",
            &[req::TWO_CALL_IDS],
            vec![
                place(A),
                place(B),
                Turn::new(Act::Send(A, vec![both]), Expect::Class(TwoCallIds)),
                look(A, Expect::Anything),
                look(B, Expect::NotBothEnded),
                end(A, EndedCall),
                end(B, EndedCall),
            ],
        ),
        Case::sequence(
            "lifecycle/two-disconnects-in-one-body",
            "Body holds a Disconnect for each of two live calls; at most one of them may end.",
            &[req::ONE_BODY_CHILD],
            vec![
                place(A),
                place(B),
                Turn::new(
                    Act::Send(
                        A,
                        vec![Edit::Last(
                            crate::message::Place::Body,
                            format!(
                                r#"<Disconnect xmlns="{}"><CallId>{{other}}</CallId></Disconnect>"#,
                                crate::protocol::names::MESSAGES
                            ),
                        )],
                    ),
                    Expect::Class(InputClass::BodyShape),
                ),
                look(A, Expect::Anything),
                look(B, Expect::NotBothEnded),
                end(A, EndedCall),
                end(B, EndedCall),
            ],
        ),
    ]
}
