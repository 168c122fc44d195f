//! Guesses at what the text of a CallId means. A parser and a client can both make them, so each of these
//! is a mutant of either.

/// A guess.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) name: &'static str,
    /// What a reader does that gives the text of a CallId.
    pub(super) about: &'static str,
    /// The case that shows it.
    pub(super) case: &'static str,
    pub(super) change: fn(&str) -> String,
}

pub(super) const fn gives(
    name: &'static str,
    about: &'static str,
    case: &'static str,
    change: fn(&str) -> String,
) -> Guess {
    Guess { name, about, case, change }
}

fn changed(id: &str, from: &str, to: &str) -> String {
    if id == from { to.to_owned() } else { id.to_owned() }
}

/// The number that a text is in decimal, if it is written in this alphabet.
fn as_double(id: &str, alphabet: &str) -> Option<f64> {
    let fits = !id.is_empty() && id.chars().all(|c| c.is_ascii_digit() || alphabet.contains(c));
    id.parse().ok().filter(|_| fits)
}

/// Nothing for these words, as of a lookup in an object.
fn nothing_for(id: &str, words: &[&str]) -> String {
    if words.contains(&id) { String::new() } else { id.to_owned() }
}

fn replaced_letters(id: &str, letters: &[(char, &str)]) -> String {
    let mut changed = id.to_owned();
    for (letter, with) in letters {
        changed = changed.replace(*letter, with);
    }
    changed
}

/// The text with letters and digits for what encodes them as URLs do.
pub(super) fn decode_percents(id: &str) -> String {
    let mut pieces = id.split('%');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let octet = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(octet) = octet.filter(u8::is_ascii_alphanumeric) {
            decoded.push(char::from(octet));
            decoded.push_str(&piece[2..]);
        } else {
            decoded.push('%');
            decoded.push_str(piece);
        }
    }
    decoded
}

