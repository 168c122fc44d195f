//! What the plain request comes to again and again, before the first input.

use std::time::Duration;

use super::bench::Bench;
use super::signature::signature;
use crate::evidence::{Answer, Silence};
use crate::message::Draft;
use crate::run::server::unissued;
use crate::target::Kept;

impl Bench {
    /// Answers to the plain request, so many on a kept connection and so many on connections of their own, and
    /// whether a connection that lies idle keeps others from being served.
    pub(super) async fn calibrate(&mut self, times: usize) -> (Vec<String>, Vec<String>) {
        let mut kept = Kept::default();
        let (mut fresh, mut reused) = (Vec::new(), Vec::new());
        for number in 0..times {
            let id = unissued();
            let plain = Draft::disconnect(&[]).write(&self.prober.ids(&id, &id));
            let exchange = self.prober.line.exchange_kept(&mut kept, &plain).await;
            self.keeps |= exchange.line.shared;
            self.is_old |= matches!(&exchange.answer, Answer::Http(http) if http.version == "1.0");
            reused.push(signature(&exchange.answer, Duration::ZERO));
            let exchange = self.prober.line.exchange(&plain).await;
            if number == 0 && matches!(exchange.answer, Answer::Silence(Silence::TimedOut)) {
                self.one_by_one = true;
                kept = Kept::default();
                continue;
            }
            fresh.push(signature(&exchange.answer, Duration::ZERO));
        }
        (fresh, reused)
    }
}
