use std::io::Read as _;

use super::Trouble;
use super::args::{MessageKind, ParseArgs};
use super::exit::Exit;
use super::output::{complain, say};
use umspec::message::xml::{Limits, Refusal};
use umspec::message::{Reply, read_reply, read_request};
use umspec::protocol::{Defect, Operation};

/// Reads a message from standard input.
pub(crate) fn parse(args: &ParseArgs) -> Result<Exit, Trouble> {
    // One byte more than the limit is enough to know that it is exceeded.
    let most = Limits::default().bytes as u64 + 1;
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|error| Trouble::usage(format!("cannot read standard input: {error}")))?;
    let charset = args.charset.as_deref().filter(|charset| !charset.is_empty());
    let read = match args.kind {
        MessageKind::Request => read_request(&bytes, charset).and_then(|request| match request.operation {
            Operation::Disconnect => Ok(request.call_id().unwrap_or_default().to_owned()),
            _ => Err(Refusal { defect: Defect::OperationName, at: 0 }),
        }),
        MessageKind::Reply => read_reply(&bytes, charset).map(|reply| match reply {
            Reply::Disconnected => "DisconnectResponse".to_owned(),
            Reply::Fault(fault) => format!("Fault {}", fault.meaning()),
        }),
    };
    match read {
        Ok(text) => {
            say(&format!("{text}\n"));
            Ok(Exit::Passed)
        }
        Err(refusal) => {
            complain(&format!("{refusal}\n"));
            Ok(Exit::Failed)
        }
    }
}
