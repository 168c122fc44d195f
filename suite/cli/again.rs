//! The options that ask for the same run, as a record keeps them: without what may be secret.

use super::args::RunArgs;
use umspec::protocol::Profile;
use umspec::target::Endpoint;

/// The options of a run against a server or a built-in mock. What a record must not hold, or what is worth nothing
/// the next time, stands there as a word in capitals.
pub(super) fn of_server(args: &RunArgs) -> Vec<String> {
    let mut options = Vec::new();
    let mut say = |words: &[&str]| options.extend(words.iter().map(|word| (*word).to_owned()));
    match (&args.server, &args.mock) {
        // The query may hold a token, and is hidden.
        (Some(url), _) => match Endpoint::parse(url) {
            Ok(endpoint) => say(&["--server", &endpoint.to_string().replace("(hidden)", "QUERY")]),
            Err(_) => say(&["--server", "URL"]),
        },
        (None, mock) => say(&["--mock", mock.as_deref().unwrap_or("strict")]),
    }
    let target = &args.target;
    let given: [(bool, &[&str]); 11] = [
        (target.insecure, &["--insecure"]),
        (target.cacert.is_some(), &["--cacert", "FILE"]),
        (target.user.is_some(), &["--user", "USER:PASSWORD"]),
        (target.bearer.is_some(), &["--bearer", "TOKEN"]),
        (target.proxy.is_some(), &["--proxy", "PROXY"]),
        (args.calls.play_on_phone, &["--play-on-phone", "--entry-id", "ENTRY", "--dial-string", "NUMBER"]),
        (!args.calls.call_id.is_empty(), &["--call-id", "ID"]),
        (args.calls.call_id_cmd.is_some(), &["--call-id-cmd", "CMD"]),
        (args.canary.is_some(), &["--canary", "ADDR:PORT"]),
        (args.profile == Profile::Strict, &["--profile", "strict"]),
        (args.bp, &["--bp"]),
    ];
    for (is_given, words) in given {
        if is_given {
            say(words);
        }
    }
    if args.strength > 1 {
        say(&["--strength", &args.strength.to_string()]);
    }
    for header in &target.headers {
        let name = header.split_once(':').map_or("NAME", |(name, _)| name.trim());
        say(&["--header", &format!("{name}:VALUE")]);
    }
    options
}

/// The options of a run against a client or a parser, whose command stands in the record anyway.
pub(super) fn of_program(args: &RunArgs, option: &str, command: &str) -> Vec<String> {
    let mut options = vec![option.to_owned(), command.to_owned()];
    if let Some(status) = args.refused_exit {
        options.extend(["--refused-exit".to_owned(), status.to_string()]);
    }
    let flags = [
        (args.persistent, "--persistent"),
        (args.bp, "--bp"),
        (args.profile == Profile::Strict, "--profile=strict"),
    ];
    options.extend(flags.iter().filter(|(is_given, _)| *is_given).map(|(_, flag)| (*flag).to_owned()));
    options
}
