//! The requirements by name.
use super::RequirementId;
/// UMD-R001.
pub const POST_ONLY: RequirementId = RequirementId(1);
/// UMD-R002.
pub const METHOD_NOT_ALLOWED: RequirementId = RequirementId(2);
/// UMD-R003.
pub const ALLOW_LISTS_POST: RequirementId = RequirementId(3);
/// UMD-R004.
pub const OTHER_METHODS_CHANGE_NOTHING: RequirementId = RequirementId(4);
/// UMD-R005.
pub const REQUEST_MEDIA_TYPE: RequirementId = RequirementId(5);
/// UMD-R006.
pub const UNSUPPORTED_MEDIA_TYPE: RequirementId = RequirementId(6);
/// UMD-R007.
pub const CHARSET_NAMES_ENCODING: RequirementId = RequirementId(7);
/// UMD-R008.
pub const SOAP_ACTION_PRESENT: RequirementId = RequirementId(8);
/// UMD-R009.
pub const SOAP_ACTION_VALUE: RequirementId = RequirementId(9);
/// UMD-R010.
pub const SOAP_ACTION_QUOTED: RequirementId = RequirementId(10);
/// UMD-R011.
pub const UNQUOTED_SOAP_ACTION: RequirementId = RequirementId(11);
/// UMD-R012.
pub const SOAP_ACTION_NOT_NEEDED: RequirementId = RequirementId(12);
/// UMD-R013.
pub const SOAP_ACTION_CONFLICT: RequirementId = RequirementId(13);
/// UMD-R014.
pub const SUCCESS_STATUS_2XX: RequirementId = RequirementId(14);
/// UMD-R015.
pub const FAULT_STATUS_500: RequirementId = RequirementId(15);
/// UMD-R016.
pub const BROKEN_REQUEST_STATUS_4XX: RequirementId = RequirementId(16);
/// UMD-R017.
pub const ANSWER_MEDIA_TYPE: RequirementId = RequirementId(17);
/// UMD-R018.
pub const HTTP_VERSION: RequirementId = RequirementId(18);
/// UMD-R019.
pub const UNAMBIGUOUS_FRAMING: RequirementId = RequirementId(19);
/// UMD-R020.
pub const CHUNKED_REQUEST: RequirementId = RequirementId(20);
/// UMD-R021.
pub const EXPECT_CONTINUE: RequirementId = RequirementId(21);
/// UMD-R022.
pub const SHARED_CONNECTION: RequirementId = RequirementId(22);
/// UMD-R023.
pub const ENDPOINT_FROM_AUTODISCOVER: RequirementId = RequirementId(23);
/// UMD-R024.
pub const NO_EXTENSION_FRAMEWORK: RequirementId = RequirementId(24);
/// UMD-R025.
pub const REDIRECT_STATUS_307: RequirementId = RequirementId(25);
/// UMD-R026.
pub const COOKIES_NOT_NEEDED: RequirementId = RequirementId(26);
/// UMD-R027.
pub const WSDL_PUBLISHED: RequirementId = RequirementId(27);
/// UMD-R028.
pub const UTF8_OR_UTF16: RequirementId = RequirementId(28);
/// UMD-R029.
pub const UTF16_READ: RequirementId = RequirementId(29);
/// UMD-R030.
pub const BYTE_ORDER_MARK_ACCEPTED: RequirementId = RequirementId(30);
/// UMD-R031.
pub const XML_DECLARATION_OPTIONAL: RequirementId = RequirementId(31);
/// UMD-R032.
pub const ENCODING_PRECEDENCE: RequirementId = RequirementId(32);
/// UMD-R033.
pub const INVALID_UTF8: RequirementId = RequirementId(33);
/// UMD-R034.
pub const WELL_FORMED: RequirementId = RequirementId(34);
/// UMD-R035.
pub const LEGAL_CHARACTERS: RequirementId = RequirementId(35);
/// UMD-R036.
pub const LINE_ENDINGS: RequirementId = RequirementId(36);
/// UMD-R037.
pub const NO_DTD: RequirementId = RequirementId(37);
/// UMD-R038.
pub const NO_PROCESSING_INSTRUCTION: RequirementId = RequirementId(38);
/// UMD-R039.
pub const COMMENTS_LEAVE_VALUE_WHOLE: RequirementId = RequirementId(39);
/// UMD-R040.
pub const EQUAL_SPELLINGS_OF_TEXT: RequirementId = RequirementId(40);
/// UMD-R041.
pub const UNDECLARED_ENTITY: RequirementId = RequirementId(41);
/// UMD-R042.
pub const PREFIX_DECLARED: RequirementId = RequirementId(42);
/// UMD-R043.
pub const PREFIX_FREELY_CHOSEN: RequirementId = RequirementId(43);
/// UMD-R044.
pub const ENVELOPE_ROOT: RequirementId = RequirementId(44);
/// UMD-R045.
pub const VERSION_MISMATCH: RequirementId = RequirementId(45);
/// UMD-R046.
pub const ENVELOPE_WITHOUT_NAMESPACE: RequirementId = RequirementId(46);
/// UMD-R047.
pub const VERSION_MISMATCH_FORM: RequirementId = RequirementId(47);
/// UMD-R048.
pub const ONE_BODY: RequirementId = RequirementId(48);
/// UMD-R049.
pub const HEADER_BEFORE_BODY: RequirementId = RequirementId(49);
/// UMD-R050.
pub const NOTHING_AFTER_BODY: RequirementId = RequirementId(50);
/// UMD-R051.
pub const ONE_BODY_CHILD: RequirementId = RequirementId(51);
/// UMD-R052.
pub const BODY_CHILD_QUALIFIED: RequirementId = RequirementId(52);
/// UMD-R053.
pub const NO_TEXT_BETWEEN_ELEMENTS: RequirementId = RequirementId(53);
/// UMD-R054.
pub const WHITE_SPACE_BETWEEN_ELEMENTS: RequirementId = RequirementId(54);
/// UMD-R055.
pub const NO_SOAP_ATTRIBUTES: RequirementId = RequirementId(55);
/// UMD-R056.
pub const NO_ENCODING_STYLE: RequirementId = RequirementId(56);
/// UMD-R057.
pub const HEADER_ENTRY_QUALIFIED: RequirementId = RequirementId(57);
/// UMD-R058.
pub const OPTIONAL_HEADER_IGNORED: RequirementId = RequirementId(58);
/// UMD-R059.
pub const MUST_UNDERSTAND: RequirementId = RequirementId(59);
/// UMD-R060.
pub const MUST_UNDERSTAND_ZERO: RequirementId = RequirementId(60);
/// UMD-R061.
pub const MUST_UNDERSTAND_SPELLING: RequirementId = RequirementId(61);
/// UMD-R062.
pub const ACTOR_ELSEWHERE: RequirementId = RequirementId(62);
/// UMD-R063.
pub const HEADERS_CHECKED_FIRST: RequirementId = RequirementId(63);
/// UMD-R064.
pub const FAULT_PRECEDENCE: RequirementId = RequirementId(64);
/// UMD-R065.
pub const DISCONNECT_ELEMENT: RequirementId = RequirementId(65);
/// UMD-R066.
pub const HTTPS_NAMESPACE: RequirementId = RequirementId(66);
/// UMD-R067.
pub const NEAR_MISS_NAMESPACE: RequirementId = RequirementId(67);
/// UMD-R068.
pub const FOREIGN_OPERATION: RequirementId = RequirementId(68);
/// UMD-R069.
pub const ONE_CALL_ID: RequirementId = RequirementId(69);
/// UMD-R070.
pub const CALL_ID_NAMESPACE: RequirementId = RequirementId(70);
/// UMD-R071.
pub const ELEMENT_NAME_CASE: RequirementId = RequirementId(71);
/// UMD-R072.
pub const NO_ATTRIBUTES: RequirementId = RequirementId(72);
/// UMD-R073.
pub const XSI_ATTRIBUTES_ALLOWED: RequirementId = RequirementId(73);
/// UMD-R074.
pub const NIL_CALL_ID: RequirementId = RequirementId(74);
/// UMD-R075.
pub const ELEMENT_IN_CALL_ID: RequirementId = RequirementId(75);
/// UMD-R076.
pub const EXTRA_SIBLING: RequirementId = RequirementId(76);
/// UMD-R077.
pub const TWO_CALL_IDS: RequirementId = RequirementId(77);
/// UMD-R078.
pub const MINIMAL_REQUEST: RequirementId = RequirementId(78);
/// UMD-R079.
pub const CALL_ID_SENT: RequirementId = RequirementId(79);
/// UMD-R080.
pub const MISSING_CALL_ID: RequirementId = RequirementId(80);
/// UMD-R081.
pub const CALL_ID_HAS_TEXT: RequirementId = RequirementId(81);
/// UMD-R082.
pub const EMPTY_CALL_ID: RequirementId = RequirementId(82);
/// UMD-R083.
pub const INCORRECT_CALL_ID: RequirementId = RequirementId(83);
/// UMD-R084.
pub const UNISSUED_CALL_ID: RequirementId = RequirementId(84);
/// UMD-R085.
pub const OPAQUE_CALL_ID: RequirementId = RequirementId(85);
/// UMD-R086.
pub const PADDED_CALL_ID: RequirementId = RequirementId(86);
/// UMD-R087.
pub const CALL_ID_CASE: RequirementId = RequirementId(87);
/// UMD-R088.
pub const CALL_ID_TOO_LONG: RequirementId = RequirementId(88);
/// UMD-R089.
pub const LONG_CALL_ID_ALLOWED: RequirementId = RequirementId(89);
/// UMD-R090.
pub const CALL_ID_LENGTH_UNIT: RequirementId = RequirementId(90);
/// UMD-R091.
pub const CALL_ID_SHAPE: RequirementId = RequirementId(91);
/// UMD-R092.
pub const WHITE_SPACE_WITHIN_CALL_ID: RequirementId = RequirementId(92);
/// UMD-R093.
pub const CALL_ID_HOST_NOT_TRUSTED: RequirementId = RequirementId(93);
/// UMD-R094.
pub const SAME_ID_FOR_BOTH_OPERATIONS: RequirementId = RequirementId(94);
/// UMD-R095.
pub const ID_FROM_PLAY_ON_PHONE: RequirementId = RequirementId(95);
/// UMD-R096.
pub const ID_FROM_PLAY_ON_PHONE_GREETING: RequirementId = RequirementId(96);
/// UMD-R097.
pub const NOT_AN_EWS_ID: RequirementId = RequirementId(97);
/// UMD-R098.
pub const DISCONNECT_RESPONSE: RequirementId = RequirementId(98);
/// UMD-R099.
pub const EMPTY_DISCONNECT_RESPONSE: RequirementId = RequirementId(99);
/// UMD-R100.
pub const NO_INNER_RESPONSE: RequirementId = RequirementId(100);
/// UMD-R101.
pub const EXTRA_DECLARATIONS_IN_ANSWER: RequirementId = RequirementId(101);
/// UMD-R102.
pub const ANSWER_HEADER_TOLERATED: RequirementId = RequirementId(102);
/// UMD-R103.
pub const FAULT_OR_RESPONSE: RequirementId = RequirementId(103);
/// UMD-R104.
pub const MEANING_OF_SUCCESS: RequirementId = RequirementId(104);
/// UMD-R105.
pub const ONE_ANSWER: RequirementId = RequirementId(105);
/// UMD-R106.
pub const DOCUMENT_LITERAL_ANSWER: RequirementId = RequirementId(106);
/// UMD-R107.
pub const ONE_FAULT: RequirementId = RequirementId(107);
/// UMD-R108.
pub const FAULT_CHILDREN: RequirementId = RequirementId(108);
/// UMD-R109.
pub const FAULT_CHILDREN_UNQUALIFIED: RequirementId = RequirementId(109);
/// UMD-R110.
pub const FAULT_CODE_AND_STRING: RequirementId = RequirementId(110);
/// UMD-R111.
pub const FAULT_CHILD_ORDER: RequirementId = RequirementId(111);
/// UMD-R112.
pub const FAULT_CODE_QNAME: RequirementId = RequirementId(112);
/// UMD-R113.
pub const STANDARD_FAULT_CODE: RequirementId = RequirementId(113);
/// UMD-R114.
pub const FAULT_CODE_WITHOUT_DOT: RequirementId = RequirementId(114);
/// UMD-R115.
pub const DETAIL_FOR_BODY_FAULTS: RequirementId = RequirementId(115);
/// UMD-R116.
pub const ANY_DETAIL_ACCEPTED: RequirementId = RequirementId(116);
/// UMD-R117.
pub const FAULT_STRING_LANGUAGE: RequirementId = RequirementId(117);
/// UMD-R118.
pub const FAULT_STRING_FOR_HUMANS: RequirementId = RequirementId(118);
/// UMD-R119.
pub const FAULT_ACTOR_OPTIONAL: RequirementId = RequirementId(119);
/// UMD-R120.
pub const FAULT_INSTEAD_OF_RESPONSE: RequirementId = RequirementId(120);
/// UMD-R121.
pub const NO_EFFECT_AFTER_FAULT: RequirementId = RequirementId(121);
/// UMD-R122.
pub const NO_INTERNALS_IN_FAULT: RequirementId = RequirementId(122);
/// UMD-R123.
pub const INVALID_ID_FAULT: RequirementId = RequirementId(123);
/// UMD-R124.
pub const INVALID_ID_FAULT_SHAPE: RequirementId = RequirementId(124);
/// UMD-R125.
pub const INVALID_ID_CODE: RequirementId = RequirementId(125);
/// UMD-R126.
pub const INVALID_ID_CODE_NAMESPACE: RequirementId = RequirementId(126);
/// UMD-R127.
pub const INVALID_ID_CODE_PREFIX: RequirementId = RequirementId(127);
/// UMD-R128.
pub const INVALID_ID_FAULT_STRING: RequirementId = RequirementId(128);
/// UMD-R129.
pub const EXCEPTION_TYPE: RequirementId = RequirementId(129);
/// UMD-R130.
pub const EXCEPTION_TYPE_NAMESPACE: RequirementId = RequirementId(130);
/// UMD-R131.
pub const EXCEPTION_TYPE_VALUE: RequirementId = RequirementId(131);
/// UMD-R132.
pub const SAME_FAULT_FROM_GET_CALL_INFO: RequirementId = RequirementId(132);
/// UMD-R133.
pub const INVALID_ID_NOT_SUCCESS: RequirementId = RequirementId(133);
/// UMD-R134.
pub const MALFORMED_REQUEST_FAULT: RequirementId = RequirementId(134);
/// UMD-R135.
pub const INVALID_REQUEST_CODE: RequirementId = RequirementId(135);
/// UMD-R136.
pub const INVALID_REQUEST_CODE_NAMESPACE: RequirementId = RequirementId(136);
/// UMD-R137.
pub const INVALID_REQUEST_FAULT_STRING: RequirementId = RequirementId(137);
/// UMD-R138.
pub const RESPONSE_CODE: RequirementId = RequirementId(138);
/// UMD-R139.
pub const INVALID_REQUEST_MESSAGE: RequirementId = RequirementId(139);
/// UMD-R140.
pub const INVALID_REQUEST_DETAIL_NAMESPACE: RequirementId = RequirementId(140);
/// UMD-R141.
pub const INVALID_REQUEST_DETAIL_ORDER: RequirementId = RequirementId(141);
/// UMD-R142.
pub const DETAILS_NOT_MIXED: RequirementId = RequirementId(142);
/// UMD-R143.
pub const CLIENT_FAULT_FOR_MALFORMED: RequirementId = RequirementId(143);
/// UMD-R144.
pub const CALL_BEFORE_DISCONNECT: RequirementId = RequirementId(144);
/// UMD-R145.
pub const CALL_ID_AS_ISSUED: RequirementId = RequirementId(145);
/// UMD-R146.
pub const STATE_CHANGED_BY_DISCONNECT: RequirementId = RequirementId(146);
/// UMD-R147.
pub const CONNECTED_CALL_ENDED: RequirementId = RequirementId(147);
/// UMD-R148.
pub const CONNECTING_CALL_ENDED: RequirementId = RequirementId(148);
/// UMD-R149.
pub const STATE_AFTER_DISCONNECT: RequirementId = RequirementId(149);
/// UMD-R150.
pub const STATES_NEVER_SHOWN: RequirementId = RequirementId(150);
/// UMD-R151.
pub const EVENT_CAUSE: RequirementId = RequirementId(151);
/// UMD-R152.
pub const SECOND_DISCONNECT: RequirementId = RequirementId(152);
/// UMD-R153.
pub const CALL_ENDED_BY_CALLEE: RequirementId = RequirementId(153);
/// UMD-R154.
pub const OTHER_CALLS_UNTOUCHED: RequirementId = RequirementId(154);
/// UMD-R155.
pub const PARALLEL_REQUESTS: RequirementId = RequirementId(155);
/// UMD-R156.
pub const NO_TIMERS: RequirementId = RequirementId(156);
/// UMD-R157.
pub const DOCUMENT_LITERAL_REQUEST: RequirementId = RequirementId(157);
/// UMD-R158.
pub const MARKUP_ESCAPED: RequirementId = RequirementId(158);
/// UMD-R159.
pub const INEXPRESSIBLE_CALL_ID: RequirementId = RequirementId(159);
/// UMD-R160.
pub const SAME_BYTES_TWICE: RequirementId = RequirementId(160);
/// UMD-R161.
pub const WRITING_SETTLES: RequirementId = RequirementId(161);
/// UMD-R162.
pub const FAULT_UNDER_ANY_STATUS: RequirementId = RequirementId(162);
/// UMD-R163.
pub const ERROR_STATUS_WITHOUT_FAULT: RequirementId = RequirementId(163);
/// UMD-R164.
pub const OK_STATUS_WITHOUT_RESPONSE: RequirementId = RequirementId(164);
/// UMD-R165.
pub const ANY_SPELLING_OF_ANSWER: RequirementId = RequirementId(165);
/// UMD-R166.
pub const UNKNOWN_FAULT_REPORTED: RequirementId = RequirementId(166);
/// UMD-R167.
pub const MANDATORY_HEADER_IN_ANSWER: RequirementId = RequirementId(167);
/// UMD-R168.
pub const CLIENT_RETRY: RequirementId = RequirementId(168);
/// UMD-R169.
pub const CREDENTIALS_ON_REDIRECT: RequirementId = RequirementId(169);
/// UMD-R170.
pub const CLIENT_LIMITS: RequirementId = RequirementId(170);
/// UMD-R171.
pub const DTD_IN_ANSWER: RequirementId = RequirementId(171);
/// UMD-R172.
pub const AUTHENTICATION_REQUIRED: RequirementId = RequirementId(172);
/// UMD-R173.
pub const AUTHENTICATE_HEADER: RequirementId = RequirementId(173);
/// UMD-R174.
pub const AUTHENTICATION_BEFORE_PARSING: RequirementId = RequirementId(174);
/// UMD-R175.
pub const TLS: RequirementId = RequirementId(175);
/// UMD-R176.
pub const CALL_OF_ANOTHER_USER: RequirementId = RequirementId(176);
/// UMD-R177.
pub const IDS_NOT_PROBED_UNAUTHENTICATED: RequirementId = RequirementId(177);
/// UMD-R178.
pub const NO_EXTERNAL_ENTITIES: RequirementId = RequirementId(178);
/// UMD-R179.
pub const ENTITY_EXPANSION_BOUNDED: RequirementId = RequirementId(179);
/// UMD-R180.
pub const SIZE_BOUNDED: RequirementId = RequirementId(180);
/// UMD-R181.
pub const DEPTH_BOUNDED: RequirementId = RequirementId(181);
/// UMD-R182.
pub const NAMES_BOUNDED: RequirementId = RequirementId(182);
/// UMD-R183.
pub const SLOW_REQUEST: RequirementId = RequirementId(183);
/// UMD-R184.
pub const CALL_ID_IS_DATA: RequirementId = RequirementId(184);
/// UMD-R185.
pub const WRAPPED_DISCONNECT: RequirementId = RequirementId(185);
/// UMD-R186.
pub const ALIVE_AFTERWARDS: RequirementId = RequirementId(186);
/// UMD-R187.
pub const SAME_ANSWER_TO_SAME_REQUEST: RequirementId = RequirementId(187);
