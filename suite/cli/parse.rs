use std::io::{BufRead as _, BufReader, Read as _, Write as _};

use super::args::{MessageKind, ParseArgs};
use super::exit::Exit;
use super::output::{complain, say, say_as_it_is};
use super::trouble::Trouble;
use umspec::message;
use umspec::message::xml::Limits;

/// Longest head of a frame in bytes.
const MAX_HEAD: u64 = 64;

/// Longest message of a frame in bytes: more than the reader takes, so that it is the one to refuse.
const MAX_FRAME: usize = 64 << 20;

/// Reads a message, or many, from standard input.
pub(crate) fn parse(args: &ParseArgs) -> Result<Exit, Trouble> {
    let charset = args.charset.as_deref().filter(|charset| !charset.is_empty());
    let kind = match args.kind {
        MessageKind::Persistent => return persistent(charset),
        MessageKind::Request => message::MessageKind::Request,
        MessageKind::Reply => message::MessageKind::Reply,
    };
    // One byte more than the limit is enough to know that it is exceeded.
    let most = Limits::default().bytes as u64 + 1;
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    match message::parse(kind, &bytes, charset) {
        Ok(text) => {
            // A stream that drops escape codes would drop characters of an id.
            say_as_it_is(&text)?;
            say("\n")?;
            Ok(Exit::Passed)
        }
        Err(refusal) => {
            complain(&format!("{refusal}\n"));
            Ok(Exit::Failed)
        }
    }
}

/// Reads message after message until standard input ends.
fn persistent(charset: Option<&str>) -> Result<Exit, Trouble> {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut output = std::io::stdout().lock();
    while let Some((kind, bytes)) = frame(&mut input)? {
        let (word, text) = match message::parse(kind, &bytes, charset) {
            Ok(text) => ("accepted", text),
            Err(refusal) => ("refused", refusal.to_string()),
        };
        let answer = format!("{word} {}\n{text}", text.len());
        if output.write_all(answer.as_bytes()).and_then(|()| output.flush()).is_err() {
            // Whoever asked went away.
            break;
        }
    }
    Ok(Exit::Passed)
}

fn frame(input: &mut impl std::io::BufRead) -> Result<Option<(message::MessageKind, Vec<u8>)>, Trouble> {
    let mut head = Vec::new();
    input.by_ref().take(MAX_HEAD).read_until(b'\n', &mut head).map_err(|error| unreadable(&error))?;
    if head.is_empty() {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&head);
    let parts = line.strip_suffix('\n').and_then(|line| line.split_once(' '));
    let parts = parts.and_then(|(kind, length)| Some((kind.parse().ok()?, length.parse().ok()?)));
    let Some((kind, length)) = parts.filter(|(_, length)| *length <= MAX_FRAME) else {
        return Err(Trouble::usage(format!(
            "no head of a frame: {line:?}; umspec run --help tells its form"
        )));
    };
    let mut bytes = vec![0; length];
    input.read_exact(&mut bytes).map_err(|error| unreadable(&error))?;
    Ok(Some((kind, bytes)))
}

fn unreadable(error: &std::io::Error) -> Trouble {
    Trouble::usage(format!("cannot read standard input: {error}"))
}
