//! The report as a page: what stands in it, and what a browser makes of it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::inflate::decompress_to_vec;
use serde_json::{Value, json};
use umspec::catalogue::messages;
use umspec::evidence::{Answer, Bytes, Evidence};
use umspec::mock::Service;
use umspec::protocol::Profile;
use umspec::record::comparison::{Comparison, ComparisonOptions, Grid};
use umspec::record::known::{Date, KnownDeviations};
use umspec::record::{Conclusion, Record};
use umspec::report::{View, diff_html, grid_html, html};

use crate::peer::{Peer, Reaction};
use crate::support::{cases, is_given, mutant, needs, root, run_mock, strict_run, umspec};

/// What was exchanged, as a script of the page unpacks it.
pub(crate) fn unpacked(page: &str) -> Vec<u8> {
    let start = page.find("id=\"exchanges\">").expect("the exchanges") + "id=\"exchanges\">".len();
    let length = page[start..].find('<').expect("their end");
    let deflated = STANDARD.decode(&page[start..start + length]).expect("base64");
    decompress_to_vec(&deflated).expect("deflate")
}

fn few(name: &str, patterns: &[&str]) -> Record {
    run_mock(mutant(name), Profile::Interop, &cases(patterns), 2)
}

#[test]
fn a_full_run_is_a_page_of_less_than_three_megabytes_with_every_body() {
    let record = strict_run(Profile::Strict);
    let page = html(record).expect("a page");
    assert!(page.len() < 3_000_000, "{}", page.len());
    let all: Value = serde_json::from_slice(&unpacked(&page)).expect("JSON");
    let texts: Vec<Vec<u8>> = all["texts"].as_array().expect("texts").iter().map(bytes).collect();
    let known: std::collections::BTreeSet<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    assert_eq!(known.len(), texts.len(), "a text stands there twice");
    for entry in &record.entries {
        assert!(page.contains(&format!("id=\"case/{}\"", entry.case)), "{}", entry.case);
        for step in entry.attempts().iter().flat_map(|attempt| &attempt.steps) {
            if step.exchange.sent.wire.is_none() {
                assert!(known.contains(&*step.exchange.sent.body.0), "{}", entry.case);
            }
            if let Answer::Http(http) = &step.exchange.answer {
                assert!(known.contains(&*http.body.0), "{}", entry.case);
            }
        }
    }
    let cases = all["cases"].as_array().expect("cases");
    // The control has one of its own.
    assert_eq!(cases.len(), record.entries.len() + 1);
}

