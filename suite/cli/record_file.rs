//! The record of a run, written to its file while the run goes on.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::output::{complain, say_bytes};
use super::trouble::Trouble;
use umspec::record::{Entry, Record, RecordWriter};

/// How long what was written may stand in memory only, which a power cut takes: a second of a run is little to do
/// again, and to wait for a disk takes a few milliseconds.
const UNSAFE: Duration = Duration::from_secs(1);

/// Most entries that wait to be written while the run goes on: few enough for next to nothing to be lost with them,
/// and what the fastest run has in [`GATHERED`] six times over.
const AHEAD: usize = 64;

/// How long the thread that writes sleeps once there is something to write: to be woken for each entry took a tenth of
/// its time.
const GATHERED: Duration = Duration::from_millis(10);

/// Where the record of a run goes. Each entry is written when it and all before it are done; so whatever ends the
/// run, what was judged before stands in the file.
///
/// A thread of its own writes the entries, so that the run waits neither for that nor for a disk.
pub(crate) struct RecordFile {
    file: Arc<Shared>,
    writer: Mutex<Option<Writer>>,
}

/// What writes entries while the run goes on.
struct Writer {
    entries: SyncSender<(Arc<Entry>, Duration)>,
    thread: JoinHandle<()>,
}

/// What the run and the thread that writes have in common.
struct Shared {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    writer: Option<RecordWriter>,
    /// None for standard output.
    file: Option<File>,
    saved: Option<Instant>,
    /// Where the entry of each case is to stand.
    places: HashMap<String, usize>,
    /// How many entries were written.
    written: usize,
    /// Entries that are done before others that stand before them.
    waiting: BTreeMap<usize, (Arc<Entry>, Duration)>,
    /// Why no more can be written.
    trouble: Option<String>,
}

impl RecordFile {
    pub(crate) fn new(path: &Path) -> Self {
        let file = Arc::new(Shared { path: path.to_owned(), state: Mutex::default() });
        Self { file, writer: Mutex::default() }
    }

    /// Begins the file; an older one of that name is gone then.
    pub(crate) fn begun(&self, record: &Record) {
        self.file.with(|state| state.begin(&self.file.path, record));
        let (entries, taken) = sync_channel::<(Arc<Entry>, Duration)>(AHEAD);
        let file = Arc::clone(&self.file);
        let write = move || {
            while let Ok(first) = taken.recv() {
                std::thread::sleep(GATHERED);
                for (entry, took) in std::iter::once(first).chain(taken.try_iter()) {
                    if !file.with(|state| state.settle(&entry, took)) {
                        return;
                    }
                }
            }
        };
        // Without a thread the run writes by itself.
        let thread = std::thread::Builder::new().name("record".to_owned()).spawn(write).ok();
        *self.writer() = thread.map(|thread| Writer { entries, thread });
    }

    /// Takes an entry that is done.
    pub(crate) fn settled(&self, entry: &Arc<Entry>, took: Duration) {
        let sender = self.writer().as_ref().map(|writer| writer.entries.clone());
        if sender.is_none_or(|entries| entries.send((Arc::clone(entry), took)).is_err()) {
            self.file.with(|state| state.settle(entry, took));
        }
    }

    /// Writes what is left of the record of a run that is over.
    ///
    /// # Errors
    /// When not all of it could be written.
    pub(crate) fn end(&self, record: &Record) -> Result<(), Trouble> {
        if let Some(Writer { entries, thread }) = self.writer().take() {
            drop(entries);
            // Whatever it has not written is written now.
            let _ = thread.join();
        }
        self.file.with(|state| state.end(&self.file.path, record));
        let state = self.file.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.trouble.clone().map_or(Ok(()), |line| Err(Trouble::usage(line)))
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    /// Does a part of the work, unless an earlier part was of no use: behind half a line there must be no more.
    /// Gives back whether there is any in more.
    fn with(&self, work: impl FnOnce(&mut State) -> Result<(), String>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.trouble.is_some() {
            return false;
        }
        if let Err(why) = work(&mut state) {
            let line = format!("cannot write {}: {why}", self.path.display());
            if state.written > 0 {
                complain(&format!("umspec: {line}; the record ends after {} cases\n", state.written));
            }
            state.trouble = Some(line);
        }
        state.trouble.is_none()
    }
}

impl State {
    fn begin(&mut self, path: &Path, record: &Record) -> Result<(), String> {
        let (writer, line) = RecordWriter::begin(record).map_err(|error| error.to_string())?;
        if path != Path::new("-") {
            self.file = Some(File::create(path).map_err(|error| error.to_string())?);
        }
        let places = record.planned.iter().enumerate();
        self.places = places.map(|(place, case)| (case.clone(), place)).collect();
        self.writer = Some(writer);
        self.write(&line)
    }

    fn settle(&mut self, entry: &Arc<Entry>, took: Duration) -> Result<(), String> {
        let Some(&place) = self.places.get(&entry.case) else { return Ok(()) };
        if place != self.written {
            self.waiting.insert(place, (Arc::clone(entry), took));
            return Ok(());
        }
        self.entry(entry, milliseconds(took))?;
        while let Some((entry, took)) = self.waiting.remove(&self.written) {
            self.entry(&entry, milliseconds(took))?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry, took_ms: u64) -> Result<(), String> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let line = writer.entry(entry, Some(took_ms)).map_err(|error| error.to_string())?;
        self.write(&line)?;
        self.written += 1;
        Ok(())
    }

    fn end(&mut self, path: &Path, record: &Record) -> Result<(), String> {
        if self.writer.is_none() {
            // It ended before there was anything to begin with.
            self.begin(path, record)?;
        }
        for place in self.written..record.entries.len() {
            let took = record.times.cases.get(place).copied().unwrap_or_default();
            self.entry(&record.entries[place], took)?;
        }
        let Some(writer) = self.writer.take() else { return Ok(()) };
        let line = writer.end(record).map_err(|error| error.to_string())?;
        self.write(&line)
    }

    fn write(&mut self, line: &[u8]) -> Result<(), String> {
        let Some(file) = &mut self.file else {
            return say_bytes(line).map_err(|trouble| trouble.line);
        };
        file.write_all(line).map_err(|error| error.to_string())?;
        let saved = self.saved.get_or_insert_with(Instant::now);
        if saved.elapsed() >= UNSAFE {
            // A file that cannot be made safe, a pipe, say, is written all the same.
            let _ = file.sync_data();
            *saved = Instant::now();
        }
        Ok(())
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
