//! Stack traces, source lines and paths in what a server says of an error (UMD-R122).
//!
//! The shapes are those that runtimes document for what they print of an error nobody caught: Java and its
//! kin, .NET, Python, JavaScript, Ruby, Perl, PHP, Go, Rust, C and C++, Swift, Erlang and Elixir, Lua, Tcl,
//! Haskell, OCaml. What is English by itself, such as a bare "at", is none.

/// Words that stand in no text for people.
const PHRASES: [&str; 21] = [
    "--- End of inner exception stack trace",
    "--- End of stack trace from previous location",
    "CallStack (from HasCallStack)",
    "Exception in thread \"",
    "PHP Fatal error:",
    "PHP Stack trace:",
    "Traceback (most recent call last)",
    "(Native Method)",
    "(Unknown Source)",
    "(procedure \"",
    "__main__.",
    "goroutine 1 [",
    "java.lang.",
    "java.util.",
    "node:internal/",
    "node_modules/",
    "root:x:0:0:",
    "site-packages/",
    "stack backtrace:",
    "stack traceback:",
    "System.NullReferenceException",
];

/// Endings of the names of source files.
const SOURCES: [&str; 45] = [
    "asmx", "asp", "aspx", "c", "cc", "cfm", "cgi", "cjs", "clj", "cpp", "cs", "cxx", "dart", "erb", "erl",
    "ex", "exs", "fs", "go", "groovy", "h", "hpp", "hs", "java", "jl", "js", "jsx", "kt", "lua", "mjs", "ml",
    "php", "phtml", "pl", "pm", "ps1", "py", "rb", "rs", "scala", "swift", "tcl", "ts", "tsx", "vb",
];

/// Those that are also the last part of names of hosts, after which a colon and a number are a port.
const DOMAINS: [&str; 6] = ["cc", "ml", "pl", "pm", "py", "rs"];

/// What stands between the name of a source file and a line number.
const BEFORE_LINE: [&str; 9] =
    [":line ", ":", "(", ", line ", " line ", " on line ", "},{line,", "}, {line, ", ", line: "];

/// Folders in which programs and their data lie; as the start of a path only, not within a URL.
const FOLDERS: [&str; 15] = [
    "/Library/",
    "/Users/",
    "/app/",
    "/etc/",
    "/home/",
    "/mnt/",
    "/nix/store/",
    "/opt/",
    "/private/var/",
    "/root/",
    "/srv/",
    "/usr/",
    "/var/",
    "/workspace/",
    "/www/",
];

/// What a text gives away of the inside of a server, as it stands there.
pub(super) fn leaks(text: &str) -> Vec<String> {
    let text = unescape(text);
    let phrases = PHRASES.iter().filter(|phrase| text.contains(**phrase)).map(|phrase| (*phrase).to_owned());
    phrases.chain(text.lines().filter_map(frame)).chain(sources(&text)).chain(paths(&text)).collect()
}

/// The characters that XML and HTML escape, as they were.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#9;", "\t"),
        ("&#10;", "\n"),
        ("&#xA;", "\n"),
        ("&#xa;", "\n"),
        ("&#13;", "\r"),
        ("&#xD;", "\r"),
        ("&#xd;", "\r"),
        ("&amp;", "&"),
    ];
    escapes.into_iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// A frame of a trace: blanks, `at`, a qualified name and a parenthesis right behind it. After a single
/// blank that may be English, so more is asked for.
fn frame(line: &str) -> Option<String> {
    let blank = |c: char| c == ' ' || c == '\t';
    line.match_indices("at ").find_map(|(at, _)| {
        let before = &line[..at];
        if !before.is_empty() && !before.ends_with(blank) {
            return None;
        }
        let alone = before.is_empty() || before.ends_with('\t') || before.ends_with("  ");
        let rest = &line[at + 3..];
        let open = rest.find('(')?;
        let name = &rest[..open];
        let is_part = |c: char| c.is_alphanumeric() || "_$.<>`+/[]@,-".contains(c);
        let is_name = name.contains('.')
            && !name.ends_with('.')
            && name.chars().all(is_part)
            && name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '<' || c == '$');
        let close = rest[open..].find(')')? + open;
        (is_name && (alone || rest[close + 1..].starts_with(" in ")))
            .then(|| line[at..=at + 3 + close].to_owned())
    })
}

