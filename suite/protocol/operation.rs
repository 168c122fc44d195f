use super::names;

/// An operation of the service, as far as call ids are issued, read or ended by it.
///
/// Disconnect is the subject; the others are rows because they issue and observe call ids
/// (OXWUMS 3.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Ends a call (OXWUMS 3.1.4.1).
    Disconnect,
    /// Reads the state of a call (OXWUMS 3.1.4.3).
    GetCallInfo,
    /// Places a call that reads an item aloud (OXWUMS 3.1.4.8).
    PlayOnPhone,
    /// Places a call that plays a greeting (OXWUMS 3.1.4.9).
    PlayOnPhoneGreeting,
}

/// A child element of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Local name, in the messages namespace.
    pub name: &'static str,
    /// What the schema and the prose say of its value.
    pub about: &'static str,
}

impl Operation {
    /// Every row.
    pub const ALL: [Self; 4] =
        [Self::Disconnect, Self::GetCallInfo, Self::PlayOnPhone, Self::PlayOnPhoneGreeting];

    /// Local name of the request element, in the messages namespace.
    pub fn request(self) -> &'static str {
        match self {
            Self::Disconnect => "Disconnect",
            Self::GetCallInfo => "GetCallInfo",
            Self::PlayOnPhone => "PlayOnPhone",
            Self::PlayOnPhoneGreeting => "PlayOnPhoneGreeting",
        }
    }

    /// Local name of the answer element, in the messages namespace.
    pub fn response(self) -> &'static str {
        match self {
            Self::Disconnect => "DisconnectResponse",
            Self::GetCallInfo => "GetCallInfoResponse",
            Self::PlayOnPhone => "PlayOnPhoneResponse",
            Self::PlayOnPhoneGreeting => "PlayOnPhoneGreetingResponse",
        }
    }

    /// Whether the answer element holds an inner element of the same name.
    pub fn answers_nested(self) -> bool {
        self != Self::Disconnect
    }

    /// Children of the request element, each exactly once and in this order.
    pub fn fields(self) -> &'static [Field] {
        const CALL_ID: Field =
            Field { name: "CallId", about: "xs:string; at most 512 characters (OXWUMS 3.1.4.3.2.1)" };
        const DIAL: Field = Field { name: "DialString", about: "xs:string; the number the server rings" };
        match self {
            Self::Disconnect | Self::GetCallInfo => &[CALL_ID],
            Self::PlayOnPhone => {
                &[Field { name: "entryId", about: "xs:string; base64 of the item's entry id" }, DIAL]
            }
            Self::PlayOnPhoneGreeting => {
                &[Field { name: "GreetingType", about: "NormalCustom or OofCustom" }, DIAL]
            }
        }
    }

    /// Value of the SOAPAction header, without its quotes: messages namespace, `/`, name.
    pub fn soap_action(self) -> String {
        format!("{}/{}", names::MESSAGES, self.request())
    }

    /// The operation whose request element has this local name.
    pub fn from_request(local: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.request() == local)
    }
}
