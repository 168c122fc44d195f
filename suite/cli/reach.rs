use std::time::Duration;

use super::call_ids::CallIdArgs;
use super::exit::Exit;
use super::trouble::Trouble;
use umspec::evidence::{Parsed, Parser as _};
use umspec::message::{MessageKind, write_request};
use umspec::mock::{MockLimits, Named, Running, Service};
use umspec::protocol::{Operation, names};
use umspec::run::{CallSource, ParserThread};
use umspec::target::{
    CommandLine, CommandParser, Credentials, Endpoint, Options, Orphans, PersistentParser, RefusedExit,
    adopt_orphans,
};

/// User and password that the built-in mock asks for, so that the cases about credentials can be
/// judged. They guard nothing. No piece of them, in base64 or as they are, stands in messages: a user of
/// the name of the host in its call ids had every request looked through at length.
const MOCK_USER: &str = "tester";
const MOCK_PASSWORD: &str = "Xk7pQ2zW9vBm4";

/// How a parser is called.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called {
    /// For each message anew, and how it tells that it refuses.
    Anew(RefusedExit),
    /// Once for all messages.
    Once,
}

/// A server that is to be talked to.
pub(crate) struct Reached {
    pub(crate) endpoint: Endpoint,
    /// What it is called.
    pub(crate) target: String,
    pub(crate) calls: CallSource,
    /// The mock, which ends when this is dropped.
    pub(crate) mock: Option<Running>,
}

impl Reached {
    /// The server at a URL.
    pub(crate) fn server(url: &str, calls: &CallIdArgs) -> Result<Self, Trouble> {
        let endpoint = Endpoint::parse(url).map_err(|error| Trouble::usage(error.to_string()))?;
        Ok(Self { target: endpoint.to_string(), endpoint, calls: calls.source(), mock: None })
    }

    /// A built-in mock, which places its calls itself unless something else is said.
    pub(crate) async fn mock(name: &str, calls: &CallIdArgs, options: &mut Options) -> Result<Self, Trouble> {
        let named = name.parse::<Named>().map_err(Trouble::usage)?;
        if options.credentials.is_none() {
            options.credentials =
                Some(Credentials::Basic { user: MOCK_USER.to_owned(), password: MOCK_PASSWORD.to_owned() });
        }
        let any = ([127, 0, 0, 1], 0).into();
        let mock = named.start(any, Some((MOCK_USER, MOCK_PASSWORD)), MockLimits::default()).await.map_err(
            |error| Trouble { exit: Exit::NotJudged, line: format!("cannot start the mock: {error}") },
        )?;
        let endpoint = Endpoint::parse(&format!("http://{name}.mock.invalid{}", names::ENDPOINT_PATH))
            .map_err(|error| Trouble::usage(error.to_string()))?
            .at(mock.address());
        let calls = match calls.source() {
            CallSource::None => CallSource::Mock,
            given => given,
        };
        Ok(Self { endpoint, target: format!("the built-in {name} mock"), calls, mock: Some(mock) })
    }

    /// The strict mock, whose requests a parser reads. It has half the time of an exchange for each.
    pub(crate) async fn parser(command: &str, called: Called, time: Duration) -> Result<Self, Trouble> {
        let line = CommandLine::parse(command).map_err(|error| Trouble::usage(error.to_string()))?;
        let target = format!("{line}, which reads for the built-in strict mock");
        let time = time / 2;
        adopt_orphans(Orphans::All);
        let parser = match called {
            Called::Anew(refused) => ParserThread::start(move || CommandParser::new(line, refused, time)),
            Called::Once => ParserThread::start(move || PersistentParser::new(line, time)),
        };
        let trouble = |line| Trouble { exit: Exit::NotJudged, line };
        let cannot = |error| trouble(format!("cannot start the mock: {error}"));
        let mut parser =
            parser.map_err(|error| trouble(format!("cannot start a thread for the parser: {error}")))?;
        let plain = write_request(Operation::Disconnect, &[names::SAMPLE_CALL_ID]);
        if let Parsed::Crashed(why) = parser.parse(MessageKind::Request, plain.as_bytes()) {
            return Err(trouble(format!("the parser breaks off at the plain request: {why}")));
        }
        let service = Service::reading_with(parser);
        let any = ([127, 0, 0, 1], 0).into();
        let mock = Running::start(service, any, MockLimits::default()).await.map_err(cannot)?;
        let endpoint = Endpoint::parse(&format!("http://parser.mock.invalid{}", names::ENDPOINT_PATH))
            .map_err(|error| Trouble::usage(error.to_string()))?
            .at(mock.address());
        Ok(Self { endpoint, target, calls: CallSource::Mock, mock: Some(mock) })
    }
}
