//! Where the documents contradict each other: every reading is told, and none that a profile takes
//! fails in it.

use std::collections::BTreeSet;

use umspec::catalogue::{Case, cases};
use umspec::judge::{Grading, Verdict};
use umspec::mock::{mutants, variants};
use umspec::proof::{MockServer, Proof, run_against};
use umspec::protocol::{AMBIGUITIES, AmbiguityId, Profile};
use umspec::record::Record;
use umspec::report::{TextOptions, text};

/// A server and a case whose finding lies on each of them.
const SHOWN: [(AmbiguityId, &str, &str); 29] = [
    (AmbiguityId::CODE_NAMESPACE, "codes-in-messages-namespace", "namespace/disconnect-types"),
    (AmbiguityId::EXCEPTION_TYPE_PREFIX, "details-invalid-id-of-other-type", "call-id/garbage-word"),
    (AmbiguityId::EXCEPTION_TYPE_NAMESPACE, "types-exception-in-no-namespace", "call-id/garbage-word"),
    (AmbiguityId::FAULT_TEXT, "words-in-another-language", "call-id/garbage-word"),
    (AmbiguityId::MISSING_CALL_ID, "accepts-missing-call-id", "call-id/missing-self-closed"),
    (AmbiguityId::ILL_FORMED_BODY, "answers-ill-formed-by-400", "xml/call-id-unclosed"),
    (AmbiguityId::DETAIL_NAMESPACE, "details-in-messages-namespace", "namespace/disconnect-types"),
    (AmbiguityId::MALFORMED_CODE, "faults-malformed-as-client", "namespace/disconnect-types"),
    (AmbiguityId::ISSUING_OPERATIONS, "forgets-greeting-calls", "lifecycle/greeting-call"),
    (AmbiguityId::CALL_ID_LENGTH, "limits-call-id-to-511-characters", "call-id-size/ascii-512-characters"),
    (AmbiguityId::SCHEMA_FOR_REQUESTS, "ignores-siblings-of-call-id", "request-body/reason-after"),
    (AmbiguityId::MEANING_OF_MALFORMED, "codes-malformed-otherwise", "xml/call-id-unclosed"),
    (AmbiguityId::HTTPS_MESSAGES, "takes-https-namespace", "namespace/disconnect-https"),
    (AmbiguityId::HTTPS_ENVELOPE, "takes-any-envelope", "envelope/namespace-https"),
    (AmbiguityId::MESSAGE_SINGULAR, "takes-namespace-by-its-start", "namespace/disconnect-message-singular"),
    (AmbiguityId::FAULT_CODE_PREFIX, "faults-with-unbound-code", "namespace/disconnect-types"),
    (AmbiguityId::INVALID_ID_SHAPE, "details-invalid-id-without-type", "call-id/garbage-word"),
    (
        AmbiguityId::ENVELOPE_WITHOUT_NAMESPACE,
        "breaks-on-envelope-without-namespace",
        "envelope/namespace-none",
    ),
    (AmbiguityId::ENCODING_LABELS, "strict", "encoding/charset-unknown"),
    (AmbiguityId::ELEMENT_CASE, "folds-element-case", "request-body/call-id-named-upper-case"),
    (AmbiguityId::ENDED_CALL, "page-for-ended-call", "lifecycle/disconnect-twice"),
    (AmbiguityId::UNISSUED_CALL_ID, "takes-any-call-id", "call-id/unissued-fresh-guid"),
    (AmbiguityId::SOAP12_REQUEST, "speaks-soap12", "envelope/soap12"),
    (AmbiguityId::EMPTY_ACTOR, "strict", "header/mandatory-empty-actor"),
    (AmbiguityId::QUALIFIED_FAULT_CHILDREN, "faults-with-qualified-children", "call-id/garbage-word"),
    (AmbiguityId::RECEIVED_DTD, "expands-entities", "dtd/entity-is-id"),
    (AmbiguityId::CHARSET_ABSENT, "labels-without-charset", "call-id/garbage-word"),
    (AmbiguityId::NAMESPACE_ERRORS, "takes-unbound-prefixes", "xml/prefix-of-attribute"),
    (AmbiguityId::XML_EDITION, "takes-declarations-anywhere", "xml/declaration-of-version-two"),
];

fn run(name: &str, profile: Profile, cases: &[&'static Case]) -> Record {
    let mutant = mutants().find(|mutant| mutant.name == name).map(MockServer::Mutant);
    let variant = || variants().find(|variant| variant.name == name).map(MockServer::Variant);
    let subject = mutant.or_else(variant).unwrap_or(MockServer::Strict);
    let proof = Proof { grading: Grading { profile, bp: false }, ..Proof::default() };
    run_against(subject, cases, proof).expect("a run")
}

fn only(case: &str) -> Vec<&'static Case> {
    cases().iter().filter(|known| known.id == case).collect()
}

#[test]
fn every_ambiguity_that_a_server_can_show_is_told_with_both_readings() {
    let shown: BTreeSet<AmbiguityId> = SHOWN.iter().map(|(id, ..)| *id).collect();
    for known in AMBIGUITIES {
        // A server of HTTP/1.0 is in `real_servers`.
        let elsewhere = known.id == AmbiguityId::CHUNKED_REQUEST;
        assert_eq!(shown.contains(&known.id) || elsewhere, known.unseen.is_none(), "{}", known.id);
    }
    for (id, name, case) in SHOWN {
        let record = run(name, Profile::Interop, &only(case));
        let entry = &record.entries[0];
        let lies = entry.judgement.findings.iter().any(|finding| finding.ambiguity == Some(id));
        assert!(lies, "{id}, {name}: {:?}", entry.judgement);
        let report = text(&record, TextOptions { verbose: true, ..TextOptions::default() });
        let line = report.lines().find(|line| line.contains("reading ") && line.contains(&id.to_string()));
        let line = line.unwrap_or_else(|| panic!("{id}, {name}: {report}"));
        assert!(line.contains("interop takes") && line.contains("strict takes"), "{line}");
    }
}

/// By the letter, what only interop takes fails; the report of either profile says so of the other.
#[test]
fn the_other_profile_is_told_by_judging_again() {
    for (profile, here, there) in [(Profile::Interop, "WARN", "FAIL"), (Profile::Strict, "FAIL", "WARN")] {
        let record = run("details-in-messages-namespace", profile, &only("namespace/disconnect-types"));
        let report = text(&record, TextOptions::default());
        let line = report.lines().find(|line| line.contains("reading ")).expect("a reading");
        assert!(line.contains(&format!(": {here}; ")) && line.ends_with(&format!(": {there}")), "{line}");
    }
}

/// What follows a reading that interop takes fails nowhere in it.
#[test]
fn nothing_fails_outside_the_chosen_reading() {
    let all: Vec<&'static Case> = cases().iter().filter(|case| !case.slow).collect();
    // The other readings are those of the variants, which have a gate of their own.
    for name in [
        "faults-with-unbound-code",
        "ignores-attributes",
        "ignores-siblings-of-call-id",
        "takes-https-namespace",
    ] {
        let record = run(name, Profile::Interop, &all);
        let failed: Vec<_> = record
            .entries
            .iter()
            .filter(|entry| entry.judgement.verdict == Verdict::Fail)
            .map(|entry| (&entry.case, &entry.judgement.findings[0]))
            .collect();
        assert!(failed.is_empty(), "{name}: {failed:?}");
    }
}
