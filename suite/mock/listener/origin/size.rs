//! The sizes of chunks (RFC 9112 7.1).

use super::Quirk;
use super::head::{BAD, Refusal, number};

/// The size that the line of one says.
pub(super) fn size_of(line: &str, quirk: Option<Quirk>) -> Result<usize, Refusal> {
    let (size, extension) = line.split_once(';').map_or((line, None), |(size, rest)| (size, Some(rest)));
    let controls = |text: &str| text.contains(['\r', '\n', '\0']);
    if quirk == Some(Quirk::HangsOnOpen)
        && (size.ends_with(' ') || extension.is_some_and(|text| text.contains('\r')))
    {
        return Err(Refusal::Hang);
    }
    // Bad white space, which a recipient must pass over (RFC 9112 7.1.1).
    let size = if extension.is_some() { size.trim_end_matches([' ', '\t']) } else { size };
    if extension.is_some_and(controls) && quirk != Some(Quirk::LfInSize) {
        return Err(BAD);
    }
    let refused = match quirk {
        Some(Quirk::RefusesExtensions) => extension.is_some(),
        Some(Quirk::RefusesExtensionBlanks) => extension.is_some_and(|text| text.contains([' ', '\t'])),
        Some(Quirk::RefusesSecondExtension) => {
            extension.is_some_and(|text| text.contains(';') && !text.contains('"'))
        }
        Some(Quirk::ShortSizeLines) => line.len() > 20,
        Some(Quirk::RefusesCapitalSizes) => size.contains(|c: char| c.is_ascii_uppercase()),
        Some(Quirk::RefusesSmallSizes) => size.contains(|c: char| c.is_ascii_lowercase()),
        Some(Quirk::RefusesZeros) => size.len() > 1 && size.starts_with('0'),
        _ => false,
    };
    if refused {
        return Err(BAD);
    }
    let lax = match quirk {
        Some(Quirk::SizeByLanguage) => number(size, 16),
        Some(Quirk::DigitsOfSize) => {
            let end = size.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(size.len());
            usize::from_str_radix(&size[..end], 16).ok()
        }
        Some(Quirk::WrapsSizes) if size.len() > 16 => {
            usize::from_str_radix(&size[size.len() - 16..], 16).ok()
        }
        _ => None,
    };
    if let Some(size) = lax {
        return Ok(size);
    }
    if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(BAD);
    }
    usize::from_str_radix(size, 16).map_err(|_| BAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_digits_and_nothing_else() {
        for (line, size) in
            [("1f", 31), ("1F;a=\"b;c\"", 31), ("0000", 0), ("001f;a", 31), ("1f ; a = b", 31)]
        {
            assert_eq!(size_of(line, None), Ok(size), "{line}");
        }
        for line in
            ["", " 1f", "1f ", "0x1f", "+1f", "-1f", "1_f", "1fz", "1;a\rb", "1;a\nb", "1000000000000001f"]
        {
            assert_eq!(size_of(line, None), Err(BAD), "{line:?}");
        }
        assert_eq!(size_of("1000000000000001f", Some(Quirk::WrapsSizes)), Ok(31));
        assert_eq!(size_of("0x1f", Some(Quirk::SizeByLanguage)), Ok(31));
    }
}