fn bytes(text: &Value) -> Vec<u8> {
    match (text["text"].as_str(), text["base64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (_, Some(code)) => STANDARD.decode(code).expect("base64"),
        _ => panic!("no text: {text}"),
    }
}

#[test]
fn green_is_only_what_was_judged_to_its_end_without_a_failure() {
    let look = |record: &Record| {
        let page = html(record).expect("a page");
        let looks = ["pass", "fail", "not-judged"]
            .map(|look| page.contains(&format!("<p class=\"conclusion {look}\">")));
        assert_eq!(looks[0], record.conclusion(false) == Conclusion::Passed);
        looks
    };
    let mut passed =
        run_mock(Service::strict(), Profile::Interop, &cases(&["namespace/disconnect-types"]), 1);
    assert_eq!(look(&passed), [true, false, false]);
    passed.ended_early = Some("the total time was up".to_owned());
    assert_eq!(look(&passed), [false, false, true]);
    passed.ended_early = None;
    passed.entries.clear();
    assert_eq!(look(&passed), [false, false, true]);
    passed.interrupted = true;
    assert_eq!(look(&passed), [false, false, true]);
    assert_eq!(look(&few("ignores-namespace", &["namespace/disconnect-types"])), [false, true, false]);
    // Nothing tells its answers apart, and clear breaches are told all the same.
    assert_eq!(look(&few("always-success", &["namespace", "http/put"])), [false, true, true]);
}

#[test]
fn what_a_reader_needs_stands_there_without_a_script() {
    let record = few("ignores-namespace", &["namespace", "xml/truncated*", "lifecycle"]);
    let page = html(&record).expect("a page");
    let counts = record.counts();
    for part in [
        format!("<strong>{}</strong> planned = <strong>{}</strong> judged", counts.planned, counts.judged),
        format!("<code>{}</code>", record.catalogue),
        record.tool.clone(),
        "<dt>control</dt><dd>live: calls from PlayOnPhone on the built-in mock".to_owned(),
        "<dt>profile</dt><dd>interop</dd>".to_owned(),
        // The finding: expected and observed, the plain request beside that of the case, and the edit.
        "<dt>expected</dt><dd>ErrorInvalidRequest fault, or any 4xx</dd>".to_owned(),
        "<dt>observed</dt><dd>200 DisconnectResponse</dd>".to_owned(),
        "<figcaption>Plain request</figcaption>".to_owned(),
        "<figcaption>Received for the request of this case: <strong>200 DisconnectResponse".to_owned(),
        "<mark>".to_owned(),
        // What another reading makes of it.
        "verdict on this finding".to_owned(),
        // A statement in its document, with a link into it.
        "<li id=\"UMD-R067\"".to_owned(),
        "https://www.rfc-editor.org/rfc/rfc9112.html#section-6".to_owned(),
    ] {
        assert!(page.contains(&part), "{part}");
    }
    let (_, first) = page.split_once("<article class=\"finding\"").expect("a finding");
    let heading = first.lines().nth(1).expect("its heading");
    assert!(heading.contains("FAIL"), "what fails comes first: {heading}");
}

/// Text that a subject, or who wrote the record, would like to be more than text.
const HOSTILE: [&str; 9] = [
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
    "<!--<script>",
    "]]></pre></details></main><iframe src=\"javascript:alert(1)\"></iframe>",
    "javascript:alert(1)",
    "a\u{202E}b\u{2066}c\u{0}\u{1B}[2J\u{FEFF}\u{2028}d",
    "${alert(1)}`{{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
];

/// A record in which whatever may be text of a subject is hostile.
fn hostile() -> Record {
    let mut record = few("ignores-namespace", &["namespace/disconnect-*", "connection", "http/chunked*"]);
    let text = |at: usize| HOSTILE[at % HOSTILE.len()].to_owned();
    record.target = HOSTILE.concat();
    record.tool = text(0);
    record.catalogue = text(1);
    record.credentials = Some(text(2));
    record.ended_early = Some(HOSTILE.concat());
    let corpus = messages();
    for (at, entry) in record.entries.iter_mut().enumerate() {
        if at % 2 == 0 {
            entry.case = format!("{}/{at}", text(at));
        }
        for finding in &mut entry.judgement.findings {
            finding.expected = text(at + 1);
            finding.observed = text(at + 2);
        }
        entry.judgement.reason = Some(text(at + 3));
        let Some(Evidence::Server(attempts)) = &mut entry.evidence else { continue };
        for (number, step) in attempts.iter_mut().flat_map(|attempt| &mut attempt.steps).enumerate() {
            let exchange = &mut step.exchange;
            exchange.sent.method = text(at);
            exchange.sent.target = text(at + 1);
            exchange.sent.headers.push((text(number), text(at)));
            if let Answer::Http(http) = &mut exchange.answer {
                http.headers.push((text(at + number), text(number)));
                let message = &corpus[(at * 7 + number) % corpus.len()].bytes;
                let body = if number % 2 == 0 { text(at).into_bytes() } else { message.clone() };
                http.body = Bytes(body);
            }
        }
    }
    record
}

#[test]
fn hostile_text_is_escaped_wherever_it_stands() {
    let page = html(&hostile()).expect("a page");
    assert_eq!(page.matches("<script").count(), 2, "the exchanges, and the page's own");
    for part in ["<img", "<iframe", "onerror=alert(1)>", " onmouseover='", "<!--", "href=\"javascript"] {
        assert!(!page.contains(part), "{part}");
    }
    let hidden = page.chars().find(|c| c.is_control() && *c != '\n' || ('\u{202A}'..='\u{202E}').contains(c));
    assert_eq!(hidden, None);
    // Read by a parser of XML where it can be: what stands between the tags is text.
    assert!(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
}

/// Takes headless Chromium through steps; what each gave, and what it complained of.
fn browse(browser: &str, steps: &Value) -> (Vec<Value>, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new("node")
        .arg(root().join("suite/tests/adapters/browser.js"))
        .args([browser, folder.path().to_str().expect("a path")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node");
    child.stdin.take().expect("a pipe").write_all(steps.to_string().as_bytes()).expect("the steps");
    let output = child.wait_with_output().expect("its end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    (told["results"].as_array().expect("results").clone(), told["troubles"].clone())
}

/// Names under which Chromium, or Chrome, is installed.
const BROWSERS: [&str; 4] = ["chromium", "google-chrome", "chromium-browser", "chrome"];

/// The browser and what drives it, where both are there.
fn browser() -> Option<&'static str> {
    let answers = |name: &&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = BROWSERS.into_iter().find(answers);
    let given = is_given("chromium is missing; .ci/setup installs it", found.is_some()) && needs("node");
    found.filter(|_| given)
}

#[test]
fn a_browser_opens_filters_follows_links_and_copies() {
    let Some(browser) = browser() else { return };
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sink = std::sync::Arc::clone(&seen);
    let peer = Peer::start(move |request, answer| {
        sink.lock().expect("a lock").push(request.body.to_vec());
        Reaction::of(&answer())
    });
    let mut record = few("ignores-namespace", &["namespace", "connection"]);
    record.target = peer.url();
    let folder = tempfile::tempdir().expect("a folder");
    let page = |name: &str, record: &Record| {
        let file = folder.path().join(name);
        std::fs::write(&file, html(record).expect("a page")).expect("a file");
        format!("file://{}", file.display())
    };
    let (url, other) = (page("page.html", &record), page("hostile.html", &hostile()));
    let shown = "document.getElementById('shown').textContent";
    let case = "document.getElementById('case/namespace/disconnect-types')";
    let (failed, planned) = (record.counts().failed, record.counts().planned);
    let copied = |button: &str| {
        let find =
            format!("[...{case}.querySelectorAll('button')].filter((b) => b.textContent === '{button}')");
        let told = "new Promise((done) => setTimeout(done, 50))";
        json!({"run": format!("{find}.at(-1).click(); {told}.then(() => navigator.clipboard.readText())")})
    };
    let steps = json!([
        {"open": url},
        {"run": shown},
        {"run": format!("document.querySelector('input[value=fail]').click(); [location.hash, {shown}]")},
        {"open": format!("{url}#verdict=fail&text=types")},
        {"run": format!("[document.querySelector('input[value=fail]').checked, {shown}]")},
        {"open": format!("{url}#case/namespace/disconnect-types")},
        {"wait": format!("{case}.querySelector('mark') !== null && document.activeElement.tagName === 'SUMMARY'")},
        {"run": format!("[{case}.querySelectorAll('mark')[1].textContent, {case}.open, document.activeElement.tagName]")},
        {"run": format!("{case}.querySelector('.block').open = true")},
        copied("Copy as known deviation"),
        {"run": format!("[...{case}.querySelectorAll('figure')].find((f) => f.textContent.startsWith('Request of this')).querySelectorAll('button')[1].click(); new Promise((done) => setTimeout(done, 50)).then(() => navigator.clipboard.readText())")},
        {"run": "document.activeElement.closest('details').id"},
        {"key": "Enter", "code": 13},
        {"run": format!("new Promise((done) => {{ let left = 100; const look = () => location.hash === '' || !left-- ? done([{case}.open, location.hash]) : setTimeout(look, 20); look(); }})")},
        {"run": "document.querySelector('.skip').focus()"},
        {"key": "Enter", "code": 13},
        {"run": "location.hash"},
        {"open": other},
        {"run": "for (const part of document.querySelectorAll('details')) part.open = true"},
        {"wait": "[...document.querySelectorAll('.case .exchange')].every((part) => part.querySelector('.block') || part.textContent.includes('Nothing was'))"},
        {"run": "for (const part of document.querySelectorAll('details')) part.open = true"},
        {"run": "new Promise((done) => setTimeout(done, 100))"},
        {"run": "[document.scripts.length, document.images.length, document.querySelectorAll('iframe, [onerror], [onmouseover], [onfocus], [autofocus]').length]"},
        {"run": "[document.body.textContent.includes('</script><script>alert(1)</script>'), /[\\u0000\\u001b\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)]"},
        {"run": "document.querySelectorAll('figure pre').length > 100"}
    ]);
    let (results, troubles) = browse(browser, &steps);
    assert_eq!(troubles, json!([]), "{results:?}");
    assert_eq!(results[1], format!("{planned} of {planned} cases shown"));
    assert_eq!(results[2], json!(["#verdict=fail", format!("{failed} of {planned} cases shown")]));
    let both = results[4][1].as_str().expect("a count");
    assert_eq!(results[4][0], true);
    assert!(both.starts_with(|c: char| ('1'..='9').contains(&c)) && both != results[2][1], "{both}");
    let marked = results[7][0].as_str().expect("a mark");
    assert!(marked.contains("types"), "{marked}");
    assert_eq!((&results[7][1], &results[7][2]), (&json!(true), &json!("SUMMARY")));
    let stanza = "[[known]]\nsubject = \"server\"\ncase = \"namespace/disconnect-types\"\n\
        requirement = \"UMD-R067\"\nreason = \"\"\n";
    assert_eq!(results[9], stanza);
    let line = results[10].as_str().expect("a command");
    assert!(line.contains("curl ") && line.contains(&peer.url()), "{line}");
    if needs("curl") {
        let sent = Command::new("sh").args(["-c", line]).output().expect("a shell");
        assert!(sent.status.success(), "{line}");
        let body = seen.lock().expect("a lock").pop().expect("a request");
        let entry = crate::support::entry(&record, "namespace/disconnect-types");
        let probes = entry.attempts().iter().flat_map(|attempt| &attempt.steps);
        assert!(probes.into_iter().any(|step| step.exchange.sent.body.0 == body), "{line}");
    }
    assert_eq!(results[13], json!([false, ""]), "a key folds a case, and the address forgets it");
    assert_eq!(results[16], "#findings");
    assert_eq!(results[22], json!([2, 0, 0]));
    assert_eq!(results[23], json!([true, false]));
    assert_eq!(results[24], true);
}

#[test]
fn what_is_known_stands_apart_with_its_reason() {
    let record = few("ignores-namespace", &["namespace"]);
    let file = "[[known]]\ncase = \"namespace\"\nreason = \"its parser is <old>\"\ntracker = \"https://t.example/1\"\n\
        until = 2027-03-31\n[[known]]\ncase = \"namespace/everything-https\"\nrequirement = \"UMD-R107\"\n\
        reason = \"gone\"\ntracker = \"javascript:alert(1)\"\n";
    let known = KnownDeviations::parse(file).expect("a file");
    let today = Date::new(2026, 11, 26).expect("a day");
    let accounting = known.account(&record, today);
    let page = html(View { known: Some(&accounting), ..View::from(&record) }).expect("a page");
    assert!(page.contains("Nothing fails or warns that is not known."), "what is known is no finding");
    assert!(page.contains("data-verdict=\"known\"") && !page.contains("<p class=\"conclusion pass\">"));
    for part in [
        "<section id=\"known\"",
        "its parser is &lt;old&gt;",
        "href=\"https://t.example/1\"",
        "<dt>until</dt><dd>2027-03-31</dd>",
        "</span> stale</span>",
        "value=\"known\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("href=\"javascript"), "a tracker is a link only where it is a page");
    // What fails the run stands first.
    assert!(page.find("</span> stale</span>") < page.find("</span> expected</span>"));
}

#[test]
fn changes_and_grids_are_pages_of_the_same_kind() {
    let patterns = &["namespace/disconnect-*", "http/put"];
    let before = run_mock(Service::strict(), Profile::Interop, &cases(patterns), 2);
    let after = few("ignores-namespace", patterns);
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("a path").to_owned();
    let (old, new, page) = (path("old.json"), path("new.json"), path("page.html"));
    std::fs::write(&old, before.save().expect("a record")).expect("a file");
    std::fs::write(&new, after.save().expect("a record")).expect("a file");
    let by = |arguments: &[&str]| {
        let output = umspec(&[arguments, &["--html", &page]].concat());
        (output.status.code(), std::fs::read_to_string(&page).expect("a page"))
    };

    let (status, diff) = by(&["diff", &old, &new]);
    assert_eq!(status, Some(1));
    for part in [
        "<p class=\"conclusion fail\">",
        "<section id=\"new-failure\">",
        "id=\"case/namespace/disconnect-types\" open",
        "<dt>observed</dt><dd>200 DisconnectResponse</dd>",
        "<section id=\"unchanged\">",
    ] {
        assert!(diff.contains(part), "{part}");
    }
    let (status, same) = by(&["diff", &old, &old]);
    assert!(status == Some(0) && same.contains("<p class=\"conclusion pass\">"));

    let (status, grid) = by(&["compare", &old, &new, &old]);
    assert_eq!(status, Some(0));
    for part in
        ["<section id=\"different\">", "<section id=\"only-one-fails\">", "<code>namespace/disconnect-types"]
    {
        assert!(grid.contains(part), "{part}");
    }

    // Nothing of theirs is run, and nothing of a record is markup.
    let hostile = hostile();
    let comparison = Comparison::of(&before, &hostile, ComparisonOptions::default()).expect("a comparison");
    let names = HOSTILE.map(str::to_owned);
    let grid = Grid::of(vec![&before, &hostile]).expect("a grid");
    for page in [diff_html(&comparison), grid_html(&grid, &names), diff] {
        for part in ["<script", "<img", "<iframe", " onmouseover='", "<!--", "href=\"javascript"] {
            assert!(!page.contains(part), "{part}");
        }
        assert!(page.contains("default-src &#39;none&#39;") && !page.contains("script-src"));
    }
}

#[test]
fn secrets_reach_neither_the_page_nor_what_is_packed_in_it() {
    let secret = "Pass/word+22";
    let peer = Peer::start(move |_, answer| {
        let mut response = answer();
        response.headers.push(("x-echo", secret.to_owned()));
        Reaction::of(&response)
    });
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html").to_str().expect("a path").to_owned();
    let user = format!("me:{secret}");
    let cases = ["namespace/disconnect-types", "auth"];
    let run = ["run", "--server", &peer.url(), "--user", &user, "--html", &file];
    let ran = umspec(&[&run[..], &cases].concat());
    assert!(matches!(ran.status.code(), Some(0 | 1 | 3)), "{:?}", ran.status);
    let page = std::fs::read_to_string(&file).expect("a page");
    let packed = String::from_utf8(unpacked(&page)).expect("JSON");
    assert!(packed.contains("(hidden)") && packed.contains("x-echo"));
    for text in [&page, &packed] {
        assert!(!text.contains(secret) && !text.contains(&STANDARD.encode(&user)));
    }
}
