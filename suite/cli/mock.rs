use super::args::MockArgs;
use super::exit::Exit;
use super::output::say;
use super::run::{basic, service};
use super::{Trouble, runtime};
use umspec::mock::{Mock, MockLimits};
use umspec::protocol::names;
use umspec::target::Credentials;

/// Runs a mock server until it is interrupted.
pub(crate) fn mock(args: &MockArgs) -> Result<Exit, Trouble> {
    let mut service = service(&args.name)?;
    if let Some(user) = &args.user
        && let Credentials::Basic { user, password } = basic(user)?
    {
        service = service.with_basic(&user, &password);
    }
    let limits = MockLimits {
        body: args.max_body,
        head: args.max_head.max(8192),
        time: args.read_timeout,
        connections: args.max_connections.max(1),
        ..MockLimits::default()
    };
    runtime()?.block_on(async {
        let mock = Mock::start(args.listen, service, limits)
            .await
            .map_err(|error| Trouble::usage(format!("cannot listen at {}: {error}", args.listen)))?;
        say(&format!("{} mock at http://{}{}\n", args.name, mock.address(), names::ENDPOINT_PATH));
        tokio::select! {
            () = mock.ended() => Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Passed),
        }
    })
}
