use crate::evidence::{Parsed, Parser};
use crate::message::MessageKind;
#[cfg(feature = "net")]
use crate::run::busy::is_machine_busy;
#[cfg(feature = "net")]
use crate::target::{CommandParser, PersistentParser};

/// How messages get to a parser under test.
pub trait ParserDriver {
    /// Puts one message to it.
    fn parse(&mut self, kind: MessageKind, message: &[u8]) -> impl Future<Output = Parsed>;

    /// The first lines that it wrote on standard error about the last message, as far as that can be told.
    fn complaints(&mut self) -> impl Future<Output = Vec<String>> {
        std::future::ready(Vec::new())
    }

    /// Whether what else this machine does parts its work, so that its times may be no evidence.
    fn is_parted(&self) -> bool {
        false
    }
}

/// A parser in this process, which answers at once.
#[derive(Debug, Clone)]
pub struct InProcess<P>(pub P);

impl<P: Parser> ParserDriver for InProcess<P> {
    async fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        self.0.parse(kind, message)
    }
}

#[cfg(feature = "net")]
impl ParserDriver for CommandParser {
    async fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        Self::parse(self, kind, message).await
    }

    async fn complaints(&mut self) -> Vec<String> {
        Self::complaints(self).to_vec()
    }

    fn is_parted(&self) -> bool {
        is_machine_busy()
    }
}

#[cfg(feature = "net")]
impl ParserDriver for PersistentParser {
    async fn parse(&mut self, kind: MessageKind, message: &[u8]) -> Parsed {
        Self::parse(self, kind, message).await
    }

    async fn complaints(&mut self) -> Vec<String> {
        Self::complaints(self).await
    }

    fn is_parted(&self) -> bool {
        is_machine_busy()
    }
}
