//! Runs against a client.

mod asked;
mod by_url;
mod kept;
mod listener;
mod names;
mod options;
mod page;
mod progress;
mod run;
mod served;

pub(crate) use asked::AskedClient;
pub use by_url::CaseListener;
pub use listener::MAX_REQUESTS;
pub use options::ClientOptions;
pub use run::run_client;
