use super::args::MockArgs;
use super::exit::Exit;
use super::output::say;
use super::run::basic;
use super::runtime::runtime;
use super::trouble::Trouble;
use umspec::judge::Grading;
use umspec::mock::{MockLimits, Named};
use umspec::protocol::names;
use umspec::record::Conclusion;
use umspec::report::{TextOptions, text};
use umspec::run::CaseListener;
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
        say(&format!("{} mock at http://{}{}\n", args.name, mock.address(), names::ENDPOINT_PATH))?;
        tokio::select! {
            () = mock.ended() => Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Passed),
        }
    })
}

/// Serves the cases for clients until it is interrupted, then tells what came.
fn cases(args: &MockArgs) -> Result<Exit, Trouble> {
    runtime()?.block_on(async {
        let mut listener = CaseListener::start(args.listen, Grading::default(), limits(args))
            .await
            .map_err(|error| Trouble::usage(format!("cannot listen at {}: {error}", args.listen)))?;
        let base = format!("http://{}", listener.address());
        say(&format!(
            "cases for clients at {base}/case/ID (umspec list --subject client shows the ids)\n\
             one after the other at {base}/next; what came at {base}/report and {base}/report.json\n"
        ))?;
        tokio::select! {
            () = listener.ended() => return Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => {}
        }
        let record = listener.record();
        say(&text(&record, TextOptions::default()))?;
        // Cases that nobody came to are no hindrance, as long as somebody came.
        Ok(match record.conclusion(true) {
            Conclusion::Failed => Exit::Failed,
            Conclusion::Passed => Exit::Passed,
            _ => Exit::NotJudged,
        })
    })
}

fn limits(args: &MockArgs) -> MockLimits {
    MockLimits {
        held: args.max_held,
        body: args.max_body,
        head: args.max_head.max(8192),
        time: args.read_timeout,
        connections: usize::from(args.max_connections),
        ..MockLimits::default()
    }
}
