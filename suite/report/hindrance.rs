use crate::judge::ControlLevel;
use crate::message::told;
use crate::record::Record;

/// Why a run as a whole came to no verdict, or not to its end, in words. A report of it that shows cases alone
/// could be green for want of anything that failed.
pub(super) fn hindrance(record: &Record) -> Option<String> {
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
    } else if record.counts().judged == 0 {
        Some("no case was judged".to_owned())
    } else {
        None
    }
}
