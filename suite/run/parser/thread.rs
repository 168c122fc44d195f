use std::sync::mpsc::{Receiver, channel};
use std::thread;

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::ParserDriver;
use crate::evidence::{Parsed, Parser};
use crate::message::MessageKind;

/// A parser outside this process for whoever cannot wait for it as a future: it is asked in a thread of its own, and
/// ends when this is dropped.
#[derive(Debug)]
pub struct ParserThread {
    messages: UnboundedSender<(MessageKind, Vec<u8>)>,
    parsed: Receiver<Parsed>,
}

impl ParserThread {
    /// Starts the thread, in which the parser is made.
    ///
    /// # Errors
    /// When there is no thread, or nothing to wait with, to be had.
    pub fn start<D: ParserDriver>(parser: impl FnOnce() -> D + Send + 'static) -> std::io::Result<Self> {
        // Waited for as a future: what the parser writes meanwhile is to be seen.
        let (messages, mut asked) = unbounded_channel::<(MessageKind, Vec<u8>)>();
        let (said, parsed) = channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("parser".to_owned()).spawn(move || {
            runtime.block_on(async {
                let mut parser = parser();
                while let Some((kind, message)) = asked.recv().await {
                    if said.send(parser.parse(kind, &message).await).is_err() {
                        break;
                    }
                }
            });
        })?;
        Ok(Self { messages, parsed })
    }
}

impl Parser for ParserThread {
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        let sent = self.messages.send((kind, message.to_vec()));
        let parsed = sent.ok().and_then(|()| self.parsed.recv().ok());
        parsed.unwrap_or_else(|| Parsed::Crashed("the thread that asks it has ended".to_owned()))
    }
}
