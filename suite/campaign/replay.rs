//! A finding once more, against the same server or another one.

use super::bench::Bench;
use super::fuzz::bench;
use super::history::{Sought, shows_again};
use super::label::Label;
use super::probe::{Probe, Shown};
use super::pursue::TRIES;
use super::{CampaignFinding, CampaignOptions, growth};
use crate::judge::{CheckId, ControlLevel};
use crate::target::Server;

/// What became of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replayed {
    /// It could not be tried, for this reason.
    Error(String),
    /// It came again each time.
    Failed,
    /// It came again so many times of so many.
    Flaky(u32, u32),
    /// It did not come again.
    Fixed,
}

impl Replayed {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Error(_) => "ERROR",
            Self::Failed => "FAILED",
            Self::Flaky(..) => "FLAKY",
            Self::Fixed => "FIXED",
        }
    }
}

/// Tries a finding again, three times, each between plain requests that have to work.
pub async fn replay(
    server: impl Into<Server>,
    finding: &CampaignFinding,
    options: &CampaignOptions,
) -> Replayed {
    let bench = bench(server.into(), options, None).await;
    let control = &bench.control;
    if let Some(why) = control.fatal.clone() {
        return Replayed::Error(why);
    }
    if control.level == ControlLevel::Uncontrolled {
        let why = control.problem.clone();
        return Replayed::Error(
            why.unwrap_or_else(|| "the server does not tell valid from malformed".to_owned()),
        );
    }
    if let Some(grown) = finding.input.grown {
        return match Box::pin(growth::shows_again(&bench, grown)).await {
            0 => Replayed::Fixed,
            TRIES => Replayed::Failed,
            times => Replayed::Flaky(times, TRIES),
        };
    }
    let Some(probes) = probes(finding) else {
        return Replayed::Error("its inputs are not known to this version of umspec".to_owned());
    };
    if probes.iter().any(|probe| bench.cannot(probe.label.case())) {
        let why = "it needs what is not given: credentials, fresh calls or a connection (see --play-on-phone, --user)";
        return Replayed::Error(why.to_owned());
    }
    let times = times(&bench, finding, &probes).await;
    match times {
        Err(why) => Replayed::Error(why),
        Ok(0) => Replayed::Fixed,
        Ok(TRIES) => Replayed::Failed,
        Ok(times) => Replayed::Flaky(times, TRIES),
    }
}

/// The inputs of a finding, in order; none where they are not known.
fn probes(finding: &CampaignFinding) -> Option<Vec<Probe>> {
    let inputs = finding.before.iter().chain([&finding.input]);
    let probe = |input: &super::Input| {
        let label = Label::of(input, "")?;
        Some(Probe { arm: finding.arm, input: input.clone(), label })
    };
    inputs.map(probe).collect()
}

/// How many times of [`TRIES`] it came again.
async fn times(bench: &Bench, finding: &CampaignFinding, probes: &[Probe]) -> Result<u32, String> {
    let mut times = 0;
    for _ in 0..TRIES {
        if !finding.before.is_empty() || finding.untried.is_some() {
            times += u32::from(shows_again(bench, probes, &Sought::of(&finding.shown)).await);
            continue;
        }
        let Some(probe) = probes.last() else { return Err("it has no input".to_owned()) };
        let attempt = bench.full(&probe.label, &bench.name()).await;
        if !attempt.opened {
            return Err("the valid request before it was not answered as before".to_owned());
        }
        let wanted = |shown: &Shown| {
            // What came once in three tries shows as whatever it was.
            finding.shown.check == CheckId::Repeat || shown.is_like(&finding.shown)
        };
        times += u32::from(Shown::all(&bench.judge(&probe.label, attempt)).iter().any(wanted));
    }
    Ok(times)
}
