//! Markup of a page. What is put in as markup stands in this program; everything else is text.

use crate::judge::Verdict;
use crate::message::is_hidden;

/// A page on its way.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
}

impl Markup {
    /// Markup of our own.
    pub(super) fn put(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Text, whatever it holds: within an element, or as the value of an attribute in quotation marks.
    /// Characters that would not be seen are shown as escapes.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c if is_hidden(c) => self.out.extend(c.escape_default()),
                c => self.out.push(c),
            }
        }
        self
    }

    /// Lines of text, whose line feeds stay.
    pub(super) fn lines(&mut self, text: &str) -> &mut Self {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.out.push('\n');
            }
            self.text(line);
        }
        self
    }

    /// A number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        self.out.push_str(&number.to_string());
        self
    }

    /// So many cases.
    pub(super) fn cases(&mut self, count: usize) -> &mut Self {
        self.number(count).put(if count == 1 { " case" } else { " cases" })
    }

    /// A verdict by its word, after a sign that tells it without colour.
    pub(super) fn verdict(&mut self, verdict: Verdict) -> &mut Self {
        self.badge(key(verdict), verdict.word())
    }

    /// The word of a verdict, or of none, in the look of a [`key`].
    pub(super) fn badge(&mut self, key: &'static str, word: &'static str) -> &mut Self {
        let sign = match key {
            "pass" => "✓",
            "note" => "i",
            "warn" => "!",
            "fail" => "✗",
            "known" => "◇",
            "not-judged" => "?",
            _ => "–",
        };
        self.put("<span class=\"verdict ").put(key).put("\"><span aria-hidden=\"true\">").put(sign);
        self.put("</span> ").put(word).put("</span>")
    }

    /// A link to a requirement of the page.
    pub(super) fn requirement(&mut self, id: &str) -> &mut Self {
        self.put("<a href=\"#").text(id).put("\">").text(id).put("</a>")
    }

    /// A link to a case of the page.
    pub(super) fn case(&mut self, id: &str) -> &mut Self {
        self.put("<a href=\"#case/").text(id).put("\"><code>").text(id).put("</code></a>")
    }

    /// A term and what is said of it.
    pub(super) fn term(&mut self, term: &'static str, text: &str) -> &mut Self {
        self.put("<dt>").put(term).put("</dt><dd>").text(text).put("</dd>\n")
    }

    /// What has been written.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// The name of a verdict in addresses and styles.
pub(super) fn key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Note => "note",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
        Verdict::NotJudged => "not-judged",
        Verdict::Skipped => "skipped",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_text_holds_it_stays_text() {
        let mut page = Markup::default();
        page.put("<p title=\"").text("\"><script>alert('1')</script>\u{202E}\u{0}&amp;\n").put("\">");
        let escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\\u{202e}\\u{0}&amp;amp;\\n";
        assert_eq!(page.finish(), format!("<p title=\"{escaped}\">"));
    }
}
