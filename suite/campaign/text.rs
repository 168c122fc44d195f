//! The report of a campaign for people: a pure function of it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::{Arm, ArmCount, Campaign, CampaignFinding};
use crate::evidence::ControlEvidence;
use crate::judge::{ControlLevel, Established, Finding, Verdict};
use crate::message::{told, visible};
use crate::protocol::{RequirementId, ledger};

/// Width of the words at the start of a line.
const LABEL: usize = 10;

/// The report, with colours as escape codes; print it through a stream that takes them out where they do not
/// belong. `quiet` leaves out the head and what only warns. `again` is what to call for a reproducer.
pub fn campaign_text(campaign: &Campaign, quiet: bool, again: &dyn Fn(&CampaignFinding) -> String) -> String {
    let mut out = String::new();
    if !quiet {
        line(&mut out, "server", &campaign.target);
        line(&mut out, "control", &control(campaign));
        line(&mut out, "seed", &campaign.seed.to_string());
        out.push('\n');
    }
    let least = if quiet { Verdict::Fail } else { Verdict::Warn };
    for finding in campaign.before.iter().filter(|finding| finding.verdict >= least) {
        before(&mut out, finding);
    }
    for finding in campaign.findings.iter().filter(|finding| finding.verdict() >= least) {
        block(&mut out, finding, &again(finding));
    }
    tail(&mut out, campaign);
    out
}

fn line(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "{label:<LABEL$}{}", visible(text));
}

fn inner(out: &mut String, label: &str, text: &str) {
    let _ = writeln!(out, "      {label:<LABEL$}{}", visible(text));
}

fn control(campaign: &Campaign) -> String {
    let ControlEvidence::Server(evidence) = &campaign.control else { return "none".to_owned() };
    let established = Established::of(&campaign.control);
    let Some(control) = established.server() else { return "none".to_owned() };
    let kept =
        if campaign.kept { "connections are kept" } else { "each request has a connection of its own" };
    match control.level {
        ControlLevel::Uncontrolled => "none".to_owned(),
        ControlLevel::Live => {
            let seen = if control.states { "effects seen through GetCallInfo" } else { "effects not seen" };
            format!("live: calls from {}, {seen}, {kept}", evidence.calls.words())
        }
        level => format!("{level}: call ids from {}, {kept}", evidence.calls.words()),
    }
}

fn styled(verdict: Verdict) -> String {
    let color = if verdict == Verdict::Fail { AnsiColor::Red } else { AnsiColor::Yellow };
    let style = Style::new().bold().fg_color(Some(color.into()));
    format!("{style}{}{style:#}", verdict.word())
}

fn statement(id: RequirementId) -> String {
    let row = ledger::requirement(id);
    let level = row.map_or("", |row| row.level.word());
    format!("{id} {level}  {}", row.map_or("", |row| row.statement))
}

fn before(out: &mut String, finding: &Finding) {
    let _ = writeln!(out, "{}  {}", styled(finding.verdict), statement(finding.requirement));
    inner(out, "check", finding.check.word());
    inner(out, "expected", &told(&finding.expected));
    inner(out, "observed", &told(&finding.observed));
    inner(out, "input", "the plain request");
    out.push('\n');
}

fn block(out: &mut String, finding: &CampaignFinding, again: &str) {
    let _ = writeln!(out, "{}  {}", styled(finding.verdict()), statement(finding.shown.requirement));
    inner(out, "check", finding.shown.check.word());
    inner(out, "expected", &told(&finding.expected));
    inner(out, "observed", &told(&finding.observed));
    for (number, edit) in finding.input.told().iter().enumerate() {
        inner(out, if number == 0 { "input" } else { "" }, &told(edit));
    }
    if !finding.before.is_empty() {
        let count = finding.before.len();
        inner(out, "after", &format!("{count} other requests on the same connection and call"));
    }
    for also in &finding.also {
        inner(out, "also", &format!("{} {}", also.verdict, statement(also.requirement)));
    }
    let (times, of) = finding.tries;
    let tries = match &finding.untried {
        Some(why) => format!("once; {why}"),
        None => format!("{times} of {of} tries, shrunk in {} requests", finding.shrunk_in),
    };
    inner(
        out,
        "shown",
        &format!("by {} inputs, first after {} requests; {tries}", finding.hits, finding.after),
    );
    if !again.is_empty() {
        inner(out, "again", again);
    }
    out.push('\n');
}

