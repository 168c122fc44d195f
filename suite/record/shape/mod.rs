//! What came of a case, as far as two runs against the same subject agree in it: without ids, dates, ports
//! and hosts.

mod normal;
#[expect(clippy::module_inception, reason = "the shape is what the room is about")]
mod shape;

pub(super) use normal::Normal;
pub(super) use shape::Shape;
