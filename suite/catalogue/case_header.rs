use super::{Case, ClientCase, MessageCase, ReplyCase};
use crate::protocol::{Level, Requirement, RequirementId};

/// What cases of every kind have.
pub trait CaseHeader {
    /// `family/what-is-particular`, kebab case. Public, and never used again for something else.
    fn id(&self) -> &str;

    /// What it is about: a sentence.
    fn about(&self) -> &str;

    /// The requirements it looks at; the first one grades a deviation.
    fn requirements(&self) -> &[RequirementId];

    /// Whether it only runs when slow cases are asked for.
    fn is_slow(&self) -> bool {
        false
    }

    /// The part of the id before the slash.
    fn family(&self) -> &str {
        self.id().split('/').next().unwrap_or_default()
    }

    /// The requirement that grades a deviation.
    fn primary(&self) -> &'static Requirement {
        // A test holds that every case cites one.
        let first = self.requirements().first();
        first.unwrap_or_else(|| unreachable!("case {} cites no requirement", self.id())).requirement()
    }

    /// How binding it is.
    fn level(&self) -> Level {
        self.primary().level
    }
}

impl CaseHeader for Case {
    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn requirements(&self) -> &[RequirementId] {
        &self.requirements
    }

    fn is_slow(&self) -> bool {
        self.slow
    }

    fn level(&self) -> Level {
        if self.recorded { Level::Record } else { self.primary().level }
    }
}

impl CaseHeader for ClientCase {
    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn requirements(&self) -> &[RequirementId] {
        &self.requirements
    }
}

impl CaseHeader for MessageCase {
    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn requirements(&self) -> &[RequirementId] {
        &self.requirements
    }
}

impl CaseHeader for ReplyCase {
    fn id(&self) -> &str {
        &self.id
    }

    fn about(&self) -> &str {
        &self.about
    }

    fn requirements(&self) -> &[RequirementId] {
        &self.requirements
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalogue::{cases, client_cases, parser_cases, replies};

    fn check<C: CaseHeader>(all: &[C]) {
        let mut seen = BTreeSet::new();
        for case in all {
            let id = case.id();
            let (family, name) = id.split_once('/').expect("family/name");
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            for part in [family, name] {
                assert!(!part.is_empty() && part.chars().all(kebab), "{id}");
            }
            assert_eq!(case.family(), family);
            assert!(seen.insert(id), "{id} twice");
            assert!(case.about().ends_with('.'), "{id}: {}", case.about());
            assert!(!case.requirements().is_empty(), "{id}");
            for requirement in case.requirements() {
                assert_eq!(requirement.requirement().id, *requirement, "{id}");
            }
        }
    }

    #[test]
    fn ids_are_kebab_case_and_unique_and_requirements_exist() {
        check(cases());
        check(client_cases());
        check(parser_cases());
        check(replies());
    }
}
