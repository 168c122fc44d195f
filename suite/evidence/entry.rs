use serde::{Deserialize, Serialize};

use super::{Answer, Attempt, ClientEvidence, ClientRequest, Exchange, Parsed, ParserEvidence};

/// What was seen in one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// What a client did.
    Client(ClientEvidence),
    /// What a parser did.
    Parser(ParserEvidence),
    /// The attempts at a case for servers, with every exchange. A failure is tried twice.
    Server(Vec<Attempt>),
}

impl Evidence {
    /// Whether the case was tried once.
    pub fn is_of_one_try(&self) -> bool {
        match self {
            Self::Client(evidence) => evidence.earlier.is_empty(),
            Self::Parser(evidence) => evidence.again.is_empty(),
            Self::Server(attempts) => attempts.len() < 2,
        }
    }

    /// The attempts, of a case for servers.
    pub fn attempts(&self) -> &[Attempt] {
        match self {
            Self::Server(attempts) => attempts,
            Self::Client(_) | Self::Parser(_) => &[],
        }
    }

    /// How many bytes of it came from the subject: bodies, fields, texts.
    pub fn size(&self) -> usize {
        match self {
            Self::Client(evidence) => of_client(evidence),
            Self::Parser(evidence) => evidence.tries().chain(&evidence.twin).map(of_parsed).sum(),
            Self::Server(attempts) => attempts
                .iter()
                .flat_map(|attempt| &attempt.steps)
                .map(|step| of_exchange(&step.exchange))
                .sum(),
        }
    }

    /// Whether something was sent or put to the subject.
    pub fn is_run(&self) -> bool {
        match self {
            Self::Client(_) | Self::Parser(_) => true,
            Self::Server(attempts) => attempts.iter().any(|attempt| !attempt.steps.is_empty()),
        }
    }
}

fn of_fields(fields: &[(String, String)]) -> usize {
    fields.iter().map(|(name, value)| name.len() + value.len()).sum()
}

fn of_exchange(exchange: &Exchange) -> usize {
    let answer = |answer: &Answer| match answer {
        Answer::Http(http) => http.body.0.len() + of_fields(&http.headers),
        Answer::Silence(_) => 0,
    };
    let head = exchange.line.head.as_ref().map_or(0, |head| head.0.len());
    head + [&exchange.answer].into_iter().chain(&exchange.put_off).map(answer).sum::<usize>()
}

fn of_client(evidence: &ClientEvidence) -> usize {
    evidence.tries().flat_map(|each| &each.requests).map(ClientRequest::size).sum()
}

fn of_parsed(parsed: &Parsed) -> usize {
    match parsed {
        Parsed::Accepted(text) | Parsed::Crashed(text) | Parsed::Refused(text) => text.len(),
        Parsed::Silent => 0,
        Parsed::Threw(uncaught) => uncaught.runtime.len() + uncaught.line.len(),
    }
}
