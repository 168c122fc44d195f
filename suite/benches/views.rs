//! How long the views of full records take, and how large they are: `cargo bench --bench views`.
//!
//! Starts the binary itself, so that process start and reading the record count. Times are those of the processors, as
//! far as the kernel tells them. The first paint needs Chromium and node, and is left out without them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

mod processors;

const ROUNDS: u32 = 9;

/// Names under which Chromium, or Chrome, is installed.
const BROWSERS: [&str; 4] = ["chromium", "google-chrome", "chromium-browser", "chrome"];

/// Asks for the first paint as soon as there is one, in milliseconds from the start of the navigation (Paint Timing,
/// first-contentful-paint).
const FIRST_PAINT: &str = "new Promise((done) => new PerformanceObserver((list) => { \
    const found = list.getEntriesByName('first-contentful-paint')[0]; if (found) done(found.startTime); \
    }).observe({ type: 'paint', buffered: true }))";

fn main() {
    let mut out = std::io::stdout().lock();
    let Ok(folder) = tempfile::tempdir() else { return };
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (old, new, page) = (path("old.json"), path("new.json"), path("page.html"));
    // Most cases of the second fail: more findings than any real server has.
    run(&["run", "-q", "--record", &old]);
    run(&["run", "-q", "--mock", "ignores-namespace", "--record", &new]);
    let size = |path: &str| std::fs::metadata(path).map_or(0, |file| file.len());
    let _ = writeln!(out, "records: {} bytes, {} bytes", size(&old), size(&new));
    for (what, record) in [("everything passes", &old), ("much fails", &new)] {
        let took = processor_time(&["report", record, "-q", "--html", &page]);
        let _ = writeln!(out, "page of a full record, {what}: {took:?}, {} bytes", size(&page));
        match first_paint(Path::new(&page), folder.path()) {
            Some(paint) => {
                let _ = writeln!(out, "first paint of it in headless Chromium: {paint:.0} ms");
            }
            None => {
                let _ = writeln!(out, "first paint: not measured, chromium or node is missing");
            }
        }
    }
    let took = processor_time(&["diff", &old, &new, "-q"]);
    let _ = writeln!(out, "diff of two full records: {took:?}");
    let took = processor_time(&["diff", &old, &old, "-q"]);
    let _ = writeln!(out, "diff of two equal ones: {took:?}");
}

fn run(args: &[&str]) {
    let _ = Command::new(env!("CARGO_BIN_EXE_umspec")).args(args).stdout(Stdio::null()).status();
}

/// Time of the processors for a command, the mean of several (Linux: a tick is a hundredth of a second).
fn processor_time(args: &[&str]) -> Option<Duration> {
    let before = processors::ticks()?;
    (0..ROUNDS).for_each(|_| run(args));
    Some(Duration::from_millis((processors::ticks()? - before) * 10) / ROUNDS)
}

/// The median of a few first paints, each in a browser of its own whose profile is new.
fn first_paint(page: &Path, folder: &Path) -> Option<f64> {
    let browser = BROWSERS.into_iter().find(|name| {
        let mut command = Command::new(name);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    })?;
    let driver = Path::new(env!("CARGO_MANIFEST_DIR")).join("suite/tests/adapters/browser.js");
    let steps = serde_json::json!([
        {"open": format!("file://{}", page.display())},
        {"run": FIRST_PAINT}
    ]);
    let mut paints = Vec::new();
    for round in 0..5 {
        let mut child = Command::new("node")
            .arg(&driver)
            .arg(browser)
            .arg(folder.join(format!("profile-{round}")))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(steps.to_string().as_bytes()).ok()?;
        let told: serde_json::Value = serde_json::from_slice(&child.wait_with_output().ok()?.stdout).ok()?;
        paints.push(told["results"][1].as_f64()?);
    }
    paints.sort_by(f64::total_cmp);
    paints.get(paints.len() / 2).copied()
}
