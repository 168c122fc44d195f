//! What a run was and how it was asked for, in the lines that every report for people has in common.

use super::again;
use super::tries::Tries;
use crate::judge::Established;
use crate::message::visible;
use crate::record::{CampaignFacts, Record, Spellings};

/// Words at the start of lines, and their texts.
pub(super) type Lines = Vec<(&'static str, String)>;

/// How a run was asked for: which part of it this is, and its command as far as a record keeps it.
pub(super) fn asked_lines(record: &Record) -> Lines {
    let mut lines = Lines::new();
    if let Some(shard) = &record.shard {
        let (number, of, cases) = (shard.number, shard.of, shard.selected);
        let text = format!(
            "{number} of {of}: {} of {cases} selected cases; umspec merge makes one record of all",
            record.entries.len()
        );
        lines.push(("shard", text));
    }
    if let Some((number, of)) = record.campaign.as_ref().and_then(|campaign| campaign.shard) {
        lines.push(("shard", format!("{number} of {of}; umspec merge makes one record of all")));
    }
    if let Some(command) = again::command(record) {
        lines.push(("run by", command));
    }
    lines
}

/// In which other spellings cases were sent, what of them the subject does not take, and which cases did not come to
/// the same each time.
pub(super) fn seen_lines(record: &Record, established: &Established) -> Lines {
    let mut lines = record.spellings.as_ref().map_or_else(Lines::new, |of| spellings(record, of));
    lines.extend(record.campaign.iter().flat_map(campaign));
    let is_flaky = |entry: &&_| Tries::of(record, established, entry).is_flaky();
    let flaky = record.entries.iter().filter(is_flaky).count();
    if flaky > 0 {
        lines.push(("flaky", format!("{flaky} cases failed in some tries and not in others")));
    }
    lines
}

/// What a campaign has sent, and what it has not.
fn campaign(campaign: &CampaignFacts) -> Lines {
    let CampaignFacts { seed, inputs, requests, placed, cells, unreached, set_aside, ended, .. } = campaign;
    let sent = format!(
        "{inputs} inputs in {requests} requests, {placed} calls placed, seed {seed}; {} cells of edit, place and \
         answer, {} of them seen once",
        cells.count(),
        cells.once.len()
    );
    let mut lines = vec![("campaign", sent)];
    if !set_aside.is_empty() {
        let told: Vec<String> =
            set_aside.iter().map(|(why, count)| format!("{count}: {}", visible(why))).collect();
        lines.push(("put aside", told.join("; ")));
    }
    if !unreached.is_empty() {
        let names: Vec<&str> = unreached.iter().map(|class| class.word()).collect();
        lines.push(("not sent", names.join(", ")));
    }
    if !ended.is_empty() {
        lines.push(("ended", visible(ended)));
    }
    lines
}

fn spellings(record: &Record, spellings: &Spellings) -> Lines {
    let Spellings { strength, not_taken, sent, values, pairs, triples } = spellings;
    let partly = record.entries.iter().filter(|entry| entry.judgement.is_partly()).count();
    let met = format!(
        "{sent} at strength {strength}: {} of {} values around cases, {} of {} pairs and {} of {} triples \
         around one case of each class",
        values.met, values.of, pairs.met, pairs.of, triples.met, triples.of
    );
    let mut lines =
        vec![("spellings", met), ("partly", format!("{partly} cases go wrong only in some spellings"))];
    if !not_taken.is_empty() {
        let told: Vec<_> = not_taken.iter().map(|value| visible(value)).collect();
        lines.push((
            "left out",
            format!("{}: the plain request is answered otherwise in them", told.join(", ")),
        ));
    }
    lines
}
