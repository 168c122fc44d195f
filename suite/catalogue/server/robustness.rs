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
    Case::request(format!("robustness/{name}"), about.to_owned(), class, requirements, edits)
}

/// A case of what must not be accepted, and may be refused for its size as well as for what it is.
fn malformed(
    name: &str,
    about: &str,
    class: InputClass,
    requirements: &[RequirementId],
    edits: Vec<Edit>,
) -> Case {
    case(name, about, class, requirements, edits).nuance(Nuance::MayRefuse)
}

fn sizes() -> Vec<Case> {
    use InputClass::{OptionalHeader, Valid};

    let long = |kib: usize| format!("{{x*{}}}", kib * KIB);
    let header = |entry: String| vec![Edit::Header(entry)];
    let named = |kib: usize| header(format!(r#"<h:{} xmlns:h="urn:umspec:large"/>"#, long(kib)));
    let text = |kib: usize| header(format!(r#"<h:large xmlns:h="urn:umspec:large">{}</h:large>"#, long(kib)));
    let comment = |kib: usize| vec![Edit::Prolog(format!("<!--{}-->", long(kib)))];
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
        (
            "large-comment",
            "A comment before the envelope holds 60 KiB.",
            Valid,
            req::SIZE_BOUNDED,
            comment(60),
        ),
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
            (
                "huge-header-entry",
                "A header entry holds 1 MiB of text.",
                OptionalHeader,
                req::SIZE_BOUNDED,
                text(KIB),
            ),
            (
                "huge-comment",
                "A comment before the envelope holds 1 MiB.",
                Valid,
                req::SIZE_BOUNDED,
                comment(KIB),
            ),
            (
                "huge-element-name",
                "A header entry has a name of 1 MiB.",
                OptionalHeader,
                req::NAMES_BOUNDED,
                named(KIB),
            ),
        ]
        .into_iter()
        .map(|(name, about, class, requirement, edits)| {
            case(name, about, class, &[requirement], edits).recorded().slow()
        }),
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

fn depth(
    place: &str,
    what: &str,
    levels: usize,
    class: InputClass,
    requirements: &[RequirementId],
    edit: Edit,
) -> Case {
    let case = case(
        &format!("depth-of-{}-in-{place}", levels_word(levels)),
        &format!("{what} {levels} levels of elements."),
        class,
        requirements,
        vec![edit],
    );
    if levels >= 100_000 { case.slow() } else { case }
}

const DEPTHS: [usize; 7] = [32, 33, 100, 1_000, 10_000, 100_000, 1_000_000];

/// Never legal; which limit refuses the deep ones first is open.
fn depth_in_call_id() -> Vec<Case> {
    const ROWS: &[RequirementId] = &[req::ELEMENT_IN_CALL_ID, req::DEPTH_BOUNDED];
    let content = |markup: String| Edit::Content(Place::CallId, markup);
    let class = InputClass::ElementInCallId;
    let mut cases: Vec<Case> = DEPTHS
        .into_iter()
        .map(|levels| {
            let edit = content(nested(levels, "e", "{id}"));
            depth("call-id", "The id in CallId is inside", levels, class, ROWS, edit)
                .nuance(Nuance::MayRefuse)
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
        cases.push(malformed(name, about, class, ROWS, vec![edit]));
    }
    cases
}

/// Legal, so that to serve it is as right as to refuse it.
fn depth_in_header() -> Vec<Case> {
    const ROWS: &[RequirementId] = &[req::DEPTH_BOUNDED];
    let wrap = |inner: &str| Edit::Header(format!(r#"<h:deep xmlns:h="urn:umspec:deep">{inner}</h:deep>"#));
    let class = InputClass::OptionalHeader;
    let mut cases: Vec<Case> = DEPTHS
        .into_iter()
        .map(|levels| {
            let edit = wrap(&nested(levels, "e", ""));
            depth("header", "A header entry has", levels, class, ROWS, edit).recorded()
        })
        .collect();
    cases.push(
        case(
            "depth-of-namespaces-in-header",
            "A header entry has 100 levels of elements, no two of one namespace.",
            class,
            ROWS,
            vec![wrap(&nested_differently(100, true, ""))],
        )
        .recorded(),
    );
    cases
}

/// Not legal, but many servers pass over what they do not know.
fn depth_beside_call_id() -> Vec<Case> {
    const ROWS: &[RequirementId] = &[req::EXTRA_SIBLING, req::DEPTH_BOUNDED];
    DEPTHS
        .into_iter()
        .map(|levels| {
            let edit = Edit::After(Place::CallId, nested(levels, "e", ""));
            let class = InputClass::ExtraSibling;
            depth("disconnect", "An element beside CallId has", levels, class, ROWS, edit)
                .nuance(Nuance::MayRefuse)
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
            let case = malformed(
                &format!("start-tags-{}-in-call-id", levels_word(count)),
                &format!("CallId holds {count} start tags, and no element of the message ends."),
                InputClass::NotWellFormed,
                &[req::WELL_FORMED, req::DEPTH_BOUNDED],
                edits,
            );
            if count >= 100_000 { case.slow() } else { case }
        })
        .collect()
}

/// Attributes and declarations in masses.
fn floods() -> Vec<Case> {
    const NAMES: &[RequirementId] = &[req::NAMES_BOUNDED];
    const ATTRIBUTES: &[RequirementId] = &[req::NO_ATTRIBUTES, req::NAMES_BOUNDED];
    let many = |count: usize, one: fn(usize) -> String| (0..count).map(one).collect::<String>();
    let attributes = |count| many(count, |n| format!(r#" a{n}="""#));
    let declarations = |count| many(count, |n| format!(r#" xmlns:n{n}="urn:{n}""#));
    let mut cases = Vec::new();
    for count in [100, 1_000, 10_000, 100_000] {
        let word = levels_word(count);
        let slow = |case: Case| if count >= 100_000 { case.slow() } else { case };
        cases.push(slow(malformed(
            &format!("attributes-{word}-on-disconnect"),
            &format!("Disconnect has {count} attributes."),
            InputClass::UndeclaredAttribute,
            ATTRIBUTES,
            vec![Edit::Attributes(Place::Operation, attributes(count))],
        )));
        // Legal, so that to serve it is as right as to refuse it.
        let entry = format!(r#"<h:wide xmlns:h="urn:umspec:wide"{}/>"#, attributes(count));
        cases.push(slow(
            case(
                &format!("attributes-{word}-on-header-entry"),
                &format!("A header entry has {count} attributes."),
                InputClass::OptionalHeader,
                NAMES,
                vec![Edit::Header(entry)],
            )
            .recorded(),
        ));
        cases.push(slow(
            case(
                &format!("declarations-{word}-on-envelope"),
                &format!("Envelope declares {count} prefixes that nothing has."),
                InputClass::Valid,
                NAMES,
                vec![Edit::Attributes(Place::Envelope, declarations(count))],
            )
            .recorded(),
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
