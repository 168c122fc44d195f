//! TLS in front of a listener that does not know of it.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use super::accept::{Lanes, accept};
use super::{MockLimits, listen};

/// A certificate of a server and its key.
#[derive(Clone)]
pub struct Identity {
    /// The certificate, as DER.
    pub certificate: Vec<u8>,
    /// Its key, as PKCS #8 in DER.
    pub key: Vec<u8>,
}

/// Takes connections over TLS 1.2 or 1.3 and passes on what comes, both ways. It ends when this is dropped.
#[derive(Debug)]
pub struct TlsFront {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl TlsFront {
    /// Listens at `address` (port 0 for any) for the listener at `inner`, with this certificate. Of `limits` the
    /// connections count, and the time for a handshake.
    ///
    /// # Errors
    /// When the address cannot be listened at, or the certificate is none.
    pub async fn start(
        address: SocketAddr,
        inner: SocketAddr,
        identity: &Identity,
        limits: MockLimits,
    ) -> std::io::Result<Self> {
        let acceptor = TlsAcceptor::from(Arc::new(config(identity).map_err(std::io::Error::other)?));
        let listener = listen(address).await?;
        let address = listener.local_addr()?;
        let task = tokio::spawn(accept(listener, Lanes::Many(limits.connections), move |stream| {
            let acceptor = acceptor.clone();
            async move {
                serve(stream, &acceptor, inner, limits.time).await;
                None
            }
        }));
        Ok(Self { address, task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn config(identity: &Identity) -> Result<ServerConfig, rustls::Error> {
    let certificate = CertificateDer::from(identity.certificate.clone());
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.clone()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// One connection. Where the inner one is reset, so is this.
async fn serve(stream: TcpStream, acceptor: &TlsAcceptor, inner: SocketAddr, time: Duration) {
    let _ = stream.set_nodelay(true);
    let Ok(Ok(mut outer)) = timeout(time, acceptor.accept(stream)).await else { return };
    let Ok(mut inner) = TcpStream::connect(inner).await else { return };
    let _ = inner.set_nodelay(true);
    if let Err(error) = copy_bidirectional(&mut outer, &mut inner).await
        && error.kind() == ErrorKind::ConnectionReset
    {
        let _ = outer.get_ref().0.set_zero_linger();
    }
}
