//! What the judge makes of one attempt, written by hand: also of what no server of ours answers.

use umspec::catalogue::{Case, Needs, Part};
use umspec::evidence::Contrast;
use umspec::evidence::{Answer, Silence};
use umspec::evidence::{Attempt, Role};
use umspec::judge::{
    Context, Control, ControlLevel, Grading, Judgement, Signature, Verdict, flaws_of, judge_server,
};
use umspec::message::{Edit, Framing, Ids, Place, write_fault, write_malformed, write_success};
use umspec::protocol::{InputClass as Class, Nuance, Profile, RequirementId, req};

use crate::by_hand::{
    answer, bare, ended, fault, ids_at, invalid_id, malformed, soap, step, success, up, with, words,
};

const STRICT: Grading = Grading { profile: Profile::Strict, bp: false };

/// A case, what is known of the server, and the answers of one attempt. As made: a call that is up,
/// a request of the class that is refused as malformed, and a server that goes on as before.
#[derive(Clone)]
struct Script {
    case: Case,
    grading: Grading,
    level: ControlLevel,
    /// How the plain request was answered before the cases.
    plain: Answer,
    /// How short garbage was answered before the cases.
    garbage: Answer,
    /// The malformed request that was refused before the cases.
    refused: Option<Contrast>,
    states: bool,
    opened: bool,
    canary: bool,
    /// Body of the request of the case.
    body: Vec<u8>,
    before: Option<Answer>,
    mutant: Option<Answer>,
    after: Option<Answer>,
    contrast: Option<Answer>,
    twin: Option<Answer>,
}

fn scene(class: Class, requirement: RequirementId) -> Script {
    edited(class, requirement, Vec::new())
}

fn edited(class: Class, requirement: RequirementId, edits: Vec<Edit>) -> Script {
    let case = Case::request("test/case", "A case.", class, &[requirement], edits);
    let body = case.draft().expect("a request").body(&Ids::default());
    Script {
        case,
        grading: Grading::default(),
        level: ControlLevel::Live,
        plain: success(),
        garbage: invalid_id(),
        refused: Some(Contrast::Truncated),
        states: true,
        opened: true,
        canary: false,
        body,
        before: Some(up()),
        mutant: Some(malformed()),
        after: Some(up()),
        contrast: Some(malformed()),
        twin: Some(success()),
    }
}

/// A legal request that is answered with success and ends the call.
fn accepted(requirement: RequirementId) -> Script {
    Script { mutant: Some(success()), after: Some(ended()), ..scene(Class::Valid, requirement) }
}

/// Without a call: the plain request has an id that was never issued.
fn synthetic(scene: Script) -> Script {
    Script {
        level: ControlLevel::Synthetic,
        states: false,
        plain: invalid_id(),
        before: None,
        after: None,
        twin: Some(invalid_id()),
        ..scene
    }
}

impl Script {
    fn control(&self) -> Control {
        let plain = Some(Signature::of(&self.plain));
        Control {
            level: self.level,
            plain: plain.clone().filter(|_| self.level != ControlLevel::Synthetic),
            unissued: if self.level == ControlLevel::Synthetic {
                plain
            } else {
                Some(Signature::of(&invalid_id()))
            },
            plain_answers: [None, None],
            garbage: vec![Signature::of(&self.garbage); 4],
            flaws: flaws_of(&self.plain),
            contrast: self.refused,
            states: self.states,
            reusable: false,
            ends_answered_calls_only: false,
            without_effect: false,
            knows_no_id: false,
            instead_of_live: None,
            fatal: None,
            problem: None,
        }
    }

    fn attempt(&self) -> Attempt {
        let steps = [
            (Role::Before, &self.before),
            (Role::Mutant, &self.mutant),
            (Role::After, &self.after),
            (Role::Contrast, &self.contrast),
            (Role::Twin, &self.twin),
        ];
        let steps = steps
            .into_iter()
            .filter_map(|(role, answer)| Some(step(role, None, &self.body, answer.clone()?)))
            .collect();
        Attempt { canary: self.canary, ..Attempt::new(ids_at(self.level), self.opened, steps) }
    }

    fn judged(&self, attempts: &[Attempt]) -> Judgement {
        judge_server(Context { case: &self.case, control: &self.control(), grading: self.grading }, attempts)
    }
}

fn told(scene: &Script) -> String {
    words(&scene.judged(&[scene.attempt()]))
}

