//! The head of a request, as RFC 9112 3 and 5 write it.

use super::Quirk;
use crate::mock::listener::http1::is_host;

/// Why a request is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nothing is ever said of it.
    Hang,
    /// It is answered with this status.
    Status(u16),
}

/// What is wrong with the syntax of a request.
pub(super) const BAD: Refusal = Refusal::Status(400);

/// The head of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// `1.0` or `1.1`.
    pub(super) version: &'static str,
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    /// Whether the target was a URL.
    pub(super) is_absolute: bool,
    pub(super) fields: Vec<(String, String)>,
}

/// How the body of a request ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyEnd {
    Chunks,
    Length(usize),
}

impl Head {
    /// Reads a head without the empty line at its end.
    pub(super) fn read(bytes: &[u8], quirk: Option<Quirk>) -> Result<Self, Refusal> {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = Vec::new();
        for line in text.split("\r\n") {
            if line.contains('\n') {
                return Err(open(quirk));
            }
            match quirk {
                Some(Quirk::BelievesCr) => lines.extend(line.split('\r')),
                _ if line.contains('\r') => return Err(BAD),
                _ => lines.push(line),
            }
        }
        let (first, rest) = lines.split_first().ok_or(BAD)?;
        let [method, target, version] = &*first.split(' ').collect::<Vec<&str>>() else { return Err(BAD) };
        let version = match *version {
            "HTTP/1.0" => "1.0",
            "HTTP/1.1" => "1.1",
            _ if quirk == Some(Quirk::AnyVersion) => "1.1",
            other if quirk == Some(Quirk::FailsOnOtherVersion) && other.starts_with("HTTP/") => {
                return Err(Refusal::Status(500));
            }
            _ => return Err(Refusal::Status(505)),
        };
        if !is_token(method) {
            return Err(BAD);
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in rest {
            if line.starts_with([' ', '\t']) {
                match (quirk, fields.last_mut()) {
                    (Some(Quirk::BelievesFolded), _) => fields.extend(field(line.trim_start(), quirk)?),
                    (Some(Quirk::JoinsFolded), Some((_, value))) => {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                    _ => return Err(open(quirk)),
                }
            } else {
                fields.extend(field(line, quirk)?);
            }
        }
        let is_named =
            |name: &'static str| move |field: &(String, String)| field.0.eq_ignore_ascii_case(name);
        match quirk {
            Some(Quirk::HostFirst) if !fields.first().is_some_and(is_named("host")) => return Err(BAD),
            Some(Quirk::StopsAtLength) => {
                let length = fields.iter().position(is_named("content-length"));
                fields.truncate(length.map_or(fields.len(), |at| at + 1));
            }
            Some(Quirk::UnderscoreIsHyphen) => without_underscores(&mut fields),
            _ => {}
        }
        let head = Self {
            version,
            method: (*method).to_owned(),
            target: path_of(target, quirk)?,
            is_absolute: target.contains("://"),
            fields,
        };
        head.check_host(quirk)?;
        let other_host = || {
            let authority = target.split_once("://").and_then(|(_, rest)| rest.split('/').next());
            authority.is_some_and(|authority| head.values("host").next() != Some(authority))
        };
        if quirk == Some(Quirk::ComparesHosts) && other_host() {
            return Err(BAD);
        }
        Ok(head)
    }

    /// Every value of a field.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(known, value): &'a (String, String)| {
            known.eq_ignore_ascii_case(name).then_some(value.as_str())
        };
        self.fields.iter().filter_map(named)
    }

    fn check_host(&self, quirk: Option<Quirk>) -> Result<(), Refusal> {
        let hosts: Vec<&str> = self.values("host").collect();
        let free = matches!(quirk, Some(Quirk::NoHostNeeded | Quirk::AnswersOldVersion));
        if !free && (hosts.len() > 1 || (hosts.is_empty() && self.version == "1.1")) {
            return Err(BAD);
        }
        match &*hosts {
            [""] if quirk == Some(Quirk::HangsOnOpen) => Err(Refusal::Hang),
            [host, ..] if !takes_host(host, quirk) => Err(BAD),
            _ => Ok(()),
        }
    }

