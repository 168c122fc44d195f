use std::net::SocketAddr;

use super::args::MockArgs;
use super::certificate;
use super::exit::Exit;
use super::known::Known;
use super::output::say;
use super::run::basic;
use super::runtime::runtime;
use super::trouble::Trouble;
use umspec::judge::Grading;
use umspec::mock::{Identity, MockLimits, Named, TlsFront};
use umspec::protocol::names;
use umspec::report::{TextOptions, View, text};
use umspec::run::CaseListener;
use umspec::target::Credentials;

/// Runs a mock server until it is interrupted.
pub(crate) fn mock(args: &MockArgs) -> Result<Exit, Trouble> {
    let identity = args.tls.then(|| certificate::made(args.listen, &args.tls_name)).transpose()?;
    let (identity, pem) = match identity {
        Some((identity, pem)) => (Some(identity), Some(pem)),
        None => (None, None),
    };
    if args.cases {
        return cases(args, identity.as_ref(), pem.as_deref());
    }
    let named = args.name.parse::<Named>().map_err(Trouble::usage)?;
    let credentials = args.user.as_deref().map(basic).transpose()?;
    let asked = credentials.as_ref().and_then(|credentials| match credentials {
        Credentials::Basic { user, password } => Some((user.as_str(), password.as_str())),
        Credentials::Bearer(_) => None,
    });
    let limits = limits(args);
    runtime()?.block_on(async {
        // Behind TLS nobody but the front is to come.
        let inside: SocketAddr = ([127, 0, 0, 1], 0).into();
        let listen = if identity.is_some() { inside } else { args.listen };
        let mock = named.start(listen, asked, limits).await.map_err(|error| unheard(args, &error))?;
        let front = match &identity {
            Some(identity) => Some(
                TlsFront::start(args.listen, mock.address(), identity, limits)
                    .await
                    .map_err(|error| unheard(args, &error))?,
            ),
            None => None,
        };
        let base = base(front.as_ref().map_or(mock.address(), TlsFront::address), front.is_some());
        let pem = pem.as_deref().unwrap_or_default();
        say(&format!("{} mock at {base}{}\n{pem}", args.name, names::ENDPOINT_PATH))?;
        tokio::select! {
            () = mock.ended() => Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Passed),
        }
    })
}

/// Serves the cases for clients until it is interrupted, then tells what came.
fn cases(args: &MockArgs, identity: Option<&Identity>, pem: Option<&str>) -> Result<Exit, Trouble> {
    let known = args.known.as_deref().map(|path| Known::load(path, &[])).transpose()?;
    let known = known.map(Known::deviations);
    runtime()?.block_on(async {
        let listening = CaseListener::start(args.listen, Grading::default(), limits(args), identity, known);
        let mut listener = listening
            .await
            .map_err(|error| unheard(args, &error))?;
        let base = base(listener.address(), identity.is_some());
        say(&format!(
            "cases for clients at {base}/case/ID (umspec list --subject client shows the ids)\n\
             one after the other at {base}/next; what came at {base}/, {base}/report and {base}/report.json\n{}",
            pem.unwrap_or_default()
        ))?;
        tokio::select! {
            () = listener.ended() => return Ok(Exit::Internal),
            _ = tokio::signal::ctrl_c() => {}
        }
        let record = listener.record();
        let known = listener.account(&record);
        let view = View { known: known.as_ref(), ..View::from(&record) };
        say(&text(view, TextOptions::default()))?;
        // Cases that nobody came to are no hindrance, as long as somebody came.
        Ok(record.conclusion_with(known.as_ref(), true).into())
    })
}

fn base(address: SocketAddr, is_tls: bool) -> String {
    format!("{}://{address}", if is_tls { "https" } else { "http" })
}

fn unheard(args: &MockArgs, error: &std::io::Error) -> Trouble {
    Trouble::usage(format!("cannot listen at {}: {error}", args.listen))
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
