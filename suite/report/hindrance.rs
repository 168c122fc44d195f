use crate::judge::ControlLevel;
use crate::message::told;
use crate::record::{Conclusion, Record};

/// Why a run as a whole came to no verdict, or not to its end, in words. A report of it that shows cases alone
/// could be green for want of anything that failed.
pub(super) fn hindrance(record: &Record) -> Option<String> {
    if record.campaign.is_some() && record.conclusion(false) == Conclusion::Failed {
        // What was found stands, whatever else was not.
        return None;
    }
    let established = record.established();
    let uncontrolled =
        || established.server().is_some_and(|control| control.level == ControlLevel::Uncontrolled);
    if let Some(problem) = established.problem() {
        Some(problem)
    } else if let Some(why) = &record.ended_early {
        Some(told(why))
    } else if record.interrupted {
        Some("the run was interrupted".to_owned())
    } else if uncontrolled() {
        Some("the server was not seen to tell good requests from bad ones".to_owned())
    } else if !record.has_judged() {
        Some("no case was judged".to_owned())
    } else if let Some(campaign) = record.campaign.as_ref().filter(|campaign| !campaign.unreached.is_empty())
    {
        let names: Vec<&str> = campaign.unreached.iter().map(|class| class.word()).collect();
        Some(format!("the campaign was too short to send each class of inputs: {}", names.join(", ")))
    } else {
        None
    }
}
