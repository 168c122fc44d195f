//! How many bytes of requests that are not whole yet a listener holds, over all of its connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes that all connections of a listener hold together.
#[derive(Debug, Clone)]
pub(super) struct Held {
    all: Arc<AtomicUsize>,
    most: usize,
}

/// What one connection holds of it; given back when this is dropped.
#[derive(Debug)]
pub(super) struct Share {
    held: Held,
    own: usize,
}

/// There is no room for more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

impl Held {
    /// Nothing yet, and at most so many bytes.
    pub(super) fn at_most(most: usize) -> Self {
        Self { all: Arc::default(), most }
    }

    /// The share of one more connection.
    pub(super) fn share(&self) -> Share {
        Share { held: self.clone(), own: 0 }
    }
}

impl Share {
    /// Says how many bytes the connection holds now. What is less than before is always taken.
    pub(super) fn now(&mut self, bytes: usize) -> Result<(), Full> {
        let Some(more) = bytes.checked_sub(self.own) else {
            self.held.all.fetch_sub(self.own - bytes, Ordering::Relaxed);
            self.own = bytes;
            return Ok(());
        };
        let before = self.held.all.fetch_add(more, Ordering::Relaxed);
        self.own = bytes;
        if before.saturating_add(more) > self.held.most { Err(Full) } else { Ok(()) }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.held.all.fetch_sub(self.own, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_connection_holds_is_given_back_with_it() {
        let held = Held::at_most(10);
        let mut first = held.share();
        let mut second = held.share();
        assert_eq!((first.now(6), second.now(4)), (Ok(()), Ok(())));
        assert_eq!(second.now(5), Err(Full));
        assert_eq!(second.now(1), Ok(()));
        drop(first);
        assert_eq!(second.now(10), Ok(()));
        drop(second);
        assert_eq!(held.all.load(Ordering::Relaxed), 0);
    }
}
