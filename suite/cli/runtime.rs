use tokio::runtime::{Builder, Runtime};

use super::trouble::Trouble;

/// A runtime for the commands that talk to the network or start programs.
pub(crate) fn runtime() -> Result<Runtime, Trouble> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Trouble::internal(format!("cannot start the runtime: {error}")))
}
