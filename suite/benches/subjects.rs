//! How long a parser and a client are judged: `cargo bench --bench subjects`.
//!
//! Starts the binary itself, and as parser and client the binary again. Prints medians and the spread;
//! figures of one run of this benchmark can be compared, those of different machines cannot.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;

fn main() {
    let binary = env!("CARGO_BIN_EXE_umspec");
    let parser = format!("'{binary}' parse");
    let client = format!("'{binary}' call --timeout 3s --user {{user}}:{{password}} {{url}} -- {{call-id}}");
    let mut out = std::io::stdout().lock();
    let start = median(binary, &["parse", "reply"]);
    let _ = writeln!(out, "start of the program: {}", words(&start));
    let persistent = median(binary, &["run", "-q", "--parser", &parser, "--persistent"]);
    let _ = writeln!(out, "every case for parsers, one process: {}", words(&persistent));
    let many = median(binary, &["run", "-q", "--parser", &parser]);
    let _ = writeln!(out, "every case for parsers, a process each: {}", words(&many));
    let clients = median(binary, &["run", "-q", "--client", &client]);
    let _ = writeln!(out, "every case for clients, which wait 3 s where nothing comes: {}", words(&clients));
}

fn median(binary: &str, args: &[&str]) -> Vec<Duration> {
    let time = |_| {
        let started = Instant::now();
        let null = Stdio::null;
        let _ = Command::new(binary).args(args).stdin(null()).stdout(null()).stderr(null()).status();
        started.elapsed()
    };
    let mut times: Vec<Duration> = (0..ROUNDS).map(time).collect();
    times.sort();
    times
}

fn words(times: &[Duration]) -> String {
    format!("median {:?}, from {:?} to {:?}", times[ROUNDS / 2], times[0], times[ROUNDS - 1])
}
