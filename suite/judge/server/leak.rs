//! Stack traces, source lines and paths in what a server says of an error (UMD-R122).
//!
//! The shapes are those that runtimes document for what they print of an error nobody caught: Java and its
//! kin, .NET, Python, JavaScript, Ruby, Perl, PHP, Go, Rust, C and C++, Swift, Erlang and Elixir, Lua, Tcl,
//! Haskell, OCaml, Ada, D, Nim, Crystal, Delphi, and PL/SQL of Oracle. What is English by itself, such as a bare
//! "at", is none.

use crate::evidence::HttpAnswer;

/// Words that stand in no text for people.
const PHRASES: [&str; 28] = [
    "--- End of inner exception stack trace",
    "--- End of stack trace from previous location",
    "Access violation at address ",
    "CallStack (from HasCallStack)",
    "Error: unhandled exception: ",
    "Exception in thread \"",
    // What Oracle puts before each line of a trace of PL/SQL.
    "ORA-06512: ",
    "PHP Fatal error:",
    "PHP Stack trace:",
    "Traceback (most recent call last)",
    "(Native Method)",
    "(Unknown Source)",
    "(procedure \"",
    "__main__.",
    // Of D; packages of other languages have such names, but no file behind an at sign.
    "core.exception.ArrayIndexError@",
    "core.exception.AssertError@",
    "core.exception.RangeError@",
    "goroutine 1 [",
    "java.lang.",
    "java.util.",
    "node:internal/",
    "node_modules/",
    "object.Exception@",
    "root:x:0:0:",
    "site-packages/",
    "stack backtrace:",
    "stack traceback:",
    "System.NullReferenceException",
];

/// Endings of the names of source files.
const SOURCES: [&str; 49] = [
    "adb", "asmx", "asp", "aspx", "c", "cc", "cfm", "cgi", "cjs", "clj", "cpp", "cr", "cs", "cxx", "dart",
    "dpr", "erb", "erl", "ex", "exs", "fs", "go", "groovy", "h", "hpp", "hs", "java", "jl", "js", "jsx",
    "kt", "lua", "mjs", "ml", "nim", "php", "phtml", "pl", "pm", "ps1", "py", "rb", "rs", "scala", "swift",
    "tcl", "ts", "tsx", "vb",
];

/// Those that are also the last part of names of hosts, after which a colon and a number are a port.
const DOMAINS: [&str; 7] = ["cc", "cr", "ml", "pl", "pm", "py", "rs"];

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

/// What an answer gives away of the inside of its server, as it stands there. The paths of Unix in the fields of a
/// head are mostly those of URLs.
pub(super) fn leaks_of(http: &HttpAnswer) -> Vec<String> {
    let mut found = leaks(&String::from_utf8_lossy(&http.body.0));
    for (_, value) in &http.headers {
        found.extend(traces(value));
        found.extend(windows_paths(value));
    }
    found
}

/// What a text gives away of the inside of a server, as it stands there.
fn leaks(text: &str) -> Vec<String> {
    let text = unescape(text);
    let mut found = traces(&text);
    found.extend(paths(&text));
    found
}

/// What traces are known by.
fn traces(text: &str) -> Vec<String> {
    let phrases = PHRASES.iter().filter(|phrase| text.contains(**phrase)).map(|phrase| (*phrase).to_owned());
    phrases.chain(text.lines().filter_map(frame)).chain(sources(text)).collect()
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
    let folders = FOLDERS.iter().flat_map(|folder| text.match_indices(*folder)).map(|(at, _)| at);
    let unix = folders.filter(|at| starts_path(text, *at) && !text[..*at].ends_with("://"));
    // A URL of a file has no host, and is a path by itself.
    let urls = text.match_indices("file:///").map(|(at, _)| at);
    let urls = urls.filter(|at| starts_path(text, *at) && is_named(&text[at + "file:///".len()..]));
    let mut found: Vec<String> = unix.chain(urls).map(|at| path_at(text, at)).collect();
    found.extend(windows_paths(text));
    found
}

