//! A campaign is over when its time is: what is under way a grace after it is cut, and not judged.

use std::time::Duration;

use super::running::{Ended, Running};

/// Why a campaign ends that comes to no input in its time.
const TOO_SHORT: &str = "its time was over before the first input (--time)";

impl Running<'_> {
    /// How long what is under way may still take: the time of the campaign and a grace; none where only requests are
    /// counted.
    fn left(&self) -> Option<Duration> {
        Some(self.options.longest()?.saturating_sub(self.clock.elapsed()))
    }

    /// Goes on until it is over. What is under way a grace after its time is cut: it is not judged, and what was found
    /// before stands.
    pub(super) async fn go_in_time(&mut self) -> Ended {
        let Some(left) = self.left() else { return self.go().await };
        if let Ok(ended) = tokio::time::timeout(left, self.go()).await {
            return ended;
        }
        self.end_restart();
        let words = "its time was over (--time); what was under way was cut".to_owned();
        Ended { words, ..Ended::default() }
    }

    /// Learns how the plain request is answered, in time; why nothing can be done, if nothing can.
    pub(super) async fn calibrate_in_time(&mut self) -> Option<String> {
        let Some(left) = self.left() else { return self.calibrate().await };
        if self.bench().evidence.steps.is_empty() {
            return Some(TOO_SHORT.to_owned());
        }
        let learnt = tokio::time::timeout(left, self.calibrate()).await;
        learnt.unwrap_or_else(|_| Some(TOO_SHORT.to_owned()))
    }
}
