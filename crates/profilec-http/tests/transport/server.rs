//! A server on loopback that answers as it is told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// What the server does with a request.
pub(crate) enum Answer {
    /// Sends these bytes and closes.
    Bytes(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Closes before it has read the request, which resets the connection.
    Reset,
    /// Sends these bytes and then nothing until the client goes.
    Stall(Vec<u8>),
}

impl Answer {
    /// A status, header lines, and a body of known length.
    pub(crate) fn new(status: u16, headers: &[&str], body: &[u8]) -> Self {
        let mut answer = format!("HTTP/1.1 {status} Whatever\r\nConnection: close\r\n").into_bytes();
        for header in headers {
            answer.extend_from_slice(format!("{header}\r\n").as_bytes());
        }
        answer.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
        answer.extend_from_slice(body);
        Self::Bytes(answer)
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &[&format!("Location: {location}")], b"moved")
    }
}

/// A request as it came over the wire.
pub(crate) struct Received {
    /// `GET /path HTTP/1.1`.
    pub(crate) line: String,
    /// `name: value`, as written.
    pub(crate) headers: Vec<String>,
    pub(crate) body: String,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.iter().filter_map(|line| line.split_once(": "));
        pairs.filter(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

/// Answers one connection after the other, in order, then listens no more.
pub(crate) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub(crate) origin: String,
    received: Receiver<Received>,
}

impl Server {
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let origin = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (sender, received) = channel();
        thread::spawn(move || {
            for answer in answers {
                let Ok((stream, _)) = listener.accept() else { return };
                if matches!(answer, Answer::Reset) {
                    let _ = stream.peek(&mut [0]);
                    continue;
                }
                if let Some(request) = read_request(&stream) {
                    // The test may have ended without looking.
                    let _ = sender.send(request);
                }
                reply(stream, answer);
            }
        });
        Self { origin, received }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The requests that came.
    pub(crate) fn received(self) -> Vec<Received> {
        self.received.iter().collect()
    }
}

/// The client may be gone already: nothing here is an error of the test.
fn reply(mut stream: TcpStream, answer: Answer) {
    match answer {
        Answer::Bytes(bytes) => {
            let _ = stream.write_all(&bytes);
        }
        Answer::Close | Answer::Reset => {}
        Answer::Stall(bytes) => {
            let _ = stream.write_all(&bytes);
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

fn read_request(stream: &TcpStream) -> Option<Received> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.remove(0);
    let mut request = Received { line, headers: lines, body: String::new() };
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8_lossy(&body).into_owned();
    Some(request)
}

/// An origin at which nothing listens.
pub(crate) fn dead_origin() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    format!("http://{}", listener.local_addr().expect("it is bound"))
}