fn reason(scene: &Script) -> String {
    let judgement = scene.judged(&[scene.attempt()]);
    assert_eq!(judgement.verdict, Verdict::NotJudged, "{judgement:?}");
    judgement.reason.unwrap_or_default()
}

#[test]
fn a_failure_counts_only_when_it_comes_again() {
    let passes = accepted(req::XML_DECLARATION_OPTIONAL);
    let fails = Script { mutant: Some(invalid_id()), after: Some(up()), ..passes.clone() };
    let gone = Script { mutant: None, ..passes.clone() };
    let seen = |first: &Script, second: &Script| passes.judged(&[first.attempt(), second.attempt()]);
    assert_eq!(words(&passes.judged(&[])), "NOT JUDGED");
    // Only where more tries are asked for.
    assert_eq!(words(&seen(&passes, &fails)), "WARN; repeat R187 WARN");
    assert_eq!(words(&seen(&fails, &fails)), "FAIL; outcome R031 FAIL");
    assert_eq!(words(&seen(&fails, &gone)), "FAIL; outcome R031 FAIL");
    let once = seen(&fails, &passes);
    assert_eq!(words(&once), "WARN; repeat R187 WARN");
    let observed = &once.findings[0].observed;
    assert!(observed.starts_with("flaky: 500 with a fault"), "{observed}");
    assert!(observed.ends_with(", in 1 of 2 tries"), "{observed}");
}

#[test]
fn a_contact_that_does_not_come_again_stays_a_failure() {
    let quiet = scene(Class::Dtd, req::NO_EXTERNAL_ENTITIES);
    let contacted = Script { canary: true, ..quiet.clone() };
    let both = quiet.judged(&[contacted.attempt(), quiet.attempt()]);
    assert_eq!(words(&both), "FAIL; canary R178 FAIL");
    let mut lookup = Script { canary: true, ..scene(Class::Unissued, req::CALL_ID_HOST_NOT_TRUSTED) };
    lookup.case.contact = req::CALL_ID_HOST_NOT_TRUSTED;
    assert_eq!(told(&Script { mutant: Some(invalid_id()), ..lookup }), "FAIL; canary R093 FAIL");
}

#[test]
fn what_is_missing_is_told_and_nothing_is_judged() {
    let mut needs_call = accepted(req::XML_DECLARATION_OPTIONAL);
    needs_call.case = needs_call.case.needs(Needs::LiveCall);
    assert_eq!(told(&needs_call), "PASS");
    assert_eq!(told(&Script { level: ControlLevel::Given, ..needs_call.clone() }), "PASS");
    assert!(reason(&synthetic(needs_call)).contains("id of a live call"));

    let mut needs_state = accepted(req::XML_DECLARATION_OPTIONAL);
    needs_state.case = needs_state.case.needs(Needs::CallState);
    assert_eq!(told(&needs_state), "PASS");
    for scene in [
        Script { level: ControlLevel::Given, ..needs_state.clone() },
        Script { states: false, ..needs_state },
    ] {
        assert!(reason(&scene).contains("fresh calls"));
    }
    assert!(
        reason(&Script { opened: false, ..accepted(req::XML_DECLARATION_OPTIONAL) })
            .contains("valid request before")
    );
    assert!(
        reason(&Script { mutant: None, ..accepted(req::XML_DECLARATION_OPTIONAL) })
            .contains("no call could be placed")
    );
}

#[test]
fn without_control_only_a_success_that_is_never_allowed_counts() {
    let uncontrolled = |scene: Script| Script { level: ControlLevel::Uncontrolled, ..scene };
    let taken = |class, row| Script { mutant: Some(success()), ..uncontrolled(scene(class, row)) };
    let no_control = "not seen to tell valid from malformed";

    assert_eq!(told(&taken(Class::OperationName, req::HTTPS_NAMESPACE)), "FAIL; outcome R066 FAIL");
    // A refusal may be the only answer it knows.
    assert!(reason(&uncontrolled(scene(Class::OperationName, req::HTTPS_NAMESPACE))).contains(no_control));
    // A wrong refusal as well.
    let wrong = Script {
        mutant: Some(malformed()),
        ..uncontrolled(scene(Class::MandatoryHeader, req::ACTOR_ELSEWHERE))
    };
    assert!(reason(&wrong).contains(no_control));
    // What some reading allows.
    let strict = Script { grading: STRICT, ..taken(Class::Trailer, req::DISCONNECT_ELEMENT) };
    assert!(reason(&strict).contains(no_control));
    let mut https = taken(Class::OperationName, req::HTTPS_NAMESPACE);
    https.case = https.case.nuance(Nuance::HttpsSpelling);
    assert!(reason(&https).contains(no_control));
    let mut recorded = taken(Class::OperationName, req::HTTPS_NAMESPACE);
    recorded.case = recorded.case.recorded();
    assert!(reason(&recorded).contains(no_control));
}

