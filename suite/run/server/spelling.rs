//! How the names of header fields are written in a run. They mean the same in any case (RFC 9110 5.1), and
//! a case of its own shows whether a server knows that; where it does not, the others are to be judged all
//! the same.

use super::control::{Established, establish};
use super::prober::Prober;
use crate::evidence::CallOrigin;
use crate::judge::{Control, ControlLevel};
use crate::message::NameStyle;
use crate::target::Server;

/// Does a control, and another one with names as the documents write them where a server takes nothing with
/// names in small letters. Names are written in the way of the control that is given back.
pub(crate) async fn establish_spelled(prober: &mut Prober, calls: CallOrigin) -> Established {
    let usual = establish(prober, calls).await;
    if !is_refused(&usual) || !matches!(prober.line.server(), Server::Http(_)) {
        return usual;
    }
    prober.line.server_mut().write_names(NameStyle::AsRegistered);
    let registered = establish(prober, calls).await;
    if is_refused(&registered) {
        prober.line.server_mut().write_names(NameStyle::LowerCase);
        return usual;
    }
    registered
}

/// Whether a server answers, and takes nothing.
fn is_refused(established: &Established) -> bool {
    let control = Control::of(&established.evidence);
    control.level == ControlLevel::Uncontrolled && control.fatal.is_none()
}
