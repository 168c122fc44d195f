use std::fmt::Write as _;

use super::args::{DEFAULT_SERVER, ListArgs, SubjectArg};
use super::exit::Exit;
use super::output::say;
use super::run::{selected, selected_among};
use super::trouble::Trouble;
use umspec::catalogue::{
    Case, CaseHeader, ClientCase, MessageCase, Needs, Play, Stimulus, case, cases, client_case, client_cases,
    messages, parser_case, parser_cases, replies,
};
use umspec::evidence::Subject;
use umspec::judge::{CHECKS, ambiguities_of};
use umspec::message::{HttpRequest, Ids};
use umspec::mock::{HardKind, Sham, hard_mutants, mutants, variants};
use umspec::protocol::{
    AMBIGUITIES, Ambiguity, AmbiguityId, Expected, Nuance, Profile, Requirement, RequirementId, Tolerance,
    Visibility, ambiguity, expected_words, forbids_success, ledger, req,
};
use umspec::report::{client_must, reaction_lines, shown_lines};
use umspec::target::Endpoint;

/// Most places at which a request is parted that `explain` names.
const MAX_CUTS: usize = 8;

/// Longest body that `explain` prints.
const MAX_SHOWN: usize = 2_000;

/// Lists cases, requirements or mocks.
pub(crate) fn list(args: &ListArgs) -> Result<Exit, Trouble> {
    let mut out = String::new();
    if args.mocks {
        out.push_str(&mocks());
    } else if args.ambiguities {
        for known in AMBIGUITIES {
            let _ = writeln!(out, "{}  {}", known.id, known.question);
        }
    } else if args.requirements {
        for row in ledger::requirements() {
            let _ = writeln!(
                out,
                "{}  {:<6}  {:<7}  {:<18}  {}",
                row.id,
                row.level.word(),
                row.party.word(),
                row.key,
                row.statement
            );
        }
    } else if let Some(SubjectArg::Client) = args.subject {
        let cases = selected_among(&args.select, Subject::Client, client_cases())?;
        list_cases(&mut out, cases.iter().map(|case| (*case, &*case.about)));
    } else if let Some(SubjectArg::Parser) = args.subject {
        let cases = selected_among(&args.select, Subject::Parser, parser_cases())?;
        list_cases(&mut out, cases.iter().map(|case| (*case, &*case.about)));
    } else {
        let cases = selected(&args.select)?;
        list_cases(&mut out, cases.iter().map(|case| (*case, &*case.about)));
    }
    if out.is_empty() {
        return Err(Trouble { exit: Exit::NothingSelected, line: "no case is selected".to_owned() });
    }
    say(&out)?;
    Ok(Exit::Passed)
}

/// A line for each case.
fn list_cases<'a, C: CaseHeader + 'a>(
    out: &mut String,
    cases: impl Iterator<Item = (&'a C, &'a str)> + Clone,
) {
    let width = cases.clone().map(|(case, _)| case.id().len()).max().unwrap_or_default();
    for (case, about) in cases {
        let slow = if case.is_slow() { " (slow)" } else { "" };
        let _ = writeln!(out, "{:<width$}  {:<6}  {about}{slow}", case.id(), case.level().word());
    }
}

/// Every mock by name.
fn mocks() -> String {
    let mut out = String::from("strict  Answers as the documents say.\n");
    let width = mutants()
        .map(|mutant| mutant.name)
        .chain(hard_mutants().map(|mutant| mutant.name))
        .chain(variants().map(|variant| variant.name))
        .map(str::len)
        .max()
        .unwrap_or_default();
    out.push_str("\nmutants, each with one defect\n");
    for mutant in mutants() {
        let _ = writeln!(out, "{:<width$}  {}", mutant.name, mutant.about);
    }
    for kind in HardKind::ALL {
        let _ = writeln!(
            out,
            "\nhard mutants, whose defect shows only where several things meet: {}",
            kind.word()
        );
        for mutant in hard_mutants().filter(|mutant| mutant.kind == kind) {
            let _ = writeln!(out, "{:<width$}  {}", mutant.name, mutant.about());
        }
    }
    out.push_str("\nvariants, which differ as some document allows\n");
    for variant in variants() {
        let _ = writeln!(out, "{:<width$}  {}", variant.name, variant.about);
    }
    out.push_str("\nshams, which do nothing, or always the same\n");
    for sham in Sham::ALL {
        let _ = writeln!(out, "{}", sham.name());
    }
    out
}

