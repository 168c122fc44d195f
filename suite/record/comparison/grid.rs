//! Several records in one grid: a case in each row, a record in each column.

use std::collections::BTreeMap;

use super::comparison::OtherSubject;
use crate::judge::Verdict;
use crate::record::Record;

/// Which rows of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Query {
    /// Every case.
    All,
    /// Cases that fail in every record that judged them.
    AllFail,
    /// Cases whose verdict is not the same in all records.
    #[default]
    Different,
    /// Cases that fail in one record and are judged in it and others.
    OnlyOneFails,
    /// Cases that are judged in some record and not in another.
    NotJudged,
    /// Cases that do not fail in a record and fail in a later one, in the order in which they are given.
    PassThenFail,
    /// The other way round.
    FailThenPass,
}

/// A case in several records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// Its id.
    pub case: &'a str,
    /// Its verdict in each record; none where the record does not have it.
    pub verdicts: Vec<Option<Verdict>>,
}

/// How far two records agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement {
    /// In how many cases both fail, or neither does.
    pub alike: usize,
    /// How many cases both have judged.
    pub of: usize,
}

/// Several records of one kind of subject, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid<'a> {
    /// The records.
    pub records: Vec<&'a Record>,
    /// Every case of any of them, in the order in which they come.
    pub rows: Vec<Row<'a>>,
}

impl<'a> Grid<'a> {
    /// Puts records side by side.
    ///
    /// # Errors
    /// Records of different kinds of subject.
    pub fn of(records: Vec<&'a Record>) -> Result<Self, OtherSubject> {
        if let Some((first, rest)) = records.split_first()
            && let Some(other) = rest.iter().find(|record| record.subject != first.subject)
        {
            return Err(OtherSubject { old: first.subject, new: other.subject });
        }
        let mut rows: Vec<Row<'a>> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (column, record) in records.iter().enumerate() {
            for entry in &record.entries {
                let place = *places.entry(&entry.case).or_insert_with(|| {
                    rows.push(Row { case: &entry.case, verdicts: vec![None; records.len()] });
                    rows.len() - 1
                });
                rows[place].verdicts[column] = Some(entry.judgement.verdict);
            }
        }
        Ok(Self { records, rows })
    }

    /// The rows that a query is about.
    pub fn matching(&self, query: Query) -> impl Iterator<Item = &Row<'a>> {
        self.rows.iter().filter(move |row| row.is(query))
    }

    /// How far each record agrees with each.
    pub fn agreement(&self) -> Vec<Vec<Agreement>> {
        let columns = 0..self.records.len();
        columns.clone().map(|a| columns.clone().map(|b| self.agree(a, b)).collect()).collect()
    }

    fn agree(&self, a: usize, b: usize) -> Agreement {
        let judged =
            |row: &Row<'_>, column: usize| row.verdicts[column].filter(|verdict| verdict.is_judged());
        let pairs = self.rows.iter().filter_map(|row| judged(row, a).zip(judged(row, b)));
        let (mut alike, mut of) = (0, 0);
        for (a, b) in pairs {
            of += 1;
            alike += usize::from((a == Verdict::Fail) == (b == Verdict::Fail));
        }
        Agreement { alike, of }
    }
}

impl Row<'_> {
    /// Whether a query is about it.
    pub fn is(&self, query: Query) -> bool {
        let judged: Vec<Verdict> =
            self.verdicts.iter().flatten().copied().filter(|verdict| verdict.is_judged()).collect();
        let fails = |verdict: &Verdict| *verdict == Verdict::Fail;
        let failed = judged.iter().filter(|verdict| fails(verdict)).count();
        let turns = |from: bool| {
            let first = judged.iter().position(|verdict| fails(verdict) == from);
            first.is_some_and(|first| judged[first..].iter().any(|verdict| fails(verdict) != from))
        };
        match query {
            Query::All => true,
            Query::AllFail => failed > 0 && failed == judged.len(),
            Query::Different => self.verdicts.windows(2).any(|pair| pair[0] != pair[1]),
            Query::FailThenPass => turns(true),
            Query::NotJudged => !judged.is_empty() && judged.len() < self.verdicts.len(),
            Query::OnlyOneFails => failed == 1 && judged.len() > 1,
            Query::PassThenFail => turns(false),
        }
    }
}
