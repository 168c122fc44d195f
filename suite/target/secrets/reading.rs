//! Bytes read as characters, each with the way back to its bytes.

/// A character, and the bytes that it was read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) c: char,
    /// First of its bytes.
    pub(super) from: u32,
    /// The byte behind its last.
    pub(super) to: u32,
}

/// A way of reading bytes as characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// ISO 8859-1.
    Latin1,
    /// UTF-8; what is none is a replacement character.
    Utf8,
    /// UTF-16 or UTF-32.
    Wide {
        /// Whether the highest byte comes first.
        big: bool,
        /// The byte at which characters begin: an echo may stand anywhere in an answer.
        phase: usize,
        /// Bytes of a unit: two or four.
        width: usize,
    },
}

/// Every way of reading bytes as UTF-16 and UTF-32. Text of ASCII in one order is text in the other from the byte
/// before or behind; the one that begins with the bytes is first.
const WIDE: [Reading; 12] = {
    let mut all = [Reading::Utf8; 12];
    let mut at = 0;
    while at < 12 {
        let (width, number) = if at < 4 { (2, at) } else { (4, at - 4) };
        all[at] = Reading::Wide { big: number % 2 == 1, phase: number / 2, width };
        at += 1;
    }
    all
};

impl Reading {
    /// The ways in which these bytes may hold one of the secrets: those that hold only ASCII or only
    /// characters beyond Latin-1 among them decide what can be left out.
    pub(super) fn of(bytes: &[u8], secrets: Alphabets) -> Vec<Self> {
        let mut readings = vec![Self::Utf8];
        if secrets.beyond_ascii && !bytes.is_ascii() {
            readings.push(Self::Latin1);
        }
        // In UTF-16 a character of Latin-1 has a zero byte, in UTF-32 every one has.
        let zero = memchr::memchr(0, bytes).is_some();
        readings.extend(WIDE.into_iter().filter(|reading| match reading {
            Self::Wide { width: 2, .. } => zero || secrets.beyond_latin,
            _ => zero,
        }));
        if !secrets.beyond_ascii {
            readings.retain(|reading| reading.may_hold_ascii(bytes));
        }
        readings
    }

    /// Whether there are characters of ASCII, or of those that are one of ASCII in another case: in the wrong order
    /// of bytes there are next to none.
    fn may_hold_ascii(self, bytes: &[u8]) -> bool {
        let Self::Wide { big, phase, width } = self else { return true };
        let joined = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        bytes.get(phase..).unwrap_or_default().chunks_exact(width).any(|unit| {
            let value = if big { unit.iter().fold(0, joined) } else { unit.iter().rev().fold(0, joined) };
            matches!(value, 1..=0x7F | 0x131 | 0x17F | 0x212A)
        })
    }

    /// Reads bytes. Those behind the last whole unit are left out.
    pub(super) fn units(self, bytes: &[u8]) -> Vec<Unit> {
        match self {
            Self::Latin1 => {
                let unit = |(at, byte): (usize, &u8)| Unit {
                    c: char::from(*byte),
                    from: index(at),
                    to: index(at + 1),
                };
                bytes.iter().enumerate().map(unit).collect()
            }
            Self::Utf8 => utf8(bytes),
            Self::Wide { big, phase, width: 2 } => utf16(bytes.get(phase..).unwrap_or_default(), big, phase),
            Self::Wide { big, phase, .. } => utf32(bytes.get(phase..).unwrap_or_default(), big, phase),
        }
    }

    /// Writes ASCII text so that it is read in this way.
    pub(super) fn write(self, text: &str, out: &mut Vec<u8>) {
        let Self::Wide { big, width, .. } = self else {
            out.extend_from_slice(text.as_bytes());
            return;
        };
        for byte in text.bytes() {
            let at = out.len();
            out.resize(at + width, 0);
            out[if big { at + width - 1 } else { at }] = byte;
        }
    }
}

/// Of which characters secrets are made, as far as that decides how they can stand in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Alphabets {
    /// Whether one has a character that is not of ASCII.
    pub(super) beyond_ascii: bool,
    /// Whether one has no character of Latin-1.
    pub(super) beyond_latin: bool,
}

impl Alphabets {
    /// The same, with those of one secret more.
    pub(super) fn with(self, secret: &str) -> Self {
        Self {
            beyond_ascii: self.beyond_ascii || !secret.is_ascii(),
            beyond_latin: self.beyond_latin || secret.chars().all(|c| u32::from(c) > 0xFF),
        }
    }
}

/// An offset, which fits as no text beyond `hide::MAX_TEXT` is read.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn utf8(bytes: &[u8]) -> Vec<Unit> {
    let mut units = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            units.push(Unit { c, from: index(at), to: index(at + c.len_utf8()) });
            at += c.len_utf8();
        }
        let invalid = chunk.invalid().len();
        if invalid > 0 {
            units.push(Unit { c: char::REPLACEMENT_CHARACTER, from: index(at), to: index(at + invalid) });
            at += invalid;
        }
    }
    units
}

fn utf16(bytes: &[u8], big: bool, phase: usize) -> Vec<Unit> {
    let unit = |pair: &[u8]| match (pair, big) {
        ([a, b], true) => u16::from_be_bytes([*a, *b]),
        ([a, b], false) => u16::from_le_bytes([*a, *b]),
        _ => 0,
    };
    let mut at = phase;
    let read = char::decode_utf16(bytes.chunks_exact(2).map(unit)).map(|c| {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let from = at;
        at += 2 * c.len_utf16();
        Unit { c, from: index(from), to: index(at) }
    });
    read.collect()
}

fn utf32(bytes: &[u8], big: bool, phase: usize) -> Vec<Unit> {
    let unit = |(number, four): (usize, &[u8])| {
        let value = match (four, big) {
            ([a, b, c, d], true) => u32::from_be_bytes([*a, *b, *c, *d]),
            ([a, b, c, d], false) => u32::from_le_bytes([*a, *b, *c, *d]),
            _ => 0,
        };
        let at = phase + 4 * number;
        let c = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
        Unit { c, from: index(at), to: index(at + 4) }
    };
    bytes.chunks_exact(4).enumerate().map(unit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_width_and_phase_is_there_once() {
        let mut wide: Vec<_> = WIDE.iter().map(|reading| format!("{reading:?}")).collect();
        wide.sort();
        wide.dedup();
        assert_eq!(wide.len(), 2 * 2 + 2 * 4);
    }

    #[test]
    fn what_is_written_is_read_with_the_way_back() {
        for reading in WIDE.into_iter().chain([Reading::Utf8, Reading::Latin1]) {
            let phase = if let Reading::Wide { phase, .. } = reading { phase } else { 0 };
            let mut bytes = vec![0xFF; phase];
            reading.write("a-b", &mut bytes);
            let units = reading.units(&bytes);
            assert_eq!(units.iter().map(|unit| unit.c).collect::<String>(), "a-b", "{reading:?}");
            assert_eq!(units[0].from as usize, phase);
            assert_eq!(units[2].to as usize, bytes.len());
        }
    }

    #[test]
    fn what_is_no_text_takes_the_place_of_its_bytes() {
        let units = Reading::Utf8.units(b"a\xC3b\xE2\x82\xACc");
        let places: Vec<_> = units.iter().map(|unit| (unit.c, unit.from, unit.to)).collect();
        assert_eq!(places, [('a', 0, 1), ('\u{FFFD}', 1, 2), ('b', 2, 3), ('€', 3, 6), ('c', 6, 7)]);
    }
}
