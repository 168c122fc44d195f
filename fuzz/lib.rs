//! What the fuzz targets share: one macro that makes a body a target.
//!
//! Under `cfg(fuzzing)`, which cargo-fuzz sets, a target is what libFuzzer calls. Otherwise it is a
//! program that replays the files and folders given to it, so that a stable toolchain without a C++
//! compiler builds and runs every target.

#[cfg(fuzzing)]
#[doc(hidden)]
pub use libfuzzer_sys;

/// Makes a target of a body. With `markup`, half of the mutations know tags and names.
#[cfg(fuzzing)]
#[macro_export]
macro_rules! target {
    ($body:path) => {
        $crate::libfuzzer_sys::fuzz_target!(|data: &[u8]| $body(data));
    };
    ($body:path, markup) => {
        $crate::target!($body);
        $crate::libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            if seed.is_multiple_of(2) {
                $crate::libfuzzer_sys::fuzzer_mutate(data, size, max_size)
            } else {
                ::umspec::fuzzing::mutate(data, size, max_size, seed)
            }
        });
    };
}

/// Makes a program that replays files through a body.
#[cfg(not(fuzzing))]
#[macro_export]
macro_rules! target {
    ($body:path $(, markup)?) => {
        fn main() -> ::std::process::ExitCode {
            $crate::replay($body)
        }
    };
}

/// Replays the files and folders named by the arguments, and says how many inputs there were. Where
/// there are none, nothing was tried, which is no success: exit 2, as for a file that cannot be read.
#[cfg(not(fuzzing))]
pub fn replay(body: umspec::fuzzing::Body) -> std::process::ExitCode {
    let mut waiting: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let mut count = 0_usize;
    while let Some(path) = waiting.pop() {
        if let Ok(entries) = std::fs::read_dir(&path) {
            waiting.extend(entries.flatten().map(|entry| entry.path()));
            continue;
        }
        match std::fs::read(&path) {
            Ok(bytes) => body(&bytes),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                return std::process::ExitCode::from(2);
            }
        }
        count += 1;
    }
    if count == 0 {
        eprintln!("no input; name files, or folders that hold some");
        return std::process::ExitCode::from(2);
    }
    println!("{count} inputs, no finding");
    std::process::ExitCode::SUCCESS
}
