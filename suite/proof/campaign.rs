//! Campaigns against mock servers.

use std::time::Duration;

use super::server::{KNOWN, MockServer, connected, known, local};
use crate::campaign::{Campaign, CampaignOptions, CampaignWatcher, Journal, fuzz};
use crate::judge::Grading;
use crate::mock::{MockLimits, Named, Service};
use crate::run::CallSource;

/// Time for one exchange over a socket of this machine: short, because some mutants never answer.
const MUTANT_TIMEOUT: Duration = Duration::from_millis(500);

/// How a campaign of a proof is done.
#[derive(Debug, Clone, Copy)]
pub struct FuzzPlan {
    /// What everything that is drawn follows from.
    pub seed: u64,
    /// How many requests are sent.
    pub requests: u64,
    /// How it is graded.
    pub grading: Grading,
    /// Whether everything is drawn blindly.
    pub blind: bool,
    /// Lanes side by side.
    pub jobs: usize,
}

/// A campaign against a mock of our own: in this process, or over a socket where its defect only shows there.
///
/// # Errors
/// When no runtime or port can be had, or a journal is not of this campaign.
pub fn fuzz_against(
    server: MockServer,
    plan: FuzzPlan,
    resume: Option<&Journal>,
    watcher: &dyn CampaignWatcher,
) -> std::io::Result<Campaign> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (name, needs_wire, named, service) = match server {
            MockServer::Strict => ("strict", false, Named::Strict, Service::strict()),
            MockServer::Hard(mutant) => (mutant.name, false, Named::Hard(mutant), mutant.service()),
            MockServer::Mutant(mutant) => {
                (mutant.name, mutant.needs_wire(), Named::Mutant(mutant), mutant.service())
            }
            MockServer::Variant(variant) => {
                (variant.name, variant.needs_wire(), Named::Variant(variant), variant.service())
            }
        };
        let options = CampaignOptions {
            grading: plan.grading,
            credentials: true,
            seed: plan.seed,
            requests: Some(plan.requests),
            jobs: plan.jobs,
            blind: plan.blind,
            settle: Duration::ZERO,
            timeout: MUTANT_TIMEOUT,
            ..CampaignOptions::new(name, CallSource::Mock)
        };
        let done = if needs_wire {
            let limits = MockLimits { time: MUTANT_TIMEOUT * 4, ..MockLimits::default() };
            let mock = named.start(([127, 0, 0, 1], 0).into(), Some(KNOWN), limits).await?;
            let http = connected(mock.address(), MUTANT_TIMEOUT).map_err(std::io::Error::other)?;
            Box::pin(fuzz(http, options, resume, watcher)).await
        } else {
            fuzz(local(Box::new(known(service))), options, resume, watcher).await
        };
        done.map_err(std::io::Error::other)
    })
}
