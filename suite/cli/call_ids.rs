use clap::Args;

use umspec::run::CallSource;

/// Where call ids come from.
#[derive(Args)]
pub(crate) struct CallIdArgs {
    /// Place calls by PlayOnPhone; on a real server this rings a telephone for every call
    #[arg(long, help_heading = "Call ids", requires = "entry_id", requires = "dial_string")]
    pub(crate) play_on_phone: bool,
    /// The item that PlayOnPhone reads aloud, as base64
    #[arg(long, value_name = "ID", help_heading = "Call ids", requires = "play_on_phone")]
    pub(crate) entry_id: Option<String>,
    /// The number that PlayOnPhone rings
    #[arg(long, value_name = "NUMBER", help_heading = "Call ids", requires = "play_on_phone")]
    pub(crate) dial_string: Option<String>,
    /// Id of a call that is up (repeatable); a campaign needs one that can be ended again and again
    #[arg(long, value_name = "ID", help_heading = "Call ids", conflicts_with_all = ["play_on_phone", "call_id_cmd"])]
    pub(crate) call_id: Vec<String>,
    /// Command that places a call and prints its id
    #[arg(long, value_name = "CMD", help_heading = "Call ids", conflicts_with = "play_on_phone")]
    pub(crate) call_id_cmd: Option<String>,
}

impl CallIdArgs {
    /// The source that was asked for.
    pub(crate) fn source(&self) -> CallSource {
        if self.play_on_phone {
            // clap asks for both together with --play-on-phone.
            return CallSource::PlayOnPhone {
                entry_id: self.entry_id.clone().unwrap_or_default(),
                dial_string: self.dial_string.clone().unwrap_or_default(),
            };
        }
        if let Some(command) = &self.call_id_cmd {
            return CallSource::Command(command.clone());
        }
        if self.call_id.is_empty() { CallSource::None } else { CallSource::Given(self.call_id.clone()) }
    }
}
