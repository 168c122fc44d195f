//! What every page has: its policy, its look, its end.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::markup::Markup;

const STYLE: &str = include_str!("style.css");

/// The head of a page. Its policy lets nothing be loaded, and of scripts only this one run, if there is one.
pub(super) fn head(page: &mut Markup, title: &str, script: Option<&str>) {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    page.put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.put("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;; style-src &#39;sha256-");
    page.text(&hash(STYLE)).put("&#39;");
    if let Some(script) = script {
        page.put("; script-src &#39;sha256-").text(&hash(script)).put("&#39;");
    }
    page.put("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.put("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    page.text(title).put("</title>\n<style>").put(STYLE).put("</style>\n</head>\n");
}

/// What the words on a page mean.
pub(super) fn foot(page: &mut Markup) {
    page.put("<footer><p>Verdicts: FAIL goes against a MUST, WARN against a SHOULD or tolerated, NOTE is a documented variant or left open, ");
    page.put(
        "NOT JUDGED could not be judged, SKIPPED was not run for a reason that lies in what was asked for. ",
    );
    page.put("<code>umspec explain ID</code> tells more of a case or a requirement.</p></footer>\n");
    page.put("</body>\n</html>\n");
}
