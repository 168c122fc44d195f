use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Weak;
use crate::message::Misspelling;

/// Longest body of an answer that is read, in bytes, if nothing else is said. What is longer counts as
/// incomplete. The longest answers to this operation that were seen, pages of errors, have some 20,000.
pub const MAX_ANSWER: usize = 1024 * 1024;

/// Longest name of a user, in bytes, beside whom passwords are spelled wrongly.
const LONGEST_USER: usize = 256;

/// How to talk to a server.
#[derive(Clone)]
pub struct Options {
    /// Time in which an answer must come, or more of it where it comes in pieces; all of it in
    /// [`SLOWEST`](super::SLOWEST) times this. Default 5 s.
    pub timeout: Duration,
    /// Time for connecting, part of `timeout`. Default 3 s.
    pub connect_timeout: Duration,
    /// Longest body of an answer that is read, in bytes. Default [`MAX_ANSWER`].
    pub max_answer: usize,
    /// Accept any certificate.
    pub insecure: bool,
    /// A PEM file of certificates to trust beside those of the system.
    pub ca_certificate: Option<PathBuf>,
    /// Header fields sent with every request; their values are kept out of what records show as sent, and
    /// credentials among them out of what comes back.
    pub headers: Vec<(String, String)>,
    /// Credentials.
    pub credentials: Option<Credentials>,
    /// An HTTP proxy.
    pub proxy: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(3),
            max_answer: MAX_ANSWER,
            insecure: false,
            ca_certificate: None,
            headers: Vec::new(),
            credentials: None,
            proxy: None,
        }
    }
}

impl fmt::Debug for Options {
    /// Without what may be a secret: values of fields, and the proxy, whose URL may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("max_answer", &self.max_answer)
            .field("insecure", &self.insecure)
            .field("ca_certificate", &self.ca_certificate)
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("proxied", &self.proxy.is_some())
            .finish()
    }
}

/// Credentials for the Authorization field.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// Basic authentication (RFC 7617).
    Basic {
        /// User name.
        user: String,
        /// Password.
        password: String,
    },
    /// A bearer token (RFC 6750).
    Bearer(String),
}

impl Credentials {
    /// Value of the Authorization field.
    pub(crate) fn authorization(&self) -> String {
        match self {
            Self::Basic { user, password } => {
                format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
            }
            Self::Bearer(token) => format!("Bearer {token}"),
        }
    }

    /// The same with wrong spellings of the password, where there is one; as secret as it is.
    pub(super) fn misspelled(&self) -> Vec<(Misspelling, Self)> {
        // What hides them takes a multiple of their length.
        let Self::Basic { user, password } = self else { return Vec::new() };
        let short = user.len() <= LONGEST_USER;
        let wrong = Misspelling::ALL.into_iter().filter(|_| short).filter_map(|misspelling| {
            let password = misspelling.of(password)?;
            Some((misspelling, Self::Basic { user: user.clone(), password }))
        });
        wrong.collect()
    }

    /// The credentials in the value of an Authorization field, if they are a user and a password.
    pub(super) fn of_authorization(value: &str) -> Option<Self> {
        let octets = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
        let pair = String::from_utf8(octets).ok()?;
        let (user, password) = pair.split_once(':')?;
        Some(Self::Basic { user: user.to_owned(), password: password.to_owned() })
    }

    /// The word for reports: what kind, never the value.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic",
            Self::Bearer(_) => "bearer",
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

/// Why a server cannot be talked to as the options ask.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// A certificate file that cannot be read.
    #[error("cannot read certificates from {path}: {why}")]
    Certificate {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A client that cannot be built.
    #[error("cannot set up the HTTP client: {0}")]
    Client(String),
    /// The name of a header field that HTTP does not allow; by its number, as it may hold a secret.
    #[error("-H number {0} is no header field; write it as NAME:VALUE")]
    Header(usize),
    /// A proxy that is no URL.
    #[error("cannot use the proxy; write it as http://HOST:PORT")]
    Proxy,
    /// A credential that cannot be kept out of records.
    #[error("cannot keep {what} out of records: it {why}; use another one for tests")]
    Secret {
        /// Which one.
        what: String,
        /// Why.
        why: Weak,
    },
    /// A value that cannot stand in a header field (RFC 9110 5.5).
    #[error("{0} holds a line break or another character that no header field may hold")]
    Value(String),
}
