//! What a hard mutant makes of the service, as hooks.

use std::sync::{Arc, Mutex, PoisonError};

use super::factor::Factor;
use super::fault::Fault;
use super::mutant::HardMutant;
use super::seen::{Past, Seen};
use crate::evidence::{Reaction, Response};
use crate::mock::listener::Request;
use crate::mock::server::calls::Calls;
use crate::mock::server::hooks::Hooks;
use crate::mock::server::mutant::flawed_service;
use crate::mock::server::service::Service;

impl HardMutant {
    /// The service with this defect.
    pub fn service(&self) -> Service {
        let calls = Arc::new(Calls::default());
        let flawed = self.fault.bug().map(|bug| flawed_service(bug, Arc::clone(&calls)));
        let hooks = Provoked { factors: self.factors, fault: self.fault, flawed, past: Mutex::default() };
        Service::with_hooks(hooks, calls)
    }
}

/// The hooks of a server that goes wrong where all its factors meet.
#[derive(Debug)]
struct Provoked {
    factors: &'static [Factor],
    fault: Fault,
    /// The service that has the defect for good, with the same calls.
    flawed: Option<Service>,
    past: Mutex<Past>,
}

impl Hooks<Service> for Provoked {
    fn before_request(&self, service: &Service, request: &Request<'_>) -> Option<Reaction> {
        if !service.knows(request) {
            return None;
        }
        let seen = Seen::of(request);
        // Nothing panics while holding the lock but what the service itself would panic of.
        let mut past = self.past.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.is_disconnect() {
            if seen.text.contains("<GetCallInfo") {
                past.looks_at(&seen);
            }
            return None;
        }
        past.meets(&seen);
        let up = || service.calls().count_up();
        let meets = self.factors.iter().all(|factor| factor.holds(&seen, &past, up));
        let reaction = match (&self.flawed, self.fault) {
            _ if !meets => service.beyond_authentication(request),
            (_, Fault::Resets) => Reaction::Reset,
            (Some(flawed), _) => flawed.answer(request),
            (None, fault) => {
                fault.spend(&seen);
                fault.tell(&past, &seen, service.beyond_authentication(request))
            }
        };
        let refused = !matches!(&reaction, Reaction::Answer(Response { status: 200..=299, .. }));
        past.leaves(&seen, refused);
        Some(reaction)
    }
}
