//! The numbers that "oversized" can be measured against, each with where it comes from.

/// Length in characters of every documented call id.
pub const SAMPLE_LENGTH: usize = 100;
/// Longest id of the documented shape in characters: base64 of GUID, `@` and a 253-character FQDN.
pub const SHAPE_LIMIT: usize = 388;
/// Documented maximum length of a call id in characters (OXWUMS 3.1.4.3.2.1, stated for GetCallInfo).
pub const CALL_ID_LIMIT: usize = 512;
/// WCF `maxBytesPerRead` default, in bytes.
pub const WCF_BYTES_PER_READ: usize = 4_096;
/// The longest column of SQL Server that is not `varchar(max)`, in bytes.
pub const VARCHAR: usize = 8_000;
/// WCF `maxStringContentLength` default, in characters.
pub const WCF_STRING_CONTENT: usize = 8_192;
/// WCF `maxArrayLength` and `maxNameTableCharCount` defaults.
pub const WCF_NAME_TABLE: usize = 16_384;
/// WCF `maxDepth` default, in levels of elements.
pub const WCF_DEPTH: usize = 32;
/// WCF `maxReceivedMessageSize` default, in bytes.
pub const WCF_MESSAGE: usize = 65_536;
/// IIS `maxQueryString` default, in bytes.
pub const IIS_QUERY: usize = 2_048;
/// IIS `maxUrl` default, in bytes.
pub const IIS_URL: usize = 4_096;
/// nginx `client_max_body_size` default, in bytes.
pub const NGINX_BODY: usize = 1_048_576;
/// ASP.NET and WSE `maxRequestLength` default (4096 KB), in bytes.
pub const ASPNET_REQUEST: usize = 4_194_304;
/// libxml2's limit of one text node without its "huge" option, in characters.
pub const LIBXML2_TEXT: usize = 10_000_000;
/// IIS `maxAllowedContentLength` default, in bytes.
pub const IIS_CONTENT: usize = 30_000_000;
