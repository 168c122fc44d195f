use std::fmt;
use std::net::SocketAddr;

use reqwest::Url;

use super::secrets::HIDDEN;
use crate::message::{HttpRequest, Wire};

/// Where requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    dial: Option<SocketAddr>,
}

/// Why a text names no endpoint.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// It is no URL. The text may hold a password, and is not told.
    #[error("the address of the server is no URL: {why}; write it as http://HOST:PORT/PATH")]
    NoUrl {
        /// Why.
        why: String,
    },
    /// It has another scheme.
    #[error("the URL has another scheme than http and https")]
    Scheme,
    /// It carries user information.
    #[error("the URL carries a user or password; give them with --user, where they are kept out of records")]
    UserInfo,
}

impl Endpoint {
    /// Reads the URL of a server.
    ///
    /// # Errors
    /// No URL, a scheme other than http and https, or user information in it.
    pub fn parse(text: &str) -> Result<Self, EndpointError> {
        let url = Url::parse(text).map_err(|error| EndpointError::NoUrl { why: error.to_string() })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EndpointError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(EndpointError::UserInfo);
        }
        Ok(Self { url, dial: None })
    }

    /// The same endpoint, reached at this address whatever its host is.
    #[must_use]
    pub fn at(mut self, address: SocketAddr) -> Self {
        self.dial = Some(address);
        self
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    pub(super) fn dial(&self) -> Option<SocketAddr> {
        self.dial
    }

    /// Host name without port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(80)
    }

    /// Host name and port.
    pub fn host_and_port(&self) -> (&str, u16) {
        (self.host(), self.port())
    }

    /// The bytes of a request to this endpoint, without anybody's credentials.
    pub fn wire(&self, request: &HttpRequest) -> Wire {
        request.wire(&self.authority(), &self.target_of(request), &[])
    }

    /// The same endpoint as records show it: without its query, which may hold a token.
    pub(super) fn shown(&self) -> Self {
        let mut url = self.url.clone();
        url.set_query(self.url.query().map(|_| HIDDEN));
        Self { url, dial: self.dial }
    }

    /// Whether it is reached over TLS.
    pub fn is_tls(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Value of the Host field.
    pub(super) fn authority(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }

    /// Path and query of a request: its own query takes the place of the endpoint's, and what it puts
    /// below the path stands before that.
    pub(super) fn path_of(&self, request: &HttpRequest) -> String {
        let path = self.url.path();
        let below = match request.query.as_str() {
            query if query.is_empty() || query.starts_with('?') => format!("{path}{query}"),
            below => format!("{}{below}", path.strip_suffix('/').unwrap_or(path)),
        };
        match self.url.query() {
            Some(query) if !below.contains('?') => format!("{below}?{query}"),
            _ => below,
        }
    }

    /// The target of a request.
    pub(super) fn target_of(&self, request: &HttpRequest) -> String {
        let path = self.path_of(request);
        if request.absolute { format!("{}://{}{path}", self.url.scheme(), self.authority()) } else { path }
    }
}

impl fmt::Display for Endpoint {
    /// The URL without its query, which may hold a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown().url.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Draft, Ids};

    #[test]
    fn urls_are_read_and_their_query_stays_private() {
        let endpoint = Endpoint::parse("https://um.example:8443/EWS/UM.asmx?key=abc").unwrap();
        assert_eq!(endpoint.authority(), "um.example:8443");
        let plain = Draft::disconnect(&[]).write(&Ids::default());
        assert_eq!(endpoint.target_of(&plain), "/EWS/UM.asmx?key=abc");
        let absolute = HttpRequest { absolute: true, ..plain };
        assert_eq!(endpoint.target_of(&absolute), "https://um.example:8443/EWS/UM.asmx?key=abc");
        assert!(!endpoint.to_string().contains("abc"));
    }

    #[test]
    fn what_a_request_adds_to_the_path_leaves_no_empty_part() {
        let plain = Draft::disconnect(&[]).write(&Ids::default());
        let target = |url: &str, query: &str| {
            let request = HttpRequest { query: query.to_owned(), ..plain.clone() };
            Endpoint::parse(url).unwrap().target_of(&request)
        };
        assert_eq!(target("http://h", "/Disconnect"), "/Disconnect");
        assert_eq!(target("http://h/a/", "/Disconnect?x"), "/a/Disconnect?x");
        assert_eq!(target("http://h/a?k", "/Disconnect"), "/a/Disconnect?k");
        assert_eq!(target("http://h/?k", "?wsdl"), "/?wsdl");
    }

    #[test]
    fn what_is_no_server_is_told_so_without_the_password() {
        for (text, part) in [
            ("um.example", "no URL"),
            ("ftp://um.example/", "scheme"),
            ("http://me:secret@um.example/", "--user"),
            ("http://me:secret", "no URL"),
            ("me:secret@um.example", "scheme"),
        ] {
            let message = Endpoint::parse(text).unwrap_err().to_string();
            assert!(message.contains(part), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
