//! Behaviour of clients.

use super::row::{CLIENT, SUITE_RULE, bp, derived, http, ns, oxwums, rows, soap, xml};

rows! {
    DOCUMENT_LITERAL_REQUEST = 157, "cli.doc",
        "A client sends document/literal: a Body with Disconnect as its child, CallId inside that, and no other elements.",
        [oxwums("3.1.4.1"), oxwums("3.1.4.1.2.1")], Ox, Must, Client, CLIENT;
    MARKUP_ESCAPED = 158, "cli.escape",
        "Clients escape the characters that XML reserves for markup, so that parsing the request returns the identifier unchanged.",
        [xml("2.4")], Xml, Must, Client, CLIENT;
    INEXPRESSIBLE_CALL_ID = 159, "cli.illegal",
        "An identifier with a character that XML 1.0 cannot express is rejected by the client instead of being altered unnoticed.",
        [xml("2.2")], Xml, Must, Client, CLIENT;
    SAME_BYTES_TWICE = 160, "cli.stable",
        "Given the same input twice, a client writes the same bytes twice, so that snapshots of requests are meaningful.",
        [derived("from the needs of snapshots")], Own, DerivedShould, Client, CLIENT;
    WRITING_SETTLES = 161, "cli.canon",
        "Reading a message, writing it and repeating both gives the same bytes again, as writing settles after one round.",
        [SUITE_RULE], Own, DerivedShould, Client, CLIENT;
    FAULT_UNDER_ANY_STATUS = 162, "cli.fault.any",
        "If a Fault is all a message holds, the client treats it as a fault, whatever HTTP status came with it.",
        [bp("R1107")], Bp, Must, Client, CLIENT;
    ERROR_STATUS_WITHOUT_FAULT = 163, "cli.500nofault",
        "A status of an error, such as 500, whose body is not a SOAP Fault is reported as a transport error, distinct from protocol faults.",
        [soap("6.2")], Soap, DerivedShould, Client, CLIENT;
    OK_STATUS_WITHOUT_RESPONSE = 164, "cli.200junk",
        "Whatever the status is, 200 above all, nothing is success to the client unless DisconnectResponse stands in the Body of the answer.",
        [oxwums("3.1.4.1")], Ox, DerivedMust, Client, CLIENT;
    ANY_SPELLING_OF_ANSWER = 165, "cli.forms",
        "Any prefix, both empty-element forms, either kind of quote and white space or comments between elements are fine with the client.",
        [xml("equivalence"), ns("equivalence")], Xml, Must, Client, CLIENT;
    UNKNOWN_FAULT_REPORTED = 166, "cli.unknownfault",
        "A fault code the client does not know reaches its caller along with the faultstring and the unparsed detail.",
        [derived("from BP R1002")], Own, DerivedShould, Client, CLIENT;
    MANDATORY_HEADER_IN_ANSWER = 167, "cli.mu",
        "An answer with a mandatory header entry that is aimed at the client and unknown to it is refused, even if it reports success.",
        [soap("4.2.2"), soap("4.2.3")], Soap, Must, Client, CLIENT;
    CLIENT_RETRY = 168, "cli.retry",
        "A client may repeat a Disconnect on its own only if it reads success and invalid-id fault alike as call ended.",
        [derived("from UMD-R152 (seq.twice)")], Own, DerivedShould, Client, CLIENT;
    CREDENTIALS_ON_REDIRECT = 169, "cli.redir.cred",
        "When a redirect leads to a different host, the client does not send its credentials along to that host.",
        [derived("from security practice")], Own, DerivedShould, Client, CLIENT;
    CLIENT_LIMITS = 170, "cli.limit",
        "A client sets limits on the size of an answer, on its nesting depth and on the time it takes, also where the answer does not end.",
        [SUITE_RULE], Own, DerivedShould, Client, CLIENT;
    DTD_IN_ANSWER = 171, "cli.nodtd",
        "Clients refuse an answer with a document type declaration, which a sender may not write, though XML processors may read it.",
        [derived("from SOAP 3 against XML 1.0 5.1")], Soap, DerivedShould, Client, CLIENT;
    INTERIM_ANSWERS_PASSED = 192, "http.interim",
        "A client reads past any number of 1xx answers that come before the final one, whether it expected them or not.",
        [http("15.2")], Http, Must, Client, CLIENT;
    OFFERED_CODING_READ = 194, "http.coding.offered",
        "A client that offers a content coding such as gzip in its request reads an answer that is coded so.",
        [derived("from RFC 9110 12.5.3 and 2.2")], Http, DerivedShould, Client, CLIENT;
    CLIENT_COMES_TO_AN_END = 200, "cli.alive",
        "Whatever it is answered, a client comes to an end in order and says whether the call was disconnected.",
        [SUITE_RULE], Own, DerivedMust, Client, CLIENT;
    CLIENT_FETCHES_NOTHING = 201, "cli.nofetch",
        "A client fetches nothing that an answer names outside itself, whether it then takes or refuses the answer.",
        [derived("from SOAP 3")], Own, DerivedMust, Client, CLIENT;
}
