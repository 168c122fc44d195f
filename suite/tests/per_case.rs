//! One named test per case and profile: the strict mock passes it, at control level live.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use umspec::evidence::CallIds;
use umspec::judge::Verdict;
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::{Entry, Record};

#[path = "review.rs"]
mod review;
#[path = "support.rs"]
#[expect(dead_code, unused_imports, reason = "shared with the other tests, which use the rest")]
mod support;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for profile in [Profile::Interop, Profile::Strict] {
        // Nothing watches for contacts here; those cases are skipped with their reason.
        let record = Arc::new(support::run_mock(Service::strict(), profile, &support::cases(&[]), 2));
        for (index, entry) in record.entries.iter().enumerate() {
            let shared = Arc::clone(&record);
            let name = format!("{}::{}", entry.case, profile.word());
            trials.push(Trial::test(name, move || passes(&shared, index)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn passes(record: &Record, index: usize) -> Result<(), Failed> {
    let entry @ Entry { judgement, .. } = &record.entries[index];
    match judgement.verdict {
        Verdict::Pass | Verdict::Note => {}
        Verdict::Skipped if judgement.reason.as_ref().is_some_and(|reason| reason.contains("--canary")) => {
            return Ok(());
        }
        verdict => return Err(format!("{verdict}: {judgement:?}").into()),
    }
    if entry.attempts().iter().any(|attempt| attempt.ids != CallIds::Fresh) {
        return Err("the control was not live".into());
    }
    Ok(())
}
