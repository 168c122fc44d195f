//! Clients inside other programs, which a person points at the URLs of cases.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::task::JoinHandle;

use super::listener::Listener;
use super::progress::{Progress, Told};
use crate::catalogue::{ClientCase, client_cases};
use crate::judge::Grading;
use crate::mock::{Identity, MockLimits};
use crate::record::Record;
use crate::record::known::{Accounting, KnownDeviations};
use crate::target::Canary;

/// A listener that serves every case for clients under a URL of its own. What it saw can be judged at any
/// time, by the requests alone, and is told at `/`, `/report` and `/report.json`.
pub struct CaseListener {
    listener: Listener,
    progress: Arc<Progress>,
    /// Tells those who watch the page.
    publisher: JoinHandle<()>,
}

impl CaseListener {
    /// Listens at `listen` (port 0 for any) for every case; over TLS, if there is an identity. What is known to
    /// deviate is told apart in all that is told.
    ///
    /// # Errors
    /// When the address cannot be listened at, or the identity is none.
    pub async fn start(
        listen: SocketAddr,
        grading: Grading,
        limits: MockLimits,
        identity: Option<&Identity>,
        known: Option<KnownDeviations>,
    ) -> std::io::Result<Self> {
        let canary = Canary::listen(([127, 0, 0, 1], 0).into()).await?;
        let cases: Vec<&'static ClientCase> = client_cases().iter().collect();
        let listener = Listener::start(listen, Some(canary.address()), limits, &cases, identity).await?;
        let shared = Arc::clone(listener.shared());
        let progress = Arc::new(Progress::new(shared, canary, grading, known));
        // Not the other way round: the pages must not keep alive what serves them.
        listener.shared().serve(Box::new(Told(Arc::downgrade(&progress))));
        let publisher = tokio::spawn(Progress::publish(Arc::clone(&progress)));
        Ok(Self { listener, progress, publisher })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// What it saw so far, judged. Cases that nobody came to are skipped.
    pub fn record(&self) -> Record {
        self.progress.record()
    }

    /// What became of what is known to deviate, in such a record, if something is known.
    pub fn account(&self, record: &Record) -> Option<Accounting> {
        self.progress.account(record)
    }

    /// Waits until the listener ends by itself.
    pub async fn ended(&mut self) {
        self.listener.ended().await;
    }
}

impl Drop for CaseListener {
    fn drop(&mut self) {
        self.publisher.abort();
    }
}