#[test]
fn where_the_plain_request_is_refused_a_legal_one_is_asked_for_no_more() {
    assert_eq!(
        told(&synthetic(Script {
            mutant: Some(invalid_id()),
            ..scene(Class::Valid, req::XML_DECLARATION_OPTIONAL)
        })),
        "PASS"
    );
    assert_eq!(
        told(&synthetic(scene(Class::Valid, req::XML_DECLARATION_OPTIONAL))),
        "FAIL; outcome R031 FAIL",
        "another refusal than that of the plain request"
    );
}

#[test]
fn a_malformed_request_answered_like_the_plain_one_is_judged_only_where_it_is_clear() {
    let like_plain = |scene: Script| synthetic(Script { mutant: Some(invalid_id()), ..scene });
    // The table tolerates another fault for it: nothing shows that the server read the request.
    let open = like_plain(scene(Class::OperationName, req::HTTPS_NAMESPACE));
    assert!(reason(&open).contains("answered like the plain request"));
    // This one has to be answered by another fault, whatever the id.
    let clear = like_plain(scene(Class::MandatoryHeader, req::ACTOR_ELSEWHERE));
    assert_eq!(told(&clear), "FAIL; outcome R062 FAIL");
    let mut recorded = clear;
    recorded.case = recorded.case.recorded();
    assert!(reason(&recorded).contains("answered like the plain request"));
    // With a live call the plain request succeeds, and every fault tells itself apart.
    assert_eq!(
        told(&Script {
            mutant: Some(fault("Client")),
            ..scene(Class::BodyShape, req::XSI_ATTRIBUTES_ALLOWED)
        }),
        "PASS"
    );
}

#[test]
fn a_server_that_always_says_success_in_wrong_words_fails_though_the_call_ends() {
    let always = Script {
        plain: bare(204),
        mutant: Some(bare(204)),
        twin: Some(bare(204)),
        ..accepted(req::XML_DECLARATION_OPTIONAL)
    };
    assert_eq!(told(&always), "FAIL; outcome R098 FAIL");
    assert_eq!(told(&accepted(req::XML_DECLARATION_OPTIONAL)), "PASS");
}

#[test]
fn http_1_0_may_refuse_chunks() {
    let old = |status| with(bare(status), |http| http.version = "1.0".to_owned());
    let chunked = |answer| Script { mutant: Some(answer), ..scene(Class::Valid, req::CHUNKED_REQUEST) };
    assert_eq!(told(&chunked(old(501))), "NOTE; outcome R020 NOTE");
    assert_eq!(told(&chunked(old(411))), "NOTE; outcome R020 NOTE");
    assert_eq!(told(&chunked(bare(501))), "FAIL; outcome R020 FAIL");
    assert_eq!(told(&chunked(bare(411))), "NOTE; outcome R020 NOTE", "it may want a length");
    assert_eq!(told(&chunked(old(302))), "FAIL; outcome R020 FAIL; answer/redirect R025 NOTE");
    assert_eq!(
        told(&Script { mutant: Some(old(501)), ..scene(Class::Valid, req::XML_DECLARATION_OPTIONAL) }),
        "FAIL; outcome R031 FAIL"
    );
    // Only that it refused is forgiven.
    let shown = with(malformed(), |http| {
        http.version = "1.0".to_owned();
        http.status = 400;
    });
    assert_eq!(told(&chunked(shown)), "FAIL; fault/status R015 FAIL; outcome R020 NOTE");
}