    /// How the body ends (RFC 9112 6.3).
    pub(super) fn body_end(&self, quirk: Option<Quirk>) -> Result<BodyEnd, Refusal> {
        let lengths: Vec<&str> = self.values("content-length").collect();
        let told = self.told_codings(quirk);
        let passed_over = quirk == Some(Quirk::PassesOverOldCodings) && self.version == "1.0";
        if told.is_empty() || passed_over {
            if quirk == Some(Quirk::WaitsForEnd) && lengths.is_empty() && self.method == "POST" {
                // It has no end.
                return Err(Refusal::Hang);
            }
            return length(&lengths, quirk);
        }
        if matches!(quirk, Some(Quirk::AnswersOldVersion)) {
            return Err(Refusal::Status(501));
        }
        if matches!(quirk, Some(Quirk::RefusesChunks)) {
            return Err(Refusal::Status(411));
        }
        if !lengths.is_empty() {
            match quirk {
                Some(Quirk::LengthOverChunks) => return length(&lengths, quirk),
                Some(Quirk::KeepsAmbiguous | Quirk::ReadsAmbiguous) => {}
                Some(Quirk::PassesOverCodings) if told != ["chunked"] => return length(&lengths, quirk),
                Some(Quirk::HangsOnOpen) => return Err(Refusal::Hang),
                _ => return Err(BAD),
            }
        }
        let joined = told.join(",");
        let end_of = |coding: &str| match quirk {
            Some(Quirk::CodingParameters) => coding.find(';').unwrap_or(coding.len()),
            _ => coding.len(),
        };
        let as_written: Vec<&str> = joined
            .split(',')
            .map(|coding| coding[..end_of(coding)].trim_matches([' ', '\t']))
            .filter(|coding| {
                quirk != Some(Quirk::PassesOverIdentity) || !coding.eq_ignore_ascii_case("identity")
            })
            .collect();
        let codings: Vec<String> = as_written.iter().map(|coding| coding.to_ascii_lowercase()).collect();
        let is_chunked = match quirk {
            Some(Quirk::RefusesCapitalCoding) => as_written == ["chunked"],
            Some(Quirk::ChunkedAnywhere) => joined.contains("chunked"),
            Some(Quirk::ChunkedAtEnd) => codings.last().is_some_and(|last| last == "chunked"),
            Some(Quirk::ChunkedFirst) => codings.first().is_some_and(|first| first == "chunked"),
            Some(Quirk::PassesOverCodings) => true,
            Some(Quirk::ChunkedOften) => codings.iter().all(|coding| coding == "chunked"),
            _ => codings == ["chunked"],
        };
        if is_chunked && self.version == "1.1" {
            Ok(BodyEnd::Chunks)
        } else if is_chunked || codings.last().is_none_or(|last| last != "chunked") && codings.len() > 1 {
            Err(BAD)
        } else {
            Err(Refusal::Status(501))
        }
    }

    /// The values of Transfer-Encoding that count.
    fn told_codings(&self, quirk: Option<Quirk>) -> Vec<&str> {
        let told = self.values("transfer-encoding");
        match quirk {
            Some(Quirk::FirstCodingField) => told.take(1).collect(),
            Some(Quirk::LastCodingField) => told.last().into_iter().collect(),
            Some(Quirk::PassesOverEmptyCoding) => told.filter(|value| !value.is_empty()).collect(),
            _ => told.collect(),
        }
    }

    /// Whether the client keeps the connection.
    pub(super) fn keeps(&self, quirk: Option<Quirk>) -> bool {
        let values: Vec<&str> = self.values("connection").collect();
        let heard = match quirk {
            Some(Quirk::FirstConnection) => &values[..values.len().min(1)],
            Some(Quirk::LastConnection) => &values[values.len().saturating_sub(1)..],
            _ => &values[..],
        };
        let says = |wanted: &str| {
            let mut options = heard.iter().flat_map(|value| match quirk {
                Some(Quirk::WholeConnection) => vec![*value],
                _ => value.split(',').map(str::trim).collect(),
            });
            options.any(|option| match quirk {
                Some(Quirk::CloseInSmallLetters) => option == wanted,
                _ => option.eq_ignore_ascii_case(wanted),
            })
        };
        match (self.version, quirk) {
            ("1.1", Some(Quirk::IgnoresClose)) | ("1.0", Some(Quirk::KeepsOld)) => true,
            ("1.1", _) => !says("close"),
            (_, Some(Quirk::PassesOverOldCodings)) => says("keep-alive"),
            _ => false,
        }
    }

    /// Whether the client waits to be told to send the body.
    pub(super) fn expects_continue(&self, quirk: Option<Quirk>) -> bool {
        let is_known = self.version == "1.1" || quirk == Some(Quirk::ContinuesOld);
        is_known && self.values("expect").any(|value| value.eq_ignore_ascii_case("100-continue"))
    }
}

/// Whether a value of Host is taken.
fn takes_host(host: &str, quirk: Option<Quirk>) -> bool {
    match quirk {
        Some(Quirk::AnyHost) => true,
        Some(Quirk::AnyPort) => is_host(host.rsplit_once(':').map_or(host, |(name, _)| name)),
        Some(Quirk::FewHostCharacters) => !host.contains([' ', '\t', '/', '@']),
        _ => is_host(host),
    }
}

