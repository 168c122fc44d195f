//! What a program under test starts, and what of it is left when the program has ended.
//!
//! Every program is the leader of a process group of its own, and the group is ended with it. What leaves its
//! group, as a daemon does, is an orphan when the program ends: on Linux it becomes a child of this process
//! ([`adopt_orphans`]), which ends it.

use std::io;

use tokio::process::{Child, Command};

#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process_group};

/// How often a killed program is looked at until it is gone, and the pause in between.
#[cfg(target_os = "linux")]
const LOOKS: usize = 100;
#[cfg(target_os = "linux")]
const LOOK: std::time::Duration = std::time::Duration::from_millis(2);

/// Which of what becomes a child of this process is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orphans {
    /// All. For a process that has no children of other making.
    All,
    /// What has the mark in its environment by which a program under test, or one that places calls, is started:
    /// beside a server that was started by this process and is to stay.
    Marked,
}

/// Makes what programs leave behind children of this process, where the system can (Linux), so that it ends with
/// them.
#[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "there are none elsewhere"))]
pub fn adopt_orphans(which: Orphans) {
    #[cfg(target_os = "linux")]
    orphans::adopt(which);
}

/// The group that a child leads, if it lives.
#[cfg(unix)]
pub(super) fn group_of(child: &Child) -> Option<Pid> {
    child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw)
}

/// Ends all that is left of a group.
#[cfg(unix)]
pub(super) fn end_group(group: Option<Pid>) {
    if let Some(group) = group {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

/// Ends every program that was started here and lives, with its group and what it left behind (Linux).
pub fn end_programs() {
    #[cfg(target_os = "linux")]
    orphans::end_all();
}

/// A program and its process group. What is left of the group ends when this is dropped.
#[derive(Debug)]
pub(super) struct ProcessGroup {
    pub(super) child: Child,
    #[cfg(unix)]
    group: Option<Pid>,
}

impl ProcessGroup {
    /// Starts a program as the leader of a group of its own.
    pub(super) fn start(mut command: Command) -> io::Result<Self> {
        #[cfg(unix)]
        command.process_group(0);
        command.kill_on_drop(true);
        #[cfg(target_os = "linux")]
        if orphans::are_adopted() {
            command.env(orphans::MARK, std::process::id().to_string());
        }
        // Nobody looks for orphans while a child is there that is not known yet.
        #[cfg(target_os = "linux")]
        let mut known = orphans::known();
        let child = command.spawn()?;
        #[cfg(unix)]
        let group = group_of(&child);
        #[cfg(target_os = "linux")]
        known.extend(group);
        Ok(Self {
            child,
            #[cfg(unix)]
            group,
        })
    }

    /// Ends what is left of the group, the program included.
    pub(super) fn end(&self) {
        #[cfg(unix)]
        end_group(self.group);
    }

    /// Ends the program and its group, and waits for it.
    pub(super) async fn stop(&mut self) {
        self.end();
        let _ = self.child.kill().await;
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        self.end();
        #[cfg(target_os = "linux")]
        if orphans::are_adopted() {
            // Its children are orphans only once it is gone, which a killed program is at once.
            for _ in 0..LOOKS {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    break;
                }
                std::thread::sleep(LOOK);
            }
        }
        #[cfg(target_os = "linux")]
        orphans::end_but(self.group);
    }
}

#[cfg(target_os = "linux")]
mod orphans {
    use std::collections::BTreeSet;
    use std::fs;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use rustix::process::{
        Pid, Signal, WaitOptions, getpid, kill_process, kill_process_group, set_child_subreaper, waitpid,
    };

    use super::{LOOK, Orphans};

    /// Most rounds of looking for orphans: ending one makes orphans of its own children.
    const ROUNDS: usize = 16;

    /// How often the variables of a child are looked for that has none.
    const STARTS: usize = 10;

    /// The programs that were started here and may live.
    static KNOWN: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

    /// Whether orphans come here.
    static ADOPTED: AtomicBool = AtomicBool::new(false);

    /// Whether only those with a mark are ended.
    static BY_MARK: AtomicBool = AtomicBool::new(false);

    /// The variable that marks a program and what it starts, with the number of this process.
    pub(super) const MARK: &str = "UMSPEC_STARTED_BY";

    pub(super) fn adopt(which: Orphans) {
        BY_MARK.store(which == Orphans::Marked, Ordering::SeqCst);
        let adopted = set_child_subreaper(Some(getpid())).is_ok();
        ADOPTED.store(adopted, Ordering::SeqCst);
    }

    /// Whether an orphan is one of those that are ended.
    fn is_meant(child: i32) -> bool {
        if !BY_MARK.load(Ordering::SeqCst) {
            return true;
        }
        let mark = format!("{MARK}={}", getpid().as_raw_nonzero());
        for _ in 0..STARTS {
            let Ok(variables) = fs::read(format!("/proc/{child}/environ")) else { return false };
            if !variables.is_empty() {
                return variables.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes());
            }
            // One that is about to become another program has none for a moment.
            std::thread::sleep(LOOK);
        }
        false
    }

    pub(super) fn are_adopted() -> bool {
        ADOPTED.load(Ordering::SeqCst)
    }

    /// Where children that are known are noted.
    pub(super) struct Known(MutexGuard<'static, BTreeSet<i32>>);

    impl Known {
        pub(super) fn extend(&mut self, pid: Option<Pid>) {
            self.0.extend(pid.map(|pid| pid.as_raw_nonzero().get()));
        }
    }

    pub(super) fn known() -> Known {
        Known(KNOWN.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends all programs that were started here.
    pub(super) fn end_all() {
        let programs = std::mem::take(&mut *known().0);
        for group in programs.into_iter().filter_map(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        end_but(None);
    }

    /// Ends children of this process that nobody here has started, once this program has ended. Where orphans
    /// are not adopted there are none.
    pub(super) fn end_but(ended: Option<Pid>) {
        let mut known = known();
        if let Some(ended) = ended {
            known.0.remove(&ended.as_raw_nonzero().get());
        }
        if !are_adopted() {
            return;
        }
        for _ in 0..ROUNDS {
            let own = ended.map(|ended| ended.as_raw_nonzero().get());
            let orphans: Vec<Pid> = children()
                .into_iter()
                .filter(|child| !known.0.contains(child) && Some(*child) != own && is_meant(*child))
                .filter_map(Pid::from_raw)
                .collect();
            if orphans.is_empty() {
                return;
            }
            for orphan in orphans {
                let _ = kill_process(orphan, Signal::KILL);
                let _ = waitpid(Some(orphan), WaitOptions::empty());
            }
        }
    }

    /// The children of all threads of this process.
    fn children() -> Vec<i32> {
        let Ok(threads) = fs::read_dir(format!("/proc/{}/task", getpid().as_raw_nonzero())) else {
            return Vec::new();
        };
        let of =
            |thread: fs::DirEntry| fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        let lists: Vec<String> = threads.filter_map(Result::ok).map(of).collect();
        lists.iter().flat_map(|list| list.split_whitespace()).filter_map(|pid| pid.parse().ok()).collect()
    }
}
