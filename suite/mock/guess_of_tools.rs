//! Guesses at what the text of a CallId means to the tools around a parser or a client: shells, mail,
//! YAML, patterns and URLs.

use super::guess::{Guess, gives};

/// The text without blanks at its ends that are none to XML, and none of those that everybody knows.
fn without_wide_blanks(id: &str) -> String {
    let is_wide =
        |c: char| matches!(c, '\u{80}'..='\u{9F}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{205F}');
    id.trim_matches(is_wide).to_owned()
}

fn with_small_scheme(id: &str) -> String {
    match id.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            format!("{}://{rest}", scheme.to_ascii_lowercase())
        }
        _ => id.to_owned(),
    }
}

fn is_hexadecimal(id: &str) -> bool {
    id.len() >= 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a text is a GUID as it is mostly written.
fn is_guid(id: &str) -> bool {
    id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// The number that the rest of a text is behind a prefix, in decimal.
fn number_behind(id: &str, prefix: &str, radix: u32) -> Option<String> {
    let digits = id.strip_prefix(prefix)?;
    u32::from_str_radix(digits, radix).ok().map(|number| number.to_string())
}

pub(super) static GUESSES: [Guess; 30] = [
    gives(
        "reads-binary-and-octal-numbers",
        "Gives a number in binary or in octal in decimal.",
        "value/number-in-binary",
        |id| {
            let number = number_behind(id, "0b", 2).or_else(|| number_behind(id, "0o", 8));
            number.unwrap_or_else(|| id.to_owned())
        },
    ),
    gives(
        "reads-arabic-digits",
        "Gives digits of ASCII for Arabic ones.",
        "value/number-of-another-script",
        |id| {
            let digit = |c: char| match c {
                '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10).unwrap_or(c),
                _ => c,
            };
            id.chars().map(digit).collect()
        },
    ),
    gives(
        "reads-yaml",
        "Gives what YAML 1.1 makes of a number with a colon and of its words for truth.",
        "value/number-in-sixties",
        |id| match id {
            "1:30" => "90".to_owned(),
            "on" => "true".to_owned(),
            "NO" => "false".to_owned(),
            _ => id.to_owned(),
        },
    ),
    gives(
        "fills-in-what-shells-know",
        "Gives the directory for a tilde, and the values of variables.",
        "value/home-by-tilde",
        |id| {
            let id = id.strip_prefix("~/").map_or_else(|| id.to_owned(), |rest| format!("/root/{rest}"));
            id.replace("$HOME", "/root").replace("%PATH%", "")
        },
    ),
    gives(
        "puts-ids-in-place-of-a-pattern",
        "Gives nothing for what stands for a group of a pattern in a replacement.",
        "value/group-of-a-pattern",
        |id| id.replace("$1", ""),
    ),
    gives(
        "cuts-queries",
        "Gives what stands before a question mark or a number sign, as of a URL.",
        "value/question-mark",
        |id| id.split(['?', '#']).next().unwrap_or_default().to_owned(),
    ),
    gives("cuts-schemes", "Gives a URI without its scheme.", "value/scheme-of-uuid", |id| {
        let bare = ["urn:uuid:", "sip:", "tel:"].iter().find_map(|scheme| id.strip_prefix(scheme));
        bare.unwrap_or(id).to_owned()
    }),
    gives(
        "writes-schemes-small",
        "Gives a URL with its scheme in small letters.",
        "value/scheme-in-capitals",
        with_small_scheme,
    ),
    gives(
        "decodes-escapes-of-names",
        "Decodes a letter as old scripts and names of XML encode it.",
        "value/percent-u",
        |id| id.replace("%u0041", "A").replace("_x0041_", "A"),
    ),
    gives(
        "decodes-numbers-behind-backslashes",
        "Decodes a letter as C encodes it, in hexadecimal or in octal.",
        "value/backslash-x",
        |id| id.replace("\\x41", "A").replace("\\101", "A"),
    ),
    gives("reads-numbers-of-java", "Gives a fraction for a double of Java.", "value/number-of-java", |id| {
        if id == "1d" { "1.0".to_owned() } else { id.to_owned() }
    }),
    gives(
        "reads-seconds",
        "Gives milliseconds for a number of ten digits.",
        "value/number-of-seconds",
        |id| {
            let is_time = id.len() == 10 && id.bytes().all(|byte| byte.is_ascii_digit());
            if is_time { format!("{id}000") } else { id.to_owned() }
        },
    ),
    gives("reads-letters-as-truth", "Gives true or false for their first letters.", "value/word-y", |id| {
        match id {
            "y" => "true".to_owned(),
            "n" => "false".to_owned(),
            _ => id.to_owned(),
        }
    }),
    gives(
        "takes-tildes-for-no-value",
        "Gives an empty text for a tilde, as YAML has it.",
        "value/word-tilde",
        |id| if id == "~" { String::new() } else { id.to_owned() },
    ),
    gives(
        "opens-ids-in-a-spreadsheet",
        "Gives a date for a number and the name of a month.",
        "value/date-of-spreadsheets",
        |id| id.strip_suffix("-Mar").map_or_else(|| id.to_owned(), |day| format!("{day}/03/2007")),
    ),
    gives("reads-durations", "Gives the seconds of a duration.", "value/duration", |id| {
        if id == "P1D" { "86400".to_owned() } else { id.to_owned() }
    }),
    gives(
        "cuts-parameters",
        "Gives what stands before a parameter, as of a field of HTTP.",
        "value/parameter-behind-semicolon",
        |id| id.split(";q=").next().unwrap_or_default().to_owned(),
    ),
    gives(
        "cuts-hosts-of-addresses",
        "Gives what stands before the at sign of an address of mail.",
        "value/mail-address",
        |id| match id.split_once('@') {
            Some((name, host)) if !name.is_empty() && host.ends_with(".example") => name.to_owned(),
            _ => id.to_owned(),
        },
    ),
    gives(
        "takes-at-signs-for-files",
        "Drops an at sign at the start, as curl takes what follows for a file.",
        "value/at-sign-first",
        |id| id.strip_prefix('@').unwrap_or(id).to_owned(),
    ),
    gives(
        "encodes-base64-again",
        "Gives what base64 says in base64 again, which clears the bits behind the last.",
        "value/base64-with-bits-behind",
        |id| if id == "QR==" { "QQ==".to_owned() } else { id.to_owned() },
    ),
    gives("writes-guids-small", "Gives a GUID in small letters.", "value/guid-in-capitals", |id| {
        if is_guid(id) { id.to_ascii_lowercase() } else { id.to_owned() }
    }),
    gives(
        "writes-hexadecimal-small",
        "Gives octets in hexadecimal with small letters.",
        "value/hexadecimal-in-capitals",
        |id| if is_hexadecimal(id) { id.to_ascii_lowercase() } else { id.to_owned() },
    ),
    gives(
        "writes-marks-of-print-plainly",
        "Gives the quotation marks and the hyphen of ASCII for those of print.",
        "value/quotation-marks-of-print",
        |id| id.replace(['\u{201C}', '\u{201D}'], "\"").replace('\u{2013}', "-"),
    ),
    gives(
        "takes-compatibility-forms-of-kana",
        "Gives the compatibility forms of letters of half width and of raised digits.",
        "value/half-width-kana",
        |id| id.replace("\u{FF76}\u{FF9E}", "\u{30AC}").replace('\u{B2}', "2"),
    ),
    gives("folds-final-sigmas", "Gives the sigma that a final one folds to.", "value/final-sigma", |id| {
        id.replace('\u{3C2}', "\u{3C3}")
    }),
    gives("decodes-mail", "Decodes what looks like a part of a mail.", "value/equals-sign", |id| {
        id.replace("=?utf-8?B?YQ==?=", "a").replace("=41", "A")
    }),
    gives("drops-backslashes", "Gives a text without its backslashes.", "value/backslash-n", |id| {
        id.replace('\\', "")
    }),
    gives(
        "composes-signs",
        "Gives the letter that is the canonical form of a sign.",
        "value/angstrom-sign",
        |id| id.replace('\u{212B}', "\u{C5}").replace('\u{2126}', "\u{3A9}").replace('\u{212A}', "K"),
    ),
    gives("drops-accents", "Gives letters without their combining accents.", "value/accents", |id| {
        id.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).collect()
    }),
    gives(
        "trims-wide-blanks",
        "Drops blanks at the ends that only Unicode knows, and controls of ISO 8859-1.",
        "value/em-space-at-end",
        without_wide_blanks,
    ),
];
