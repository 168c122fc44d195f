//! What is shown of a case for clients: the request that came beside the right one, and what it was answered.

use super::difference::between;
use super::exchange::head;
use super::packed::Texts;
use super::shown::{Block, Side};
use crate::catalogue::{ClientCase, Play, client_control_case};
use crate::evidence::{ClientControl, ClientEnd, ClientEvidence, ClientRequest, Reaction, Response, Spoil};
use crate::message::{Draft, Ids, told};

/// Of what a client did in a case, on every try.
pub(super) fn blocks(case: Option<&ClientCase>, evidence: &ClientEvidence, texts: &mut Texts) -> Vec<Block> {
    if evidence.earlier.is_empty() {
        return of_try(case, evidence, "", texts);
    }
    let mut blocks = Vec::new();
    for (number, each) in evidence.tries().enumerate() {
        blocks.extend(of_try(case, each, &format!("Try {}: ", number + 1), texts));
    }
    blocks
}

/// Of what a client did before the cases.
pub(super) fn control_blocks(control: &ClientControl, texts: &mut Texts) -> Vec<Block> {
    let mut blocks = Vec::new();
    for step in &control.steps {
        let case = client_control_case(&step.case);
        let title = format!("{}: ", told(&step.case));
        blocks.extend(of_try(case, &step.evidence, &title, texts));
    }
    blocks
}

/// What a client came to, in words.
pub(super) fn end_words(evidence: &ClientEvidence) -> String {
    let end = match &evidence.end {
        None => "not seen: the client was run by hand".to_owned(),
        Some(ClientEnd::Crashed(why)) => format!("it broke off: {}", told(why)),
        Some(ClientEnd::Disconnected) => "it reports that the call was disconnected".to_owned(),
        Some(ClientEnd::Hung) => "still running when its time was up".to_owned(),
        Some(ClientEnd::Refused) => "it reports that the call was not disconnected".to_owned(),
        Some(ClientEnd::Threw(uncaught)) => told(&uncaught.to_string()),
    };
    match evidence.requests.len() {
        1 => format!("1 request, then: {end}"),
        count => format!("{count} requests, then: {end}"),
    }
}

fn of_try(case: Option<&ClientCase>, evidence: &ClientEvidence, of: &str, texts: &mut Texts) -> Vec<Block> {
    let mut notes = vec![format!("What came of it: {}.", end_words(evidence))];
    if evidence.contacted {
        notes.push("The address that only answers name was contacted.".to_owned());
    }
    if evidence.requests.is_empty() {
        return vec![Block { title: format!("{of}no request came"), notes, sides: Vec::new() }];
    }
    let mut blocks = Vec::new();
    for (number, request) in evidence.requests.iter().enumerate() {
        let method = told(&request.method);
        let title = format!("{of}{}. {method} {}", number + 1, told(&request.target));
        let sides = sides(case, request, texts);
        let mut block = Block { title, notes: std::mem::take(&mut notes), sides };
        if request.at_other_host {
            block.notes.push("It came to the other host, to which a redirect leads.".to_owned());
        }
        block.notes.extend(request.flaws.iter().map(|flaw| format!("Not HTTP: {}.", told(&flaw.words()))));
        blocks.push(block);
    }
    blocks
}

/// The right request, where there is one, what came, and what it was answered.
fn sides(case: Option<&ClientCase>, request: &ClientRequest, texts: &mut Texts) -> Vec<Side> {
    let mut sides = Vec::new();
    let line = format!("{} {} HTTP/{}", request.method, request.target, request.version);
    let mut received = Side {
        label: "Received: the request that came".to_owned(),
        head: Some(texts.add(&head(&line, &request.headers))),
        body: Some(texts.add(&request.body.0)),
        ..Side::default()
    };
    if let Some(right) = case.filter(|_| !request.is_safe()).and_then(right) {
        let mut beside = Side {
            label: "Expected: the plain request with this id".to_owned(),
            body: Some(texts.add(&right)),
            ..Side::default()
        };
        if let Some((there, here)) = between(&right, &request.body.0) {
            beside.body_marks = Some((there.start, there.end)).filter(|(a, b)| a < b).into_iter().collect();
            received.body_marks = vec![(here.start, here.end)];
        }
        sides.push(beside);
    }
    sides.push(received);
    if let Some(Play::Answers(turns)) = case.map(|case| &case.play)
        && let Some(turn) = request.turn.and_then(|turn| turns.get(turn))
    {
        sides.push(reaction(&turn.reaction, texts));
    }
    sides
}

/// The plain request for the id that the client is given, for a client that is to send one.
fn right(case: &ClientCase) -> Option<Vec<u8>> {
    let is_one = matches!(case.play, Play::Answers(_) | Play::Twice);
    let ids = Ids { this: case.call_id.to_string(), ..Ids::default() };
    is_one.then(|| Draft::disconnect(&[]).body(&ids))
}

/// What the listener did.
fn reaction(reaction: &Reaction, texts: &mut Texts) -> Side {
    let label = "What it was answered".to_owned();
    let words = |words: &str| words.to_owned();
    let response = |response: &Response, words: String, texts: &mut Texts| {
        let fields: Vec<_> =
            response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let head = texts.add(&head(&format!("HTTP/1.1 {}", response.status), &fields));
        let body = texts.add(&response.body);
        Side { label: label.clone(), words, head: Some(head), body: Some(body), ..Side::default() }
    };
    let bytes = |bytes: &[u8], words: String, texts: &mut Texts| Side {
        label: label.clone(),
        words,
        body: Some(texts.add(bytes)),
        ..Side::default()
    };
    match reaction {
        Reaction::Answer(answer) => response(answer, String::new(), texts),
        Reaction::Close => bytes(b"", words("the connection is closed without an answer"), texts),
        Reaction::Die => bytes(b"", words("the connection is closed, and no other is taken"), texts),
        Reaction::Early(raw) => bytes(raw, words("before the body of the request has come"), texts),
        Reaction::Hang => bytes(b"", words("no answer, and the connection stays open"), texts),
        Reaction::Keep(raw) => bytes(raw, words("the connection stays open afterwards"), texts),
        Reaction::Pieces(pieces) => {
            bytes(&pieces.concat(), words("in pieces, with pauses between them"), texts)
        }
        Reaction::Raw(raw) => bytes(raw, String::new(), texts),
        Reaction::Reset => bytes(b"", words("the connection is reset without an answer"), texts),
        Reaction::Spoil(answer, spoil) => response(answer, words(spoil_words(*spoil)), texts),
    }
}

fn spoil_words(spoil: Spoil) -> &'static str {
    match spoil {
        Spoil::CloseInBody => "closed within the body",
        Spoil::CloseInHead => "closed within the head",
        Spoil::Drip => "byte by byte",
        Spoil::EndlessBody => "with a body that does not end",
        Spoil::EndlessChunks => "with chunks that do not end",
        Spoil::EndlessHead => "with a head that does not end",
        Spoil::HangInBody => "stops within the body, and the connection stays open",
        Spoil::HangInHead => "stops within the head, and the connection stays open",
        Spoil::LengthLong => "with a length that is too long",
        Spoil::LengthLongOpen => "with a length that is too long, and the connection stays open",
        Spoil::LengthShort => "with a length that is too short",
        Spoil::ResetInBody => "reset within the body",
        Spoil::Slow => "slowly",
        Spoil::Twice => "twice",
    }
}
