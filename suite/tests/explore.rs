use umspec::catalogue::cases;
use umspec::proof::*;
#[test]
fn explore() {
    let all: Vec<_> = cases().iter().filter(|c| !c.slow).collect();
    let t = std::time::Instant::now();
    let record = run_against(Subject::Strict, &all, Proof::default()).unwrap();
    println!("strict {:?} {:?}", t.elapsed(), record.counts());
    for e in &record.entries {
        if !matches!(e.judgement.verdict.word(), "PASS" | "NOTE" | "SKIPPED") {
            println!("STRICT {} {:?}", e.case, e.judgement);
        }
    }
    let t = std::time::Instant::now();
    let m = kill_matrix(&all).unwrap();
    println!("matrix {:?} mutants {}", t.elapsed(), m.rows.len());
    for (name, kills) in &m.rows {
        for k in kills {
            println!("K {name} {} {} {}", k.case, k.requirements.join("+"), k.interop);
        }
        println!(
            "M {name} {} {:?}",
            kills.len(),
            kills
                .iter()
                .take(6)
                .map(|k| format!("{}:{}:{}", k.case, k.requirements.join("+"), k.interop))
                .collect::<Vec<_>>()
        );
    }
    let kc = m.kills_of_cases();
    for c in &all {
        if !kc.contains_key(&*c.id) {
            println!("U {} {}", c.id, c.level().word());
        }
    }
    for v in umspec::mock::variants() {
        for p in [umspec::protocol::Profile::Interop] {
            let r = run_against(
                Subject::Mutant(v),
                &all,
                Proof { settings: umspec::judge::Settings { profile: p, bp: false }, ..Proof::default() },
            )
            .unwrap();
            println!("V {} {:?} {:?}", v.name, r.counts(), r.control.problem);
            for e in &r.entries {
                if matches!(e.judgement.verdict.word(), "FAIL" | "NOT JUDGED") {
                    println!(
                        "  VF {} {:?}",
                        e.case,
                        e.judgement.findings.first().map(|f| (
                            &f.check,
                            &f.requirement,
                            &f.expected,
                            &f.observed
                        ))
                    );
                }
            }
        }
    }
}