fn tail(out: &mut String, campaign: &Campaign) {
    if let Some(why) = &campaign.ended_early {
        let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
        let _ = writeln!(out, "{style}ENDED EARLY{style:#}  {}", visible(why));
    }
    if campaign.interrupted {
        let _ = writeln!(out, "interrupted");
    }
    let seconds = campaign.time.as_secs_f64();
    let rate = if seconds > 0.0 { number(campaign.requests) / seconds } else { 0.0 };
    line(
        out,
        "requests",
        &format!(
            "{} in {seconds:.3} s, {rate:.0} a second; {} calls placed",
            campaign.requests, campaign.placed
        ),
    );
    if campaign.for_growth > 0 {
        line(out, "", &format!("{} more to see how times grow", campaign.for_growth));
    }
    let sent = Arm::ALL.into_iter().filter_map(|arm| Some((arm, *campaign.arms.get(&arm)?)));
    for (number, (arm, ArmCount { inputs, new, findings })) in sent.enumerate() {
        line(
            out,
            if number == 0 { "inputs" } else { "" },
            &format!("{inputs} {}: {new} came to something new, {findings} findings", arm.word()),
        );
    }
    if let Some(ratio) = guided_against_blind(campaign) {
        line(out, "guidance", &ratio);
    }
    let noise = campaign.noise;
    line(
        out,
        "cells",
        &format!(
            "{} of edit, place and answer; {} tuples over the witnesses; {} pairs of a class and a neutral edit; \
             the plain request has {} answers on connections of their own, {} on a kept one",
            campaign.cells, campaign.tuples, campaign.pairs, noise.0, noise.1
        ),
    );
    let risk = campaign.risk;
    line(
        out,
        "risk",
        &format!(
            "{:.5} that the next input shows something new ({} of {})",
            risk.estimate(),
            risk.once,
            risk.inputs
        ),
    );
    let aside: u64 = campaign.set_aside.values().sum();
    if aside > 0 {
        let told: Vec<String> =
            campaign.set_aside.iter().map(|(why, count)| format!("{count}: {why}")).collect();
        line(out, "put aside", &told.join("; "));
    }
    if !campaign.unreached.is_empty() {
        let names: Vec<&str> = campaign.unreached.iter().map(|class| class.word()).collect();
        line(out, "not sent", &format!("{}: the campaign was too short for them", names.join(", ")));
    }
    let of = |verdict| campaign.findings.iter().filter(|finding| finding.verdict() == verdict).count();
    line(out, "findings", &format!("failed {} + warned {}", of(Verdict::Fail), of(Verdict::Warn)));
    if !campaign.ended.is_empty() {
        line(out, "ended", &campaign.ended);
    }
}

/// New cells in a thousand inputs of the guided arm and of the blind one, and how many times as many that is.
fn guided_against_blind(campaign: &Campaign) -> Option<String> {
    let rate = |arm| {
        let count = campaign.arms.get(&arm)?;
        (count.inputs > 0).then(|| number(count.new) * 1000.0 / number(count.inputs))
    };
    let (guided, blind) = (rate(Arm::Guided)?, rate(Arm::Blind)?);
    let ratio = if blind > 0.0 { format!(", {:.2} times as many", guided / blind) } else { String::new() };
    Some(format!("{guided:.1} new in 1,000 guided inputs, {blind:.1} in 1,000 blind ones{ratio}"))
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn number(count: u64) -> f64 {
    count as f64
}
