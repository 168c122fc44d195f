use std::str::FromStr;

/// A named defect of a mock server. Alphabetical.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// An empty CallId is answered with success.
    AcceptsEmptyCallId,
    /// Every POST with a body is answered with the success of Disconnect.
    AlwaysSuccess,
    /// Faults are sent with status 200.
    FaultsWith200,
    /// A refused Disconnect ends the call all the same.
    HangsUpDespiteFault,
    /// Elements of the body are told by local name only.
    IgnoresNamespace,
}

impl Flaw {
    /// Every flaw.
    pub const ALL: [Self; 5] = [
        Self::AcceptsEmptyCallId,
        Self::AlwaysSuccess,
        Self::FaultsWith200,
        Self::HangsUpDespiteFault,
        Self::IgnoresNamespace,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::AcceptsEmptyCallId => "accepts-empty-call-id",
            Self::AlwaysSuccess => "always-success",
            Self::FaultsWith200 => "faults-with-200",
            Self::HangsUpDespiteFault => "hangs-up-despite-fault",
            Self::IgnoresNamespace => "ignores-namespace",
        }
    }
}

impl FromStr for Flaw {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|flaw| flaw.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::name).collect();
            format!("no mock {text:?}; there are strict, {}", names.join(", "))
        })
    }
}
