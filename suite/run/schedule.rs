//! One scheduler for all subjects: work in lanes side by side, results in the order of the work.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;

/// What a lane is to work on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    /// Number of the work.
    pub(crate) index: usize,
    /// Whether it is the first of its group.
    #[cfg_attr(not(feature = "net"), expect(dead_code, reason = "only cases for servers share requests"))]
    pub(crate) is_first: bool,
}

/// Works on groups of items, side by side in as many lanes as are given. A group is taken by one lane
/// and its items are worked on one after the other; groups are taken in order. A lane whose work gives
/// nothing takes no more.
///
/// Gives back the results by their items, which do not depend on the number of lanes, and the lanes.
/// Needs no particular runtime.
pub(crate) async fn side_by_side<L, T>(
    groups: &[Vec<usize>],
    lanes: Vec<L>,
    work: impl AsyncFn(&mut L, Item) -> Option<T>,
) -> (BTreeMap<usize, T>, Vec<L>) {
    let next = AtomicUsize::new(0);
    let (next, work) = (&next, &work);
    let lanes = lanes.into_iter().map(|mut lane| async move {
        let mut done = Vec::new();
        'lane: while let Some(group) = groups.get(next.fetch_add(1, Ordering::SeqCst)) {
            for (position, &index) in group.iter().enumerate() {
                match work(&mut lane, Item { index, is_first: position == 0 }).await {
                    Some(result) => done.push((index, result)),
                    None => break 'lane,
                }
            }
        }
        (done, lane)
    });
    let (done, lanes): (Vec<_>, Vec<L>) = join_all(lanes).await.into_iter().unzip();
    (done.into_iter().flatten().collect(), lanes)
}

/// Each item in a group of its own.
pub(crate) fn alone(items: impl IntoIterator<Item = usize>) -> Vec<Vec<usize>> {
    items.into_iter().map(|index| vec![index]).collect()
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn now<T>(future: impl Future<Output = T>) -> T {
        future.now_or_never().expect("work that is ready at once")
    }

    #[test]
    fn results_do_not_depend_on_the_number_of_lanes() {
        let groups = [vec![3, 1], vec![0], vec![2, 4]];
        for lanes in 1..4 {
            let work = async |lane: &mut usize, item: Item| {
                *lane += 1;
                Some((item.index * 10, item.is_first))
            };
            let (done, lanes) = now(side_by_side(&groups, vec![0; lanes], work));
            let expected =
                [(0, (0, true)), (1, (10, false)), (2, (20, true)), (3, (30, true)), (4, (40, false))];
            assert_eq!(done, BTreeMap::from(expected));
            assert_eq!(lanes.iter().sum::<usize>(), 5);
        }
    }

    #[test]
    fn a_lane_without_a_result_takes_no_more() {
        let work = async |(): &mut (), item: Item| (item.index < 2).then_some(item.index);
        let (done, _) = now(side_by_side(&alone(0..5), vec![()], work));
        assert_eq!(done.into_keys().collect::<Vec<_>>(), [0, 1]);
    }
}
