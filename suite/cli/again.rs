//! The options that ask for the same run, as a record keeps them: without what may be secret.

use super::args::{RunArgs, ServerArgs};
use super::call_ids::CallIdArgs;
use super::fuzz_args::FuzzArgs;
use umspec::protocol::Profile;
use umspec::target::Endpoint;

/// The options of a run against a server or a built-in mock. What a record must not hold, or what is worth nothing
/// the next time, stands there as a word in capitals.
pub(super) fn of_server(args: &RunArgs) -> Vec<String> {
    let mock = args.mock.as_deref().unwrap_or("strict");
    let mut options = of_target((args.server.as_deref(), mock), &args.target, &args.calls);
    let mut say = |words: &[&str]| options.extend(words.iter().map(|word| (*word).to_owned()));
    if args.canary.is_some() {
        say(&["--canary", "ADDR:PORT"]);
    }
    if args.strength > 1 {
        say(&["--strength", &args.strength.to_string()]);
    }
    options.extend(of_grading(args.profile, args.bp));
    options
}

/// The options of a campaign against a server or a built-in mock, likewise.
pub(super) fn of_campaign(args: &FuzzArgs, target: &ServerArgs) -> Vec<String> {
    let which = (args.which.server.as_deref(), args.which.mock.as_deref().unwrap_or("strict"));
    let mut options = match &args.which.parser {
        Some(command) => {
            let persistent = args.which.persistent.then(|| "--persistent".to_owned());
            let refused = args.which.refused_exit.map(|status| format!("--refused-exit={status}"));
            let parser = ["--parser".to_owned(), command.clone()];
            parser.into_iter().chain(persistent).chain(refused).collect()
        }
        None => of_target(which, target, &args.calls.ids),
    };
    let mut say = |words: &[&str]| options.extend(words.iter().map(|word| (*word).to_owned()));
    for host in &args.which.allow_host {
        say(&["--allow-host", host]);
    }
    say(&["--seed", &args.seed.to_string()]);
    if let Some(requests) = args.requests {
        say(&["--requests", &requests.to_string()]);
    }
    options.extend(of_grading(args.profile, args.bp));
    options
}

/// The options of a campaign against a client, likewise.
pub(super) fn of_client_campaign(args: &FuzzArgs, command: &str) -> Vec<String> {
    let refused = args.which.refused_exit.map(|status| format!("--refused-exit={status}"));
    let requests = args.requests.map(|most| ["--requests".to_owned(), most.to_string()]);
    let seed = ["--seed".to_owned(), args.seed.to_string()];
    let client = ["--client".to_owned(), command.to_owned()];
    let options = client.into_iter().chain(refused).chain(seed).chain(requests.into_iter().flatten());
    options.chain(of_grading(args.profile, args.bp)).collect()
}

fn of_grading(profile: Profile, bp: bool) -> Vec<String> {
    let strict = (profile == Profile::Strict).then_some("--profile=strict");
    strict.into_iter().chain(bp.then_some("--bp")).map(str::to_owned).collect()
}

/// Which server, or which mock, and how to talk to it.
fn of_target((server, mock): (Option<&str>, &str), target: &ServerArgs, calls: &CallIdArgs) -> Vec<String> {
    let mut options = Vec::new();
    let mut say = |words: &[&str]| options.extend(words.iter().map(|word| (*word).to_owned()));
    match server.map(Endpoint::parse) {
        // The query may hold a token, and is hidden.
        Some(Ok(endpoint)) => say(&["--server", &endpoint.to_string().replace("(hidden)", "QUERY")]),
        Some(Err(_)) => say(&["--server", "URL"]),
        None => say(&["--mock", mock]),
    }
    let given: [(bool, &[&str]); 8] = [
        (target.insecure, &["--insecure"]),
        (target.cacert.is_some(), &["--cacert", "FILE"]),
        (target.user.is_some(), &["--user", "USER:PASSWORD"]),
        (target.bearer.is_some(), &["--bearer", "TOKEN"]),
        (target.proxy.is_some(), &["--proxy", "PROXY"]),
        (calls.play_on_phone, &["--play-on-phone", "--entry-id", "ENTRY", "--dial-string", "NUMBER"]),
        (!calls.call_id.is_empty(), &["--call-id", "ID"]),
        (calls.call_id_cmd.is_some(), &["--call-id-cmd", "CMD"]),
    ];
    for (is_given, words) in given {
        if is_given {
            say(words);
        }
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
    options.extend(args.persistent.then(|| "--persistent".to_owned()));
    options.extend(of_grading(args.profile, args.bp));
    options
}
