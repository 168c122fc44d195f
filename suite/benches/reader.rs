//! The reference reader beside roxmltree on the same bytes: `cargo bench --bench reader`.
//!
//! The two take turns in one process, so that the machine's other load meets both.

use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant};

use umspec::message::read_request;

const SAMPLE: &str = include_str!("../../corpus/documented/disconnect.request.xml");
const ROUNDS: usize = 21;
const READS: u32 = 20_000;

fn main() {
    let mut out = std::io::stdout().lock();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(time(|| {
            let _ = black_box(read_request(black_box(SAMPLE.as_bytes()), Some("utf-8")));
        }));
        theirs.push(time(|| {
            // roxmltree takes text, so that finding out that the bytes are UTF-8 is part of it.
            let text = std::str::from_utf8(black_box(SAMPLE.as_bytes())).unwrap_or_default();
            let _ = black_box(roxmltree::Document::parse(text));
        }));
    }
    ours.sort();
    theirs.sort();
    let (ours, theirs) = (ours[ROUNDS / 2], theirs[ROUNDS / 2]);
    let _ = writeln!(out, "documented request, {} bytes, medians of {ROUNDS} rounds:", SAMPLE.len());
    let _ = writeln!(out, "reference reader, all its checks: {} ns", ours.as_nanos());
    let _ = writeln!(out, "roxmltree, tree only:             {} ns", theirs.as_nanos());
    let _ = writeln!(out, "roxmltree takes {:.2} times as long", theirs.as_secs_f64() / ours.as_secs_f64());

    let before = resident();
    for _ in 0..1_000_000 {
        let _ = black_box(read_request(black_box(SAMPLE.as_bytes()), Some("utf-8")));
    }
    if let (Some(before), Some(after)) = (before, resident()) {
        let _ = writeln!(out, "resident memory before and after a million reads: {before} and {after} KiB");
    }
}

/// Time of one read.
fn time(mut read: impl FnMut()) -> Duration {
    let started = Instant::now();
    for _ in 0..READS {
        read();
    }
    started.elapsed() / READS
}

fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
