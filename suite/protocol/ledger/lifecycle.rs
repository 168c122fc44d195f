//! Sequencing and the life cycle of a call.

use super::row::{CLIENT, SUITE_RULE, derived, oxwums, reference, rows};
use crate::protocol::Visibility::{NotObservable, Observable};

rows! {
    CALL_BEFORE_DISCONNECT = 144, "seq.first",
        "Before it sends Disconnect, a client has made a PlayOnPhone or PlayOnPhoneGreeting call that gave it an identifier.",
        [oxwums("3.2.4"), oxwums("4.1")], Ox, Must, Client, CLIENT;
    CALL_ID_AS_ISSUED = 145, "seq.handle",
        "The CallId of a client's Disconnect is the handle that its earlier PlayOnPhone or PlayOnPhoneGreeting call returned.",
        [oxwums("3.2.4")], Ox, Must, Client, CLIENT;
    STATE_CHANGED_BY_DISCONNECT = 146, "seq.state",
        "Disconnect is among the operations that change the state of a call, whereas GetCallInfo does nothing but read it.",
        [oxwums("3.1.1.1")], Ox, Must, Server, Observable;
    CONNECTED_CALL_ENDED = 147, "seq.connected",
        "A call in state Connected can be ended by Disconnect, after which its state is no longer Connected.",
        [oxwums("3.1.1.1"), reference("pages")], Ox, Must, Server, Observable;
    CONNECTING_CALL_ENDED = 148, "seq.connecting",
        "Disconnect works on a call that is still Connecting, because its identifier exists from that state onward.",
        [derived("from MS-OXWUMS 3.1.1.1")], Own, DerivedShould, Server, Observable;
    STATE_AFTER_DISCONNECT = 149, "seq.after",
        "After a Disconnect, GetCallInfo reports the call as Disconnected, or rejects the handle once the system is Idle again.",
        [oxwums("3.1.4.3.4.1")], Ox, Must, Server, Observable;
    STATES_NEVER_SHOWN = 150, "seq.never",
        "GetCallInfo answers of this protocol do not show Idle, Alerted, Incoming, Transferring or Forwarding as the state of a call.",
        [oxwums("3.1.4.3.4.1")], Ox, DerivedShould, Server, Observable;
    EVENT_CAUSE = 151, "seq.cause",
        "EventCause is None until the call is Disconnected, and it is UserBusy when the called line turned out busy.",
        [oxwums("3.1.4.3.4.2")], Ox, Must, Server, Observable;
    SECOND_DISCONNECT = 152, "seq.twice",
        "What a second Disconnect with the same identifier yields is left open: both success and the invalid-id fault conform.",
        [derived("from the silence of MS-OXWUMS")], Ox, DerivedShould, Server, Observable;
    CALL_ENDED_BY_CALLEE = 153, "seq.ended",
        "Disconnect on a call that the callee has already hung up is specified nowhere; success and the invalid-id fault both conform.",
        [derived("from the silence of MS-OXWUMS, whose Idle state has no handle")], Own, DerivedShould, Server, Observable;
    OTHER_CALLS_UNTOUCHED = 154, "seq.other",
        "Ending one call by its identifier leaves all other calls of the server as they were before the request.",
        [derived("from MS-OXWUMS 3.1.4.1")], Own, DerivedMust, Server, Observable;
    PARALLEL_REQUESTS = 155, "seq.par",
        "Disconnect requests sent at the same time have the outcomes of those same requests sent in some order one by one.",
        [SUITE_RULE], Own, DerivedShould, Server, Observable;
    NO_TIMERS = 156, "seq.timers",
        "As far as the text was read, no timer that a client could notice is tied to Disconnect.",
        [oxwums("3.1.2 (not read)")], Ox, Record, Server,
        NotObservable("no document writes a time limit that an answer could break; how long an id lives shows in its life, not in an answer");
}
