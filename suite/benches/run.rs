//! How long a whole run takes, and how much memory: `cargo bench --bench run`.
//!
//! Starts the binary itself, so that process start counts. Prints medians and the spread; figures
//! of one run of this benchmark can be compared, those of different machines cannot.

use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod processors;

const ROUNDS: usize = 9;

fn main() {
    let mut out = std::io::stdout().lock();
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| time(&["run", "-q"])).collect();
    times.sort();
    let _ = writeln!(
        out,
        "whole catalogue against the strict mock, start included: median {:?}, from {:?} to {:?}",
        times[ROUNDS / 2],
        times[0],
        times[ROUNDS - 1]
    );
    if let Some(Recording { without, with, longer }) = recording() {
        let _ = writeln!(
            out,
            "writing its record: {} hundredths of the processor time without it ({with} ticks for {without}), \
             {longer:.2} times as long in the median of {ROUNDS} pairs",
            (with * 100).checked_div(without).unwrap_or_default()
        );
    }
    if let Some(peak) = peak() {
        let _ = writeln!(out, "peak memory of that run: {} MB", peak / 1024);
    }

    // Takes connections into its backlog and never answers.
    let Ok(silent) = TcpListener::bind("127.0.0.1:0") else { return };
    let Ok(address) = silent.local_addr() else { return };
    let url = format!("http://{address}/");
    let timeout = Duration::from_secs(2);
    let took = time(&["run", "-q", "--timeout", "2s", "--server", &url]);
    let _ = writeln!(
        out,
        "server that never answers, --timeout 2s: {took:?}, {:.2} times the timeout",
        took.as_secs_f64() / timeout.as_secs_f64()
    );
}

fn time(args: &[&str]) -> Duration {
    let started = Instant::now();
    let _ = Command::new(env!("CARGO_BIN_EXE_umspec")).args(args).stdout(Stdio::null()).status();
    started.elapsed()
}

/// What writing a record costs.
struct Recording {
    /// Time of the processors for all runs without one, in ticks of the kernel.
    without: u64,
    /// The same for those with one.
    with: u64,
    /// How many times as long a run with one lasts, in the median.
    longer: f64,
}

/// Runs without and with a record, in turns (Linux).
fn recording() -> Option<Recording> {
    let folder = std::env::temp_dir().join(format!("umspec-bench-{}", std::process::id()));
    let record = folder.to_str()?;
    let mut sum = Recording { without: 0, with: 0, longer: 0.0 };
    let mut ratios: Vec<f64> = Vec::new();
    for _ in 0..ROUNDS {
        let before = processors::ticks()?;
        let plain = time(&["run", "-q"]);
        let between = processors::ticks()?;
        let recorded = time(&["run", "-q", "--record", record]);
        sum.without += between - before;
        sum.with += processors::ticks()? - between;
        ratios.push(recorded.as_secs_f64() / plain.as_secs_f64());
    }
    let _ = std::fs::remove_file(&folder);
    ratios.sort_by(f64::total_cmp);
    Some(Recording { longer: ratios[ROUNDS / 2], ..sum })
}

/// Peak resident memory of a run in KiB, as the kernel saw it (Linux).
fn peak() -> Option<u64> {
    let mut child =
        Command::new(env!("CARGO_BIN_EXE_umspec")).args(["run", "-q"]).stdout(Stdio::null()).spawn().ok()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().ok()?.is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
        most = most.max(kib);
        std::thread::sleep(Duration::from_millis(2));
    }
    (most > 0).then_some(most)
}