#[test]
fn a_success_counts_only_beside_a_contrast_that_is_refused() {
    let taken = Script { contrast: Some(success()), ..accepted(req::XML_DECLARATION_OPTIONAL) };
    assert!(reason(&taken).contains("a truncated request"));
    // The same without: then it is any success that proves nothing.
    assert!(reason(&Script { refused: None, ..accepted(req::XML_DECLARATION_OPTIONAL) }).contains("(none)"));
    assert!(
        reason(&Script { contrast: None, ..accepted(req::XML_DECLARATION_OPTIONAL) })
            .contains("a truncated request")
    );
    // With another status than the plain request, or as refused as it.
    let other_status = Script { mutant: Some(soap(202, &write_success())), ..taken.clone() };
    let unproven = other_status.judged(&[other_status.attempt()]);
    assert_eq!(
        words(&unproven),
        "NOT JUDGED; success/status R014 WARN",
        "what is wrong with it is told all the same"
    );
    let refused = synthetic(Script {
        mutant: Some(invalid_id()),
        contrast: Some(invalid_id()),
        ..scene(Class::Valid, req::XML_DECLARATION_OPTIONAL)
    });
    assert!(reason(&refused).contains("a truncated request"));
    // A failure, and a refusal of what is legal, speak for themselves.
    let failing = Script { mutant: Some(malformed()), after: Some(up()), ..taken };
    assert_eq!(told(&failing), "FAIL; outcome R031 FAIL");
    let warned =
        Script { mutant: Some(bare(415)), contrast: Some(success()), ..scene(Class::Utf16, req::UTF16_READ) };
    assert_eq!(told(&warned), "WARN; outcome R029 WARN");
}

#[test]
fn an_id_is_not_refused_for_its_length_alone() {
    let id = Edit::Content(Place::CallId, "x".repeat(511));
    let long = |answer: Answer| Script {
        mutant: Some(answer),
        ..edited(Class::LongCallId, req::CALL_ID_TOO_LONG, vec![id.clone()])
    };
    assert_eq!(told(&long(invalid_id())), "PASS");
    assert_eq!(
        told(&long(fault("Server"))),
        "WARN; fault/detail R115 WARN; outcome R089 WARN; outcome R125 WARN"
    );
    assert_eq!(told(&long(success())), "FAIL; outcome R088 FAIL", "no refusal");
    let same = Script { garbage: fault("Server"), ..long(fault("Server")) };
    assert_eq!(told(&same), "WARN; fault/detail R115 WARN; outcome R125 WARN", "as short garbage is");
    let taken = Script { garbage: success(), ..long(invalid_id()) };
    assert_eq!(told(&taken), "PASS", "short garbage is not refused at all");
    let mut recorded = long(fault("Server"));
    recorded.case = recorded.case.recorded();
    assert_eq!(told(&recorded), "NOTE; outcome R088 NOTE");
    let longer = Script {
        mutant: Some(fault("Server")),
        ..edited(Class::OversizedCallId, req::CALL_ID_LENGTH_UNIT, vec![id])
    };
    assert_eq!(told(&longer), "NOTE; outcome R125 NOTE");
}

#[test]
fn a_server_has_to_go_on_as_before() {
    let then =
        |twin: Answer| Script { twin: Some(twin), ..scene(Class::OperationName, req::HTTPS_NAMESPACE) };
    let observed = |scene: &Script| scene.judged(&[scene.attempt()]).findings[0].observed.clone();
    assert_eq!(told(&then(success())), "PASS");
    for (silence, words) in [
        (Silence::Refused, "is gone"),
        (Silence::Unreachable, "is gone"),
        (Silence::TimedOut, "no longer answers"),
        (Silence::Reset, "ended before an answer"),
    ] {
        let scene = then(Answer::Silence(silence));
        assert_eq!(told(&scene), "FAIL; alive R186 FAIL");
        assert!(observed(&scene).contains(words), "{}", observed(&scene));
    }
    for twin in [fault("Server"), invalid_id(), soap(202, &write_success())] {
        assert_eq!(told(&then(twin)), "FAIL; alive R186 FAIL");
    }
    // The same answer with something wrong in it that was right before.
    let worse = |plain: &Answer, twin: Answer| {
        let scene = Script { plain: plain.clone(), ..then(twin) };
        (told(&scene), observed(&scene))
    };
    let typed = answer(200, "application/xml; charset=utf-8", &write_success());
    let (verdict, words) = worse(&success(), typed.clone());
    assert_eq!(verdict, "FAIL; alive R186 FAIL");
    assert_eq!(words, "200 DisconnectResponse, but not as well: answer/media-type UMD-R017");
    assert_eq!(told(&Script { plain: typed.clone(), ..then(typed.clone()) }), "PASS");
    assert_eq!(told(&Script { plain: typed, ..then(success()) }), "PASS", "better than before");
    // The call has ended by the request that was refused: nothing is left to end, and the fault
    // about its id is right. Another answer is not.
    let spent = |twin: Answer| Script { after: Some(ended()), ..then(twin) };
    assert_eq!(told(&spent(invalid_id())), "FAIL; effect R198 FAIL");
    assert_eq!(told(&spent(fault("Server"))), "FAIL; alive R186 FAIL; effect R198 FAIL");
}