/// Absolute paths of Windows: with a drive, or with a server and a share.
fn windows_paths(text: &str) -> Vec<String> {
    let is_drive = |at: &usize| {
        let letter = text[..*at].chars().next_back().filter(char::is_ascii_alphabetic);
        let before = text[..*at].chars().nth_back(1);
        letter.is_some() && before.is_none_or(|c| !c.is_alphanumeric()) && is_named(&text[*at + 2..])
    };
    let drives = text.match_indices(":\\").map(|(at, _)| at).filter(is_drive).map(|at| at - 1);
    let is_share = |at: &usize| {
        let rest = &text[*at + 2..];
        let of_server = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        let server = rest.find(|c: char| !of_server(c)).unwrap_or(rest.len());
        let share = rest[server..].strip_prefix('\\');
        starts_path(text, *at) && server > 1 && share.is_some_and(is_named)
    };
    let shares = text.match_indices("\\\\").map(|(at, _)| at).filter(is_share);
    drives.chain(shares).map(|at| path_at(text, at)).collect()
}

/// Whether a name of a file or a folder begins a text.
fn is_named(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$')
}

/// Whether a path may begin here: what stands before is no part of it.
fn starts_path(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || "\"'(>=:[`|,".contains(c))
}

/// The path that begins here.
fn path_at(text: &str, at: usize) -> String {
    let end = |c: char| c.is_whitespace() || "\"'<>()[],;|`".contains(c);
    let length = text[at..].find(end).unwrap_or(text.len() - at);
    text[at..at + length].trim_end_matches(['.', ':', '!', '?']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Bytes;

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
            ("ada", "raised CONSTRAINT_ERROR : um-calls.adb:117 index check failed"),
            ("d", "core.exception.RangeError@source/um/calls.d(117): Range violation"),
            ("nim", "calls.nim(88) find\nserver.nim(31) handle"),
            ("nim", "Error: unhandled exception: key not found [KeyError]"),
            ("crystal", "Missing hash key (KeyError)\n  from src/um/calls.cr:88:14 in 'find'"),
            (
                "delphi",
                "Access violation at address 0046A3C1 in module 'umsrv.exe'. Read of address 00000008",
            ),
            ("pl/sql", "ORA-01403: no data found ORA-06512: at \"UM.CALLS\", line 88"),
            ("path", "Could not find file '\\\\UMSRV01\\d$\\um\\state\\calls.dat'."),
            ("path", "failed to read file:///var/lib/um/schema/messages.xsd"),
            ("path", "failed to read file:///C:/um/messages.xsd"),
            ("path", "cannot open /home/um/calls.db"),
            ("path", "cannot open \"/etc/um.conf\""),
            ("path", "cannot open C:\\um\\calls.db"),
            ("path", "cannot open d:\\Program Files"),
        ] {
            assert!(!leaks(text).is_empty(), "{language}: {text}");
        }
    }

    #[test]
    fn fields_of_a_head_are_looked_at_for_traces() {
        let of = |name: &str, value: &str| {
            let http = HttpAnswer {
                version: "1.1".into(),
                status: 500,
                headers: vec![(name.to_owned(), value.to_owned())],
                body: Bytes::default(),
                complete: true,
                trailing: 0,
            };
            leaks_of(&http)
        };
        assert!(!of("x-exception", "Error at Um.Find(String id) in D:\\um\\Calls.cs:line 88").is_empty());
        for (name, value) in [
            ("location", "/home/login.aspx?ReturnUrl=%2fEWS"),
            ("set-cookie", "a=b; Path=/app/; HttpOnly"),
            ("server", "Microsoft-IIS/10.0"),
            ("via", "1.1 um01.example.pl:8080 (proxy at um.example)"),
            ("date", "Fri, 27 Nov 2026 09:00:00 GMT"),
        ] {
            assert_eq!(of(name, value), [""; 0], "{name}");
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
            "The number 1.d(2) of section 3.c is missing.",
            "The call at um01.example.cr:5060 was not found.",
            "ORA-01403: no data found",
            "org.example.core.exception.NotFoundException: no such call",
            "A backslash is written \\\\ and a quote \\\".",
            "A share is written \\\\server\\.",
            "file:// and file:/// are no URLs of files.",
            "An exception was raised: access violation.",
            "No operation at Disconnect (1).",
            "cvc-complex-type.2.4.a: Invalid content was found starting with element 'x'.",
        ] {
            assert_eq!(leaks(text), [""; 0], "{text}");
        }
    }
}
