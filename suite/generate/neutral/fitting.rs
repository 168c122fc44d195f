//! Which values of the neutral dimensions may stand around the edits of a case.

use super::dimension::{DIMENSIONS, Levels};
use super::row::Row;
use crate::message::{Draft, Edit, HttpRequest, Ids, Place, Request, charset_of, read_request};
use crate::protocol::InputClass;

/// Longest message of a case that is spelled in other ways, in bytes: beyond it a server may have limits, which
/// twice as many bytes in UTF-16 exceed.
const MAX_MESSAGE: usize = 4_096;

/// What a request is to a reader.
type Reading = Result<Request, InputClass>;

/// A case as far as it can be spelled in other ways.
#[derive(Debug)]
pub struct Fitting<'c> {
    edits: &'c [Edit],
    reading: Reading,
    /// The values that mean something and change nothing, for each dimension; the plain one first.
    pub levels: Levels,
}

impl<'c> Fitting<'c> {
    /// What of these values fits around these edits: values that leave a request byte for byte as it is are left
    /// out, and those that the reader takes for something else, or that say anew what the edits say.
    pub fn of(edits: &'c [Edit], levels: &Levels) -> Self {
        let ids = Ids::default();
        let plain = Draft::disconnect(edits).write(&ids);
        let mut fitting = Self { edits, reading: reading(&plain), levels: Vec::new() };
        let spelled = plain.body.len() <= MAX_MESSAGE;
        let fits = |dimension: usize, value: u8| {
            let row = Row::plain().with(dimension, value);
            value == 0 || (spelled && fitting.changes_nothing(&row, &plain, &ids))
        };
        let levels = levels.iter().enumerate();
        let levels =
            levels.map(|(at, values)| values.iter().copied().filter(|value| fits(at, *value)).collect());
        fitting.levels = levels.collect();
        fitting
    }

    /// The same where it was found out before what fits around these edits.
    pub fn known(edits: &'c [Edit], levels: Levels) -> Self {
        Self { edits, reading: reading(&Draft::disconnect(edits).write(&Ids::default())), levels }
    }

    /// Whether a row holds nothing that does not fit, be it alone or beside the rest of the row.
    pub fn takes(&self, row: &Row) -> bool {
        let fits = |(at, values): (usize, &Vec<u8>)| values.contains(&row.value(at));
        self.levels.iter().enumerate().all(fits) && self.reads_the_same(row)
    }

    fn changes_nothing(&self, row: &Row, plain: &HttpRequest, ids: &Ids) -> bool {
        let more = row.edits();
        if more.iter().any(|edit| self.edits.iter().any(|own| say_the_same(own, edit))) {
            return false;
        }
        if more.iter().all(is_beside_the_message) {
            return true;
        }
        let request = Draft::disconnect(self.edits).and(&more).write(ids);
        request != *plain && reading(&request) == self.reading
    }

    /// A row with what does not fit made plain, be it alone or beside the rest of the row.
    pub fn fit(&self, row: &Row) -> Row {
        let each = || self.levels.iter().enumerate().filter(|(at, values)| values.contains(&row.value(*at)));
        let whole = each().fold(Row::plain(), |fitted, (at, _)| fitted.with(at, row.value(at)));
        if self.reads_the_same(&whole) {
            return whole;
        }
        each().fold(Row::plain(), |fitted, (at, _)| {
            let more = fitted.with(at, row.value(at));
            if self.reads_the_same(&more) { more } else { fitted }
        })
    }

    /// Whether a reader makes the same of the case in this spelling.
    pub fn reads_the_same(&self, row: &Row) -> bool {
        let edits = row.edits();
        reading(&Draft::disconnect(self.edits).and(&edits).write(&Ids::default())) == self.reading
    }

    /// Whether anything but the plain spelling fits.
    pub fn is_rigid(&self) -> bool {
        self.levels.iter().all(|values| values.len() < 2) || self.levels.len() != DIMENSIONS.len()
    }
}

fn reading(request: &HttpRequest) -> Reading {
    let charset = request.header("content-type").and_then(charset_of);
    read_request(&request.body, charset.as_deref()).map_err(|refusal| refusal.defect.class())
}

/// Whether an edit leaves the message and what is said of its encoding as they are.
fn is_beside_the_message(edit: &Edit) -> bool {
    match edit {
        Edit::HttpHeader(name, _) => !name.eq_ignore_ascii_case("content-type"),
        edit => edit.is_on_the_line(),
    }
}

/// Whether two edits settle the same thing, so that the later one would undo the earlier.
fn say_the_same(own: &Edit, neutral: &Edit) -> bool {
    use Edit as E;
    let labels = |edit: &Edit| match edit {
        E::Declaration(_) | E::Encoding(_) | E::Mark => true,
        E::HttpHeader(name, _) | E::HttpHeaderAlso(name, _) => name.eq_ignore_ascii_case("content-type"),
        _ => false,
    };
    let on_the_line = |edit: &Edit| edit.is_on_the_line() || matches!(edit, E::Method(_) | E::NoBody);
    match (own, neutral) {
        (E::HttpHeader(a, _) | E::HttpHeaderAlso(a, _), E::HttpHeader(b, _)) if a.eq_ignore_ascii_case(b) => {
            true
        }
        // What is said of the encoding in one place has to fit what is said in the others.
        _ if labels(own) && labels(neutral) => true,
        // Whether one that stands behind Body is the first Header or the second.
        (E::After(Place::Body, _), E::Header(_)) => true,
        (E::Method(_) | E::NoBody, E::HttpHeader(name, _)) => name == "expect",
        _ => on_the_line(own) && on_the_line(neutral),
    }
}