#[test]
fn an_effect_has_to_fit_the_answer() {
    let ends = |class, row, mutant: Answer| Script {
        mutant: Some(mutant),
        after: Some(ended()),
        ..scene(class, row)
    };
    assert_eq!(told(&ends(Class::NotWellFormed, req::INVALID_UTF8, malformed())), "FAIL; effect R034 FAIL");
    assert_eq!(
        told(&ends(Class::MandatoryHeader, req::ACTOR_ELSEWHERE, fault("MustUnderstand"))),
        "FAIL; effect R063 FAIL"
    );
    assert_eq!(
        told(&ends(Class::Method, req::POST_ONLY, bare(405))),
        "FAIL; answer/allow R003 FAIL; effect R004 FAIL"
    );
    assert_eq!(told(&ends(Class::Unissued, req::UNISSUED_CALL_ID, success())), "FAIL; effect R154 FAIL");
    let none = Script { after: Some(up()), ..accepted(req::XML_DECLARATION_OPTIONAL) };
    assert_eq!(told(&none), "FAIL; effect R149 FAIL");
    let refused =
        Script { mutant: Some(malformed()), after: Some(ended()), ..accepted(req::XML_DECLARATION_OPTIONAL) };
    assert_eq!(told(&refused), "FAIL; outcome R031 FAIL");
    let page = ends(Class::OperationName, req::HTTPS_NAMESPACE, bare(500));
    assert_eq!(told(&page), "FAIL; outcome R134 FAIL");
    // A look that tells nothing proves nothing.
    assert_eq!(told(&Script { states: false, ..none.clone() }), "PASS");
    assert_eq!(told(&Script { after: Some(fault("Server")), ..none }), "PASS");
    let before = Script { before: Some(ended()), ..accepted(req::XML_DECLARATION_OPTIONAL) };
    assert_eq!(told(&before), "NOTE; effect R153 NOTE");
}

#[test]
fn a_close_instead_of_an_answer_is_orderly_only_where_the_request_was_broken_or_long() {
    let broken = |answer: Answer| {
        let edits = vec![Edit::Framing(Framing::LengthLong(9))];
        let mut scene =
            Script { mutant: Some(answer), ..edited(Class::Trailer, req::UNAMBIGUOUS_FRAMING, edits) };
        scene.case = scene.case.nuance(Nuance::MustRefuse);
        scene
    };
    let reset = Answer::Silence(Silence::Reset);
    let cut = with(malformed(), |http| {
        http.complete = false;
        http.body.0.truncate(100);
    });
    for answer in [Answer::Silence(Silence::Closed), reset.clone(), cut.clone(), malformed()] {
        assert_eq!(told(&broken(answer.clone())), "PASS", "{answer:?}");
    }
    assert_eq!(told(&Script { after: Some(ended()), ..broken(success()) }), "FAIL; outcome R019 FAIL");
    assert_eq!(told(&broken(Answer::Silence(Silence::TimedOut))), "FAIL; outcome R186 FAIL");

    let sized = |bytes: usize, answer: &Answer| {
        let mut scene = Script {
            mutant: Some(answer.clone()),
            ..scene(Class::OversizedCallId, req::CALL_ID_LENGTH_UNIT)
        };
        scene.body = vec![b'x'; bytes];
        told(&scene)
    };
    assert_eq!(sized(65_537, &reset), "NOTE; outcome R090 NOTE");
    assert_eq!(sized(65_536, &reset), "FAIL; outcome R186 FAIL", "a request that is read in one go");
    assert_eq!(sized(65_537, &cut), "FAIL; outcome R186 FAIL", "an answer that was begun");
}

