//! Sizes and depths in places other than the call id.
//!
//! What is legal but large may be refused or served, so it is only recorded; the run still notices
//! a crash or a hang.

use super::{Case, Needs};
use crate::message::{Close, Edit, Place};
use crate::protocol::{InputClass, Nuance, RequirementId, req};

const KIB: usize = 1024;

pub(super) fn cases() -> Vec<Case> {
    [
        sizes(),
        depth_in_call_id(),
        depth_in_header(),
        depth_beside_call_id(),
        only_start_tags(),
        floods(),
        entries(),
    ]
    .concat()
}

fn case(
    name: &str,
    about: &str,
    class: InputClass,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    let case = Case::request(format!("robustness/{name}"), about.to_owned(), class, requirements, edits);
    // The row is about long ids; here any refusal is as good as another.
    if class == InputClass::OversizedCallId { case.nuance(Nuance::MayRefuse) } else { case }
}

fn sizes() -> Vec<Case> {
    use InputClass::{OptionalHeader, Valid};

    let long = |kib: usize| format!("{{x*{}}}", kib * KIB);
    let header = |entry: String| vec![Edit::Header(entry)];
    let named = |kib: usize| header(format!(r#"<h:{} xmlns:h="urn:umspec:large"/>"#, long(kib)));
    let text = |kib: usize| header(format!(r#"<h:large xmlns:h="urn:umspec:large">{}</h:large>"#, long(kib)));
    let comment = |kib: usize| vec![Edit::First(Place::Body, format!("<!--{}-->", long(kib)))];
    let attribute =
        |kib: usize| header(format!(r#"<h:large xmlns:h="urn:umspec:large" value="{}"/>"#, long(kib)));
    let namespace =
        |kib: usize| vec![Edit::Attributes(Place::Envelope, format!(r#" xmlns:u="urn:{}""#, long(kib)))];
    let prefix = |kib: usize| {
        let prefix = long(kib);
        vec![Edit::Attributes(Place::Envelope, format!(r#" xmlns:{prefix}="urn:umspec:large""#))]
    };
    let mut cases: Vec<Case> = [
        (
            "large-header-entry",
            "A header entry holds 60 KiB of text.",
            OptionalHeader,
            req::SIZE_BOUNDED,
            text(60),
        ),
        ("large-comment", "A comment in Body holds 60 KiB.", Valid, req::SIZE_BOUNDED, comment(60)),
        (
            "large-attribute",
            "An attribute of a header entry holds 60 KiB.",
            OptionalHeader,
            req::SIZE_BOUNDED,
            attribute(60),
        ),
        (
            "large-namespace",
            "Envelope declares a namespace of 60 KiB that nothing uses.",
            Valid,
            req::NAMES_BOUNDED,
            namespace(60),
        ),
        (
            "large-prefix",
            "Envelope declares a prefix of 60 KiB that nothing has.",
            Valid,
            req::NAMES_BOUNDED,
            prefix(60),
        ),
        (
            "large-element-name",
            "A header entry has a name of 60 KiB.",
            OptionalHeader,
            req::NAMES_BOUNDED,
            named(60),
        ),
    ]
    .into_iter()
    .map(|(name, about, class, requirement, edits)| {
        case(name, about, class, &[requirement], edits).recorded()
    })
    .collect();
    cases.extend(
        [
            ("huge-header-entry", "A header entry holds 1 MiB of text.", req::SIZE_BOUNDED, text(KIB)),
            ("huge-comment", "A comment in Body holds 1 MiB.", req::SIZE_BOUNDED, comment(KIB)),
        ]
        .into_iter()
        .map(|(name, about, requirement, edits)| {
            case(name, about, InputClass::OversizedCallId, &[requirement], edits).recorded().slow()
        }),
    );
    cases.push(
        case(
            "huge-element-name",
            "A header entry has a name of 1 MiB.",
            InputClass::OversizedCallId,
            &[req::NAMES_BOUNDED],
            named(KIB),
        )
        .slow(),
    );
    cases
}

/// `levels` elements, each inside the one before, around `inner`.
fn nested(levels: usize, name: &str, inner: &str) -> String {
    format!("{{<{name}>*{levels}}}{inner}{{</{name}>*{levels}}}")
}

/// `levels` elements with names of their own, and a namespace of their own where asked for.
fn nested_differently(levels: usize, namespaces: bool, inner: &str) -> String {
    let open = (0..levels).map(|level| {
        if namespaces {
            format!(r#"<n{level}:e xmlns:n{level}="urn:umspec:{level}">"#)
        } else {
            format!("<e{level}>")
        }
    });
    let close = (0..levels)
        .rev()
        .map(|level| if namespaces { format!("</n{level}:e>") } else { format!("</e{level}>") });
    open.chain([inner.to_owned()]).chain(close).collect()
}

/// A number of levels in words for an id.
fn levels_word(levels: usize) -> String {
    match levels {
        100 => "hundred".to_owned(),
        1_000 => "thousand".to_owned(),
        10_000 => "ten-thousand".to_owned(),
        100_000 => "hundred-thousand".to_owned(),
        1_000_000 => "million".to_owned(),
        _ => levels.to_string(),
    }
}

fn depth(place: &str, what: &str, levels: usize, class: InputClass, edit: Edit) -> Case {
    let case = case(
        &format!("depth-of-{}-in-{place}", levels_word(levels)),
        &format!("{what} {levels} levels of elements."),
        class,
        &[req::DEPTH_BOUNDED],
        vec![edit],
    );
    if levels >= 100_000 { case.slow() } else { case }
}

/// Never legal: the oversized ones differ from the others only in which limit refuses them first.
fn depth_in_call_id() -> Vec<Case> {
    let content = |markup: String| Edit::Content(Place::CallId, markup);
    let mut cases: Vec<Case> = [32, 33, 100, 1_000, 10_000, 100_000, 1_000_000]
        .into_iter()
        .map(|levels| {
            let class = if levels < 64 { InputClass::ElementInCallId } else { InputClass::OversizedCallId };
            depth(
                "call-id",
                "The id in CallId is inside",
                levels,
                class,
                content(nested(levels, "e", "{id}")),
            )
        })
        .collect();
    for (name, about, namespaces) in [
        (
            "depth-of-names-in-call-id",
            "The id in CallId is inside 100 levels of elements, no two of one name.",
            false,
        ),
        (
            "depth-of-namespaces-in-call-id",
            "The id in CallId is inside 100 levels of elements, no two of one namespace.",
            true,
        ),
    ] {
        let edit = content(nested_differently(100, namespaces, "{id}"));
        cases.push(case(name, about, InputClass::OversizedCallId, &[req::DEPTH_BOUNDED], vec![edit]));
    }
    cases
}

/// Legal, so that only what is far beyond every use must be refused.
fn depth_in_header() -> Vec<Case> {
    let wrap = |inner: &str| Edit::Header(format!(r#"<h:deep xmlns:h="urn:umspec:deep">{inner}</h:deep>"#));
    let mut cases: Vec<Case> = [32, 33, 100, 1_000, 10_000, 100_000, 1_000_000]
        .into_iter()
        .map(|levels| {
            let class = if levels < 60 { InputClass::OptionalHeader } else { InputClass::OversizedCallId };
            let case = depth("header", "A header entry has", levels, class, wrap(&nested(levels, "e", "")));
            if levels <= 1_000 { case.recorded() } else { case }
        })
        .collect();
    cases.push(
        case(
            "depth-of-namespaces-in-header",
            "A header entry has 100 levels of elements, no two of one namespace.",
            InputClass::OversizedCallId,
            &[req::DEPTH_BOUNDED],
            vec![wrap(&nested_differently(100, true, ""))],
        )
        .recorded(),
    );
    cases
}

/// Not legal, but many servers pass over what they do not know.
fn depth_beside_call_id() -> Vec<Case> {
    [32, 33, 100, 1_000, 10_000, 100_000, 1_000_000]
        .into_iter()
        .map(|levels| {
            let class = if levels < 60 { InputClass::ExtraSibling } else { InputClass::OversizedCallId };
            let edit = Edit::After(Place::CallId, nested(levels, "e", ""));
            let case = depth("disconnect", "An element beside CallId has", levels, class, edit);
            if levels == 100 || levels == 1_000 { case.recorded() } else { case }
        })
        .collect()
}

/// Start tags without any end tag: nothing is well-formed, and a reader may run out of stack before
/// it finds out.
fn only_start_tags() -> Vec<Case> {
    [10_000, 100_000, 1_000_000]
        .into_iter()
        .map(|count| {
            let mut edits = vec![Edit::Content(Place::CallId, format!("{{<e>*{count}}}"))];
            edits.extend(
                [Place::CallId, Place::Operation, Place::Body, Place::Envelope]
                    .map(|place| Edit::Close(place, Close::Missing)),
            );
            let case = case(
                &format!("start-tags-{}-in-call-id", levels_word(count)),
                &format!("CallId holds {count} start tags, and no element of the message ends."),
                InputClass::OversizedCallId,
                &[req::DEPTH_BOUNDED],
                edits,
            );
            if count >= 100_000 { case.slow() } else { case }
        })
        .collect()
}

/// Attributes and declarations in masses.
fn floods() -> Vec<Case> {
    let many = |count: usize, one: fn(usize) -> String| (0..count).map(one).collect::<String>();
    let attributes = |count| many(count, |n| format!(r#" a{n}="""#));
    let declarations = |count| many(count, |n| format!(r#" xmlns:n{n}="urn:{n}""#));
    let mut cases = Vec::new();
    for count in [100, 1_000, 10_000, 100_000] {
        let word = levels_word(count);
        let few = count == 100;
        let flood = |name: String, about: String, class: InputClass, edit: Edit, gates: bool| {
            let case = case(&name, &about, class, &[req::NAMES_BOUNDED], vec![edit]);
            match (gates, count >= 100_000) {
                (true, true) => case.slow(),
                (true, false) => case,
                (false, _) => case.recorded(),
            }
        };
        cases.push(flood(
            format!("attributes-{word}-on-disconnect"),
            format!("Disconnect has {count} attributes."),
            if few { InputClass::UndeclaredAttribute } else { InputClass::OversizedCallId },
            Edit::Attributes(Place::Operation, attributes(count)),
            few || count >= 100_000,
        ));
        cases.push(flood(
            format!("attributes-{word}-on-header-entry"),
            format!("A header entry has {count} attributes."),
            if few { InputClass::OptionalHeader } else { InputClass::OversizedCallId },
            Edit::Header(format!(r#"<h:wide xmlns:h="urn:umspec:wide"{}/>"#, attributes(count))),
            few || count >= 100_000,
        ));
        cases.push(flood(
            format!("declarations-{word}-on-envelope"),
            format!("Envelope declares {count} prefixes that nothing has."),
            if few { InputClass::Valid } else { InputClass::OversizedCallId },
            Edit::Attributes(Place::Envelope, declarations(count)),
            few || count >= 100_000,
        ));
    }
    cases
}

/// Elements in masses, none of them deep.
fn entries() -> Vec<Case> {
    let entry = r#"<h:note xmlns:h="urn:umspec:note"/>"#;
    vec![
        case(
            "header-entries-thousand",
            "Header has 1,000 optional entries.",
            InputClass::OptionalHeader,
            &[req::NAMES_BOUNDED, req::OPTIONAL_HEADER_IGNORED],
            vec![Edit::Header(entry.repeat(1_000))],
        )
        .recorded(),
        case(
            "empty-cdata-thousand-in-call-id",
            "1,000 empty CDATA sections stand in the middle of the id.",
            InputClass::TextSplit,
            &[req::EQUAL_SPELLINGS_OF_TEXT, req::SIZE_BOUNDED],
            vec![Edit::Content(Place::CallId, format!("{{head}}{}{{tail}}", "<![CDATA[]]>".repeat(1_000)))],
        )
        .needs(Needs::LiveCall),
    ]
}
