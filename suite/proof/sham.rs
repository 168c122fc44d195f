//! What a server scores that does nothing, or always the same.

use std::time::Duration;

use super::score::Score;
use super::side_by_side::side_by_side;
use crate::catalogue::Case;
use crate::mock::{MockLimits, Named, Sham};
use crate::protocol::names;
use crate::record::Unwatched;
use crate::run::{CallSource, RunOptions, run};

use crate::target::{Endpoint, HttpServer, Options};

/// Time for one exchange with a sham.
const TIMEOUT: Duration = Duration::from_millis(300);

/// The levels of control at which a sham is tried, by name.
pub fn levels() -> [(&'static str, CallSource); 4] {
    let given = vec![names::SAMPLE_CALL_ID.to_owned(), names::SAMPLE_CALL_ID_2.to_owned()];
    [
        ("synthetic", CallSource::None),
        ("given", CallSource::Given(given)),
        ("live by PlayOnPhone", CallSource::Mock),
        ("live by command", CallSource::Command("echo some-call-id".to_owned())),
    ]
}

/// Runs cases against a sham with calls from this source.
///
/// # Errors
/// When no runtime or port can be had.
pub fn score(sham: Sham, calls: CallSource, cases: &[&'static Case]) -> std::io::Result<Score> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let record = runtime.block_on(async {
        let limits = MockLimits { time: TIMEOUT * 4, ..MockLimits::default() };
        let mock = Named::Sham(sham).start(([127, 0, 0, 1], 0).into(), None, limits).await?;
        let endpoint = Endpoint::parse(&format!("http://{}{}", mock.address(), names::ENDPOINT_PATH))
            .map_err(std::io::Error::other)?;
        let options = Options { timeout: TIMEOUT, connect_timeout: TIMEOUT, ..Options::default() };
        let server = HttpServer::new(endpoint, &options).map_err(std::io::Error::other)?;
        let run_options =
            RunOptions { settle: Duration::ZERO, timeout: TIMEOUT, ..RunOptions::new(sham.name(), calls) };
        Ok::<_, std::io::Error>(run(server, run_options, cases, &Unwatched).await)
    })?;
    Ok(Score::of(&record))
}

/// What every sham scores at every level.
///
/// # Errors
/// As [`score`].
pub fn sham_scores(cases: &[&'static Case]) -> std::io::Result<Vec<(Sham, &'static str, Score)>> {
    let cases = cases.to_vec();
    let levels: Vec<usize> = (0..levels().len()).collect();
    let tries = Sham::ALL.into_iter().flat_map(|sham| levels.iter().map(move |&level| (sham, level)));
    side_by_side(&tries.collect::<Vec<_>>(), move |(sham, level): (Sham, usize)| {
        let (name, calls) = self::levels()[level].clone();
        Ok((sham, name, score(sham, calls, &cases)?))
    })
}

/// The scores as a table in Markdown.
pub fn sham_table(scores: &[(Sham, &'static str, Score)]) -> String {
    let mut out = String::from("| sham |");
    for (level, _) in levels() {
        out.push_str(&format!(" {level} |"));
    }
    out.push_str("\n| --- | --- | --- | --- | --- |");
    for (sham, level, score) in scores {
        if *level == levels()[0].0 {
            out.push_str(&format!("\n| {} |", sham.name()));
        }
        out.push_str(&format!(" {} passed, {} failed |", score.total(), score.failed));
    }
    out.push('\n');
    out
}
