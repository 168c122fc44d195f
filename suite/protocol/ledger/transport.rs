//! HTTP: method, header fields, status, framing and endpoint.

use super::row::{CLIENT, bp, derived, dscli, http, http11, media_types, oxwums, reference, rows, soap};
use crate::protocol::Visibility::Observable;

rows! {
    POST_ONLY = 1, "http.post",
        "The request envelope is sent to the endpoint as the body of an HTTP POST, and by no other method.",
        [soap("6"), soap("6.1"), bp("R1132")], Soap, Must, Client, CLIENT;
    METHOD_NOT_ALLOWED = 2, "http.405",
        "A request to the endpoint with any method except POST is turned away with status 405, or with 501 by a server that does not know the method.",
        [bp("R1114"), http("9.1"), http("15.6.2")], Bp, Should, Server, Observable;
    ALLOW_LISTS_POST = 3, "http.allow",
        "Whenever status 405 is sent, the answer holds an Allow header field and POST is among the methods listed there.",
        [http("15.5.6")], Http, Must, Server, Observable;
    OTHER_METHODS_CHANGE_NOTHING = 4, "http.nomut",
        "A request with a method other than POST, whatever its query or body, must leave every call in its state.",
        [derived("from SOAP 6.1 and RFC 9110 9.2.1")], Own, DerivedMust, Server, Observable;
    REQUEST_MEDIA_TYPE = 5, "http.ct",
        "The client labels the envelope with the media type text/xml in the Content-Type header field of its POST.",
        [soap("6")], Soap, Must, Client, CLIENT;
    UNSUPPORTED_MEDIA_TYPE = 6, "http.415",
        "A request whose Content-Type names a media type the SOAP 1.1 binding does not use is refused with status 415.",
        [bp("R1115")], Bp, Should, Server, Observable;
    CHARSET_NAMES_ENCODING = 7, "http.charset",
        "A charset parameter in Content-Type, where one is sent, names the encoding that the body bytes really have.",
        [bp("R1018"), media_types("charset parameter")], Http, Must, Both, Observable;
    SOAP_ACTION_PRESENT = 8, "http.sa.present",
        "Each request a client sends has a SOAPAction header field, which the SOAP HTTP binding demands of clients.",
        [soap("6.1.1")], Soap, Must, Client, CLIENT;
    SOAP_ACTION_VALUE = 9, "http.sa.value",
        "The SOAPAction of a Disconnect request is http://schemas.microsoft.com/exchange/services/2006/messages/Disconnect, byte for byte once the quotes are taken off.",
        [oxwums("3.1.4.1"), bp("R2744")], Ox, Must, Client, CLIENT;
    SOAP_ACTION_QUOTED = 10, "http.sa.quote",
        "The client writes the SOAPAction header value as a quoted string, with one double quote at either end of it.",
        [soap("6.1.1"), bp("R1109")], Soap, Must, Client, CLIENT;
    UNQUOTED_SOAP_ACTION = 11, "http.sa.unquoted",
        "A SOAPAction value that lacks its double quotes may be answered with a fault, but accepting the request is allowed too.",
        [bp("R1119")], Bp, May, Server, Observable;
    SOAP_ACTION_NOT_NEEDED = 12, "http.sa.route",
        "A server should process a correct Disconnect body without help from SOAPAction, so an empty or an unrelated value changes nothing.",
        [bp("R1127")], Bp, Should, Server, Observable;
    SOAP_ACTION_CONFLICT = 13, "http.sa.conflict",
        "If SOAPAction and the Body child name different operations, only the operation in the Body may run, while a refusal also conforms.",
        [derived("from BP R1127 and MS-OXWUMS 3.1.4.1")], Own, DerivedMust, Server, Observable;
    SUCCESS_STATUS_2XX = 14, "http.2xx",
        "A valid request is answered with success, and success has an HTTP status in the 2xx range; 200 is the one to expect.",
        [soap("6.2"), bp("R1124"), bp("R1111")], Soap, Must, Server, Observable;
    FAULT_STATUS_500 = 15, "http.500",
        "An answer that is a SOAP Fault has the HTTP status 500 Internal Server Error, unless the request was refused as HTTP already.",
        [soap("6.2"), bp("R1126")], Soap, Must, Server, Observable;
    BROKEN_REQUEST_STATUS_4XX = 16, "http.4xx",
        "A request that is broken as HTTP or as XML may be turned down with a 4xx status, preferably 400.",
        [bp("R1125"), bp("R1113")], Bp, Should, Server, Observable;
    ANSWER_MEDIA_TYPE = 17, "http.resp.ct",
        "A server labels its answer envelope as text/xml, and the bytes of the body decode in the charset that the label states, if any.",
        [soap("6"), bp("R1018")], Soap, Must, Server, Observable;
    HTTP_VERSION = 18, "http.version",
        "The request line names HTTP/1.1 or HTTP/1.0, the two versions over which Basic Profile lets messages travel.",
        [bp("R1140"), bp("R1141")], Bp, Must, Client, CLIENT;
    UNAMBIGUOUS_FRAMING = 19, "http.framing",
        "The length of a message body is framed without ambiguity, and each side reads exactly the body that the framing announces.",
        [http11("6"), http11("6.3"), http11("8")], Http, DerivedMust, Both, Observable;
    CHUNKED_REQUEST = 20, "http.chunked",
        "Whoever speaks HTTP/1.1 reads the chunked transfer coding, wherever the boundaries fall, and passes over chunk extensions and trailer fields.",
        [http11("6.1"), http11("7.1"), http11("7.1.1"), http11("7.1.2")], Http, Must, Both, Observable;
    EXPECT_CONTINUE = 21, "http.expect",
        "A request sent with Expect: 100-continue ends in the same outcome as the same request sent without that header.",
        [http("10.1.1")], Http, Should, Both, Observable;
    SHARED_CONNECTION = 22, "http.conn",
        "Requests that share one kept-alive connection do not influence each other, even when one between them is malformed.",
        [derived("from RFC 9112 9.3")], Own, DerivedShould, Server, Observable;
    ENDPOINT_FROM_AUTODISCOVER = 23, "http.endpoint",
        "Clients take the endpoint from the Autodiscover UMUrl element, an optional child of Protocol; its documented form ends in /EWS/UM2007Legacy.asmx.",
        [oxwums("3.1.4.1"), dscli("2.2.4.1.1.2.6.47"), reference("um")], Ox, Must, Client, CLIENT;
    NO_EXTENSION_FRAMEWORK = 24, "http.extfw",
        "A client does without the HTTP Extension Framework: no M-POST method and no Man or Opt header fields in its requests.",
        [bp("R1108")], Bp, Must, Client, CLIENT;
    REDIRECT_STATUS_307 = 25, "http.redirect",
        "To redirect the POST a server uses status 307, and the client may follow such a redirect without asking anyone.",
        [bp("R1130"), bp("R1131")], Bp, May, Both, Observable;
    COOKIES_NOT_NEEDED = 26, "http.cookie",
        "The operation works for a client that keeps no cookies, since a server should not require support for them.",
        [bp("R1121")], Bp, Should, Server, Observable;
    WSDL_PUBLISHED = 27, "http.wsdl",
        "No text obliges a server to publish its WSDL at ?wsdl; whether it does is noted and nothing more.",
        [derived("from the silence of MS-OXWUMS"), oxwums("6")], Ox, Record, Server, Observable;
    HOST_FIELD = 188, "http.host",
        "A request of HTTP/1.1 has exactly one Host field with a valid value, and one that has not is answered with status 400.",
        [http11("3.2")], Http, Must, Both, Observable;
    INVALID_LENGTH = 189, "http.length.bad",
        "A Content-Length that is no number, or several that differ, makes the framing invalid: a server answers 400, a client discards the answer.",
        [http11("6.3"), http("8.6")], Http, Must, Both, Observable;
    FINAL_CODING = 190, "http.te.final",
        "A request whose Transfer-Encoding does not end in chunked has no reliable length and is answered with 400, or with 501 where the coding is unknown.",
        [http11("6.1"), http11("6.3")], Http, Must, Server, Observable;
    LENGTH_BESIDE_CODING = 191, "http.te.length",
        "A message with Content-Length beside Transfer-Encoding is refused or read by Transfer-Encoding alone, and the connection is closed after the answer.",
        [http11("6.1"), http11("6.3")], Http, Must, Server, Observable;
    CONTINUE_SENT = 193, "http.continue",
        "To Expect: 100-continue a server of HTTP/1.1 sends 100 or a final status, and does not wait for the content first.",
        [http("10.1.1")], Http, Must, Server, Observable;
    CHARSET_STATED = 195, "http.charset.sent",
        "The Content-Type of a message has a charset parameter, which Basic Profile demands and the media type itself leaves open.",
        [bp("R1018"), media_types("charset parameter")], Bp, Must, Both, Observable;
}
