use crate::judge::Grading;
use crate::message::MessageKind;
use crate::record::ShardOf;
use crate::run::bounds::Bounds;

/// How a parser is run.
#[derive(Debug, Clone)]
pub struct ParserOptions {
    /// How it is called, for the record.
    pub target: String,
    /// The options of a command line that ask for the same run, for the record: without secrets.
    pub again: Vec<String>,
    /// How it is graded.
    pub grading: Grading,
    /// How often each case is tried at least. Default 1.
    pub repeat: usize,
    /// How often a case that fails is tried again, until it does not; one that does not fail every time is flaky.
    /// Default 0: what comes to no end is tried again all the same.
    pub retries: usize,
    /// Which part of a run it is, if others run the rest.
    pub shard: Option<ShardOf>,
    /// Kinds of messages of which it is established what the parser makes of them, beside those of its cases:
    /// those of the other parts.
    pub kinds: Vec<MessageKind>,
    /// Whether one parser sees many messages, so that one message can spoil it for the next: the plain
    /// message follows each case.
    pub lasting: bool,
    /// When the run ends, whatever the parser does.
    pub bounds: Bounds,
    /// An address to watch, which messages name in place of one that nobody has. The cases that name it take turns,
    /// and each is watched for a moment longer: a contact belongs to the one that is under way.
    #[cfg(feature = "net")]
    pub canary: Option<std::sync::Arc<crate::target::Canary>>,
}

impl ParserOptions {
    /// The defaults, for a parser of this name that sees many messages.
    pub fn new(target: &str) -> Self {
        Self {
            target: target.to_owned(),
            again: Vec::new(),
            grading: Grading::default(),
            repeat: 1,
            retries: 0,
            shard: None,
            kinds: Vec::new(),
            lasting: true,
            bounds: Bounds::default(),
            #[cfg(feature = "net")]
            canary: None,
        }
    }
}
