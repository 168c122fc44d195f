//! Runs against a client.

mod by_url;
mod listener;
mod names;
mod options;
mod run;

pub use by_url::CaseListener;
pub use listener::MAX_REQUESTS;
pub use options::ClientOptions;
pub use run::run_client;
