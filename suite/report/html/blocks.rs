//! A block as it stands in the page without a script: for the example of a finding.

use super::markup::Markup;
use super::packed::Texts;
use super::shown::{Block, Side};

/// Most bytes of a text in the page; the case has the rest.
const MAX_SHOWN: usize = 4_096;

/// The texts of a block side by side.
pub(super) fn pair(page: &mut Markup, block: &Block, texts: &Texts) {
    page.put("<details class=\"block\" open><summary>").text(&block.title).put("</summary>\n");
    for note in &block.notes {
        page.put("<p class=\"remark\">").text(note).put("</p>\n");
    }
    page.put("<div class=\"sides\">\n");
    for side in &block.sides {
        page.put("<figure><figcaption>").text(&side.label);
        if !side.words.is_empty() {
            page.put(": <strong>").text(&side.words).put("</strong>");
        }
        page.put("</figcaption>");
        contents(page, side, texts);
        page.put("</figure>\n");
    }
    page.put("</div></details>\n");
}

fn contents(page: &mut Markup, side: &Side, texts: &Texts) {
    if side.head.is_none() && side.body.is_none() {
        return;
    }
    page.put("<pre tabindex=\"0\">");
    for (number, marks) in [(side.head, &side.head_marks), (side.body, &side.body_marks)] {
        let Some(text) = number.and_then(|number| texts.get(number)) else { continue };
        if number == side.head {
            page.put("<span class=\"head\">");
        }
        let shown = text.kept.0.len().min(MAX_SHOWN);
        marked(page, &text.kept.0[..shown], marks);
        let left_out = text.kept.0.len() - shown + text.left_out;
        if left_out > 0 {
            page.put("\n<i>… ").number(left_out).put(" more bytes</i>");
        }
        if number == side.head {
            page.put("</span>\n\n");
        }
    }
    page.put("</pre>");
}

/// Bytes as text, with parts of them marked.
fn marked(page: &mut Markup, bytes: &[u8], marks: &[(usize, usize)]) {
    let mut at = 0;
    for &(start, end) in marks {
        let (start, end) = (start.clamp(at, bytes.len()), end.clamp(at, bytes.len()));
        visible(page, &bytes[at..start]);
        page.put("<mark>");
        visible(page, &bytes[start..end.max(start)]);
        page.put("</mark>");
        at = end.max(start);
    }
    visible(page, &bytes[at..]);
}

/// Bytes as text: what is no UTF-8 as escapes, and lines that end with CR LF as lines.
fn visible(page: &mut Markup, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        page.lines(&chunk.valid().replace("\r\n", "\n"));
        for byte in chunk.invalid() {
            page.text(&format!("\\x{byte:02x}"));
        }
    }
}
