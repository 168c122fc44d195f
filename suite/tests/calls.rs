//! The life of calls as a state machine: several calls on the strict mock over real HTTP, ended,
//! looked at, mistaken and ended in parallel, in any order.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::Config;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest};
use tokio::runtime::Runtime;
use umspec::evidence::observe;
use umspec::message::{Draft, Edit, HttpRequest, Ids, Place};
use umspec::mock::{Mock, MockLimits, Service};
use umspec::protocol::{FaultCode, Operation, Outcome};
use umspec::target::{Endpoint, HttpServer, Options};

use crate::found::holds;

/// Most calls at a time.
const CALLS: usize = 4;

/// What is done to the service. Calls are named by the order in which they were placed.
#[derive(Debug, Clone)]
enum Step {
    Place,
    Look(usize),
    Disconnect(usize),
    /// Disconnects at the same time, the same call twice included.
    Together(Vec<usize>),
    /// A Disconnect without a CallId that still names the call elsewhere.
    Malformed(usize),
    Unknown,
}

/// What the service must know: whether each call is still up.
#[derive(Debug, Clone, Default)]
struct Calls {
    up: Vec<bool>,
}

impl ReferenceStateMachine for Calls {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        Just(Self::default()).boxed()
    }

    fn transitions(state: &Self) -> BoxedStrategy<Step> {
        let known = state.up.len();
        if known == 0 {
            return prop_oneof![8 => Just(Step::Place), 1 => Just(Step::Unknown)].boxed();
        }
        prop_oneof![
            2 => Just(Step::Place),
            3 => (0..known).prop_map(Step::Look),
            3 => (0..known).prop_map(Step::Disconnect),
            2 => proptest::collection::vec(0..known, 2..4).prop_map(Step::Together),
            1 => (0..known).prop_map(Step::Malformed),
            1 => Just(Step::Unknown),
        ]
        .boxed()
    }

    fn preconditions(state: &Self, step: &Step) -> bool {
        // Shrinking drops steps: what is left may name calls that are not placed any more.
        match step {
            Step::Place => state.up.len() < CALLS,
            Step::Look(call) | Step::Disconnect(call) | Step::Malformed(call) => *call < state.up.len(),
            Step::Together(calls) => calls.iter().all(|call| *call < state.up.len()),
            Step::Unknown => true,
        }
    }

    fn apply(mut state: Self, step: &Step) -> Self {
        match step {
            Step::Place => state.up.push(true),
            Step::Disconnect(call) => state.up[*call] = false,
            Step::Together(calls) => calls.iter().for_each(|call| state.up[*call] = false),
            Step::Look(_) | Step::Malformed(_) | Step::Unknown => {}
        }
        state
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
});

/// The service over HTTP, and the ids it issued.
struct Subject {
    _mock: Mock,
    server: HttpServer,
    ids: Vec<String>,
}

impl Subject {
    fn send(&self, request: &HttpRequest) -> umspec::evidence::Observation {
        observe(&RUNTIME.block_on(self.server.exchange(request)).answer)
    }

    fn state(&self, call: usize) -> String {
        let request = Draft::plain(Operation::GetCallInfo, vec!["{id}".to_owned()])
            .write(&Ids { this: self.ids[call].clone(), ..Ids::default() });
        let seen = self.send(&request);
        seen.message.and_then(|message| message.call_info).expect("a call state").state
    }
}

fn disconnect(id: &str, edits: &[Edit]) -> HttpRequest {
    Draft::disconnect(edits).write(&Ids { this: id.to_owned(), ..Ids::default() })
}

struct Run;

impl StateMachineTest for Run {
    type SystemUnderTest = Subject;
    type Reference = Calls;

    fn init_test(_: &Calls) -> Subject {
        RUNTIME.block_on(async {
            let mock = Mock::start(([127, 0, 0, 1], 0).into(), Service::strict(), MockLimits::default());
            let mock = mock.await.expect("a port");
            let url = format!("http://{}/EWS/UM2007Legacy.asmx", mock.address());
            let server = HttpServer::new(Endpoint::parse(&url).expect("a URL"), &Options::default());
            Subject { _mock: mock, server: server.expect("a client"), ids: Vec::new() }
        })
    }

    fn apply(mut subject: Subject, _: &Calls, step: Step) -> Subject {
        match step {
            Step::Place => {
                let values = vec!["ZW50cnk=".to_owned(), "5550100".to_owned()];
                let seen = subject.send(&Draft::plain(Operation::PlayOnPhone, values).write(&Ids::default()));
                let id = seen.message.and_then(|message| message.issued).expect("an id").id;
                assert!(!subject.ids.contains(&id), "{id} was issued twice");
                subject.ids.push(id);
            }
            // That the state is right is the invariant.
            Step::Look(call) => drop(subject.state(call)),
            Step::Disconnect(call) => {
                let outcome = subject.send(&disconnect(&subject.ids[call], &[])).outcome;
                assert_eq!(outcome, Outcome::Ok);
            }
            Step::Together(calls) => {
                let requests: Vec<HttpRequest> =
                    calls.iter().map(|call| disconnect(&subject.ids[*call], &[])).collect();
                let sent = requests.iter().map(|request| subject.server.exchange(request));
                for exchange in RUNTIME.block_on(futures_util::future::join_all(sent)) {
                    assert_eq!(observe(&exchange.answer).outcome, Outcome::Ok);
                }
            }
            Step::Malformed(call) => {
                let edits = [
                    Edit::Delete(Place::CallId),
                    Edit::Header("<m:CallId xmlns:m=\"urn:x\">{id}</m:CallId>".to_owned()),
                ];
                let outcome = subject.send(&disconnect(&subject.ids[call], &edits)).outcome;
                assert_eq!(outcome, Outcome::Fault(FaultCode::InvalidRequest));
            }
            Step::Unknown => {
                let outcome = subject.send(&disconnect("umspec-no-such-call", &[])).outcome;
                assert_eq!(outcome, Outcome::Fault(FaultCode::InvalidCallId));
            }
        }
        subject
    }

    fn check_invariants(subject: &Subject, state: &Calls) {
        for (call, up) in state.up.iter().enumerate() {
            let told = subject.state(call);
            assert_eq!(told != "Disconnected", *up, "call {call} is {told}");
        }
    }
}

#[test]
fn calls_live_and_end_as_they_must() {
    holds("calls", 48, &Calls::sequential_strategy(1..16), |(state, steps, seen)| {
        Run::test_sequential(Config::default(), state.clone(), steps.clone(), seen.clone());
    });
}
