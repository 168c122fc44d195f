//! A certificate for a mock that is reached over TLS: made for this run, signed by itself, kept nowhere.

use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair, date_time_ymd};

use super::exit::Exit;
use super::trouble::Trouble;
use umspec::mock::Identity;

/// Seconds of a year of the Gregorian calendar, on average: 365.2425 days.
const YEAR: u64 = 31_556_952;

/// A certificate for the address where is listened, `localhost`, the second host of the cases, and these names; and
/// the same as PEM. It is valid from the start of this year for two years: some clients take none that is valid for
/// longer than 825 days.
pub(super) fn made(listen: SocketAddr, names: &[String]) -> Result<(Identity, String), Trouble> {
    let mut all = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "127.0.0.2".to_owned()];
    if !listen.ip().is_unspecified() {
        all.push(listen.ip().to_string());
    }
    all.extend(names.iter().cloned());
    all.sort();
    all.dedup();
    let mut params = CertificateParams::new(all)
        .map_err(|error| Trouble::usage(format!("--tls-name is no name for a certificate: {error}")))?;
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "umspec mock");
    params.distinguished_name = name;
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let year = i32::try_from(1970 + since / YEAR).unwrap_or(2026);
    params.not_before = date_time_ymd(year, 1, 1);
    params.not_after = date_time_ymd(year + 2, 1, 1);
    let unmade = |error: rcgen::Error| Trouble {
        exit: Exit::Internal,
        line: format!("cannot make a certificate: {error}"),
    };
    let key = KeyPair::generate().map_err(unmade)?;
    let certificate = params.self_signed(&key).map_err(unmade)?;
    let identity = Identity { certificate: certificate.der().to_vec(), key: key.serialize_der() };
    Ok((identity, certificate.pem()))
}
