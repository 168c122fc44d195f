//! Where a listener begins.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// How many connections may wait to be taken. Beyond it a client tries again after a second, so that a burst
/// of them would keep a sound client waiting; systems have a bound of their own besides (4,096 on Linux).
const BACKLOG: u32 = 1024;

/// Listens at an address; port 0 takes any.
pub(crate) async fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As the standard library does: a port that was listened at a moment ago can be taken again.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
