//! References in text and attribute values (XML 4.1).

use super::chars::is_xml_char;
use super::is_ncname;
use crate::protocol::Defect;

/// The character that a reference stands for; `body` is what is between `&` and `;`.
pub(super) fn resolve(body: &str) -> Result<char, Defect> {
    let Some(number) = body.strip_prefix('#') else {
        return match body {
            "amp" => Ok('&'),
            "apos" => Ok('\''),
            "gt" => Ok('>'),
            "lt" => Ok('<'),
            "quot" => Ok('"'),
            _ if is_ncname(body) => Err(Defect::EntityUndeclared),
            _ => Err(Defect::AmpersandAlone),
        };
    };
    let (digits, radix) = match number.strip_prefix('x') {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return Err(Defect::AmpersandAlone);
    }
    // Leading zeros are legal and unbounded, so they must not overflow the number.
    let significant = digits.trim_start_matches('0');
    u32::from_str_radix(significant, radix)
        .ok()
        .and_then(char::from_u32)
        .filter(|&c| is_xml_char(c))
        .ok_or(Defect::CharacterForbidden)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_or_named() {
        assert_eq!(resolve("amp"), Ok('&'));
        assert_eq!(resolve("#61"), Ok('='));
        assert_eq!(resolve("#x0000000000000000000000003D"), Ok('='));
        assert_eq!(resolve("#x10FFFF"), Ok('\u{10FFFF}'));
        for body in ["#0", "#x1", "#xD800", "#xFFFE", "#x110000", "#99999999999999999999", "#00"] {
            assert_eq!(resolve(body), Err(Defect::CharacterForbidden), "{body}");
        }
        for body in ["", "#", "#x", "#X41", "#-1", "#1a", " amp", "1a"] {
            assert_eq!(resolve(body), Err(Defect::AmpersandAlone), "{body}");
        }
        for body in ["nbsp", "AMP", "foo"] {
            assert_eq!(resolve(body), Err(Defect::EntityUndeclared), "{body}");
        }
    }
}
