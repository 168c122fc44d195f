//! How fast requests are made, and how fast the corpus is replayed: `cargo bench --bench generate`.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use umspec::strategy;

/// How long each strategy is drawn from.
const TIME: Duration = Duration::from_secs(2);

fn main() {
    rate("valid requests", &strategy::valid_requests(), |made| {
        black_box((made.request(), made.variation.classes()));
    });
    rate("changed requests", &strategy::generated(), |made| {
        black_box((made.request(), made.variation.classes()));
    });
    rate("malformed requests", &strategy::malformed_requests(), |made| {
        black_box((made.request(), made.variation.classes()));
    });
    rate("changed answers", &strategy::answer_variations(), |made| {
        black_box((made.body(), made.refusals()));
    });
    replay();
}

/// Draws, writes and classifies on one core.
fn rate<S: Strategy>(name: &str, values: &S, take: impl Fn(S::Value)) {
    let mut runner = TestRunner::deterministic();
    let start = Instant::now();
    let mut count = 0_u32;
    while start.elapsed() < TIME {
        for _ in 0..100 {
            take(values.new_tree(&mut runner).expect("a value").current());
        }
        count += 100;
    }
    println!("{name:<20} {:>9.0} a second", f64::from(count) / start.elapsed().as_secs_f64());
}

/// Every file of the corpus through every body, as the test does.
fn replay() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<PathBuf> = vec![root.join("corpus"), root.join("fuzz/seeds")];
    let mut inputs = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()),
            );
        } else {
            inputs.push(std::fs::read(path).expect("a file"));
        }
    }
    let start = Instant::now();
    for input in &inputs {
        for (_, body) in umspec::fuzzing::TARGETS {
            body(input);
        }
    }
    println!(
        "replay of {} files through {} bodies: {:.2} s",
        inputs.len(),
        umspec::fuzzing::TARGETS.len(),
        start.elapsed().as_secs_f64()
    );
}
