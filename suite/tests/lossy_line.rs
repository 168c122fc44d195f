//! A line that loses a message now and then, and runs over it.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use umspec::mock::{MockLimits, Origin, Service};
use umspec::protocol::Profile;
use umspec::record::Record;
use umspec::run::{CallSource, RunOptions};

use crate::support::{cases, options, run_server};

/// Who stands between a run and its server, and loses messages.
pub(crate) struct LossyLine {
    address: SocketAddr,
}

impl LossyLine {
    /// Of a hundred messages this many are lost on either way, every other one by closing the connection and the
    /// others by silence; which ones follows from the seed.
    pub(crate) fn start(server: SocketAddr, percent: u64, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let fate = Arc::new(Fate { percent, seed, drawn: AtomicU64::new(0) });
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(server) else { return };
                let (Ok(client_reads), Ok(server_reads)) = (client.try_clone(), server.try_clone()) else {
                    return;
                };
                for (from, to) in [(client_reads, server), (server_reads, client)] {
                    let fate = Arc::clone(&fate);
                    std::thread::spawn(move || fate.carry(from, to));
                }
            }
        });
        Self { address }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/EWS/UM2007Legacy.asmx", self.address)
    }
}

struct Fate {
    percent: u64,
    seed: u64,
    drawn: AtomicU64,
}

enum Lot {
    Close,
    Deliver,
    Silence,
}

impl Fate {
    /// The next lot, by the generator splitmix64 of the seed and how many were drawn.
    fn draw(&self) -> Lot {
        let drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
        let mut z = self.seed.wrapping_add(drawn.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        match z % 100 < self.percent {
            false => Lot::Deliver,
            true if z & (1 << 40) == 0 => Lot::Close,
            true => Lot::Silence,
        }
    }

    fn carry(&self, mut from: TcpStream, mut to: TcpStream) {
        let mut bytes = vec![0; 65_536];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            match self.draw() {
                Lot::Close => {
                    let _ = from.shutdown(Shutdown::Both);
                    break;
                }
                Lot::Deliver => {
                    if to.write_all(&bytes[..count]).is_err() {
                        break;
                    }
                }
                // Whoever waits for it ends the connection.
                Lot::Silence => while matches!(from.read(&mut bytes), Ok(1..)) {},
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    }
}

/// Runs cases against the strict mock over such a line.
pub(crate) fn over(percent: u64, seed: u64, patterns: &[&str]) -> Record {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let any = ([127, 0, 0, 1], 0).into();
    let mock = Origin::start(any, Arc::new(Service::strict()), MockLimits::default());
    let mock = runtime.block_on(mock).expect("a port");
    let line = LossyLine::start(mock.address(), percent, seed);
    let options = RunOptions {
        timeout: Duration::from_millis(250),
        jobs: 4,
        ..options(CallSource::Mock, Profile::Interop)
    };
    run_server(&line.url(), options, &cases(patterns))
}
