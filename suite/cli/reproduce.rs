//! What a case sends, or a record has of it.

use super::args::ShowArgs;
use super::curl::command;
use super::exit::Exit;
use super::load::load;
use super::output::{say, say_bytes};
use super::report::shown;
use super::script::script;
use super::steps::{Values, requests};
use super::trouble::Trouble;
use umspec::catalogue::{
    Case, ClientCase, MessageCase, Play, Stimulus, Turn, case, client_case, messages, parser_case,
};
use umspec::evidence::{Evidence, Reaction, Role, Sent};
use umspec::message::Ids;
use umspec::record::Record;
use umspec::report::{hex_dump, reaction_lines};
use umspec::target::Endpoint;

/// Shows what a case sends, or what a record has of it.
pub(crate) fn show(args: &ShowArgs) -> Result<Exit, Trouble> {
    if let Some(path) = &args.record {
        recorded(args, &load(path)?)?;
    } else if let Some(case) = case(&args.id) {
        match &case.stimulus {
            Stimulus::Request(_) => request(args, case)?,
            Stimulus::Sequence(turns) => sequence(args, case, turns)?,
        }
    } else if let Some(message) =
        parser_case(&args.id).or_else(|| messages().iter().find(|message| message.id == args.id))
    {
        self::message(args, message, client_case(&args.id))?;
    } else if let Some(case) = client_case(&args.id) {
        client(args, case)?;
    } else {
        return Err(Trouble::usage(format!("there is no case {:?}; umspec list shows the ids", args.id)));
    }
    Ok(Exit::Passed)
}

/// The request of a case for servers.
fn request(args: &ShowArgs, case: &Case) -> Result<(), Trouble> {
    if args.step.is_some() {
        return Err(Trouble::usage(format!("{} is one request; --step is for sequences", case.id)));
    }
    let Some(draft) = case.draft() else { return Ok(()) };
    let endpoint = Endpoint::parse(&args.server).map_err(|error| Trouble::usage(error.to_string()))?;
    let mut ids = Ids::default();
    if let Some(id) = args.call_id.first() {
        ids.this.clone_from(id);
    }
    if let Some(id) = args.call_id.get(1) {
        ids.other.clone_from(id);
    }
    let request = draft.write(&ids);
    let wire = endpoint.wire(&request);
    if args.curl {
        return say(&command(&case.id, &request, &args.server, &endpoint, &wire.bytes));
    }
    bytes(args, if args.body { &request.body } else { &wire.bytes })
}

/// A sequence: its script, or the bytes of one step.
fn sequence(args: &ShowArgs, case: &Case, turns: &[Turn]) -> Result<(), Trouble> {
    let endpoint = Endpoint::parse(&args.server).map_err(|error| Trouble::usage(error.to_string()))?;
    let Some(step) = args.step else {
        if args.raw || args.body || args.hex {
            let line =
                format!("{} is a sequence; choose one of its {} steps by --step N", case.id, turns.len());
            return Err(Trouble::usage(line));
        }
        return say(&script(case, turns, &args.server, &endpoint));
    };
    let Some(turn) = step.checked_sub(1).and_then(|index| turns.get(index)) else {
        return Err(Trouble::usage(format!("{} has the steps 1 to {}", case.id, turns.len())));
    };
    if args.curl {
        return Err(Trouble::usage("--curl is for the whole sequence; leave --step out, or take --raw"));
    }
    let requests = requests(&turn.act, &Values::given(&args.call_id));
    let written = requests
        .into_iter()
        .map(|request| if args.body { request.body } else { endpoint.wire(&request).bytes });
    bytes(args, &written.collect::<Vec<_>>().concat())
}

/// Bytes as they are asked for.
fn bytes(args: &ShowArgs, bytes: &[u8]) -> Result<(), Trouble> {
    if args.hex { say(&hex_dump(bytes)) } else { say_bytes(bytes) }
}

