use super::args::CallArgs;
use super::exit::Exit;
use super::output::{complain, say};
use super::run::target_options;
use super::runtime::runtime;
use super::trouble::Trouble;
use umspec::evidence::Answer;
use umspec::message::{CallId, Draft, Ids, Reply, charset_of, read_reply, told};
use umspec::target::{Endpoint, HttpServer};

/// Sends one Disconnect. Exit 0: disconnected; 1: a fault, an answer that is none, or no answer.
pub(crate) fn call(args: &CallArgs) -> Result<Exit, Trouble> {
    let id = match CallId::new(args.call_id.clone()) {
        Ok(id) => id,
        // What cannot be sent is refused like what a server refuses (UMD-R159).
        Err(error) => {
            complain(&format!("umspec: {error}\n"));
            return Ok(Exit::Failed);
        }
    };
    let endpoint = Endpoint::parse(&args.url).map_err(|error| Trouble::usage(error.to_string()))?;
    let options = target_options(&args.target)?;
    let server = HttpServer::new(endpoint, &options).map_err(|error| Trouble::usage(error.to_string()))?;
    // A client takes no answer whose end is in doubt, and a library sees to that.
    let server = server.by_library();
    let request = Draft::disconnect(&[]).write(&Ids { this: id.as_str().to_owned(), ..Ids::default() });
    let exchange = runtime()?.block_on(server.exchange(&request));
    let http = match exchange.answer {
        Answer::Silence(silence) => {
            complain(&format!("umspec: {silence}\n"));
            return Ok(Exit::Failed);
        }
        Answer::Http(http) => http,
    };
    if !http.complete {
        // Even where a whole envelope has come: what else belongs to it nobody knows (RFC 9112 8).
        complain(&format!(
            "umspec: the answer with status {} breaks off, or is framed as nothing is\n",
            http.status
        ));
        return Ok(Exit::Failed);
    }
    let charset = http.header("content-type").and_then(charset_of);
    match read_reply(&http.body.0, charset.as_deref()) {
        // A message that holds only a fault is one whatever the status (BP R1107).
        Ok(Reply::Fault(fault)) => {
            let text = fault.string.as_deref().unwrap_or_default();
            let meaning = fault.meaning().to_string();
            complain(&format!(
                "umspec: the server answered {} with a fault, {}: {}\n",
                http.status,
                told(&meaning),
                told(text)
            ));
            Ok(Exit::Failed)
        }
        Ok(Reply::Disconnected) if (200..300).contains(&http.status) => {
            say("disconnected\n")?;
            Ok(Exit::Passed)
        }
        Ok(Reply::Disconnected) => {
            complain(&format!("umspec: the server answered {} with a DisconnectResponse\n", http.status));
            Ok(Exit::Failed)
        }
        Err(refusal) => {
            complain(&format!(
                "umspec: the server answered {} without a SOAP message: {refusal}\n",
                http.status
            ));
            Ok(Exit::Failed)
        }
    }
}
