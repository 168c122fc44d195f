//! Servers that say with an error where it came from, as the runtimes of many languages write it down. Each
//! does so for requests without CallId only.

use super::bug::{Bug, Mutant, mutant};
use crate::evidence::Response;
use crate::message::write_malformed;
use crate::mock::killed_by::{KilledBy, by};
use crate::mock::server::answer::xml;
use crate::protocol::{Defect, names, req};

const KILLED: KilledBy = by("request-body/call-id-only-as-attribute", req::NO_INTERNALS_IN_FAULT);

/// A server whose faultstring ends with this trace.
macro_rules! traces {
    ($($name:literal, $language:literal, $trace:literal;)*) => {
        pub(super) static MUTANTS: &[Mutant] = &[
            $(mutant(
                concat!("traces-like-", $name),
                concat!("A missing CallId is answered with a trace as ", $language, " writes it."),
                KILLED,
                Bug::Faults(|defect| traced(defect, $trace)),
            ),)*
        ];
    };
}

traces! {
    "ada", "Ada", "raised CONSTRAINT_ERROR : um-calls.adb:42 index check failed";
    "c", "a debugger of C", "#1  0x0000 in end_call () at calls.c:42";
    "crystal", "Crystal", "\n  from src/um/calls.cr:42:5 in &#39;find&#39;";
    "d", "D", "core.exception.RangeError@source/um/calls.d(42): Range violation";
    "delphi", "Delphi", "Access violation at address 0046A3C1 in module &#39;umsrv.exe&#39;.";
    "elixir", "Elixir", "    (um 0.1.0) lib/um/calls.ex:42: Um.Calls.end/1";
    "erlang", "Erlang", "[{calls,end,1,[{file,&quot;calls.erl&quot;},{line,42}]}]";
    "go", "Go", "main.endCall(...)\n\tcalls.go:42 +0x1d";
    "haskell", "Haskell", "error, called at Calls.hs:42:5 in main:Main";
    "java", "Java", "\n  at org.example.um.Calls.end(Calls.java:42)";
    "javascript", "JavaScript", "\n  at Calls.end (calls.js:42:5)";
    "lua", "Lua", "calls.lua:42: attempt to index a nil value";
    "net", ".NET", "\n  at Um.Calls.End(String id)";
    "nim", "Nim", "\ncalls.nim(42) find";
    "ocaml", "OCaml", "Raised at file &quot;calls.ml&quot;, line 42, characters 3-5";
    "perl", "Perl", "no call at calls.pl line 42.";
    "php", "PHP", "#0 calls.php(42): end_call()";
    "plsql", "PL/SQL", "ORA-06512: at &quot;UM.CALLS&quot;, line 42";
    "python", "Python", "File &quot;calls.py&quot;, line 42, in &lt;module&gt;";
    "ruby", "Ruby", "calls.rb:42:in &#39;end_call&#39;";
    "rust", "Rust", "thread &#39;main&#39; panicked at src/calls.rs:42:5:";
    "swift", "Swift", "Fatal error: no call: file Calls.swift, line 42";
    "tcl", "Tcl", "    (procedure &quot;end_call&quot; line 42)";
}

fn traced(defect: Defect, trace: &str) -> Option<Response> {
    let told = format!("{} {trace}", names::INVALID_REQUEST_TEXT);
    let body = write_malformed().replacen(names::INVALID_REQUEST_TEXT, &told, 1);
    (defect == Defect::CallIdMissing).then(|| xml(500, body))
}
