//! Security and robustness.

use super::row::{SUITE_RULE, bp, derived, http, oxwums, rows, soap};
use crate::protocol::Visibility::{NotObservable, Observable};

rows! {
    AUTHENTICATION_REQUIRED = 172, "sec.auth",
        "Without valid credentials nobody can use the operation, neither to end a call nor to learn about an identifier.",
        [oxwums("1.7"), soap("4.4.1")], Ox, Must, Server, Observable;
    AUTHENTICATE_HEADER = 173, "sec.401",
        "A server that answers with status 401 includes a WWW-Authenticate header field, so the client knows how to authenticate.",
        [http("15.5.2")], Http, Must, Server, Observable;
    AUTHENTICATION_BEFORE_PARSING = 174, "sec.auth.first",
        "The server settles who the client is before it parses the body, even when that body is malformed or oversized.",
        [derived("from MS-OXWUMS 1.7")], Own, DerivedShould, Server, Observable;
    TLS = 175, "sec.tls",
        "In the documented protocol stack SOAP messages travel over HTTPS, so client and server are expected to use TLS.",
        [oxwums("1.4")], Ox, Should, Both,
        NotObservable("whoever gives the URL chooses the scheme, and that plain HTTP answers somewhere says nothing of HTTPS; the report names the URL");
    CALL_OF_ANOTHER_USER = 176, "sec.owner",
        "Whether a user can end a call of another user with its identifier is not specified; a refusal is recommended.",
        [derived("from the silence of the texts")], Own, Record, Server,
        NotObservable("needs a second account of the same server, which a run is not given; no outcome would fail, because the texts are silent");
    IDS_NOT_PROBED_UNAUTHENTICATED = 177, "sec.guess",
        "Only the GUID makes identifiers hard to guess, and unauthenticated callers cannot tell from answers whether one exists.",
        [derived("from the shape of the documented ids")], Own, DerivedShould, Server, Observable;
    NO_EXTERNAL_ENTITIES = 178, "sec.xxe",
        "Nothing that a request names outside itself is fetched, and what its document type declaration declares has no effect.",
        [derived("from SOAP 3")], Own, DerivedMust, Server, Observable;
    ENTITY_EXPANSION_BOUNDED = 179, "sec.bomb",
        "Entities that multiply when expanded, nested or merely repeated, cannot use up the time or memory of the server.",
        [derived("from SOAP 3")], Own, DerivedMust, Server, Observable;
    SIZE_BOUNDED = 180, "sec.size",
        "A large request is refused, or served where it is lawful, within bounded time and memory.",
        [derived("from the size limits of MS-OXWUMS and of common servers")], Own, DerivedMust, Server, Observable;
    DEPTH_BOUNDED = 181, "sec.depth",
        "Elements nested very deeply neither overflow the stack of the server nor keep it busy; the WCF default depth is 32.",
        [derived("from the WCF default depth of 32")], Own, DerivedMust, Server, Observable;
    NAMES_BOUNDED = 182, "sec.names",
        "Masses of attributes or namespace prefixes and names of great length are kept within bounds and do no harm.",
        [derived("from the WCF name table limit of 16384")], Own, DerivedShould, Server, Observable;
    SLOW_REQUEST = 183, "sec.slow",
        "A client that sends its request very slowly does not keep the server from answering the requests of others.",
        [SUITE_RULE], Own, DerivedShould, Server, Observable;
    CALL_ID_IS_DATA = 184, "sec.inject",
        "An identifier is nothing but data: characters special to logs, queries, commands or paths have no effect through it.",
        [SUITE_RULE], Own, DerivedShould, Server, Observable;
    WRAPPED_DISCONNECT = 185, "sec.wrap",
        "A Disconnect placed in Header, after the Body or in other odd places, as in signature wrapping, is never executed.",
        [derived("from SOAP 4.2 and 4.3"), bp("R1011")], Own, DerivedMust, Server, Observable;
    ALIVE_AFTERWARDS = 186, "sec.alive",
        "Whatever input came before, the endpoint still gives a valid request the right answer and has not gone down.",
        [SUITE_RULE], Own, DerivedMust, Server, Observable;
    SAME_ANSWER_TO_SAME_REQUEST = 187, "sec.det",
        "Sending the same input again yields an outcome of the same class, save where the life cycle explains a change.",
        [SUITE_RULE], Own, DerivedShould, Server, Observable;
}
