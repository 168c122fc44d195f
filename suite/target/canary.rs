use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;
use tokio::sync::{Mutex, MutexGuard};
use tokio::task::JoinHandle;

/// An address that only requests name. Whoever connects to it has followed one of them.
#[derive(Debug)]
pub struct Canary {
    address: SocketAddr,
    contacts: Arc<AtomicUsize>,
    turn: Mutex<()>,
    task: JoinHandle<()>,
}

impl Canary {
    /// Listens at `address`, which must be one that the target could reach.
    ///
    /// # Errors
    /// When the address cannot be listened at.
    pub async fn listen(address: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let contacts = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&contacts);
        let task = tokio::spawn(async move {
            loop {
                // The connection is dropped at once: the contact is all that matters.
                if listener.accept().await.is_ok() {
                    counter.fetch_add(1, Ordering::SeqCst);
                } else {
                    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                }
            }
        });
        Ok(Self { address, contacts, turn: Mutex::default(), task })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until nobody else watches it; whose contact one is can be told of one at a time.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// How often it was contacted so far.
    pub fn contacts(&self) -> usize {
        self.contacts.load(Ordering::SeqCst)
    }
}

impl Drop for Canary {
    fn drop(&mut self) {
        self.task.abort();
    }
}