/// The character of ASCII that one of full width is the wide form of.
pub(super) fn narrow(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

pub(super) static GUESSES: [Guess; 28] = [
    gives("drops-zeros-before-numbers", "Gives an integer as it counts.", "value/number-with-zeros", |id| {
        let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if digits && id.len() < 18 {
            id.parse::<u64>().map_or_else(|_| id.to_owned(), |n| n.to_string())
        } else {
            id.to_owned()
        }
    }),
    gives(
        "reads-exponents",
        "Gives a number with an exponent without it.",
        "value/number-with-exponent",
        |id| {
            let number = as_double(id, "e").filter(|_| id.contains('e'));
            number.map_or_else(|| id.to_owned(), |number| number.to_string())
        },
    ),
    gives(
        "reads-fractions",
        "Gives a fraction without zeros behind it.",
        "value/number-with-zero-behind",
        |id| {
            let number = as_double(id, ".").filter(|_| id.contains('.'));
            number.map_or_else(|| id.to_owned(), |number| number.to_string())
        },
    ),
    gives(
        "reads-hexadecimal-numbers",
        "Gives a number in hexadecimal in decimal.",
        "value/number-in-hexadecimal",
        |id| {
            let number = id.strip_prefix("0x").and_then(|digits| u32::from_str_radix(digits, 16).ok());
            number.map_or_else(|| id.to_owned(), |number| number.to_string())
        },
    ),
    gives(
        "drops-signs-of-numbers",
        "Gives a number without its plus sign, and zero without its minus sign.",
        "value/number-with-plus",
        |id| {
            let number =
                id.strip_prefix('+').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            if id == "-0" { "0".to_owned() } else { number.unwrap_or(id).to_owned() }
        },
    ),
    gives(
        "reads-integers-as-doubles",
        "Gives the double that is next to an integer.",
        "value/number-beyond-doubles",
        |id| {
            let number = as_double(id, "").filter(|_| id.len() > 15 && id.len() < 300);
            number.map_or_else(|| id.to_owned(), |number| format!("{number:.0}"))
        },
    ),
    gives(
        "saturates-integers",
        "Gives the largest integer of 64 bits for a larger one.",
        "value/number-beyond-words",
        |id| {
            let is_larger = id.len() > 19 && id.len() < 300 && id.bytes().all(|byte| byte.is_ascii_digit());
            if is_larger { i64::MAX.to_string() } else { id.to_owned() }
        },
    ),
    gives(
        "drops-marks-between-digits",
        "Gives a number without underscores and commas.",
        "value/number-with-underscore",
        |id| {
            let is_grouped = id.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b','));
            if is_grouped { id.replace(['_', ','], "") } else { id.to_owned() }
        },
    ),
    gives("reads-truth", "Gives true for a word that means it.", "value/word-true-capital", |id| match id {
        "True" | "TRUE" | "yes" => "true".to_owned(),
        "False" => "false".to_owned(),
        _ => id.to_owned(),
    }),
    gives(
        "writes-truth-as-python-does",
        "Gives True for true, and False for false.",
        "value/word-true",
        |id| match id {
            "true" => "True".to_owned(),
            "false" => "False".to_owned(),
            _ => id.to_owned(),
        },
    ),
    gives(
        "takes-words-for-no-value",
        "Gives an empty text for words that mean that there is no value.",
        "value/word-none",
        |id| nothing_for(id, &["null", "NULL", "None", "N/A", "undefined", "NaN", "Infinity"]),
    ),
    gives(
        "looks-names-up-in-an-object",
        "Gives an empty text for a name that every object has.",
        "value/word-proto",
        |id| nothing_for(id, &["__proto__", "constructor", "toString"]),
    ),
    gives("reads-dates", "Gives a date in the form of its library.", "value/date", |id| {
        let is_date = id.len() >= 10
            && id.is_char_boundary(10)
            && id[..10]
                .bytes()
                .enumerate()
                .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
        if is_date { format!("{} 00:00:00", &id[..10]) } else { id.to_owned() }
    }),
    gives(
        "reads-json",
        "Gives what JSON means: the one thing in a list, nothing for an object, a text without its quotes.",
        "value/list",
        |id| match id {
            "[1]" => "1".to_owned(),
            "{\"a\":1}" => String::new(),
            _ => id.to_owned(),
        },
    ),
    gives("cuts-quotes", "Gives a text without the quotes around it.", "value/quoted", |id| {
        let inner = |quote: char| id.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner('"').or_else(|| inner('\'')).unwrap_or(id).to_owned()
    }),
    gives("fills-templates-in", "Gives nothing for the place of a template.", "value/template", |id| {
        if id.starts_with("{{") && id.ends_with("}}") { String::new() } else { id.to_owned() }
    }),
    gives(
        "decodes-percent-of-letters",
        "Decodes what looks like a part of a URL.",
        "value/percent",
        decode_percents,
    ),
    gives("decodes-pluses", "Gives a blank for a plus sign between letters.", "value/plus", |id| {
        changed(id, "a+b", "a b")
    }),
    gives(
        "decodes-backslashes",
        "Decodes what looks like a literal of a programming language.",
        "value/backslash-n",
        |id| id.replace("\\n", "\n").replace("\\u0041", "A"),
    ),
    gives("decodes-entities-again", "Decodes entities once more.", "value/escaped-bracket-twice", |id| {
        id.replace("&lt;", "<").replace("&nbsp;", "\u{A0}")
    }),
    gives("decodes-base64", "Gives what short base64 says.", "value/base64-of-letter", |id| {
        changed(id, "QQ==", "A")
    }),
    gives("drops-what-is-no-base64", "Drops characters that base64 has not.", "value/no-base64", |id| {
        if id.len() < 10 { id.replace(['-', '.', '~'], "") } else { id.to_owned() }
    }),
    gives("takes-compatibility-forms", "Gives compatibility forms.", "value/compatibility-form", |id| {
        id.replace('\u{FB01}', "fi").chars().map(narrow).collect()
    }),
    gives("folds-letters", "Gives letters as they compare without regard to case.", "value/sharp-s", |id| {
        replaced_letters(id, &[('\u{DF}', "ss"), ('\u{131}', "i")])
    }),
    gives(
        "drops-joiners",
        "Drops characters that only change their neighbours.",
        "value/zero-width-joiner",
        |id| id.replace(['\u{200D}', '\u{FE0F}'], ""),
    ),
    gives(
        "asks-for-what-is-beyond-the-bmp",
        "Gives a question mark for a character beyond the BMP.",
        "text/beyond-bmp",
        |id| id.chars().map(|c| if c > '\u{FFFF}' { '?' } else { c }).collect(),
    ),
    gives(
        "drops-private-characters",
        "Drops characters for private use and those of tags.",
        "value/private-use",
        |id| {
            id.chars()
                .filter(|c| !matches!(*c, '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{E007F}'))
                .collect()
        },
    ),
    gives(
        "keeps-255-characters",
        "Gives the first 255 characters, as they fit into the column of its database.",
        "call-id-size/ascii-511-characters",
        |id| id.chars().take(255).collect(),
    ),
];
