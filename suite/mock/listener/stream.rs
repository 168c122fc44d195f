//! Answers that go on as long as there is something to tell: server-sent events.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

/// Pause after which something is said at least, so that a listener that is gone is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// What stands before the first event. The pause after which to come again is in milliseconds.
const HEAD: &[u8] = b"HTTP/1.1 200 -\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n\
    connection: close\r\n\r\nretry: 2000\n\n";

/// What is said to a listener that was too slow for what came meanwhile: that it missed something.
const MISSED: &[u8] = b"event: missed\ndata: {}\n\n";

/// What a listener of events is sent, one event each.
pub type Events = Receiver<Vec<u8>>;

/// Tells events until the listener goes away, takes longer than `time` to read, or nothing is left to tell.
pub(super) async fn tell(mut stream: TcpStream, mut events: Events, time: Duration) {
    if !write(&mut stream, HEAD, time).await {
        return;
    }
    let mut rest = [0; 256];
    loop {
        let event = tokio::select! {
            event = timeout(SIGN_OF_LIFE, events.recv()) => event,
            // What it still says is of no interest, that it ends is.
            more = stream.read(&mut rest) => match more {
                Ok(1..) => continue,
                Ok(0) | Err(_) => return,
            },
        };
        let told = match &event {
            Ok(Ok(event)) => event,
            Ok(Err(RecvError::Lagged(_))) => MISSED,
            Ok(Err(RecvError::Closed)) => return,
            Err(_) => b":\n\n",
        };
        if !write(&mut stream, told, time).await {
            return;
        }
    }
}

/// Writes bytes; false if the other side is gone or takes too long.
async fn write(stream: &mut TcpStream, bytes: &[u8], time: Duration) -> bool {
    timeout(time, stream.write_all(bytes)).await.is_ok_and(|written| written.is_ok())
}
