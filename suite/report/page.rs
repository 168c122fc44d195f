//! Foreign text in Markdown, and pages that fit where they are posted.

use std::fmt::Write as _;

use crate::message::{told, visible};

/// Most bytes of a page in Markdown: GitHub takes 65,536 characters in a comment, and refuses more.
pub const MAX_MARKDOWN: usize = 64_000;

/// Text of others as code: every character that Markdown or HTML could take for markup is written as a
/// reference, so that it is shown and does nothing, in a table as well.
pub(super) fn code(text: &str) -> String {
    let mut out = String::from("<code>");
    for c in told(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '-' | '/' | ',' | '=') {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out + "</code>"
}

/// A page that is filled up to [`MAX_MARKDOWN`], and says what did not fit.
#[derive(Default)]
pub(super) struct Page {
    out: String,
    cut: usize,
}

/// Room for the words that tell what was cut.
const ROOM: usize = 400;

impl Page {
    /// Adds what has to be there, which is short.
    pub(super) fn head(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Adds a piece if it fits; once one does not, none that follows is added.
    pub(super) fn add(&mut self, text: &str) {
        if self.cut > 0 || self.out.len() + text.len() > MAX_MARKDOWN - ROOM {
            self.cut += 1;
        } else {
            self.out.push_str(text);
        }
    }

    /// The page, with word of what was cut: `pieces` says of what kind they are, and `whole` how to see all.
    pub(super) fn end(mut self, pieces: &str, whole: &str) -> String {
        if self.cut > 0 {
            let _ = writeln!(self.out, "\n{} more {pieces} are cut here; {whole}.", self.cut);
        }
        self.out
    }
}

/// Names as code, the first of them.
pub(super) fn names(cases: &[&str], most: usize) -> String {
    let shown = cases.iter().take(most).map(|case| code(&visible(case))).collect::<Vec<_>>().join(", ");
    match cases.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_is_shown_and_does_nothing() {
        let hostile = "`</code><script>|*_[x](http://e.example) @all #1 \u{202E}\n| --- |";
        let shown = code(hostile);
        let inner = shown.strip_prefix("<code>").and_then(|rest| rest.strip_suffix("</code>")).unwrap();
        assert!(!inner.contains(['<', '>', '|', '`', '*', '_', '[', '@', ':', '\n', '\u{202E}']), "{inner}");
        let read = roxmltree::Document::parse(&shown).unwrap();
        assert_eq!(read.root_element().text(), Some(&*visible(hostile)), "nothing of it is lost");
    }

    #[test]
    fn a_page_says_what_it_cut() {
        let mut page = Page::default();
        for _ in 0..10 {
            page.add(&"x".repeat(10_000));
        }
        let page = page.end("groups", "the text has all of them");
        assert!(
            page.len() < MAX_MARKDOWN
                && page.ends_with("4 more groups are cut here; the text has all of them.\n"),
            "{}",
            &page[60_000..]
        );
    }
}
