use super::exit::Exit;
use super::output::say;
use super::trouble::Trouble;
use umspec::catalogue::{Case, cases};
use umspec::judge::{Grading, Verdict};
use umspec::mock::variants;
use umspec::proof::{
    MockServer, Proof, Score, client_kill_matrix, client_sham_scores, kill_matrix, parser_kill_matrix,
    parser_sham_scores, reference_client_verdicts, reference_parser_verdicts, run_against, sham_scores,
    sham_table, side_by_side, told_client_cases,
};
use umspec::protocol::Profile;

/// Shows on this machine what the verdicts are worth; exit 1 where a promise does not hold.
pub(crate) fn selftest() -> Result<Exit, Trouble> {
    let ordinary: Vec<&'static Case> = cases().iter().filter(|case| !case.slow).collect();
    let mut sound = true;
    let mut hold = |holds: bool| {
        sound &= holds;
        if holds { "ok  " } else { "FAIL" }
    };

    for profile in [Profile::Interop, Profile::Strict] {
        let grading = Grading { profile, bp: false };
        let proof = Proof { grading, wire: true, jobs: 4, ..Proof::default() };
        let counts = run_against(MockServer::Strict, &ordinary, proof).map_err(|e| broken(&e))?.counts();
        let holds = counts.failed + counts.warned + counts.not_judged == 0 && counts.judged > 0;
        say(&format!(
            "{}  the strict mock passes the {} profile: {} cases judged, {} failed\n",
            hold(holds),
            profile.word(),
            counts.judged,
            counts.failed
        ))?;
    }

    let lawful: Vec<_> = variants().collect();
    let count = lawful.len();
    let asked = ordinary.clone();
    let alarms = side_by_side(&lawful, move |variant| {
        let proof = Proof { grading: Grading::default(), ..Proof::default() };
        let record = run_against(MockServer::Variant(variant), &asked, proof)?;
        Ok(record.entries.iter().filter(|entry| entry.judgement.verdict == Verdict::Fail).count())
    });
    let alarms: usize = alarms.map_err(|e| broken(&e))?.into_iter().sum();
    say(&format!(
        "{}  {} servers that differ as some document allows: {alarms} false alarms\n",
        hold(alarms == 0),
        count
    ))?;

    let matrix = kill_matrix(&ordinary).map_err(|e| broken(&e))?;
    let survivors = matrix.survivors();
    say(&format!("{}  {}", hold(survivors.is_empty()), matrix.summary()))?;
    for name in survivors {
        say(&format!("      {name} is not\n"))?;
    }
    let kills = matrix.kills_of_cases();
    let idle: Vec<&str> =
        ordinary.iter().map(|case| &*case.id).filter(|id| !kills.contains_key(id)).collect();
    say(&format!(
        "{}  {} of {} cases kill a mutant\n",
        hold(idle.is_empty()),
        ordinary.len() - idle.len(),
        ordinary.len()
    ))?;
    for case in idle {
        say(&format!("      {case} does not\n"))?;
    }

    subjects(&mut hold)?;

    let scores = sham_scores(&ordinary).map_err(|e| broken(&e))?;
    let passed: usize = scores.iter().map(|(_, _, score)| score.total()).sum();
    let table = sham_table(&scores);
    say(&format!(
        "{}  servers that do nothing, or always the same, pass {passed} cases\n\n{table}",
        hold(passed == 0)
    ))?;
    Ok(if sound { Exit::Passed } else { Exit::Failed })
}

/// The same for parsers and clients.
fn subjects(hold: &mut impl FnMut(bool) -> &'static str) -> Result<(), Trouble> {
    let parsers = parser_kill_matrix().map_err(|e| broken(&e))?;
    let clients = client_kill_matrix(&told_client_cases()).map_err(|e| broken(&e))?;
    let reader = reference_parser_verdicts(Profile::Strict);
    let client = reference_client_verdicts(Profile::Strict).map_err(|e| broken(&e))?;
    let shams = [parser_sham_scores(), client_sham_scores().map_err(|e| broken(&e))?];
    let passed = |shams: &[(&str, Score)]| shams.iter().map(|(_, score)| score.total()).sum::<usize>();
    for (name, matrix, sound, shams) in [
        ("parsers", parsers, reader.keys().all(|verdict| *verdict == Verdict::Pass), &shams[0]),
        ("clients", clients, client.keys().all(|verdict| *verdict == Verdict::Pass), &shams[1]),
    ] {
        let passed = passed(shams);
        let killed = matrix.rows.len() - matrix.survivors().len();
        let holds = sound && passed == 0 && killed == matrix.rows.len();
        say(&format!(
            "{}  {name}: {killed} of {} mutants are killed, {} shams pass {passed} cases, the reference passes {}\n",
            hold(holds),
            matrix.rows.len(),
            shams.len(),
            if sound { "everything" } else { "not everything" }
        ))?;
    }
    Ok(())
}

fn broken(error: &std::io::Error) -> Trouble {
    Trouble { exit: Exit::NotJudged, line: format!("cannot run the mocks on 127.0.0.1: {error}") }
}
