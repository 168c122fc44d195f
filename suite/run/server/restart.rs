use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::prober::{Prober, unissued};
use crate::evidence::Answer;
use crate::target::{Started, start_by_shell};

/// Pause between looks at a server that does not take connections yet.
const RETRY_PAUSE: Duration = Duration::from_millis(200);

/// Starts a server again by a command, and waits until it answers.
///
/// # Errors
/// In words, after "and": the command cannot be run or fails, or the server does not answer in time. What the
/// command started is ended then.
pub(crate) async fn restart(
    prober: &Prober,
    command: &str,
    wait: Duration,
    last: &Mutex<Option<Started>>,
) -> Result<(), String> {
    // What is left of the server before would hold its port, or be left behind.
    end_started(last);
    let started = start_by_shell(command);
    let started = started.map_err(|error| format!("--restart-cmd could not be run: {error}"))?;
    // Whoever waits for this may stop, and ends it then.
    *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(started);
    let answers = until_it_answers(prober, last, wait).await;
    if answers.is_err() {
        end_started(last);
    }
    answers
}

/// Ends what the last restart has started.
pub(crate) fn end_started(last: &Mutex<Option<Started>>) {
    if let Some(mut started) = last.lock().unwrap_or_else(PoisonError::into_inner).take() {
        started.end();
    }
}

async fn until_it_answers(
    prober: &Prober,
    last: &Mutex<Option<Started>>,
    wait: Duration,
) -> Result<(), String> {
    let has_ended =
        || last.lock().unwrap_or_else(PoisonError::into_inner).as_mut().and_then(Started::try_wait);
    let deadline = Instant::now() + wait;
    // The command may return at once or stay as the server: both are fine, as long as the server
    // answers.
    while Instant::now() < deadline {
        if let Some(status) = has_ended()
            && !status.success()
        {
            return Err(format!("--restart-cmd ended with {status}"));
        }
        let exchange = prober.plain(&unissued()).await;
        if matches!(exchange.answer, Answer::Http(_)) {
            return Ok(());
        }
        sleep(RETRY_PAUSE).await;
    }
    Err("it did not answer after --restart-cmd".to_owned())
}
