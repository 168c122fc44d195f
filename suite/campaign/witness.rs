//! Servers of our own in this process that are given the same inputs: what they make of one tells how particular
//! the answer of the subject is, and whether a finding would be one of a lawful server as well.

use std::sync::OnceLock;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{Mutex, OnceCell};

use super::label::Label;
use super::probe::{lean_attempt, written};
use super::signature::came;
use crate::evidence::{CallOrigin, Handler, observe};
use crate::judge::{Control, Grading, Judgement};
use crate::message::{Draft, HttpRequest, Ids, charset_of, read_request};
use crate::mock::{CallState, Service, Variant, variants};
use crate::protocol::{Operation, Profile};
use crate::run::CallSource;
use crate::run::server::{Calls, CaseRun, Line, Patience, Prober, establish_spelled};
use crate::target::{LocalServer, Server};

/// The variants whose outcomes stand in the tuple beside that of the strict mock: each reads or refuses other
/// things than it.
const IN_TUPLE: [&str; 3] =
    ["trims-call-id", "takes-envelope-without-namespace", "faults-malformed-as-client"];

/// One lawful server, with what is known of it before anything is sent.
struct Lawful {
    prober: Prober,
    control: Control,
}

/// The servers of the tuple, each with a call that is up.
pub(super) struct Tuple {
    members: Vec<(Service, Option<String>)>,
    placed: u64,
}

impl Tuple {
    pub(super) fn new() -> Self {
        let named = variants().filter(|variant| IN_TUPLE.contains(&variant.name));
        let services = std::iter::once(Service::strict()).chain(named.map(Variant::service));
        Self { members: services.map(|service| (service, None)).collect(), placed: 0 }
    }

    /// What each of them makes of a request, and what the reference reader does, in a line.
    pub(super) fn outcomes(&mut self, write: impl Fn(&Ids) -> HttpRequest) -> String {
        let mut told = String::new();
        for (number, (service, call)) in self.members.iter_mut().enumerate() {
            self.placed += 1;
            let id = call.take().or_else(|| place(service, self.placed)).unwrap_or_default();
            let request = write(&Ids { this: id.clone(), ..Ids::default() });
            if number == 0 {
                let charset = request.header("content-type").and_then(charset_of);
                let read = read_request(&request.body, charset.as_deref());
                told.push_str(
                    &read.map_or_else(|refusal| format!("{:?}", refusal.defect), |_| "read".to_owned()),
                );
            }
            let outcome = observe(&Handler::answer(service, &request)).outcome;
            if !outcome.claims_success() && service.call_state(&id) != Some(CallState::Disconnected) {
                *call = Some(id);
            }
            told.push('|');
            told.push_str(&came(&outcome));
        }
        told
    }
}

fn place(service: &Service, number: u64) -> Option<String> {
    let values = vec!["dw==".to_owned(), number.to_string()];
    let request = Draft::plain(Operation::PlayOnPhone, values).write(&Ids::default());
    observe(&Handler::answer(service, &request)).message?.issued.map(|issued| issued.id)
}

/// Every lawful server that we know, once for the process. Each is asked by one at a time.
static LAWFUL: OnceLock<Vec<Named>> = OnceLock::new();

/// A lawful server by its name, established when it is asked first; nothing where that cannot be.
type Named = (&'static str, Mutex<OnceCell<Option<Lawful>>>);

fn lawful() -> &'static [Named] {
    LAWFUL.get_or_init(|| {
        let names = std::iter::once("strict").chain(variants().map(|variant| variant.name));
        names.map(|name| (name, Mutex::new(OnceCell::new()))).collect()
    })
}

async fn established(name: &str) -> Option<Lawful> {
    let service = match variants().find(|variant| variant.name == name) {
        Some(variant) => variant.service(),
        None => Service::strict(),
    };
    let server = Server::from(LocalServer::new(Box::new(service), Vec::new()));
    let none = Patience { request: Duration::ZERO, run: Duration::ZERO };
    let mut prober = Prober {
        line: Line::new(server, none),
        calls: Calls::new(CallSource::Mock, Duration::from_secs(1), None),
        canary: None,
        settle: Duration::ZERO,
    };
    let established = establish_spelled(&mut prober, CallOrigin::Mock).await;
    let control = Control::of(&established.evidence);
    control.fatal.is_none().then_some(Lawful { prober, control })
}

/// The name of a lawful server that would be given the same finding for the same input, if there is one. `shows`
/// says whether it is the same.
pub(super) async fn also_of_lawful(
    label: &Label,
    grading: Grading,
    shows: impl Fn(&Judgement) -> bool,
) -> Option<&'static str> {
    // Only the interop profile takes every documented variant for lawful.
    let most = if grading.profile == Profile::Interop && !grading.bp { usize::MAX } else { 1 };
    for (name, server) in lawful().iter().take(most) {
        let server = server.lock().await;
        let Some(server) = server.get_or_init(|| established(name)).await else { continue };
        let asked = async {
            let label = label.named(&format!("{}~{name}", label.case().id));
            if label.case().edits().is_none() {
                let attempt =
                    CaseRun::new(&server.prober, &server.control, None, label.case(), 1).attempt(false);
                return Some(shows(&label.judge(&server.control, grading, &[attempt.await])));
            }
            let id = server.prober.place(Operation::PlayOnPhone, &label.case().id).await.id?;
            let exchange = server.prober.line.exchange(&written(&server.prober, label.case(), &id)).await;
            let attempt = lean_attempt(server.control.level, exchange);
            let judgement = label.judge(&server.control, grading, &[attempt]);
            // A server of one line has room for the next call.
            server.prober.plain(&id).await;
            Some(shows(&judgement))
        };
        // In this process everything is there at the first look.
        if asked.now_or_never().flatten() == Some(true) {
            return Some(name);
        }
    }
    None
}
