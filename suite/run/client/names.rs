//! The names of fields in answers, written as some clients want them.

/// An answer whose field names have a capital at the start of each word. What follows its head, and what is no
/// HTTP, stays as it is.
pub(super) fn titled(answer: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(answer.len());
    let mut rest = answer;
    while rest.starts_with(b"HTTP/") {
        let is_interim = rest.get(9) == Some(&b'1');
        while let Some(at) = memchr::memmem::find(rest, b"\r\n") {
            let (line, after) = rest.split_at(at + 2);
            rest = after;
            let name = memchr::memchr(b':', line).filter(|_| !line.starts_with(b"HTTP/")).unwrap_or(0);
            out.extend(title(&line[..name]));
            out.extend_from_slice(&line[name..]);
            if line == b"\r\n" {
                break;
            }
        }
        if !is_interim {
            break;
        }
    }
    out.extend_from_slice(rest);
    out
}

fn title(name: &[u8]) -> impl Iterator<Item = u8> {
    let starts = |at: usize| at == 0 || name[at - 1] == b'-';
    (0..name.len()).map(move |at| if starts(at) { name[at].to_ascii_uppercase() } else { name[at] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_every_head_and_nothing_else_are_changed() {
        for (plain, expected) in [
            (
                "HTTP/1.1 200 -\r\ncontent-type: a-b\r\nx:\r\n\r\na-b: c\r\n",
                "HTTP/1.1 200 -\r\nContent-Type: a-b\r\nX:\r\n\r\na-b: c\r\n",
            ),
            (
                "HTTP/1.1 103 -\r\nlink: a\r\n\r\nHTTP/1.1 200 -\r\na: b\r\n\r\n",
                "HTTP/1.1 103 -\r\nLink: a\r\n\r\nHTTP/1.1 200 -\r\nA: b\r\n\r\n",
            ),
            ("HTTP/1.1 200 -\r\na: b\r\n folded: c\r\n\r\n", "HTTP/1.1 200 -\r\nA: b\r\n folded: c\r\n\r\n"),
            ("220 mail: esmtp\r\n", "220 mail: esmtp\r\n"),
            ("HTTP/1.1 200 -\r\na", "HTTP/1.1 200 -\r\na"),
            ("", ""),
        ] {
            assert_eq!(String::from_utf8_lossy(&titled(plain.as_bytes())), expected);
        }
    }
}
