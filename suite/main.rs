//! The command line of umspec.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
