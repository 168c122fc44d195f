//! Properties of reader, writer, mock and judge. A failure leaves a readable value in
//! `corpus/found/`, see [`crate::found`].

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use umspec::catalogue;
use umspec::fuzzing::{self, ENCODINGS, ESCAPES, Echo, SPELLINGS};
use umspec::generate::{AnswerVariation, Variation};
use umspec::message::{
    AnswerDraft, CallId, Draft, Ids, Reply, charset_of, read_reply, read_request, write_disconnect,
    write_reply, write_request, write_success,
};
use umspec::mock::mutants;
use umspec::proof::{MockServer, Proof, run_against};
use umspec::protocol::{FaultCode, InputClass, Operation};
use umspec::record::Record;
use umspec::strategy::{self, GeneratedRequest};

use crate::found::holds;

const REQUEST: &[u8] = include_bytes!("../../corpus/documented/disconnect.request.xml");
const FAULT: &[u8] = include_bytes!("../../corpus/documented/disconnect.invalid-id.xml");

/// What is written is read as it was, and the bytes are the same each time.
#[test]
fn every_request_is_read_as_it_was_written() {
    let operations = select(&Operation::ALL[..]);
    let values = (operations, vec(strategy::call_ids(), 2));
    holds("request-round-trip", 512, &values, |(operation, ids)| {
        let values: Vec<&str> = ids.iter().map(CallId::as_str).take(operation.fields().len()).collect();
        let message = write_request(*operation, &values);
        assert_eq!(message, write_request(*operation, &values));
        let request = read_request(message.as_bytes(), Some("utf-8")).expect("a legal request");
        assert_eq!(
            (request.operation, request.values),
            (*operation, values.iter().map(|&v| v.to_owned()).collect())
        );
    });
}

#[test]
fn every_answer_is_read_as_it_was_written() {
    holds("reply-round-trip", 512, &strategy::replies(), |reply| {
        let message = write_reply(reply);
        assert_eq!(read_reply(message.as_bytes(), Some("utf-8")).as_ref(), Ok(reply), "{message}");
    });
}

#[test]
fn every_legal_spelling_reads_alike_and_ends_the_call() {
    holds("legal-spelling", 512, &strategy::valid_requests(), |made: &GeneratedRequest| {
        let request = made.request();
        let read = read_request(&request.body, made.charset().as_deref()).expect("a legal spelling");
        assert_eq!(read.call_id(), Some(made.call_id.as_str()));
        // Writing what was read gives the one canonical spelling.
        assert_eq!(write_request(read.operation, &[made.call_id.as_str()]), write_disconnect(&made.call_id));
        fuzzing::edits_of(&made.variation);
    });
}

/// The class from the changes is the class from the reader, roxmltree agrees on the XML, and the
/// decision table allows what the strict mock answers.
#[test]
fn three_witnesses_agree_on_every_changed_request() {
    holds("changed-request", 2_000, &strategy::variations(), |variation: &Variation| {
        fuzzing::edits_of(variation);
    });
}

/// The same with any call id, reader and changes alone.
#[test]
fn reader_and_changes_agree_for_any_call_id() {
    holds("changed-id", 1_000, &strategy::generated(), |made: &GeneratedRequest| {
        let classes = made.variation.message_classes();
        match read_request(&made.request().body, made.charset().as_deref()) {
            Ok(read) => {
                assert!(made.variation.is_valid_message(), "{classes:?}, read as {read:?}");
                if made.variation.keeps_call_id() {
                    assert_eq!(read.call_id(), Some(made.call_id.as_str()));
                }
            }
            Err(refusal) => assert!(classes.contains(&refusal.defect.class()), "{classes:?}, {refusal}"),
        }
    });
}

#[test]
fn malformed_requests_are_refused() {
    holds("malformed-request", 512, &strategy::malformed_requests(), |made: &GeneratedRequest| {
        let refusal = read_request(&made.request().body, made.charset().as_deref()).expect_err("a refusal");
        assert!(refusal.defect.class().is_negative() || refusal.defect.class() == InputClass::NotWellFormed);
    });
}

#[test]
fn reader_and_changes_agree_on_every_changed_answer() {
    holds("changed-answer", 2_000, &strategy::answer_variations(), |made: &AnswerVariation| {
        let refusals = made.refusals();
        match read_reply(&made.body(), made.charset()) {
            Ok(reply) => {
                assert!(refusals.is_empty(), "{refusals:?}, read as {reply:?}");
                let meaning = match (&reply, made.answer) {
                    (Reply::Disconnected, answer) => answer == AnswerDraft::Success,
                    (Reply::Fault(fault), AnswerDraft::InvalidCallId) => {
                        fault.meaning() == FaultCode::InvalidCallId
                    }
                    (Reply::Fault(fault), AnswerDraft::Malformed) => {
                        fault.meaning() == FaultCode::InvalidRequest
                    }
                    (Reply::Fault(_), _) => false,
                };
                assert!(meaning, "{reply:?}");
            }
            Err(refusal) => assert!(refusals.contains(&refusal.defect.class()), "{refusals:?}, {refusal}"),
        }
        fuzzing::reply(&made.body());
        fuzzing::differential(&made.body());
    });
}

