use super::exit::Exit;
use super::output::say;
use super::trouble::Trouble;
use umspec::catalogue::{Case, cases, parser_cases};
use umspec::judge::{Grading, Verdict};
use umspec::mock::variants;
use umspec::proof::{
    Economy, FEW, KillMatrix, MockServer, Proof, Score, client_false_alarms, client_kill_matrix,
    client_sham_scores, kill_matrix, parser_kill_matrix, parser_sham_scores, reference_client_verdicts,
    reference_parser_verdicts, run_against, sham_scores, sham_table, side_by_side, told_client_cases,
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
    kills(&mut hold, "servers", &matrix, ordinary.iter().map(|case| &*case.id))?;
    programs(&mut hold)?;

    let scores = sham_scores(&ordinary).map_err(|e| broken(&e))?;
    let passed: usize = scores.iter().map(|(_, _, score)| score.total()).sum();
    let table = sham_table(&scores);
    say(&format!(
        "{}  servers that do nothing, or always the same, pass {passed} cases\n\n{table}",
        hold(passed == 0)
    ))?;
    Ok(if sound { Exit::Passed } else { Exit::Failed })
}

/// Which mutants of a subject are killed, and which of its cases kill one.
fn kills<'a>(
    hold: &mut impl FnMut(bool) -> &'static str,
    subject: &str,
    matrix: &KillMatrix,
    cases: impl ExactSizeIterator<Item = &'a str>,
) -> Result<(), Trouble> {
    let survivors = matrix.survivors();
    say(&format!("{}  {subject}: {}", hold(survivors.is_empty()), matrix.summary()))?;
    for name in survivors {
        say(&format!("      {name} is not\n"))?;
    }
    let economy = Economy::of(matrix.rows.iter().map(|row| &row.told));
    say(&format!("{}  {subject}: {economy}\n", hold(economy.is_kept())))?;
    let all = cases.len();
    let idle = matrix.idle(cases);
    say(&format!(
        "{}  {subject}: {} of {all} cases kill a mutant by their own doing that at most {FEW} kill so\n",
        hold(idle.is_empty()),
        all - idle.len(),
    ))?;
    for case in idle {
        say(&format!("      {case} does not\n"))?;
    }
    Ok(())
}

/// The same for parsers and clients, with their shams and their reference.
fn programs(hold: &mut impl FnMut(bool) -> &'static str) -> Result<(), Trouble> {
    let parsers = parser_kill_matrix().map_err(|e| broken(&e))?;
    kills(hold, "parsers", &parsers, parser_cases().iter().map(|case| &*case.id))?;
    let told = told_client_cases();
    let clients = client_kill_matrix(&told).map_err(|e| broken(&e))?;
    kills(hold, "clients", &clients, told.iter().map(|case| &*case.id))?;
    let variants = client_false_alarms().map_err(|e| broken(&e))?;
    let alarms: usize = variants.iter().map(|(_, alarms)| alarms.len()).sum();
    say(&format!(
        "{}  {} clients that differ as some document allows: {alarms} false alarms\n",
        hold(alarms == 0),
        variants.len()
    ))?;
    for (name, alarms) in variants {
        for alarm in alarms {
            say(&format!("      {name}, {alarm}\n"))?;
        }
    }
    let reader = reference_parser_verdicts(Profile::Strict);
    let client = reference_client_verdicts(Profile::Strict).map_err(|e| broken(&e))?;
    let shams = [parser_sham_scores(), client_sham_scores().map_err(|e| broken(&e))?];
    let passed = |shams: &[(&str, Score)]| shams.iter().map(|(_, score)| score.total()).sum::<usize>();
    for (name, sound, shams) in [
        ("parsers", reader.keys().all(|verdict| *verdict == Verdict::Pass), &shams[0]),
        ("clients", client.keys().all(|verdict| *verdict == Verdict::Pass), &shams[1]),
    ] {
        let passed = passed(shams);
        say(&format!(
            "{}  {name}: {} shams pass {passed} cases, the reference passes {}\n",
            hold(sound && passed == 0),
            shams.len(),
            if sound { "everything" } else { "not everything" }
        ))?;
    }
    Ok(())
}

fn broken(error: &std::io::Error) -> Trouble {
    Trouble { exit: Exit::NotJudged, line: format!("cannot run the mocks on 127.0.0.1: {error}") }
}
