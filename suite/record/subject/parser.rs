//! Runs the cases for parsers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::{Sight, SubjectEntry, SubjectKind, SubjectRecord, SubjectWatcher};
use crate::catalogue::{MessageCase, parser_cases, plain_messages};
use crate::evidence::ParserSight;
use crate::evidence::{Parsed, Parser};
use crate::judge::{Judgement, Settings, judge_parser, parsed_words};
use crate::message::{AnswerDraft, Draft, Edit, Ids, MessageKind, Place};
use crate::record::file::Times;

/// How a parser is run.
#[derive(Debug, Clone)]
pub struct ParserOptions {
    /// How it is called, for the record.
    pub target: String,
    /// How it is graded.
    pub settings: Settings,
    /// How many parsers run side by side.
    pub jobs: usize,
    /// Whether one parser sees many messages, so that one message can spoil it for the next: the plain
    /// message follows each case.
    pub lasting: bool,
}

/// Runs cases against parsers made by `make`, one for each job, and judges them.
///
/// # Errors
/// When a parser cannot be made.
pub fn run_parser<P: Parser + ?Sized>(
    make: &(dyn Fn() -> std::io::Result<Box<P>> + Sync),
    options: &ParserOptions,
    cases: &[&'static MessageCase],
    watcher: &dyn SubjectWatcher,
) -> std::io::Result<SubjectRecord> {
    let started = Instant::now();
    let started_ms =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| millis(since.as_millis()));
    let mut record =
        SubjectRecord::begun(SubjectKind::Parser, &options.target, options.settings, parser_cases().len());
    let mut parser = make()?;
    let mut problems = Vec::new();
    for kind in [MessageKind::Request, MessageKind::Reply] {
        if cases.iter().any(|case| case.kind == kind)
            && let Some(problem) = establish(&mut *parser, kind, &mut record.control)
        {
            problems.push((kind, problem));
        }
    }
    drop(parser);
    record.entries = entries(make, options, cases, &problems, watcher)?;
    record.interrupted = record.entries.iter().any(|entry| entry.sight.is_none()) && watcher.stopped();
    // A parser for one kind of message is judged by that kind; without any, there is nothing to say.
    let kinds = [MessageKind::Request, MessageKind::Reply]
        .into_iter()
        .filter(|kind| cases.iter().any(|case| case.kind == *kind));
    if !problems.is_empty() && problems.len() == kinds.count() {
        record.problem = problems.into_iter().next().map(|(_, problem)| problem);
    }
    record.times = Times { started_ms, elapsed_ms: millis(started.elapsed().as_millis()) };
    Ok(record)
}

/// Runs the cases side by side; they stand in the order of `cases`.
fn entries<P: Parser + ?Sized>(
    make: &(dyn Fn() -> std::io::Result<Box<P>> + Sync),
    options: &ParserOptions,
    cases: &[&'static MessageCase],
    problems: &[(MessageKind, String)],
    watcher: &dyn SubjectWatcher,
) -> std::io::Result<Vec<SubjectEntry>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(cases.len()));
    let work = || -> std::io::Result<()> {
        let mut parser = make()?;
        while !watcher.stopped() {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(case) = cases.get(index).copied() else { break };
            let entry = match problems.iter().find(|(kind, _)| *kind == case.kind) {
                Some((_, problem)) => SubjectEntry {
                    case: case.id.to_string(),
                    judgement: Judgement::not_judged(problem.clone()),
                    sight: None,
                },
                None => entry(&mut *parser, options, case),
            };
            watcher.done(&entry);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, entry));
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..options.jobs.max(1)).map(|_| scope.spawn(work)).collect();
        lanes
            .into_iter()
            .try_for_each(|lane| lane.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    // Every lane that took a case ended it, and cases are taken in order: what is missing is the end.
    let mut entries: Vec<SubjectEntry> = done.into_iter().map(|(_, entry)| entry).collect();
    entries.extend(cases.iter().skip(entries.len()).map(|case| SubjectEntry {
        case: case.id.to_string(),
        judgement: Judgement::not_judged("the run was interrupted"),
        sight: None,
    }));
    Ok(entries)
}

fn entry(parser: &mut (impl Parser + ?Sized), options: &ParserOptions, case: &MessageCase) -> SubjectEntry {
    let parsed = parser.parse(case.kind, &case.bytes);
    let lives = matches!(parsed, Parsed::Accepted(_) | Parsed::Refused(_));
    let twin = (options.lasting && lives).then(|| parser.parse(case.kind, &plain(case.kind)));
    let sight = ParserSight { parsed, twin };
    SubjectEntry {
        case: case.id.to_string(),
        judgement: judge_parser(case, &sight, options.settings),
        sight: Some(Sight::Parser(sight)),
    }
}

/// Finds out whether a parser tells good messages of a kind from bad ones; why not, if it does not.
fn establish(
    parser: &mut (impl Parser + ?Sized),
    kind: MessageKind,
    control: &mut Vec<(String, Sight)>,
) -> Option<String> {
    let mut put = |name: &str, message: &[u8]| {
        let parsed = parser.parse(kind, message);
        let sight = ParserSight { parsed: parsed.clone(), twin: None };
        control.push((format!("{} {name}", kind.word()), Sight::Parser(sight)));
        parsed
    };
    for plain in plain_messages().into_iter().filter(|plain| plain.kind == kind) {
        let parsed = put("plain", &plain.bytes);
        // The code of a fault may be left out.
        let wanted = plain.value.split(' ').next().unwrap_or_default();
        let same = match &parsed {
            Parsed::Accepted(value) if kind == MessageKind::Reply => value.starts_with(wanted),
            Parsed::Accepted(value) => value == wanted,
            _ => false,
        };
        if !same {
            let kind = kind.word();
            return Some(format!("a plain {kind} is not read as {wanted:?}: {}", parsed_words(&parsed)));
        }
    }
    // Any of them will do: each is a defect that some parser may have.
    let contrasts = contrasts(kind);
    let refused = contrasts.iter().any(|(name, message)| matches!(put(name, message), Parsed::Refused(_)));
    (!refused).then(|| {
        let names: Vec<&str> = contrasts.iter().map(|(name, _)| *name).collect();
        format!("nothing wrong with a {} is refused: {}", kind.word(), names.join(", "))
    })
}

/// The first plain message of a kind.
fn plain(kind: MessageKind) -> Vec<u8> {
    let plain = plain_messages().into_iter().find(|plain| plain.kind == kind);
    plain.map(|plain| plain.bytes).unwrap_or_default()
}

fn contrasts(kind: MessageKind) -> [(&'static str, Vec<u8>); 3] {
    let empty_body = [Edit::Content(Place::Body, String::new())];
    let draft = match kind {
        MessageKind::Request => Draft::disconnect(&empty_body),
        MessageKind::Reply => Draft::answer(AnswerDraft::Success, &empty_body),
    };
    let mut cut = plain(kind);
    cut.truncate(cut.len() / 2);
    [("cut in half", cut), ("empty Body", draft.body(&Ids::default())), ("no XML", b"no XML".to_vec())]
}

fn millis(millis: u128) -> u64 {
    u64::try_from(millis).unwrap_or(u64::MAX)
}
