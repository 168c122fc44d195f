/// How the password of a run's own credentials is spelled wrongly. Alphabetical.
///
/// What comes of it is as secret as the password itself: a draft only says which spelling it wants, and the target
/// writes it, and hides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Misspelling {
    /// No password at all.
    Empty,
    /// The password with a letter more.
    Longer,
    /// Another password, which has nothing of the right one.
    Other,
    /// The password with the case of every letter changed.
    OtherCase,
}

/// Bytes of a password from which on there is no wrong spelling of it: some ways of keeping passwords look at the
/// first 72 bytes alone (bcrypt), and say so.
const LONGEST: usize = 64;

impl Misspelling {
    /// Every spelling.
    pub const ALL: [Self; 4] = [Self::Empty, Self::Longer, Self::Other, Self::OtherCase];

    /// Whether what comes of it tells something of the password.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Longer | Self::OtherCase)
    }

    /// The wrong spelling of a password; none where it would be the right one.
    pub fn of(self, password: &str) -> Option<String> {
        let swapped = |c: char| {
            if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
        };
        let wrong = match self {
            Self::Empty => String::new(),
            Self::Longer => format!("{password}x"),
            Self::Other => "umspec-wrong".to_owned(),
            Self::OtherCase => password.chars().map(swapped).collect(),
        };
        (wrong != password && password.len() < LONGEST).then_some(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_are_other_ones() {
        assert_eq!(Misspelling::OtherCase.of("Hunter-22").as_deref(), Some("hUNTER-22"));
        assert_eq!(Misspelling::OtherCase.of("1234-5678"), None);
        assert_eq!(Misspelling::Longer.of("hunter22").as_deref(), Some("hunter22x"));
        assert_eq!(Misspelling::Empty.of(""), None);
        assert_eq!(Misspelling::Empty.of("hunter22").as_deref(), Some(""));
        assert_eq!(Misspelling::Longer.of(&"a".repeat(72)), None);
        for misspelling in Misspelling::ALL {
            assert_ne!(misspelling.of("hunter22").as_deref(), Some("hunter22"));
        }
    }
}