#[test]
fn where_the_status_is_asked_for_the_body_does_not_matter() {
    let with_fault = |status: u16, code: &str| soap(status, &write_fault(code, "x"));
    let media_type =
        |answer: Answer| Script { mutant: Some(answer), ..scene(Class::MediaType, req::ANSWER_MEDIA_TYPE) };
    assert_eq!(told(&media_type(with_fault(415, "Sender"))), "PASS");
    assert_eq!(told(&media_type(bare(415))), "PASS");
    let leaking = soap(415, &write_fault("Server", "   at System.Web.Services.Call(Object o)"));
    assert_eq!(told(&media_type(leaking)), "WARN; fault/leak R122 WARN");
    // Of such a refusal nobody needs the body; of a success, all of it.
    assert_eq!(told(&media_type(with(bare(415), |http| http.complete = false))), "PASS");
    assert_eq!(told(&media_type(with(bare(200), |http| http.complete = false))), "FAIL; outcome R186 FAIL");
    // Nothing said is no success.
    assert_eq!(
        told(&Script { mutant: Some(bare(200)), ..scene(Class::Method, req::METHOD_NOT_ALLOWED) }),
        "WARN; outcome R002 WARN"
    );
    assert_eq!(
        told(&Script {
            mutant: Some(soap(200, &write_success())),
            ..scene(Class::Method, req::METHOD_NOT_ALLOWED)
        }),
        "FAIL; outcome R004 FAIL"
    );
    assert_eq!(
        told(&Script { mutant: Some(bare(204)), ..scene(Class::Valid, req::XML_DECLARATION_OPTIONAL) }),
        "FAIL; effect R149 FAIL; outcome R098 FAIL",
        "whatever was asked"
    );
    // Any other class: the same fault is judged as one.
    assert_eq!(
        told(&Script {
            mutant: Some(with_fault(415, "Sender")),
            ..scene(Class::BodyShape, req::XSI_ATTRIBUTES_ALLOWED)
        }),
        "FAIL; fault/status R015 FAIL; fault/code-known R113 WARN; outcome R135 WARN"
    );
}

#[test]
fn detail_is_asked_for_where_body_was_at_fault() {
    let without = |class, row, code| told(&Script { mutant: Some(fault(code)), ..scene(class, row) });
    for code in ["Client", "Server"] {
        assert_eq!(
            without(Class::Nil, req::NIL_CALL_ID, code),
            "WARN; fault/detail R115 WARN; outcome R135 WARN",
            "{code}"
        );
    }
    assert_eq!(without(Class::BodyShape, req::XSI_ATTRIBUTES_ALLOWED, "Client"), "PASS");
    assert_eq!(without(Class::EnvelopeNamespace, req::VERSION_MISMATCH, "Client"), "WARN; outcome R045 WARN");
    assert_eq!(without(Class::Trailer, req::NOTHING_AFTER_BODY, "Client"), "PASS");
    assert_eq!(without(Class::NotWellFormed, req::WELL_FORMED, "Client"), "NOTE; outcome R135 NOTE");
    assert_eq!(without(Class::Dtd, req::NO_DTD, "Client"), "PASS");
    let mut recorded =
        Script { mutant: Some(fault("Client")), ..scene(Class::Nil, req::XSI_ATTRIBUTES_ALLOWED) };
    recorded.case = recorded.case.recorded();
    assert_eq!(told(&recorded), "NOTE; outcome R073 NOTE");
    for part in [Part::Envelope, Part::Http] {
        let mut outside = scene(Class::ElementInCallId, req::XSI_ATTRIBUTES_ALLOWED);
        outside.case.part = part;
        let told = told(&Script { mutant: Some(fault("Client")), ..outside });
        assert!(!told.contains("R115"), "{part:?}: {told}");
    }
    // The faults that the protocol names have a detail whatever the case is about.
    let named = write_malformed();
    let start = named.find("<detail>").expect("a detail");
    let end = named.find("</detail>").expect("its end") + "</detail>".len();
    let bare = format!("{}{}", &named[..start], &named[end..]);
    assert_eq!(
        told(&Script { mutant: Some(soap(500, &bare)), ..scene(Class::Trailer, req::NOTHING_AFTER_BODY) }),
        "FAIL; fault/detail R115 FAIL",
        "what it would hold is no matter"
    );
}