/// Source files with a line number behind them.
fn sources(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (dot, _) in text.match_indices('.') {
        let rest = &text[dot + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (ending, rest) = rest.split_at(length);
        if !SOURCES.contains(&ending) {
            continue;
        }
        let name_end = dot + 1 + length;
        let boundary = |c: char| c.is_whitespace() || "\"'(),<>[]{}`".contains(c);
        let start = text[..dot].rfind(boundary).map_or(0, |at| at + 1);
        let name = &text[start..name_end];
        if start == dot || (name.contains("://") && !name.starts_with("file://")) || name.contains('@') {
            continue;
        }
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        let number = BEFORE_LINE.iter().find_map(|between| {
            let digits = rest.strip_prefix(between)?;
            let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            (length > 0).then(|| (*between, &digits[..length], &digits[length..]))
        });
        let Some((between, number, behind)) = number else { continue };
        let may_be_port = between == ":" && DOMAINS.contains(&ending);
        let is_file = name.contains(['/', '\\']) || behind.starts_with(":in ") || {
            let column = behind.strip_prefix(':').unwrap_or_default();
            column.starts_with(|c: char| c.is_ascii_digit())
        };
        let calls = between != "(" || behind.starts_with(')');
        if calls && (!may_be_port || is_file) {
            found.push(format!("{name}{between}{number}"));
        }
    }
    found
}

/// Absolute paths.
fn paths(text: &str) -> Vec<String> {
    let starts = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || "\"'(>=:[`|,".contains(c))
    };
    let path = |at: usize| {
        let end = |c: char| c.is_whitespace() || "\"'<>()[],;|`".contains(c);
        let length = text[at..].find(end).unwrap_or(text.len() - at);
        text[at..at + length].trim_end_matches(['.', ':', '!', '?']).to_owned()
    };
    let folders = FOLDERS.iter().flat_map(|folder| text.match_indices(*folder));
    let unix = folders.map(|(at, _)| at).filter(|at| starts(*at) && !text[..*at].ends_with("://"));
    let is_drive = |at: &usize| {
        let letter = text[..*at].chars().next_back().filter(char::is_ascii_alphabetic);
        let before = text[..*at].chars().nth_back(1);
        let named = text[*at + 2..].starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        letter.is_some() && before.is_none_or(|c| !c.is_alphanumeric()) && named
    };
    let windows = text.match_indices(":\\").map(|(at, _)| at).filter(is_drive).map(|at| at - 1);
    unix.chain(windows).map(path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_many_languages_are_seen() {
        for (language, text) in [
            ("java", "Exception\n\tat com.example.um.Calls.end(Calls.java:42)"),
            ("java, two blanks", "Exception\n  at com.example.um.Calls.end(Calls.java:42)"),
            ("java, native", "x at java.base/java.net.Socket.read(Native Method)"),
            ("kotlin", "\tat CallsKt.main(Calls.kt)\n"),
            (".net", "  at Um.Calls.End(String id)"),
            (".net, in one line", "Error.   at Um.Calls.End(String id) in D:\\um\\Calls.cs:line 12"),
            ("python", "File &quot;um.py&quot;, line 3, in &lt;module&gt;"),
            ("python", "Traceback (most recent call last):"),
            ("javascript", "TypeError: x\n    at Calls.end (calls.js:10:5)"),
            ("javascript", "    at async file:///srv/um.mjs:3:1"),
            ("ruby", "um.rb:12:in 'end_call': no call (NoMethodError)"),
            ("ruby, older", "um.rb:12:in `end_call'"),
            ("perl", "Can't locate object method at um.pl line 12."),
            ("perl", "no call at lib/Um/Calls.pm line 7."),
            ("php", "Uncaught Error: x in calls.php:12"),
            ("php", "Warning: x in calls.php on line 12"),
            ("php", "#0 calls.php(12): end_call()"),
            ("go", "goroutine 1 [running]:"),
            ("go", "main.end(...)\n\tcalls.go:12 +0x1d"),
            ("rust", "thread 'main' panicked at src/calls.rs:2:5:"),
            ("rust", "stack backtrace:\n"),
            ("c", "#0  0x0000 in end_call () at calls.c:12"),
            ("c++", "calls.cpp:12: undefined"),
            ("swift", "Fatal error: x: file Calls.swift, line 12"),
            ("elixir", "    (um 0.1.0) lib/um/calls.ex:12: Um.Calls.end/1"),
            ("erlang", "[{calls,end,1,[{file,\"calls.erl\"},{line,12}]}]"),
            ("lua", "calls.lua:12: attempt to index a nil value"),
            ("tcl", "    (procedure \"end_call\" line 3)"),
            ("haskell", "CallStack (from HasCallStack):\n  error, called at Calls.hs:12:5 in main:Main"),
            ("ocaml", "Raised at file \"calls.ml\", line 12, characters 3-5"),
            ("path", "cannot open /home/um/calls.db"),
            ("path", "cannot open \"/etc/um.conf\""),
            ("path", "cannot open C:\\um\\calls.db"),
            ("path", "cannot open d:\\Program Files"),
        ] {
            assert!(!leaks(text).is_empty(), "{language}: {text}");
        }
    }

    #[test]
    fn what_is_said_to_people_is_none() {
        for text in [
            "The server looked at the request (and did not like it).",
            "Try again at um01.example.org (port 80).",
            "Error at line 3, column 5.",
            "Unexpected end tag at line 1 column 12 (byte 80).",
            "See http://um01.example.rs:8080/EWS/UM2007Legacy.asmx for help.",
            "The call at um01.example.pl:5060 was not found.",
            "https://um.example.org/home/um/ and https://um.example.org/var/x",
            "The service UM2007Legacy.asmx takes text/xml (RFC 7303).",
            "version 1.0 at 12:30",
            "urn:schemas:a:b at http://schemas.microsoft.com/exchange/services/2006/messages",
            "The identifier is at most 512 characters; see 3.1.4.1 (page 12).",
            "user@example.rs:25",
            "a ratio of 3:\\ is no path",
            "No operation at Disconnect (1).",
            "cvc-complex-type.2.4.a: Invalid content was found starting with element 'x'.",
        ] {
            assert_eq!(leaks(text), [""; 0], "{text}");
        }
    }
}
