//! What plain requests go over: a connection for each, or one that a lane keeps.
//!
//! Thousands of requests of a run are sound ones, sent to see that the server still works, and to place calls and look
//! at them. Where the server was seen to keep connections and to serve others meanwhile, those of a lane share one.
//! What a case is about always has a connection of its own, so nothing that a broken request leaves behind on a
//! connection reaches another one; and a case of which anything but a pass or a note would be told is tried with a
//! connection for each request, and that counts.

use crate::evidence::Exchange;
use crate::target::Kept;

/// The connection that a lane keeps for its plain requests.
#[derive(Default)]
pub(crate) struct LaneConnection {
    kept: Kept,
    /// Whether anything went over it since that was last asked.
    used: bool,
}

impl LaneConnection {
    /// Whether a request went over it, behind others, since this was last asked.
    pub(crate) fn was_used(&mut self) -> bool {
        std::mem::take(&mut self.used)
    }

    /// Whether it is open: the server has not closed it, nor said that it will.
    pub(super) fn is_open(&self) -> bool {
        self.kept.is_open()
    }

    /// Closes it; the next request opens another one.
    pub(crate) fn close(&mut self) {
        self.kept.close();
    }
}

/// What the plain requests of an attempt go over.
pub(crate) enum Way<'a> {
    /// The connection of a lane.
    Kept(&'a mut LaneConnection),
    /// A connection for each.
    Own,
}

impl Way<'_> {
    /// The kept connection, if there is to be one.
    pub(super) fn connection(&mut self) -> Option<&mut Kept> {
        match self {
            Self::Kept(connection) => Some(&mut connection.kept),
            Self::Own => None,
        }
    }

    /// Closes what is kept: something odd was seen, or others are to be served alone.
    pub(super) fn close(&mut self) {
        if let Self::Kept(connection) = self {
            connection.close();
        }
    }

    /// Notes an exchange. In a record only those are told to have shared a connection that a case puts on one:
    /// which of the others do depends on the number of lanes, and no verdict on that.
    pub(super) fn note(&mut self, exchange: &mut Exchange) {
        if let Self::Kept(connection) = self {
            connection.used |= std::mem::take(&mut exchange.line.shared);
        }
    }
}
