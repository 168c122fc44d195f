use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;

use crate::run::schedule::{self, Item, alone};

/// Lanes for each processor where the work is computing.
const COMPUTING: usize = 1;
/// Lanes for each processor where the work mostly waits for a client that waits.
pub(super) const WAITING: usize = 3;

/// Does something for each item, on as many threads as there are processors, and gives what comes of it
/// in the order of the items.
///
/// # Errors
/// The first error of the work, or when no runtime can be had.
pub fn side_by_side<I, T>(
    items: &[I],
    work: impl Fn(I) -> std::io::Result<T> + Send + Sync + 'static,
) -> std::io::Result<Vec<T>>
where
    I: Copy + Send + 'static,
    T: Send + 'static,
{
    in_lanes(COMPUTING, items, work)
}

/// The same with so many lanes for each processor.
pub(super) fn in_lanes<I, T>(
    each: usize,
    items: &[I],
    work: impl Fn(I) -> std::io::Result<T> + Send + Sync + 'static,
) -> std::io::Result<Vec<T>>
where
    I: Copy + Send + 'static,
    T: Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let lanes = thread::available_parallelism().map_or(1, NonZeroUsize::get) * each;
    let work = Arc::new(work);
    let on_a_thread = async |(): &mut (), item: Item| {
        let (work, item) = (Arc::clone(&work), items[item.index]);
        let done = tokio::task::spawn_blocking(move || work(item)).await;
        Some(done.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())))
    };
    let groups = alone(0..items.len());
    let (done, _) = runtime.block_on(schedule::side_by_side(&groups, vec![(); lanes], on_a_thread));
    done.into_values().collect()
}