#[test]
fn what_is_open_is_recorded() {
    let open = |answer: Answer| {
        let mut scene = Script {
            mutant: Some(answer),
            ..scene(Class::ProcessingInstruction, req::NO_PROCESSING_INSTRUCTION)
        };
        scene.case = scene.case.recorded();
        scene
    };
    assert_eq!(told(&open(malformed())), "NOTE; outcome R038 NOTE");
    assert_eq!(told(&open(bare(501))), "NOTE; outcome R038 NOTE");
    assert_eq!(told(&Script { after: Some(ended()), ..open(success()) }), "PASS");
    assert_eq!(told(&open(bare(500))), "WARN; outcome R038 WARN");
    assert_eq!(told(&open(Answer::Silence(Silence::TimedOut))), "FAIL; outcome R186 FAIL");
    let expected = |scene: &Script| scene.judged(&[scene.attempt()]).findings[0].expected.clone();
    assert_eq!(expected(&open(malformed())), "any orderly answer (recorded only)");
    assert!(expected(&open(bare(500))).starts_with("any orderly answer: a SOAP message"));
    let mut never = open(success());
    never.case = never.case.nuance(Nuance::MustRefuse);
    never.after = Some(ended());
    assert_eq!(told(&never), "FAIL; outcome R038 FAIL");
    assert_eq!(expected(&never), "any orderly answer but success");
    let refused = Script { mutant: Some(malformed()), after: Some(up()), ..never.clone() };
    assert_eq!(told(&refused), "NOTE; outcome R038 NOTE", "another answer than success is open all the same");
    let mut taken = Script {
        mutant: Some(success()),
        after: Some(ended()),
        ..scene(Class::Garbage, req::INCORRECT_CALL_ID)
    };
    taken.case = taken.case.recorded();
    assert_eq!(told(&taken), "NOTE; outcome R083 NOTE", "without that nuance the table decides nothing");
    let mut decided = never;
    decided.case.recorded = false;
    assert_ne!(expected(&decided), "any orderly answer but success");
}

#[test]
fn an_error_without_a_fault_is_graded_by_the_row_that_asks_for_the_fault() {
    let page = |class, row| told(&Script { mutant: Some(bare(500)), ..scene(class, row) });
    assert_eq!(page(Class::OperationName, req::HTTPS_NAMESPACE), "FAIL; outcome R134 FAIL");
    assert_eq!(page(Class::Trailer, req::NOTHING_AFTER_BODY), "FAIL; outcome R134 FAIL");
    assert_eq!(page(Class::Garbage, req::INCORRECT_CALL_ID), "FAIL; outcome R123 FAIL");
    assert_eq!(page(Class::MandatoryHeader, req::ACTOR_ELSEWHERE), "FAIL; outcome R062 FAIL");
}

/// A server that knows HTTP/0.9 answers what it takes for that without a head; to anything else that is no answer.
#[test]
fn only_an_unknown_version_may_be_answered_without_a_head() {
    let mut scene = scene(Class::Valid, req::BROKEN_REQUEST_STATUS_4XX);
    scene.mutant = Some(Answer::Silence(Silence::NotHttp));
    scene.case = scene.case.nuance(Nuance::OtherVersion);
    assert_eq!(told(&scene), "WARN; outcome R016 WARN");
    scene.case = scene.case.nuance(Nuance::NoVersion);
    assert_eq!(told(&scene), "WARN; outcome R016 WARN");
    scene.case = scene.case.nuance(Nuance::BrokenFraming);
    assert_eq!(told(&scene), "FAIL; outcome R186 FAIL");
}

/// 505 is up to the server (RFC 9110 15.6.6); what is no version is no line of HTTP (RFC 9112 2.3).
#[test]
fn another_version_may_be_taken_and_no_version_may_not() {
    let mut scene = scene(Class::EncodingsDisagree, req::BROKEN_REQUEST_STATUS_4XX);
    (scene.mutant, scene.after) = (Some(success()), Some(ended()));
    scene.case = scene.case.nuance(Nuance::OtherVersion);
    assert_eq!(told(&scene), "PASS");
    scene.case = scene.case.nuance(Nuance::NoVersion);
    assert_eq!(told(&scene), "WARN; outcome R016 WARN");
}

/// Nothing is broken as HTTP about a request without a body and without a length: what is due is due to an empty body.
#[test]
fn an_error_without_a_fault_for_a_body_that_nobody_announced_is_graded_as_for_an_empty_one() {
    let case =
        umspec::catalogue::cases().iter().find(|case| case.id == "http/length-unsaid").expect("the case");
    let mut scene = scene(case.class, req::UNAMBIGUOUS_FRAMING);
    scene.case = case.clone();
    scene.mutant = Some(bare(500));
    assert_eq!(told(&scene), "FAIL; outcome R134 FAIL");
    scene.mutant = Some(bare(411));
    assert_eq!(told(&scene), "PASS");
}