/// Takes underscores in names for hyphens. Such a field holds before the others of its name.
fn without_underscores(fields: &mut Vec<(String, String)>) {
    let (changed, others): (Vec<_>, Vec<_>) = fields.drain(..).partition(|(name, _)| name.contains('_'));
    let changed: Vec<(String, String)> =
        changed.into_iter().map(|(name, value)| (name.replace('_', "-"), value)).collect();
    let holds =
        |other: &(String, String)| !changed.iter().any(|(name, _)| name.eq_ignore_ascii_case(&other.0));
    fields.extend(others.into_iter().filter(holds));
    fields.extend(changed);
}

/// What is to be made of something that may be read or refused.
pub(super) fn open(quirk: Option<Quirk>) -> Refusal {
    if quirk == Some(Quirk::HangsOnOpen) { Refusal::Hang } else { BAD }
}

/// Reads the line of a field; none for one that is passed over.
pub(super) fn field(line: &str, quirk: Option<Quirk>) -> Result<Option<(String, String)>, Refusal> {
    let lax = quirk == Some(Quirk::PassesOverNoFields);
    let refused = || if lax { Ok(None) } else { Err(BAD) };
    let (name, value) = if quirk == Some(Quirk::SplitsAtBlank) {
        match line.split_once(": ") {
            Some(parts) => parts,
            None => (line.strip_suffix(':').ok_or(BAD)?, ""),
        }
    } else {
        let Some((name, value)) = line.split_once(':') else { return refused() };
        let value = match quirk {
            Some(Quirk::KeepsTabs) => value.trim_matches(' '),
            Some(Quirk::KeepsBlanks) => value.trim_start_matches([' ', '\t']).trim_end_matches('\t'),
            Some(Quirk::CutsAnySpace) => value.trim(),
            _ => value.trim_matches([' ', '\t']),
        };
        (name, value)
    };
    let value = match quirk {
        Some(Quirk::DropsNulls) => value.replace('\0', ""),
        Some(Quirk::EndsAtNull) => value.split('\0').next().unwrap_or_default().to_owned(),
        Some(Quirk::TakesQuotesOff) => {
            let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            inner.unwrap_or(value).to_owned()
        }
        _ => value.to_owned(),
    };
    let name = if quirk == Some(Quirk::BelievesSpacedColon) { name.trim_end() } else { name };
    if !is_token(name) {
        return refused();
    }
    if value.contains('\0') {
        return Err(BAD);
    }
    let known = match quirk {
        Some(Quirk::NamesInSmallLetters) => !name.contains(|c: char| c.is_ascii_uppercase()),
        Some(Quirk::NamesAsRegistered) => !name.starts_with(|c: char| c.is_ascii_lowercase()),
        _ => true,
    };
    let name = if known { name } else { "x-passed-over" };
    Ok(Some((name.to_owned(), value)))
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Path and query of a target, which may be a URL (RFC 9112 3.2.2).
fn path_of(target: &str, quirk: Option<Quirk>) -> Result<String, Refusal> {
    // A query may hold a URL as well.
    let url = target.split_once("://").filter(|_| !target.starts_with('/'));
    let Some((_, rest)) = url else { return Ok(target.to_owned()) };
    if quirk == Some(Quirk::RefusesAbsolute) {
        return Err(Refusal::Status(404));
    }
    Ok(rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()))
}

/// The length that these values of Content-Length say.
fn length(told: &[&str], quirk: Option<Quirk>) -> Result<BodyEnd, Refusal> {
    let joined = told.join(",");
    let several: Vec<&str> = joined.split(',').map(|one| one.trim_matches([' ', '\t'])).collect();
    let one = match (&*several, quirk) {
        _ if told.is_empty() => return Ok(BodyEnd::Length(0)),
        ([first, ..], Some(Quirk::FirstLength)) => first,
        ([.., last], Some(Quirk::LastLength)) => last,
        ([first, rest @ ..], Some(Quirk::HangsOnOpen))
            if !rest.is_empty() && rest.iter().all(|other| other == first || other.is_empty()) =>
        {
            return Err(Refusal::Hang);
        }
        ([one], _) => one,
        _ => return Err(BAD),
    };
    if quirk == Some(Quirk::LengthByLanguage)
        && let Some(length) = number(one, 10)
    {
        return Ok(BodyEnd::Length(length));
    }
    let one = match quirk {
        Some(Quirk::BlanksInLength) => one.replace(' ', ""),
        Some(Quirk::LengthInFullWidth) => one.chars().map(of_ascii).collect(),
        Some(Quirk::LengthParameters) => one.split(';').next().unwrap_or_default().to_owned(),
        _ => (*one).to_owned(),
    };
    if one.is_empty() || !one.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BAD);
    }
    if quirk == Some(Quirk::LengthWraps)
        && let Ok(length) = one.parse::<u128>()
    {
        return Ok(BodyEnd::Length(usize::try_from(length & u128::from(u32::MAX)).unwrap_or(usize::MAX)));
    }
    if quirk == Some(Quirk::RefusesZeros) && one.len() > 1 && one.starts_with('0') {
        return Err(BAD);
    }
    match one.parse() {
        Err(_) if quirk == Some(Quirk::TakesWhatCame) => Ok(BodyEnd::Length(usize::MAX)),
        length => length.map(BodyEnd::Length).map_err(|_| Refusal::Status(413)),
    }
}

