//! Clients: what is asked of one, and clients with one defect each.

mod life;
mod mutant;
mod reference;
mod sham;

pub use life::LifeClient;
pub use mutant::{ClientMutant, ReferenceClient, client_mutants};
pub use sham::ClientSham;

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a client is asked to do.
#[derive(Debug, Clone, Copy)]
pub struct ClientCall<'a> {
    /// The URL of the service.
    pub url: &'a str,
    /// The call to end; empty for a client that places its call itself.
    pub call_id: &'a str,
    /// User and password for a client that sends credentials.
    pub credentials: (&'a str, &'a str),
    /// The time it has.
    pub time: Duration,
}

/// What a client came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientEnd {
    /// It ended in another way than by telling what came of the call.
    Crashed(String),
    /// It says that the call was disconnected.
    Disconnected,
    /// It was still at it when its time was up.
    Hung,
    /// It says that the call was not disconnected.
    Refused,
}

/// A client under test: it sends one Disconnect and says what came of it.
pub trait Client: Send + Sync {
    /// Asks for the end of a call.
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd;

    /// Whether it is given credentials to send.
    fn has_credentials(&self) -> bool {
        true
    }
}

impl<F: Fn(&ClientCall<'_>) -> ClientEnd + Send + Sync> Client for F {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        self(call)
    }
}
