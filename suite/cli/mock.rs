use super::args::MockArgs;
use super::exit::Exit;
use super::output::say;
use super::run::basic;
use super::{Trouble, runtime};
use umspec::judge::Settings;
use umspec::mock::{MockLimits, Named};
use umspec::protocol::names;
use umspec::record::OpenStage;
use umspec::report::{TextOptions, subject_text};
use umspec::target::Credentials;

/// Runs a mock server until it is interrupted.
pub(crate) fn mock(args: &MockArgs) -> Result<Exit, Trouble> {
    if args.cases {
        return cases(args);
    }
    let named = args.name.parse::<Named>().map_err(Trouble::usage)?;
    let credentials = args.user.as_deref().map(basic).transpose()?;
    let asked = credentials.as_ref().and_then(|credentials| match credentials {
        Credentials::Basic { user, password } => Some((user.as_str(), password.as_str())),
        Credentials::Bearer(_) => None,
    });
    let limits = limits(args);
    runtime()?.block_on(async {
        let mock = named
            .start(args.listen, asked, limits)
            .await
            .map_err(|error| Trouble::usage(format!("cannot listen at {}: {error}", args.listen)))?;
        say(&format!("{} mock at http://{}{}\n", args.name, mock.address(), names::ENDPOINT_PATH));
        tokio::select! {
            () = mock.ended() => Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Passed),
        }
    })
}

/// Serves the cases for clients until it is interrupted, then tells what came.
fn cases(args: &MockArgs) -> Result<Exit, Trouble> {
    runtime()?.block_on(async {
        let mut stage = OpenStage::start(args.listen, Settings::default(), limits(args))
            .await
            .map_err(|error| Trouble::usage(format!("cannot listen at {}: {error}", args.listen)))?;
        let base = format!("http://{}", stage.address());
        say(&format!(
            "cases for clients at {base}/case/ID (umspec list --subject client shows the ids)\n\
             one after the other at {base}/next; what came at {base}/report and {base}/report.json\n"
        ));
        tokio::select! {
            () = stage.ended() => return Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => {}
        }
        let record = stage.record();
        say(&subject_text(&record, TextOptions::default()));
        Ok(if record.counts().failed > 0 { Exit::Failed } else { Exit::Passed })
    })
}

fn limits(args: &MockArgs) -> MockLimits {
    MockLimits {
        body: args.max_body,
        head: args.max_head.max(8192),
        time: args.read_timeout,
        connections: args.max_connections.max(1),
        ..MockLimits::default()
    }
}
