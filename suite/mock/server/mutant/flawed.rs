//! What a bug makes of the service, as hooks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::bug::{Bug, Mutant, UnknownId, Variant};
use super::memory::Remembering;
use super::moody::Moody;
use super::rewrite::page;
use super::slow::square;
use super::tree::Element;
use crate::evidence::{Reaction, Response};
use crate::message::xml::Refusal;
use crate::message::{Request as Message, read_request};
use crate::mock::listener::{Quirk, Request};
use crate::mock::server::answer::{AnswerKind, plain};
use crate::mock::server::calls::Calls;
use crate::mock::server::hooks::Hooks;
use crate::mock::server::service::Service;
use crate::protocol::{Defect, names};

impl Mutant {
    /// The service with this defect.
    pub fn service(&self) -> Service {
        of_bug(self.bug)
    }
}

impl Variant {
    /// The service that differs so.
    pub fn service(&self) -> Service {
        of_bug(self.bug)
    }
}

fn of_bug(bug: Bug) -> Service {
    let calls = match bug {
        Bug::CallIds(key) => Calls::kept_by(key),
        Bug::Issues(form) => Calls::with_ids(form),
        _ => Calls::default(),
    };
    flawed_service(bug, calls)
}

/// The service with this bug that keeps its calls here.
pub(in crate::mock::server) fn flawed_service(bug: Bug, calls: impl Into<Arc<Calls>>) -> Service {
    if let Bug::State(state) = bug {
        return Service::with_hooks(Remembering::new(state), calls);
    }
    if let Bug::Mood(mood) = bug {
        return Service::with_hooks(Moody::new(mood), calls);
    }
    Service::with_hooks(Flawed { bug, is_down: AtomicBool::new(false) }, calls)
}

/// The hooks of a bug that remembers nothing, but for a crash.
#[derive(Debug)]
struct Flawed {
    bug: Bug,
    /// Whether it has crashed, and the next request meets it on its way up.
    is_down: AtomicBool,
}

impl Hooks<Service> for Flawed {
    fn takes_turns(&self) -> bool {
        matches!(self.bug, Bug::TakesTurns)
    }

    fn quirk(&self) -> Option<Quirk> {
        match self.bug {
            Bug::Line(quirk) => Some(quirk),
            _ => None,
        }
    }

    fn takes_broken_framing(&self) -> bool {
        matches!(self.bug, Bug::Framing)
    }

    fn before_framing_error(&self, _status: u16) -> Option<Reaction> {
        matches!(self.bug, Bug::HangsOnFraming).then_some(Reaction::Hang)
    }

    fn before_request(&self, service: &Service, request: &Request<'_>) -> Option<Reaction> {
        match self.bug {
            Bug::Crashes(when) => {
                let meets_crash = self.is_down.swap(false, Ordering::SeqCst);
                let crashes = !meets_crash && when(request);
                if crashes {
                    self.is_down.store(true, Ordering::SeqCst);
                }
                (meets_crash || crashes).then_some(Reaction::Reset)
            }
            Bug::Hangs(when) => when(request).then_some(Reaction::Hang),
            Bug::Http(react) => react(service, request),
            Bug::Routes(way) => service.knows(request).then(|| way(request)).flatten(),
            Bug::Status(when, status) => {
                (service.knows(request) && when(request)).then(|| plain(status, "refused").into())
            }
            _ => None,
        }
    }

    fn before_reading(&self, _: &Service, body: &[u8], _: Option<&str>) -> Option<Reaction> {
        if let Bug::Slow(part) = self.bug {
            std::thread::sleep(square(part(&String::from_utf8_lossy(body))));
        }
        None
    }

    fn replace_body(&self, body: &[u8]) -> Option<Vec<u8>> {
        match self.bug {
            Bug::Misreads(misread) => Some(misread(body)),
            _ => None,
        }
    }

    fn after_refusal(&self, body: &[u8], charset: Option<&str>) -> Option<Result<Message, Refusal>> {
        let bytes = match self.bug {
            Bug::Lenient(change) => {
                let mut root = Element::read(body, charset)?;
                change(&mut root);
                root.write()
            }
            Bug::Knows(which) => {
                let mut root = Element::read(body, charset)?;
                let body = root.child_mut("Body")?;
                body.for_each(&mut |element| {
                    let is_operation = matches!(&*element.local, "Disconnect" | "CallId");
                    if is_operation && element.namespace.as_deref().is_some_and(which) {
                        element.namespace = Some(names::MESSAGES.to_owned());
                    }
                });
                root.write()
            }
            Bug::CallIds(key) => {
                // A server that keeps less than it is sent has no use for a limit of its own.
                let mut root = Element::read(body, charset)?;
                root.for_each(&mut |element| {
                    if element.local == "CallId" {
                        element.text = key(&element.text);
                    }
                });
                root.write()
            }
            Bug::Repairs(repair) => {
                // What cannot be repaired is refused for what it is.
                return repair(body).and_then(|bytes| read_request(&bytes, None).ok()).map(Ok);
            }
            _ => return None,
        };
        Some(read_request(&bytes, None))
    }

    fn refuses(&self, body: &[u8]) -> bool {
        matches!(self.bug, Bug::Refuses(refuses) if refuses(&String::from_utf8_lossy(body)))
    }

    fn before_ending(&self, service: &Service, id: &str) -> Option<Reaction> {
        match self.bug {
            Bug::Finds(fits) if service.calls().peek(id).is_none() => {
                let found = service.calls().last_up(|known| fits(known, id))?;
                service.calls().end(&found);
                Some(service.say(AnswerKind::Success))
            }
            Bug::Unknown(which, what) => {
                (service.calls().peek(id).is_none() && which(id)).then(|| unknown(service, what))
            }
            _ => None,
        }
    }

    fn before_fault(
        &self,
        service: &Service,
        defect: Defect,
        body: &[u8],
        _charset: Option<&str>,
    ) -> Option<Reaction> {
        match self.bug {
            Bug::Breaks(defects) => defects.contains(&defect).then(|| page(500)),
            Bug::Faults(fault) => fault(defect).map(Reaction::from),
            Bug::Swallows(defects) => defects.contains(&defect).then(|| service.say(AnswerKind::Success)),
            Bug::Takes(defects) => defects.contains(&defect).then(|| service.disconnect(&searched(body))),
            // An id beyond every limit has no call either.
            Bug::Unknown(which, what) if defect == Defect::CallIdLong => {
                which(&searched(body)).then(|| unknown(service, what))
            }
            _ => None,
        }
    }

    fn before_answer(&self, kind: AnswerKind, response: Response) -> Reaction {
        match self.bug {
            Bug::Answers(change) => change(kind, response),
            _ => response.into(),
        }
    }

    fn after_message(&self, service: &Service, body: &[u8], charset: Option<&str>) {
        if let Bug::Also(more) = self.bug
            && let Some(root) = Element::read(body, charset)
        {
            for id in more(&root) {
                service.calls().end(&id);
            }
        }
    }
}

/// What comes of an id that no call has.
fn unknown(service: &Service, what: UnknownId) -> Reaction {
    match what {
        UnknownId::Breaks => page(500),
        UnknownId::Dies => Reaction::Reset,
        UnknownId::Succeeds => service.say(AnswerKind::Success),
    }
}

/// The text after the first start tag of CallId, as a server finds it that does not parse.
fn searched(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let after = text.split_once("CallId").and_then(|(_, rest)| rest.split_once('>'));
    after.map_or("", |(_, rest)| rest.split("</").next().unwrap_or_default()).to_owned()
}
