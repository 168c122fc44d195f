//! Cases of whichever subject.

use super::{
    Case, CaseHeader, ClientCase, MessageCase, case, cases, client_case, client_cases, parser_case,
    parser_cases,
};
use crate::evidence::Subject;
use crate::protocol::RequirementId;

/// A case for servers, clients or parsers.
#[derive(Debug, Clone, Copy)]
pub enum CaseRef {
    /// For clients.
    Client(&'static ClientCase),
    /// For parsers.
    Parser(&'static MessageCase),
    /// For servers.
    Server(&'static Case),
}

impl CaseRef {
    /// The case for this subject with this id.
    pub fn find(subject: Subject, id: &str) -> Option<Self> {
        match subject {
            Subject::Client => client_case(id).map(Self::Client),
            Subject::Parser => parser_case(id).map(Self::Parser),
            Subject::Server => case(id).map(Self::Server),
        }
    }

    /// The ids of all cases for this subject, slow ones included, in the order of the catalogue.
    pub fn ids(subject: Subject) -> Vec<&'static str> {
        match subject {
            Subject::Client => client_cases().iter().map(|case| &*case.id).collect(),
            Subject::Parser => parser_cases().iter().map(|case| &*case.id).collect(),
            Subject::Server => cases().iter().map(|case| &*case.id).collect(),
        }
    }

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Self::Client(case) => &case.id,
            Self::Parser(case) => &case.id,
            Self::Server(case) => &case.id,
        }
    }

    /// The requirements that it cites.
    pub fn requirements(self) -> &'static [RequirementId] {
        match self {
            Self::Client(case) => case.requirements(),
            Self::Parser(case) => case.requirements(),
            Self::Server(case) => case.requirements(),
        }
    }
}

/// How many cases there are for a subject, slow ones included.
pub fn size(subject: Subject) -> usize {
    match subject {
        Subject::Client => client_cases().len(),
        Subject::Parser => parser_cases().len(),
        Subject::Server => cases().len(),
    }
}
