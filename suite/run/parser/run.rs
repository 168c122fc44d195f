//! Runs the cases for parsers.

use futures_util::FutureExt as _;

use super::{InProcess, ParserDriver, ParserOptions};
use crate::catalogue::{MessageCase, control_message, plain_messages};
use crate::evidence::{
    ControlEvidence, ControlMessage, Evidence, Parsed, Parser, ParserControlStep, ParserEvidence, Subject,
};
use crate::judge::{
    Judgement, is_clearly_quadratic, is_quadratic, is_worth_a_look, judge_parser, only_failed,
    parser_problem, parser_tries,
};
use crate::message::MessageKind;
use crate::record::{Entry, Record, Watcher};
use crate::run::begin::begun;
use crate::run::bounds::{Bounded, said_something};
use crate::run::clock::Clock;
use crate::run::end::end;
use crate::run::schedule::{Item, alone, side_by_side};

/// Runs cases against parsers, one in each lane, and judges them. Without a parser nothing is run.
pub async fn run_parser<D: ParserDriver>(
    mut lanes: Vec<D>,
    options: &ParserOptions,
    cases: &[&'static MessageCase],
    watcher: &dyn Watcher,
) -> Record {
    let clock = Clock::start();
    let watcher = &Bounded::new(watcher, options.bounds, clock);
    let mut control = Vec::new();
    for kind in [MessageKind::Request, MessageKind::Reply] {
        let is_asked = options.kinds.contains(&kind) || cases.iter().any(|case| case.kind == kind);
        if let Some(parser) = lanes.first_mut().filter(|_| is_asked)
            && watcher.in_time(establish(parser, kind, &mut control)).await.is_none()
        {
            // A part of it would say that the parser refuses nothing.
            control.retain(|step| step.kind != kind);
        }
    }
    let problem = |kind| parser_problem(&control, kind);
    let problems = [MessageKind::Request, MessageKind::Reply].map(|kind| (kind, problem(kind)));
    let problem_of = |case: &MessageCase| {
        problems.iter().find(|(kind, _)| *kind == case.kind).and_then(|(_, problem)| problem.as_ref())
    };
    let evidence = ControlEvidence::Parser(control.clone());
    let of = (Subject::Parser, &*options.target, clock);
    let mut record = begun(of, options.grading, evidence, cases);
    record.options.clone_from(&options.again);
    record.shard.clone_from(&options.shard);
    watcher.begun(&record);
    let work = async |parser: &mut D, item: Item| {
        if watcher.stopped() {
            return None;
        }
        let case = cases[item.index];
        let began = Clock::start();
        watcher.started(&case.id);
        let entry = match problem_of(case) {
            Some(problem) => Entry::unrun(&case.id, Judgement::not_judged(problem)),
            None => watcher.in_time(entry(parser, options, case, &control)).await?,
        };
        watcher.heard(entry.evidence.as_ref().is_none_or(said_something));
        Some(watcher.finish(entry, began))
    };
    let (done, _) = side_by_side(&alone(0..cases.len()), lanes, work).await;
    let ended_early = watcher.why().filter(|_| done.len() < cases.len());
    end(&mut record, done, ended_early, None, (watcher, clock));
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

/// How often a message is tried again that a parser broke off at, or was silent to: once, and once more
/// where it answers then, to tell how often of three times it does.
const MORE_TRIES: usize = 2;

/// How often times are taken of which the longest is long enough to be looked at; the least counts, so that
/// what else a machine does makes no square of a line.
const MEASUREMENTS: usize = 5;

/// How often where the least of those still look like a square.
const MOST_MEASUREMENTS: usize = 15;

async fn entry(
    parser: &mut impl ParserDriver,
    options: &ParserOptions,
    case: &MessageCase,
    control: &[ParserControlStep],
) -> Entry {
    let watched = Watched::of(options, case);
    let _turn = watched.turn(options).await;
    let before = Watched::contacts(options);
    let bytes = watched.message(&case.bytes);
    let parsed = watched.unnamed(parser.parse(case.kind, &bytes).await);
    let complaints = parser.complaints().await;
    let mut evidence = ParserEvidence::of(parsed);
    while wants_another(options, case, control, &evidence) {
        let again = parser.parse(case.kind, &bytes).await;
        evidence.again.push(watched.unnamed(again));
    }
    if options.lasting && !evidence.parsed.is_broken() {
        let plain = control_message(case.kind, ControlMessage::Plain(0));
        evidence.twin = Some(parser.parse(case.kind, &plain).await);
    }
    if !case.smaller.is_empty() {
        evidence.times = times(parser, case).await;
    }
    evidence.contacted = watched.is_contacted(options, before).await;
    let judgement = judge_parser(case, control, &evidence, options.grading);
    Entry::run(&case.id, judgement, Evidence::Parser(evidence)).complaining(complaints)
}

/// Whether a message is put to a parser once more after what it made of it so far.
fn wants_another(
    options: &ParserOptions,
    case: &MessageCase,
    control: &[ParserControlStep],
    evidence: &ParserEvidence,
) -> bool {
    let count = evidence.tries().count();
    let is_unsure = evidence.parsed.is_broken()
        && (count == 1 || (count <= MORE_TRIES && evidence.again.iter().any(|parsed| !parsed.is_broken())));
    let fails = || only_failed(&parser_tries(case, control, evidence, options.grading));
    is_unsure || count < options.repeat || (count <= options.retries && fails())
}

/// How many milliseconds a parser takes for the plain message, and for those of a case from the smallest on.
async fn times(parser: &mut impl ParserDriver, case: &MessageCase) -> Vec<u64> {
    let plain = control_message(case.kind, ControlMessage::Plain(0));
    let messages = || [&plain].into_iter().chain(&case.smaller).chain([&case.bytes]);
    let mut least: Vec<u64> = Vec::new();
    // What is no more than like a square is measured twice as often.
    for round in 0..2 * MOST_MEASUREMENTS {
        for (number, message) in messages().enumerate() {
            let clock = Clock::start();
            parser.parse(case.kind, message).await;
            let time = clock.milliseconds();
            match least.get_mut(number) {
                Some(known) => *known = time.min(*known),
                None => least.push(time),
            }
        }
        let is_line = round + 1 >= MEASUREMENTS && !is_quadratic(&least);
        let is_square = round + 1 >= MOST_MEASUREMENTS && is_clearly_quadratic(&least);
        if !is_worth_a_look(&least) || is_line || is_square {
            break;
        }
    }
    if is_quadratic(&least) && parser.is_parted() {
        return Vec::new();
    }
    least
}

/// What is watched while a parser reads a message: the address that it names, if the run has one.
struct Watched {
    address: Option<String>,
}

/// Stands in messages where the address goes, if the run has one.
const NOBODY: &str = "canary.invalid";

#[cfg(feature = "net")]
impl Watched {
    fn of(options: &ParserOptions, case: &MessageCase) -> Self {
        let watched = Self { address: options.canary.as_ref().map(|canary| canary.address().to_string()) };
        let is_named = watched.message(&case.bytes) != case.bytes;
        if is_named { watched } else { Self { address: None } }
    }

    /// Lets one case at a time be watched.
    async fn turn<'a>(&self, options: &'a ParserOptions) -> Option<tokio::sync::MutexGuard<'a, ()>> {
        self.address.as_ref()?;
        Some(options.canary.as_ref()?.turn().await)
    }

    fn contacts(options: &ParserOptions) -> usize {
        options.canary.as_ref().map_or(0, |canary| canary.contacts())
    }

    /// Whether somebody came; one who did is counted a moment later.
    async fn is_contacted(&self, options: &ParserOptions, before: usize) -> bool {
        if self.address.is_none() {
            return false;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        Self::contacts(options) > before
    }
}

#[cfg(not(feature = "net"))]
impl Watched {
    fn of(_: &ParserOptions, _: &MessageCase) -> Self {
        Self { address: None }
    }

    #[expect(clippy::unused_async, reason = "it waits where there is something to wait for")]
    async fn turn(&self, _: &ParserOptions) -> Option<()> {
        None
    }

    fn contacts(_: &ParserOptions) -> usize {
        0
    }

    #[expect(clippy::unused_async, reason = "it waits where there is something to wait for")]
    async fn is_contacted(&self, _: &ParserOptions, _: usize) -> bool {
        false
    }
}

impl Watched {
    /// What was made of a message, as if it had named nobody's address: what a case is read as names that.
    fn unnamed(&self, parsed: Parsed) -> Parsed {
        let Some(address) = &self.address else { return parsed };
        let unnamed = |text: String| text.replace(address, NOBODY);
        match parsed {
            Parsed::Accepted(text) => Parsed::Accepted(unnamed(text)),
            Parsed::Crashed(why) => Parsed::Crashed(unnamed(why)),
            Parsed::Refused(why) => Parsed::Refused(unnamed(why)),
            parsed => parsed,
        }
    }

    /// The message, which names the watched address in place of nobody's, in UTF-8 or UTF-16.
    fn message(&self, message: &[u8]) -> Vec<u8> {
        let Some(address) = &self.address else { return message.to_vec() };
        let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(bytes).collect()
        };
        let mut message = message.to_vec();
        for (nobody, address) in [
            (NOBODY.as_bytes().to_vec(), address.as_bytes().to_vec()),
            (wide(NOBODY, u16::to_le_bytes), wide(address, u16::to_le_bytes)),
            (wide(NOBODY, u16::to_be_bytes), wide(address, u16::to_be_bytes)),
        ] {
            let mut from = 0;
            while let Some(at) = message[from..].windows(nobody.len()).position(|part| part == nobody) {
                message.splice(from + at..from + at + nobody.len(), address.iter().copied());
                from += at + address.len();
            }
        }
        message
    }
}

/// Puts to a parser what shows whether it tells good messages of a kind from bad ones, until it is clear
/// that it does not, or that it does.
async fn establish(parser: &mut impl ParserDriver, kind: MessageKind, control: &mut Vec<ParserControlStep>) {
    let plain = plain_messages().iter().filter(|plain| plain.kind == kind).count();
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
