use super::read::read;
use super::{LoadError, Record, RecordWriter};

impl Record {
    /// Writes the record, as [`RecordWriter`] does line by line.
    ///
    /// # Errors
    /// Never for a record that a run or [`Record::load`] made.
    pub fn save(&self) -> Result<Vec<u8>, serde_json::Error> {
        let (mut writer, mut bytes) = RecordWriter::begin(self)?;
        for (index, entry) in self.entries.iter().enumerate() {
            bytes.extend(writer.entry(entry, self.times.cases.get(index).copied())?);
        }
        bytes.extend(writer.end(self)?);
        Ok(bytes)
    }

    /// Reads a record, up to the last whole line of one that breaks off: cases of which nothing is there are not
    /// judged then, and [`Record::ended_early`] says so.
    ///
    /// # Errors
    /// No record, a line of it that is no JSON, a word in it that is not known, references to what came before
    /// that stand for much more than any run leaves, or a record of another version.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        read(bytes).map(|read| read.record)
    }
}
