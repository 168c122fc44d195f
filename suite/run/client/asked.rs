//! A client that is put to answers which no catalogue has, one at a time or side by side.

use std::borrow::Cow;

use super::ClientOptions;
use super::run::Runner;
use crate::catalogue::ClientCase;
use crate::evidence::{ClientControl, ClientEvidence};
use crate::target::ClientTarget;

/// A client with a listener that answers it.
pub(crate) struct AskedClient {
    runner: Runner,
    control: ClientControl,
}

impl AskedClient {
    /// Starts to listen, and puts the client to the control.
    ///
    /// # Errors
    /// When no port can be had.
    pub(crate) async fn start(client: ClientTarget, options: &ClientOptions) -> std::io::Result<Self> {
        let runner = Runner::start(client, options, &[]).await?;
        let control = runner.establish(&[]).await;
        Ok(Self { runner, control })
    }

    /// What came of the control.
    pub(crate) fn control(&self) -> &ClientControl {
        &self.control
    }

    /// Puts the client to a case. What comes to no end is tried once more, as in a run. Cases that are asked for side by
    /// side have names of their own.
    pub(crate) async fn ask(&self, case: &ClientCase) -> ClientEvidence {
        self.runner.listener.put(Cow::Owned(case.clone()));
        let (evidence, _) = self.runner.case(case, |_| false).await;
        self.runner.listener.forget(&case.id);
        evidence
    }
}
