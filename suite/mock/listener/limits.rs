use std::time::Duration;

/// Bounds of what a mock server takes.
#[derive(Debug, Clone, Copy)]
pub struct MockLimits {
    /// Bytes of a body; above it the answer is 413. Default 1,048,576.
    pub body: usize,
    /// Bytes of a request head. Default 65,536.
    pub head: usize,
    /// Header fields of a request. Default 100.
    pub headers: usize,
    /// Time for a request head, again for a body, and for the other side to take an answer. Default 10 s.
    pub time: Duration,
    /// Bytes of requests that are not whole yet, over all connections; whoever sends more is answered 503.
    /// Default 67,108,864.
    pub held: usize,
    /// Connections at a time; one that comes beyond takes the place of the oldest. Default 256.
    pub connections: usize,
}

impl Default for MockLimits {
    fn default() -> Self {
        Self {
            body: 1_048_576,
            head: 65_536,
            headers: 100,
            time: Duration::from_secs(10),
            // 256 connections of a body each would hold four times that.
            held: 67_108_864,
            connections: 256,
        }
    }
}