/// A message for parsers, which a client may be answered with as well.
fn message(args: &ShowArgs, case: &MessageCase, client: Option<&ClientCase>) -> Result<(), Trouble> {
    if args.curl {
        let kind = case.kind.word();
        let mut line = format!("umspec show {} --body | PARSER {kind}\n", case.id);
        if client.is_some() {
            line.push_str(&format!("umspec mock --cases    # serves it at /case/{}\n", case.id));
        }
        return say(&line);
    }
    bytes(args, &case.bytes)
}

/// What a client is answered in a case.
fn client(args: &ShowArgs, case: &ClientCase) -> Result<(), Trouble> {
    if args.curl {
        return say(&format!(
            "umspec mock --cases    # serves it at http://127.0.0.1:8080/case/{}\nCLIENT http://127.0.0.1:8080/case/{} ID\n",
            case.id, case.id
        ));
    }
    let Play::Answers(turns) = &case.play else {
        return say(&format!(
            "{} is about what the client sends; it is answered by success. umspec explain {} tells more\n",
            case.id, case.id
        ));
    };
    if args.raw || args.body || args.hex {
        let first = turns.first().and_then(|turn| served(&turn.reaction, args.body));
        let first = first.ok_or_else(|| Trouble::usage("nothing is served in this case"))?;
        return bytes(args, &first);
    }
    let mut out = String::new();
    for (number, turn) in turns.iter().enumerate() {
        out.push_str(&format!("answer {}\n", number + 1));
        for line in reaction_lines(&turn.reaction) {
            out.push_str(&format!("    {line}\n"));
        }
    }
    say(&out)
}

/// The bytes that a client is served, or the body of them.
fn served(reaction: &Reaction, body: bool) -> Option<Vec<u8>> {
    let whole = match reaction {
        Reaction::Answer(response) | Reaction::Spoil(response, _) => {
            if body {
                return Some(response.body.clone());
            }
            let mut head = format!("HTTP/1.1 {} -\r\n", response.status);
            for (name, value) in &response.headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", response.body.len()));
            [head.as_bytes(), &response.body].concat()
        }
        Reaction::Early(bytes) | Reaction::Keep(bytes) | Reaction::Raw(bytes) => bytes.clone(),
        Reaction::Pieces(pieces) => pieces.concat(),
        Reaction::Close | Reaction::Die | Reaction::Hang | Reaction::Reset => return None,
    };
    if !body {
        return Some(whole);
    }
    let at = whole.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
    Some(whole[at..].to_vec())
}

/// What a record has of a case.
fn recorded(args: &ShowArgs, record: &Record) -> Result<(), Trouble> {
    if !(args.raw || args.body || args.hex) {
        return say(&shown(record, &args.id)?);
    }
    let entry = record.entries.iter().find(|entry| entry.case == args.id);
    let request = match entry.and_then(|entry| entry.evidence.as_ref()) {
        Some(Evidence::Server(attempts)) => {
            attempts
                .last()
                .and_then(|attempt| attempt.step(Role::Mutant).or_else(|| attempt.step(Role::Turn)))
                .map(|step| {
                    if args.body {
                        step.exchange.sent.body.0.clone()
                    } else {
                        sent_bytes(&step.exchange.sent)
                    }
                })
        }
        Some(Evidence::Client(evidence)) => evidence.requests.last().map(|request| request.body.0.clone()),
        Some(Evidence::Parser(_)) => parser_case(&args.id).map(|case| case.bytes.clone()),
        None => None,
    };
    let request =
        request.ok_or_else(|| Trouble::usage(format!("the record has no request of {}", args.id)))?;
    bytes(args, &request)
}

/// A request as it was sent; put together of its parts where the record does not have its bytes.
fn sent_bytes(sent: &Sent) -> Vec<u8> {
    if let Some(wire) = &sent.wire {
        return wire.0.clone();
    }
    let mut head = format!("{} {} HTTP/1.1\r\n", sent.method, sent.target);
    for (name, value) in &sent.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !sent.body.0.is_empty() {
        head.push_str(&format!("content-length: {}\r\n", sent.body.0.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), &sent.body.0].concat()
}
