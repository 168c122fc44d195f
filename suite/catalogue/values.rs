//! Texts of CallId that look like something else to a reader that guesses types, decodes what is not
//! encoded, or makes a text look nicer.

/// Name, what CallId holds, how it is written, what must be read.
pub(super) const VALUES: &[(&str, &str, &str, &str)] = &[
    // Numbers.
    ("number-with-zeros", "a number with zeros before it", "007", "007"),
    ("number-with-exponent", "a number with an exponent", "1e5", "1e5"),
    ("number-with-zero-behind", "a fraction that ends in a zero", "1.10", "1.10"),
    ("number-in-hexadecimal", "a number in hexadecimal", "0x1F", "0x1F"),
    ("number-with-plus", "a number with a plus sign", "+15", "+15"),
    ("number-minus-zero", "minus zero", "-0", "-0"),
    ("number-beyond-doubles", "an integer that no double holds", "9007199254740993", "9007199254740993"),
    (
        "number-beyond-words",
        "an integer of more than 64 bits",
        "123456789012345678901",
        "123456789012345678901",
    ),
    ("number-with-underscore", "a number with an underscore", "1_000", "1_000"),
    ("number-with-comma", "a number with a comma", "1,000", "1,000"),
    // Words of programming languages.
    ("word-true", "the word true", "true", "true"),
    ("word-true-capital", "the word True", "True", "True"),
    ("word-yes", "the word yes", "yes", "yes"),
    ("word-none", "the word None", "None", "None"),
    ("word-undefined", "the word undefined", "undefined", "undefined"),
    ("word-nan", "the word NaN", "NaN", "NaN"),
    ("word-infinity", "the word Infinity", "Infinity", "Infinity"),
    ("word-proto", "the name of the prototype of an object", "__proto__", "__proto__"),
    ("word-constructor", "the name of the constructor of an object", "constructor", "constructor"),
    ("word-to-string", "the name of a method of every object", "toString", "toString"),
    // Dates and structures.
    ("date", "a date", "2007-12-05", "2007-12-05"),
    ("time", "a date and a time", "2007-12-05T10:30:00Z", "2007-12-05T10:30:00Z"),
    ("list", "a list of JSON", "[1]", "[1]"),
    ("object", "an object of JSON", "{\"a\":1}", "{\"a\":1}"),
    ("quoted", "a text in quotes", "\"a\"", "\"a\""),
    ("quoted-by-apostrophes", "a text in apostrophes", "'a'", "'a'"),
    ("template", "a place of a template", "{{a}}", "{{a}}"),
    // Other encodings.
    ("percent", "a letter as URLs encode it", "%41", "%41"),
    ("plus", "a plus sign between letters", "a+b", "a+b"),
    ("backslash-n", "a backslash and an n", "a\\nb", "a\\nb"),
    ("backslash-u", "a letter as JSON encodes it", "\\u0041", "\\u0041"),
    ("escaped-bracket-twice", "an escaped bracket, escaped again", "a&amp;lt;b", "a&lt;b"),
    ("escaped-entity-of-html", "an entity of HTML, escaped", "a&amp;nbsp;b", "a&nbsp;b"),
    ("base64-of-letter", "base64 of a letter", "QQ==", "QQ=="),
    ("no-base64", "a text that is no base64", "a-b.c~d", "a-b.c~d"),
    // Letters.
    ("compatibility-form", "a ligature, which compatibility forms take apart", "\u{FB01}", "\u{FB01}"),
    ("full-width", "letters of full width", "\u{FF21}\u{FF22}", "\u{FF21}\u{FF22}"),
    ("sharp-s", "a letter that is two in capitals", "stra\u{DF}e", "stra\u{DF}e"),
    ("dotless-i", "a letter whose capital is another's", "\u{131}", "\u{131}"),
    (
        "zero-width-joiner",
        "characters that a joiner joins",
        "\u{1F468}\u{200D}\u{1F469}",
        "\u{1F468}\u{200D}\u{1F469}",
    ),
    ("variation-selector", "a character with a variation selector", "\u{260E}\u{FE0F}", "\u{260E}\u{FE0F}"),
    ("tag-character", "a character of the plane 14", "a\u{E0041}", "a\u{E0041}"),
    ("private-use", "a character for private use", "\u{E000}", "\u{E000}"),
];
