use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::prober::{Prober, unissued};
use crate::evidence::Answer;
use crate::target::start_by_shell;

/// Pause between looks at a server that does not take connections yet.
const RETRY_PAUSE: Duration = Duration::from_millis(200);

/// Starts a server again by a command, and waits until it answers.
///
/// # Errors
/// In words, after "and": the command cannot be run or fails, or the server does not answer in time.
pub(super) async fn restart(prober: &Prober, command: &str, wait: Duration) -> Result<(), String> {
    let mut child =
        start_by_shell(command).map_err(|error| format!("--restart-cmd could not be run: {error}"))?;
    let deadline = Instant::now() + wait;
    // The command may return at once or stay as the server: both are fine, as long as the server
    // answers.
    while Instant::now() < deadline {
        if let Ok(Some(status)) = child.try_wait()
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
