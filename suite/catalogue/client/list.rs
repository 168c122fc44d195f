use std::sync::LazyLock;

use super::case::ClientCase;
use super::{
    ahead, call_id, coding, field, hostile, http, kept, length, life, line, loose, near, redirect, reply,
    segment,
};

/// Every case for clients that end calls they are told of, then those for clients that place them.
pub fn client_cases() -> &'static [ClientCase] {
    static CASES: LazyLock<Vec<ClientCase>> = LazyLock::new(|| {
        [
            http::cases(),
            near::cases(),
            field::cases(),
            length::cases(),
            loose::cases(),
            coding::cases(),
            line::cases(),
            segment::cases(),
            kept::cases(),
            ahead::cases(),
            redirect::cases(),
            call_id::cases(),
            hostile::cases(),
            reply::cases(),
            life::cases(),
        ]
        .into_iter()
        .flatten()
        .collect()
    });
    &CASES
}

/// The case for clients with this id.
pub fn client_case(id: &str) -> Option<&'static ClientCase> {
    client_cases().iter().find(|case| case.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_cases_for_servers_are_not_used_again() {
        for case in client_cases() {
            assert!(crate::catalogue::case(&case.id).is_none(), "{}", case.id);
        }
    }
}
