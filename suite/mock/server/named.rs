use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;

use super::hard::{HardMutant, hard_mutants};
use super::mutant::{Mutant, Variant, mutants, variants};
use super::service::Service;
use super::sham::Sham;
use crate::mock::listener::{MockLimits, Origin, React as _, WireMock, listen};

/// A mock by its name.
#[derive(Debug, Clone, Copy)]
pub enum Named {
    /// A server whose defect shows only where several things meet.
    Hard(&'static HardMutant),
    /// A server with one defect.
    Mutant(&'static Mutant),
    /// A server that does nothing, or always the same.
    Sham(Sham),
    /// The server that does everything right.
    Strict,
    /// A server that differs as some document allows.
    Variant(&'static Variant),
}

/// A mock that runs. It ends when this is dropped.
#[derive(Debug)]
pub enum Running {
    /// Nothing runs: the port refuses connections.
    Nothing(SocketAddr),
    /// Byte by byte, as well as it can be done but for one thing.
    Origin(Origin),
    /// As badly as the defect asks for.
    Wire(WireMock),
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sham = || Sham::ALL.into_iter().find(|sham| sham.name() == text).map(Self::Sham);
        let strict = (text == "strict").then_some(Self::Strict);
        strict
            .or_else(|| mutants().find(|mutant| mutant.name == text).map(Self::Mutant))
            .or_else(|| hard_mutants().find(|mutant| mutant.name == text).map(Self::Hard))
            .or_else(|| variants().find(|variant| variant.name == text).map(Self::Variant))
            .or_else(sham)
            .ok_or_else(|| format!("no mock {text:?}; umspec list --mocks shows the names"))
    }
}

impl Named {
    /// Starts the mock at `address` (port 0 for any); with user and password, it asks for Basic
    /// authentication. A sham asks for nothing.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(
        self,
        address: SocketAddr,
        basic: Option<(&str, &str)>,
        limits: MockLimits,
    ) -> std::io::Result<Running> {
        let asking = |service: Service| match basic {
            Some((user, password)) => service.with_basic(user, password),
            None => service,
        };
        match self {
            Self::Strict => Running::start(asking(Service::strict()), address, limits).await,
            Self::Hard(mutant) => Running::start(asking(mutant.service()), address, limits).await,
            Self::Variant(variant) => Running::start(asking(variant.service()), address, limits).await,
            Self::Mutant(mutant) => Running::start(asking(mutant.service()), address, limits).await,
            Self::Sham(Sham::RefusedPort) => {
                let listener = listen(address).await?;
                Ok(Running::Nothing(listener.local_addr()?))
            }
            Self::Sham(sham) => Ok(Running::Wire(WireMock::start(address, Arc::new(sham), limits).await?)),
        }
    }
}

impl Running {
    /// Starts a service at `address` (port 0 for any).
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn start(service: Service, address: SocketAddr, limits: MockLimits) -> std::io::Result<Self> {
        let service = Arc::new(service);
        Ok(if service.takes_broken_framing() {
            Self::Wire(WireMock::start(address, service, limits).await?)
        } else {
            Self::Origin(Origin::start(address, service, limits).await?)
        })
    }

    /// Where it listens, or would.
    pub fn address(&self) -> SocketAddr {
        match self {
            Self::Nothing(address) => *address,
            Self::Origin(mock) => mock.address(),
            Self::Wire(mock) => mock.address(),
        }
    }

    /// Waits until the mock ends by itself.
    pub async fn ended(self) {
        match self {
            Self::Nothing(_) => {}
            Self::Origin(mock) => mock.ended().await,
            Self::Wire(mock) => mock.ended().await,
        }
    }
}