/// Any edits of the catalogue together, whatever they make: the readers end without a panic.
#[test]
fn no_list_of_edits_breaks_the_readers() {
    let ordinary: Vec<_> =
        catalogue::cases().iter().filter(|case| !case.slow && case.edits().is_some()).collect();
    let lists = vec(select(ordinary).prop_map(|case| case.id.to_string()), 1..=4);
    holds("edit-list", 512, &lists, |ids| {
        let edits: Vec<_> = ids
            .iter()
            .filter_map(|id| catalogue::case(id).and_then(|case| case.edits()))
            .flatten()
            .cloned()
            .collect();
        let request = Draft::disconnect(&edits).write(&Ids::default());
        let charset = request.header("content-type").and_then(charset_of);
        let _ = read_request(&request.body, charset.as_deref());
        fuzzing::request(&request.body);
        fuzzing::reply(&request.body);
        fuzzing::differential(&request.body);
        let answer = Draft::answer(AnswerDraft::InvalidCallId, &edits).body(&Ids::default());
        fuzzing::reply(&answer);
    });
}

/// Any bytes are read or refused, at a place that is in them.
#[test]
fn any_bytes_are_read_or_refused() {
    holds("any-bytes", 512, &vec(any::<u8>(), 0..400), |bytes| {
        for charset in [None, Some("utf-8"), Some("utf-16"), Some("nonsense")] {
            if let Err(refusal) = read_request(bytes, charset) {
                assert!(refusal.at <= bytes.len());
            }
            let _ = read_reply(bytes, charset);
        }
    });
}

/// So are messages with a few bytes changed, which get past the first characters.
#[test]
fn changed_messages_are_read_or_refused() {
    let changes = vec((any::<Index>(), any::<u8>(), 0..3_u8), 1..5);
    holds("changed-bytes", 512, &(0..3_usize, changes), |(sample, changes)| {
        let success = write_success();
        let mut bytes = [REQUEST, FAULT, success.as_bytes()][*sample].to_vec();
        for (place, byte, how) in changes {
            let at = place.index(bytes.len());
            match how {
                0 => bytes[at] = *byte,
                1 => bytes.insert(at, *byte),
                _ => drop(bytes.remove(at)),
            }
        }
        fuzzing::request(&bytes);
        fuzzing::reply(&bytes);
        fuzzing::differential(&bytes);
    });
}

/// Saving, loading and judging a record again changes no verdict, whatever was run against whom.
#[test]
fn a_record_keeps_its_verdicts() {
    let ordinary: Vec<_> = catalogue::cases().iter().filter(|case| !case.slow).collect();
    let cases = vec(select(ordinary).prop_map(|case| case.id.to_string()), 1..12);
    let named: Vec<&str> = std::iter::once("strict").chain(mutants().map(|mutant| mutant.name)).collect();
    holds("record", 24, &(cases, select(named)), |(ids, name)| {
        let cases: Vec<_> = ids.iter().filter_map(|id| catalogue::case(id)).collect();
        let subject = match mutants().find(|mutant| mutant.name == *name) {
            Some(mutant) => MockServer::Mutant(mutant),
            None => MockServer::Strict,
        };
        let record = run_against(subject, &cases, Proof::default()).expect("a run");
        let loaded = Record::load(&record.save().expect("a record")).expect("a record");
        assert_eq!(loaded, record);
        assert_eq!(loaded.judge_again().differences, []);
        assert_eq!(loaded.counts(), record.counts());
    });
}

/// What may stand around a secret: text, markup, the beginnings of escapes, any bytes.
fn surroundings() -> impl Strategy<Value = Vec<u8>> {
    const PARTS: [&str; 20] = [
        "<",
        "<!--",
        "-->",
        "<?",
        "<![CDATA[",
        "]]>",
        "&#",
        "&#x4",
        "%",
        "%4",
        "\\",
        "\\u00",
        "&amp",
        ";",
        "a",
        "4",
        "=",
        "\0",
        ":",
        " ",
    ];
    let part = prop_oneof![
        select(&PARTS[..]).prop_map(|part| part.as_bytes().to_vec()),
        vec(any::<u8>(), 0..4),
        "[a-z0-9]{0,9}".prop_map(String::into_bytes),
    ];
    vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// Whatever a server makes of a credential that it sends back, and whatever stands around it, nothing of it is
/// left.
#[test]
fn no_spelling_of_a_secret_is_left() {
    let secrets =
        prop_oneof!["[ -~]{6,24}", "\\PC{6,12}", "[a-c%&#;<>x4!?\\\\-]{6,12}", "[A-Za-z0-9+/=]{8,40}"];
    let escapes = vec(select(&ESCAPES[..]), 0..3);
    let echoes =
        (surroundings(), secrets, select(&SPELLINGS[..]), escapes, select(&ENCODINGS[..]), surroundings());
    let echoes = echoes.prop_map(|(before, secret, spelling, escapes, encoding, after)| Echo {
        before,
        secret,
        spelling,
        escapes,
        encoding,
        after,
    });
    holds("secrets", 512, &echoes, fuzzing::hides);
}
