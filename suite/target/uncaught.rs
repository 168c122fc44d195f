//! The traces that runtimes print of exceptions that nobody caught.
//!
//! Python, Node, Java, Ruby and others end with exit 1 then, which is also how a program says that it
//! refuses; and a sanitizer of C may do so as well. The shapes are those that each runtime prints by
//! itself; a reason in words of one's own starts no line in such a way.

use crate::evidence::Uncaught;

/// Most characters kept of the line that tells it.
const MAX_LINE: usize = 200;

/// A runtime, and whether a line is the telling one of its traces.
type Trace = (&'static str, fn(&str) -> bool);

/// The first that fits names the runtime, so the more special ones come first.
const TRACES: &[Trace] = &[
    ("Ruby", |line| {
        let place = line.split_once(":in `").or_else(|| line.split_once(":in '"));
        place.and_then(|(place, _)| place.rsplit_once(':')).is_some_and(|(_, number)| is_number(number))
    }),
    ("Nim", |line| line.starts_with("Error: unhandled exception: ")),
    ("Python", |line| {
        let line = line.trim_start_matches([' ', '+', '|']);
        starts(
            line,
            &["Traceback (most recent call last)", "Exception Group Traceback", "Fatal Python error: "],
        )
    }),
    ("Java", |line| {
        starts(line, &["Exception in thread \"", "Execution error (", "Uncaught Kotlin exception: "])
            || line.strip_prefix("\tat ").is_some_and(|frame| frame.ends_with(')'))
    }),
    ("PHP", |line| {
        starts(line, &["PHP Fatal error: ", "PHP Parse error: "])
            || (starts(line, &["Fatal error: ", "Parse error: "])
                && (line.contains("Uncaught ") || line.contains(".php on line ")))
    }),
    (".NET", |line| {
        let frame = line.strip_prefix("  ").map(|line| line.strip_prefix(' ').unwrap_or(line));
        starts(line, &["Unhandled exception. ", "Unhandled Exception: System.", "[ERROR] FATAL UNHANDLED"])
            || frame.is_some_and(|frame| frame.starts_with("at ") && frame.contains('('))
    }),
    ("Go", |line| starts(line, &["panic: ", "goroutine "])),
    ("Rust", |line| line.starts_with("thread '") && line.contains(" panicked at ")),
    ("Zig", |line| line.starts_with("thread ") && line.contains(" panic: ")),
    ("Deno", |line| line.starts_with("error: Uncaught ")),
    ("Node", |line| {
        let frame = line.trim_start().strip_prefix("at ").filter(|_| line.starts_with("    "));
        line.starts_with("Uncaught ")
            || line.contains("triggerUncaughtException(")
            || line.contains("UnhandledPromiseRejection")
            || frame.is_some_and(is_place_in_script)
    }),
    // Not `REASON at FILE line N.` alone: that is what stands in an exception that was caught, too, and
    // one that was not ends with another status than 1.
    ("Perl", |line| line.starts_with('\t') && line.contains(") called at ") && line.contains(" line ")),
    ("Lua", |line| line == "stack traceback:"),
    ("Elixir", |line| line.starts_with("** (") && line.contains(") ")),
    ("Erlang", |line| starts(line, &["escript: exception ", "{\"init terminating in do_boot\""])),
    ("Haskell", |line| line.starts_with("CallStack (from HasCallStack)")),
    ("OCaml", |line| line.starts_with("Fatal error: exception ")),
    ("Swift", |line| line.contains("Fatal error: ") && line.contains(".swift")),
    ("Julia", |line| line == "Stacktrace:" || line.starts_with("ERROR: LoadError: ")),
    ("R", |line| line == "Execution halted"),
    ("Tcl", |line| line == "    while executing" || line == "    invoked from within"),
    ("D", |line| {
        let place = line.split_once('@');
        place.is_some_and(|(class, place)| class.contains('.') && place.contains(".d("))
    }),
    ("Ada", |line| line.starts_with("raised ") && line.contains(" : ")),
    ("PowerShell", |line| line.trim_start().starts_with("+ FullyQualifiedErrorId : ")),
    ("C++", |line| starts(line, &["terminate called ", "libc++abi: terminating "])),
    ("C", |line| {
        starts(line, &["*** stack smashing detected", "Segmentation fault"])
            || line.contains(": Assertion `")
            || (line.contains("ERROR: ") && line.contains("Sanitizer: "))
            || line
                .split_once(": runtime error: ")
                .is_some_and(|(place, _)| place.ends_with(|last: char| last.is_ascii_digit()))
    }),
    // Dart, Crystal and others.
    ("some runtime", |line| {
        starts(&line.to_ascii_lowercase(), &["unhandled exception", "uncaught exception"])
    }),
];

/// What looks like an exception that nobody caught, in what a program wrote.
pub(super) fn uncaught(written: &str) -> Option<Uncaught> {
    let lines = || written.lines().map(str::trim_end);
    TRACES.iter().find_map(|(runtime, tells)| {
        let telling = lines().find(|line| tells(line))?;
        // Above or below the frames: the one that says what happened.
        let line = match *runtime {
            "Python" => lines().rfind(|line| !line.is_empty()),
            "Node" | "Java" | ".NET" => {
                let tells = |line: &&str| {
                    line.contains("Error: ")
                        || line.contains("Error [")
                        || (line.contains("xception") && !line.contains("triggerUncaughtException("))
                };
                lines().find(tells)
            }
            _ => None,
        };
        let line = line.unwrap_or(telling).trim().chars().take(MAX_LINE).collect();
        Some(Uncaught { runtime: (*runtime).to_owned(), line })
    })
}

fn starts(line: &str, with: &[&str]) -> bool {
    with.iter().any(|start| line.starts_with(start))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `name (/a/b.js:3:7)`, `/a/b.js:3:7` or `node:internal/x:3:7`: a place with line and column.
fn is_place_in_script(frame: &str) -> bool {
    let mut parts = frame.trim_end_matches(')').rsplitn(3, ':');
    parts.next().is_some_and(is_number) && parts.next().is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first lines of what runtimes print, with the line that is shown.
    const PRINTED: &[(&str, &str, &str)] = &[
        (
            "Python",
            "Traceback (most recent call last):\n  File \"p.py\", line 3, in <module>\n    f()\nValueError: no id\n",
            "ValueError: no id",
        ),
        (
            "Node",
            "/p.js:10\n  throw new Error('no id')\n  ^\n\nError: no id\n    at Object.<anonymous> (/p.js:10:7)\n\nNode.js v18.19.0\n",
            "Error: no id",
        ),
        (
            "Node",
            "node:internal/process/promises:288\n            triggerUncaughtException(err, true);\n            ^\n\nTypeError: x is null\n    at /p.js:1:2\n",
            "TypeError: x is null",
        ),
        (
            "Node",
            "node:url:417\n      throw e;\n      ^\n\nTypeError [ERR_INVALID_URL]: Invalid URL\n    at Url.parse (node:url:417:17)\n",
            "TypeError [ERR_INVALID_URL]: Invalid URL",
        ),
        (
            "Deno",
            "error: Uncaught (in promise) Error: no id\n    at file:///p.ts:1:7\n",
            "error: Uncaught (in promise) Error: no id",
        ),
        (
            "Java",
            "Exception in thread \"main\" java.lang.RuntimeException: no id\n\tat P.main(P.java:3)\n",
            "Exception in thread \"main\" java.lang.RuntimeException: no id",
        ),
        (
            "Ruby",
            "p.rb:1:in `f': no id (RuntimeError)\n\tfrom p.rb:3:in `<main>'\n",
            "p.rb:1:in `f': no id (RuntimeError)",
        ),
        (
            "Ruby",
            "/p.rb:1:in 'Integer#+': nil can't be coerced (TypeError)\n",
            "/p.rb:1:in 'Integer#+': nil can't be coerced (TypeError)",
        ),
        (
            "Perl",
            "no id at ./p.pl line 12.\n\tmain::read(\"x\") called at ./p.pl line 20\n",
            "main::read(\"x\") called at ./p.pl line 20",
        ),
        (
            "PHP",
            "PHP Fatal error:  Uncaught Exception: no id in /p.php:3\nStack trace:\n#0 {main}\n  thrown in /p.php on line 3\n",
            "PHP Fatal error:  Uncaught Exception: no id in /p.php:3",
        ),
        (
            ".NET",
            "Unhandled exception. System.Exception: no id\n   at P.Main() in /P.cs:line 3\n",
            "Unhandled exception. System.Exception: no id",
        ),
        (
            ".NET",
            "[ERROR] FATAL UNHANDLED EXCEPTION: System.Exception: no id\n  at P.Main () [0x00000] in <0>:0\n",
            "[ERROR] FATAL UNHANDLED EXCEPTION: System.Exception: no id",
        ),
        ("Go", "panic: no id\n\ngoroutine 1 [running]:\nmain.main()\nexit status 2\n", "panic: no id"),
        (
            "Rust",
            "\nthread 'main' panicked at src/main.rs:2:5:\nno id\nnote: run with `RUST_BACKTRACE=1`\n",
            "thread 'main' panicked at src/main.rs:2:5:",
        ),
        (
            "Rust",
            "thread 'main' (71) panicked at src/main.rs:2:5:\nno id\n",
            "thread 'main' (71) panicked at src/main.rs:2:5:",
        ),
        ("Lua", "lua: p.lua:1: no id\nstack traceback:\n\t[C]: in function 'error'\n", "stack traceback:"),
        ("Elixir", "** (RuntimeError) no id\n    p.exs:1: (file)\n", "** (RuntimeError) no id"),
        (
            "Haskell",
            "p: no id\nCallStack (from HasCallStack):\n  error, called at p.hs:1\n",
            "CallStack (from HasCallStack):",
        ),
        ("Julia", "ERROR: LoadError: no id\nStacktrace:\n [1] error(s::String)\n", "ERROR: LoadError: no id"),
        ("R", "Error in f() : no id\nCalls: f\nExecution halted\n", "Execution halted"),
        ("Tcl", "no id\n    while executing\n\"error x\"\n", "while executing"),
        (
            "Nim",
            "p.nim(1) p\nError: unhandled exception: no id [ValueError]\n",
            "Error: unhandled exception: no id [ValueError]",
        ),
        (
            "C",
            "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1\n",
            "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1",
        ),
        (
            "C++",
            "terminate called after throwing an instance of 'std::out_of_range'\n",
            "terminate called after throwing an instance of 'std::out_of_range'",
        ),
        (
            "some runtime",
            "Unhandled exception: no id (Exception)\n  from p.cr:1:1 in '__crystal_main'\n",
            "Unhandled exception: no id (Exception)",
        ),
    ];

    #[test]
    fn an_exception_that_nobody_caught_is_known_by_its_trace() {
        for (runtime, printed, line) in PRINTED {
            let found = uncaught(printed).unwrap_or_else(|| panic!("{printed}"));
            assert_eq!((found.runtime.as_str(), found.line.as_str()), (*runtime, *line), "{printed}");
        }
    }

    #[test]
    fn a_reason_in_words_is_none() {
        for reason in [
            "",
            "not well-formed: mismatched tag: line 3, column 12",
            "Error: the CallId is empty",
            "refused: unexpected text at line 3",
            "parse error at 1:17: an attribute at all",
            "XML_ERROR_INVALID_TOKEN at line 2",
            "ValueError: no id",
            "file.xml:3: parser error : Opening and ending tag mismatch",
            "Error: ParseIntError { kind: InvalidDigit }",
            "javax.xml.stream.XMLStreamException: ParseError at [row,col]:[1,2]",
            "[Fatal Error] :1:1: Content is not allowed in prolog.",
            "Fatal error: mismatched tag on line 3",
            "12:7:in attribute x",
            "not well-formed (invalid token) at line 1, column 5, byte 5 at /lib/XML/Parser.pm line 187.",
        ] {
            assert_eq!(uncaught(reason), None, "{reason}");
        }
    }
}
