use super::Answer;
use crate::message::HttpRequest;

/// A server in this process: a plain function from request to answer.
pub trait Handler: Send + Sync {
    /// Answers a request. Its target is the path of the service, followed by
    /// [`HttpRequest::query`]; transfer coding is taken off.
    fn answer(&self, request: &HttpRequest) -> Answer;
}
