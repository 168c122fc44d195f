//! Runs the cases for parsers.

use futures_util::FutureExt as _;

use super::{InProcess, ParserDriver, ParserOptions};
use crate::catalogue::{MessageCase, control_message, plain_messages};
use crate::evidence::{
    ControlEvidence, ControlMessage, Evidence, Parsed, Parser, ParserControlStep, ParserEvidence, Subject,
};
use crate::judge::{Judgement, judge_parser, parser_problem};
use crate::message::MessageKind;
use crate::record::{Entry, Record, Watcher};
use crate::run::begin::begun;
use crate::run::clock::Clock;
use crate::run::schedule::{Item, alone, side_by_side};

/// Runs cases against parsers, one in each lane, and judges them. Without a parser nothing is run.
pub async fn run_parser<D: ParserDriver>(
    mut lanes: Vec<D>,
    options: &ParserOptions,
    cases: &[&'static MessageCase],
    watcher: &dyn Watcher,
) -> Record {
    let clock = Clock::start();
    let mut control = Vec::new();
    for kind in [MessageKind::Request, MessageKind::Reply] {
        if let Some(parser) = lanes.first_mut().filter(|_| cases.iter().any(|case| case.kind == kind)) {
            establish(parser, kind, &mut control).await;
        }
    }
    let problem = |kind| parser_problem(&control, kind);
    let problems = [MessageKind::Request, MessageKind::Reply].map(|kind| (kind, problem(kind)));
    let problem_of = |case: &MessageCase| {
        problems.iter().find(|(kind, _)| *kind == case.kind).and_then(|(_, problem)| problem.as_ref())
    };
    let work = async |parser: &mut D, item: Item| {
        if watcher.stopped() {
            return None;
        }
        let case = cases[item.index];
        let entry = match problem_of(case) {
            Some(problem) => Entry::unrun(&case.id, Judgement::not_judged(problem)),
            None => entry(parser, options, case).await,
        };
        watcher.done(&entry);
        Some(entry)
    };
    let (mut done, _) = side_by_side(&alone(0..cases.len()), lanes, work).await;
    let left = |case: &MessageCase| Entry::unrun(&case.id, Judgement::not_judged("the run was interrupted"));
    let entries = cases.iter().enumerate();
    let entries = entries.map(|(index, case)| done.remove(&index).unwrap_or_else(|| left(case))).collect();
    let evidence = ControlEvidence::Parser(control);
    let mut record = begun(Subject::Parser, &options.target, options.grading, evidence);
    record.entries = entries;
    record.interrupted = watcher.stopped() && record.entries.iter().any(|entry| !entry.is_run());
    record.times = clock.times();
    record
}

/// Runs cases against a parser in this process, one after the other, and judges them. Needs no runtime.
pub fn run_parser_in_process(
    parser: impl Parser,
    options: &ParserOptions,
    cases: &[&'static MessageCase],
    watcher: &dyn Watcher,
) -> Record {
    let run = run_parser(vec![InProcess(parser)], options, cases, watcher).now_or_never();
    // Nothing in it waits: such a parser answers at once, and so everything is ready at the first look.
    run.unwrap_or_else(|| unreachable!("a parser in this process never waits"))
}

async fn entry(parser: &mut impl ParserDriver, options: &ParserOptions, case: &MessageCase) -> Entry {
    let parsed = parser.parse(case.kind, &case.bytes).await;
    let lives = matches!(parsed, Parsed::Accepted(_) | Parsed::Refused(_));
    let twin = if options.lasting && lives {
        Some(parser.parse(case.kind, &control_message(case.kind, ControlMessage::Plain(0))).await)
    } else {
        None
    };
    let evidence = ParserEvidence { parsed, twin };
    let judgement = judge_parser(case, &evidence, options.grading);
    Entry { case: case.id.to_string(), judgement, evidence: Some(Evidence::Parser(evidence)) }
}

/// Puts to a parser what shows whether it tells good messages of a kind from bad ones, until it is clear
/// that it does not, or that it does.
async fn establish(parser: &mut impl ParserDriver, kind: MessageKind, control: &mut Vec<ParserControlStep>) {
    let plain = plain_messages().into_iter().filter(|plain| plain.kind == kind).count();
    let messages = (0..plain).map(ControlMessage::Plain).chain(ControlMessage::MALFORMED);
    for message in messages {
        let parsed = parser.parse(kind, &control_message(kind, message)).await;
        let is_plain = matches!(message, ControlMessage::Plain(_));
        let enough = if is_plain {
            !matches!(parsed, Parsed::Accepted(_))
        } else {
            matches!(parsed, Parsed::Refused(_) | Parsed::Threw(_))
        };
        control.push(ParserControlStep { kind, message, parsed });
        if enough {
            return;
        }
    }
}
