use super::args::{Format, MatrixArgs, SubjectArg};
use super::exit::Exit;
use super::output::say;
use super::trouble::Trouble;
use umspec::catalogue::{Case, cases};
use umspec::proof::{
    client_kill_matrix, kill_matrix, ledger_json, ledger_markdown, ledger_text, parser_kill_matrix,
    told_client_cases,
};

/// Prints one of the two proofs.
pub(crate) fn matrix(args: &MatrixArgs) -> Result<Exit, Trouble> {
    if args.requirements {
        say(&match args.format {
            Format::Text => ledger_text(),
            Format::Markdown => ledger_markdown(),
            Format::Json => ledger_json().map_err(|error| internal(&error))?,
        })?;
        return Ok(Exit::Passed);
    }
    let matrix = match args.subject {
        None => {
            let ordinary: Vec<&'static Case> = cases().iter().filter(|case| !case.slow).collect();
            kill_matrix(&ordinary)
        }
        Some(SubjectArg::Client) => client_kill_matrix(&told_client_cases()),
        Some(SubjectArg::Parser) => parser_kill_matrix(),
    };
    let matrix = matrix.map_err(|error| Trouble {
        exit: Exit::NotJudged,
        line: format!("cannot run the mocks on 127.0.0.1: {error}"),
    })?;
    say(&match args.format {
        Format::Text => matrix.text(),
        Format::Markdown => matrix.markdown(),
        Format::Json => matrix.json().map_err(|error| internal(&error))?,
    })?;
    Ok(if matrix.survivors().is_empty() { Exit::Passed } else { Exit::Failed })
}

fn internal(error: &serde_json::Error) -> Trouble {
    Trouble { exit: Exit::Internal, line: format!("the matrix cannot be written: {error}") }
}
