//! Taking connections: how many at a time, and which of them gives way to another.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

use super::{MockLimits, React};

/// How long a connection has its place for sure: a sound client needs a few milliseconds for a request, and
/// whoever comes then waits no longer than this.
const SURE: Duration = Duration::from_millis(200);

/// Pause after a connection that could not be taken. Out of file handles, most likely: give others time to end.
const PAUSE: Duration = Duration::from_millis(20);

/// How many connections are served side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lanes {
    /// So few, which the others wait for.
    Few(usize),
    /// One at a time, which the others wait for.
    One,
    /// So many. One that comes beyond takes the place of the oldest, so that connections which do nothing keep
    /// nobody waiting.
    Many(usize),
}

impl Lanes {
    /// Those of what reacts to requests.
    pub(super) fn of(reactor: &dyn React, limits: MockLimits) -> Self {
        match reactor.lanes() {
            Some(few) => Self::Few(few),
            None if reactor.takes_turns() => Self::One,
            None => Self::Many(limits.connections),
        }
    }
}

/// A connection that is served.
struct Place {
    since: Instant,
    serving: AbortHandle,
}

/// Takes connections and serves each, until serving one of them gives it back, because the server dies of it. It is
/// closed once no other is taken: whoever sees its end finds nobody.
pub(super) async fn accept<F>(listener: TcpListener, lanes: Lanes, serve: impl Fn(TcpStream) -> F)
where
    F: Future<Output = Option<TcpStream>> + Send + 'static,
{
    let (dead, mut death) = mpsc::channel(1);
    let turns = Arc::new(Semaphore::new(if let Lanes::Few(count) = lanes { count } else { 1 }));
    let mut places: VecDeque<Place> = VecDeque::new();
    loop {
        let turn = match lanes {
            Lanes::Few(_) | Lanes::One => Arc::clone(&turns).acquire_owned().await.ok(),
            Lanes::Many(_) => None,
        };
        let accepted = tokio::select! {
            biased;
            last = death.recv() => {
                drop(listener);
                drop(last);
                return;
            }
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        if let Lanes::Many(most) = lanes {
            make_room(&mut places, most).await;
        }
        let served = serve(stream);
        let dead = dead.clone();
        let task = tokio::spawn(async move {
            if let Some(last) = served.await {
                let _ = dead.send(last).await;
            }
            drop(turn);
        });
        places.push_back(Place { since: Instant::now(), serving: task.abort_handle() });
    }
}

/// Waits until fewer than `most` connections are served; the oldest makes room if it has to.
async fn make_room(places: &mut VecDeque<Place>, most: usize) {
    if places.len() < most {
        return;
    }
    places.retain(|place| !place.serving.is_finished());
    while places.len() >= most.max(1) {
        let Some(oldest) = places.pop_front() else { return };
        let left = SURE.saturating_sub(oldest.since.elapsed());
        if !left.is_zero() && !oldest.serving.is_finished() {
            sleep(left).await;
        }
        oldest.serving.abort();
    }
}