/// Tells what a case or a requirement is about.
pub(crate) fn explain(id: &str, subject: Option<SubjectArg>) -> Result<Exit, Trouble> {
    if let Some(found) = case(id).filter(|_| subject.is_none()) {
        say(&explain_case(found))?;
        return Ok(Exit::Passed);
    }
    let of_client = client_case(id).filter(|_| match subject {
        Some(SubjectArg::Client) => true,
        Some(SubjectArg::Parser) => false,
        None => replies().iter().all(|reply| reply.id != id),
    });
    if let Some(found) = of_client {
        say(&explain_client(found))?;
        return Ok(Exit::Passed);
    }
    let of_parser = parser_case(id).or_else(|| messages().iter().find(|message| message.id == id));
    if let Some(found) = of_parser.filter(|_| !matches!(subject, Some(SubjectArg::Client))) {
        say(&explain_message(found))?;
        return Ok(Exit::Passed);
    }
    if let Some(row) = id.parse::<RequirementId>().ok().and_then(ledger::requirement) {
        say(&explain_requirement(row))?;
        return Ok(Exit::Passed);
    }
    if let Some(known) = id.parse::<AmbiguityId>().ok().and_then(ambiguity) {
        say(&explain_ambiguity(known))?;
        return Ok(Exit::Passed);
    }
    if let Some(subject) = subject {
        let kind = match subject {
            SubjectArg::Client => "client",
            SubjectArg::Parser => "parser",
        };
        return Err(Trouble::usage(format!(
            "there is no case {id:?} for a {kind}; umspec list --subject {kind} shows the ids"
        )));
    }
    let near: Vec<&str> =
        cases().iter().map(|case| &*case.id).filter(|known| known.contains(id)).take(5).collect();
    let hint = if near.is_empty() {
        "umspec list shows the ids".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Err(Trouble::usage(format!("there is no case, requirement or ambiguity {id:?}; {hint}")))
}

/// A case that is a message and nothing else.
fn explain_message(case: &MessageCase) -> String {
    let mut out = format!("{}\n\n{}\n\n", case.id, case.about);
    for &id in &case.requirements {
        if let Some(row) = ledger::requirement(id) {
            requirement_lines(&mut out, row);
        }
    }
    let must = match case.value.as_deref() {
        Some(value) => format!("accepted as {value:?}"),
        None => case.expect.word().replace("reject", "refused").replace("either", "accepted or refused"),
    };
    let _ = writeln!(
        out,
        "\nkind      {}\nreading   {must}\n\n{}",
        case.kind.word(),
        shortened(&String::from_utf8_lossy(&case.bytes))
    );
    out
}

/// A case for clients.
fn explain_client(case: &ClientCase) -> String {
    let mut out = format!("{}\n\n{}\n\n", case.id, case.about);
    for &id in &case.requirements {
        if let Some(row) = ledger::requirement(id) {
            requirement_lines(&mut out, row);
        }
    }
    out.push('\n');
    match &case.play {
        Play::Answers(turns) => {
            for (index, turn) in turns.iter().enumerate() {
                let answer = shortened(&reaction_lines(&turn.reaction).join("\n"));
                let _ =
                    writeln!(out, "answer {}  {answer}\nclient    {}", index + 1, client_must(turn.expect));
            }
        }
        Play::Illegal => out.push_str("client    exit 1, and no request\n"),
        Play::Life(life) => {
            let _ = writeln!(
                out,
                "issued    {:?}\nstates    {:?}\nclient    {}",
                life.ids,
                life.states,
                client_must(life.expect)
            );
        }
        Play::Twice => out.push_str("client    exit 0 twice, with the same bytes sent\n"),
    }
    if case.credentials {
        out.push_str("needs     credentials: {user} and {password} in the command\n");
    }
    let _ = writeln!(out, "call id   {}", shortened(&format!("{:?}", case.call_id)));
    out
}

fn explain_case(case: &Case) -> String {
    let mut out = format!("{}\n\n{}\n\n", case.id, case.about);
    for &id in &case.requirements {
        if let Some(row) = ledger::requirement(id) {
            requirement_lines(&mut out, row);
        }
    }
    out.push('\n');
    match &case.stimulus {
        Stimulus::Request(_) => outcomes(&mut out, case),
        Stimulus::Sequence(turns) => {
            for (index, turn) in turns.iter().enumerate() {
                let must = turn.expect.words().map(|words| format!("; {words}")).unwrap_or_default();
                let _ = writeln!(out, "step {}    {}{must}", index + 1, turn.act.words());
            }
        }
    }
    for known in ambiguities_of(&case.requirements) {
        let _ = writeln!(out, "ambiguous {}  {}", known.id, known.question);
    }
    let needs = match case.needs {
        Needs::Nothing => None,
        Needs::LiveCall => Some("the id of a live call"),
        Needs::CallState => Some("fresh calls whose state GetCallInfo tells"),
        Needs::Credentials => Some("credentials (--user, --bearer)"),
        Needs::Canary => Some("an address that is watched (--canary)"),
    };
    if let Some(needs) = needs {
        let _ = writeln!(out, "needs     {needs}");
    }
    if case.slow {
        out.push_str("slow      runs with --slow, or when named in full\n");
    }
    if let Some(draft) = case.draft() {
        let request = draft.write(&Ids::default());
        if request.is_ordinary() {
            let _ = writeln!(out, "\n{} {}", request.method, request.query);
            for (name, value) in &request.headers {
                let _ = writeln!(out, "{name}: {}", shortened(value));
            }
            let body = String::from_utf8_lossy(&request.body);
            let _ = writeln!(out, "\n{}\n", shortened(&body));
        } else {
            out.push_str(&on_the_wire(&request));
        }
        let _ = writeln!(out, "umspec show {0} --raw|--hex|--curl", case.id);
    }
    out
}

/// A request whose lines are what the case is about, as they go over a connection.
fn on_the_wire(request: &HttpRequest) -> String {
    // The address that `umspec mock` has where none is given.
    let Ok(endpoint) = Endpoint::parse(DEFAULT_SERVER) else { return String::new() };
    let wire = endpoint.wire(request);
    let mut out = format!("\n{}\n\n", shortened(&shown_lines(&wire.bytes).join("\n")));
    if !wire.cuts.is_empty() {
        let cuts: Vec<String> = wire.cuts.iter().take(MAX_CUTS).map(ToString::to_string).collect();
        let more = wire.cuts.len().saturating_sub(MAX_CUTS);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let _ = writeln!(out, "parted    after {}{more} bytes, with a pause", cuts.join(", "));
    }
    if let Some(held) = wire.held {
        let _ = writeln!(out, "held      after {held} bytes, until the server has said something");
    }
    if wire.half_close {
        out.push_str("closed    the side of the client, after the last byte\n");
    }
    if request.followed {
        out.push_str("followed  by a second request on the connection, once this one is answered\n");
    }
    out
}

fn outcomes(out: &mut String, case: &Case) {
    let row = case.class.decision();
    if case.recorded {
        out.push_str("allowed   any orderly answer; it is recorded only\n");
        return;
    }
    // Cases about framing borrow the outcomes of a class, not its words.
    if !case.is_raw() {
        let _ = writeln!(out, "class     {}", row.about);
    }
    let strict = expected_words(case.class, case.nuance, Profile::Strict, false);
    let interop = expected_words(case.class, case.nuance, Profile::Interop, false);
    let _ = writeln!(out, "allowed   {strict}");
    if case.nuance.is_some_and(Nuance::is_http_fault) {
        return;
    }
    if interop != strict {
        let _ = writeln!(out, "interop   {interop}");
    }
    let forbids_success = forbids_success(case.class, case.nuance);
    let warned: Vec<String> = row
        .interop
        .iter()
        .filter(|accepted| accepted.grade == Tolerance::Warn && accepted.applies_to(case.nuance))
        .filter(|accepted| accepted.expected != Expected::Ok || !forbids_success)
        .map(|accepted| accepted.expected.to_string())
        .collect();
    if !warned.is_empty() {
        let _ = writeln!(out, "warned    {}", warned.join(", or "));
    }
    let stands = |never: &&Expected| **never != Expected::Ok || forbids_success;
    let mut never: Vec<String> = row.never.iter().filter(stands).map(ToString::to_string).collect();
    if forbids_success && !case.class.is_negative() {
        never.push(Expected::Ok.to_string());
    }
    if case.nuance == Some(Nuance::MisplacedAttribute) && !row.never.contains(&Expected::MustUnderstand) {
        never.push(Expected::MustUnderstand.to_string());
    }
    // What the case is about beside its outcome (UMD-R154).
    if case.requirements.contains(&req::OTHER_CALLS_UNTOUCHED) {
        never.push("the end of a call that it does not name".to_owned());
    }
    if !never.is_empty() {
        let _ = writeln!(out, "never     {}", never.join(", or "));
    }
}

fn explain_requirement(row: &Requirement) -> String {
    let mut out = String::new();
    requirement_lines(&mut out, row);
    let _ = writeln!(out, "binds     {}", row.party.word());
    let _ = writeln!(out, "facet     {}", row.facet.word());
    let citing: Vec<&str> =
        cases().iter().filter(|case| case.requirements.contains(&row.id)).map(|case| &*case.id).collect();
    let checks: Vec<&str> = CHECKS
        .iter()
        .flat_map(|group| group.iter())
        .filter(|check| check.requirements.contains(&row.id))
        .map(|check| check.id.word())
        .collect();
    for (label, ids) in [("cases", citing), ("checks", checks)] {
        if !ids.is_empty() {
            let _ = writeln!(out, "{label:<10}{}", ids.join(", "));
        }
    }
    for known in ambiguities_of(&[row.id]) {
        let _ = writeln!(out, "ambiguous {}  {}", known.id, known.question);
    }
    if let Visibility::NotObservable(reason) = row.visibility {
        let _ = writeln!(out, "unseen    {reason}");
    }
    out
}

fn explain_ambiguity(known: &Ambiguity) -> String {
    let mut out = format!("{}  {}\n\n", known.id, known.question);
    for reading in known.readings {
        let _ = writeln!(out, "reading   {}: {}", reading.name, reading.says);
        let _ = writeln!(out, "          {}; taken by {}", reading.source, reading.taken.words());
    }
    out.push('\n');
    for &id in known.requirements {
        if let Some(row) = ledger::requirement(id) {
            requirement_lines(&mut out, row);
        }
    }
    if let Some(why) = known.unseen {
        let _ = writeln!(out, "unseen    {why}");
    }
    out
}

fn requirement_lines(out: &mut String, row: &Requirement) {
    let sources: Vec<String> = row.sources.iter().map(ToString::to_string).collect();
    let _ = writeln!(out, "{}  {}  {}", row.id, row.level.word(), row.statement);
    let _ = writeln!(out, "          {}", sources.join("; "));
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}… ({} bytes in all)", &text[..at], text.len()),
        None => text.to_owned(),
    }
}
