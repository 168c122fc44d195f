//! Answers in bytes that are there already, read as those of a connection are.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::FutureExt as _;
use tokio::io::{AsyncRead, ReadBuf};

use super::connection::RawConnection;
use crate::evidence::{Answer, Line, Silence};

/// Reads the answers in what a peer sent before it closed the connection, as the raw path does: up to
/// the first that is none, which is told as well. Nothing at all is no answer.
pub fn read_answers(bytes: &[u8]) -> Vec<Answer> {
    answers_of(io::Cursor::new(bytes.to_vec()))
}

/// The same, where they come in pieces of these sizes, again and again; a size of 0 counts as 1.
pub fn read_answers_in_pieces(bytes: &[u8], sizes: [usize; 4]) -> Vec<Answer> {
    answers_of(Pieces { rest: io::Cursor::new(bytes.to_vec()), sizes, next: 0 })
}

/// Bytes of which at most a piece comes at a time.
struct Pieces {
    rest: io::Cursor<Vec<u8>>,
    sizes: [usize; 4],
    next: usize,
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let size = self.sizes[self.next % self.sizes.len()].max(1);
        self.next += 1;
        let mut piece = buffer.take(size);
        let read = Pin::new(&mut self.rest).poll_read(context, &mut piece);
        let filled = piece.filled().to_vec();
        buffer.put_slice(&filled);
        read
    }
}

fn answers_of(bytes: impl AsyncRead + Unpin + Send + 'static) -> Vec<Answer> {
    let stream = tokio::io::join(bytes, tokio::io::sink());
    let mut connection = RawConnection::over(Box::new(stream));
    let mut answers = Vec::new();
    // Memory is always ready, so each answer is there at the first look.
    while let Some(answer) = connection.read_answer(false, &mut Line::default()).now_or_never() {
        let last = match &answer {
            Answer::Silence(Silence::Closed) => break,
            Answer::Silence(_) => true,
            Answer::Http(answer) => !answer.complete,
        };
        answers.push(answer);
        if last {
            break;
        }
    }
    answers
}
