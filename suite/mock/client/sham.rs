//! Clients that do nothing, or always the same.

use super::exchange::exchange;
use super::reference;
use crate::evidence::{Client, ClientCall, ClientEnd};

/// A client that does nothing, or always the same. None of them passes a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientSham {
    /// Sends the request, and reports success whatever comes.
    AlwaysSucceeds,
    /// Sends the request, and reports failure whatever comes.
    AlwaysFails,
    /// Crashes.
    Crashes,
    /// Sends nothing, and reports success.
    DoesNothing,
    /// Sends the id alone, and goes by the status.
    Echoes,
    /// Never ends.
    Hangs,
}

impl ClientSham {
    /// Every sham.
    pub const ALL: [Self; 6] = [
        Self::AlwaysSucceeds,
        Self::AlwaysFails,
        Self::Crashes,
        Self::DoesNothing,
        Self::Echoes,
        Self::Hangs,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AlwaysSucceeds => "always-succeeds",
            Self::AlwaysFails => "always-fails",
            Self::Crashes => "crashes",
            Self::DoesNothing => "does-nothing",
            Self::Echoes => "echoes",
            Self::Hangs => "hangs",
        }
    }
}

impl Client for ClientSham {
    fn disconnect(&self, call: &ClientCall<'_>) -> ClientEnd {
        match self {
            Self::AlwaysSucceeds => {
                reference::disconnect(call);
                ClientEnd::Disconnected
            }
            Self::AlwaysFails => {
                reference::disconnect(call);
                ClientEnd::Refused
            }
            Self::Crashes => ClientEnd::Crashed("exit 2".to_owned()),
            Self::DoesNothing => ClientEnd::Disconnected,
            Self::Echoes => {
                let mut request = reference::request("x");
                request.body = b"an echo".to_vec();
                let got = exchange(call.url, &request, reference::wait(call));
                if got.status == 200 { ClientEnd::Disconnected } else { ClientEnd::Refused }
            }
            Self::Hangs => ClientEnd::Hung,
        }
    }
}
