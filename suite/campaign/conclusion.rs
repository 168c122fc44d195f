use super::Campaign;
use crate::judge::Verdict;
use crate::record::Conclusion;

impl Campaign {
    /// What the campaign came to. One that could send a class of inputs and never did is not judged: what it says
    /// of a server is less than it seems. With `accept_unreached` that is no hindrance.
    pub fn conclusion(&self, accept_unreached: bool) -> Conclusion {
        let failed = self.findings.iter().any(|finding| finding.verdict() == Verdict::Fail)
            || self.before.iter().any(|finding| finding.verdict == Verdict::Fail);
        let sent: u64 = self.arms.values().map(|arm| arm.inputs).sum();
        if self.interrupted {
            Conclusion::Interrupted
        } else if failed && sent > 0 {
            Conclusion::Failed
        } else if self.ended_early.is_some() || sent == 0 || (!self.unreached.is_empty() && !accept_unreached)
        {
            Conclusion::NotJudged
        } else {
            Conclusion::Passed
        }
    }
}