/// The digit of ASCII for one of full width; any other character as it is.
fn of_ascii(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF10..=0xFF19 => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// A number as programming languages read it, signs, prefixes, parts and all; nothing for no digits.
pub(super) fn number(text: &str, base: u32) -> Option<usize> {
    let text = text.trim().to_ascii_lowercase().replace('_', "");
    let negative = text.starts_with('-');
    let text = text.trim_start_matches(['+', '-']);
    let (digits, base) = text.strip_prefix("0x").map_or((text, base), |digits| (digits, 16));
    let end = digits.find(|c: char| !c.is_digit(base)).unwrap_or(digits.len());
    if negative {
        return Some(0);
    }
    if end == 0 {
        // As some conversions do that cannot fail.
        return Some(0);
    }
    usize::from_str_radix(&digits[..end], base).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &str) -> Result<Head, Refusal> {
        Head::read(format!("POST /a?b HTTP/1.1\r\nHost: h{fields}").as_bytes(), None)
    }

    #[test]
    fn heads_are_read_by_the_letter() {
        let head = read("\r\nx:a\t\r\nEmpty:").unwrap();
        assert_eq!((head.version, &*head.method, &*head.target), ("1.1", "POST", "/a?b"));
        assert_eq!(head.fields[1..], [("x".into(), "a".into()), ("Empty".into(), String::new())]);
        for fields in ["\r\nx : a", "\r\n a", "\r\nx", "\r\n: a", "\r\nx y: a", "\r\nhost: h", "\r\nx: a\rb"]
        {
            assert_eq!(read(fields), Err(BAD), "{fields:?}");
        }
        for other in ["POST / HTTP/1.1", "POST  / HTTP/1.1\r\nhost: h", "P(ST / HTTP/1.1\r\nhost: h"] {
            assert_eq!(Head::read(other.as_bytes(), None), Err(BAD), "{other:?}");
        }
        assert!(Head::read(b"POST http://h:1/a HTTP/1.0", None).is_ok_and(|head| head.target == "/a"));
    }

    #[test]
    fn bodies_end_in_one_way_or_not_at_all() {
        let end = |fields: &str| read(fields).unwrap().body_end(None);
        assert_eq!(end(""), Ok(BodyEnd::Length(0)));
        assert_eq!(end("\r\ncontent-length: 007"), Ok(BodyEnd::Length(7)));
        assert_eq!(end("\r\ntransfer-encoding: Chunked"), Ok(BodyEnd::Chunks));
        for bad in ["+5", "-1", "5a", "", "5, 5", "5, 6", "0x5"] {
            assert_eq!(end(&format!("\r\ncontent-length: {bad}")), Err(BAD), "{bad}");
        }
        assert_eq!(end("\r\ncontent-length: 99999999999999999999"), Err(Refusal::Status(413)));
        assert_eq!(end("\r\ntransfer-encoding: gzip, chunked"), Err(Refusal::Status(501)));
        assert_eq!(end("\r\ntransfer-encoding: chunked, gzip"), Err(BAD));
        assert_eq!(end("\r\ntransfer-encoding: x"), Err(Refusal::Status(501)));
        assert_eq!(end("\r\ntransfer-encoding: chunked\r\ncontent-length: 5"), Err(BAD));
    }

    #[test]
    fn languages_read_numbers_in_many_ways() {
        for (text, base, read) in
            [("+5", 10, 5), ("0x1f", 10, 31), ("1_0", 10, 10), ("5abc", 10, 5), ("-1", 10, 0)]
        {
            assert_eq!(number(text, base), Some(read), "{text}");
        }
        assert_eq!(number("+1f", 16), Some(31));
    }
}
