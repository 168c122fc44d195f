//! Characters that are written as digits of their bytes.

use super::reading::Unit;

/// A run of bytes in digits, each behind this mark: UTF-8, else Latin-1.
pub(super) fn bytes(
    units: &[Unit],
    mark: &str,
    digits: usize,
    read: fn(&[Unit]) -> Option<u32>,
    out: &mut Vec<Unit>,
) -> Option<usize> {
    let one = mark.len() + digits;
    let run: Vec<u8> = units
        .chunks_exact(one)
        .map_while(|unit| read(&unit[mark.len()..]).filter(|_| begins(unit, mark)))
        .map_while(|value| u8::try_from(value).ok())
        .collect();
    let mut at = 0;
    for chunk in run.utf8_chunks() {
        let valid = chunk.valid().chars().map(|c| (c, c.len_utf8()));
        let invalid = chunk.invalid().iter().map(|byte| (char::from(*byte), 1));
        for (c, length) in valid.chain(invalid) {
            out.push(Unit { c, from: units[at * one].from, to: units[(at + length) * one - 1].to });
            at += length;
        }
    }
    (at > 0).then_some(at * one)
}

/// The value of hexadecimal digits.
pub(super) fn hex(units: &[Unit]) -> Option<u32> {
    value(units, 16)
}

/// The value of octal digits.
pub(super) fn octal(units: &[Unit]) -> Option<u32> {
    value(units, 8)
}

fn value(digits: &[Unit], radix: u32) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0, |value: u32, unit| Some((value << radix.ilog2()) + unit.c.to_digit(radix)?))
}

/// Whether characters begin with this, capital or not.
pub(super) fn begins(units: &[Unit], with: &str) -> bool {
    units.len() >= with.len()
        && with.chars().zip(units).all(|(wanted, unit)| wanted.eq_ignore_ascii_case(&unit.c))
}
