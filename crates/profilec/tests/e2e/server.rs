//! A server on a free loopback port that answers by a script and remembers what it was asked.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
};

/// What to do with a request.
pub(crate) enum Answer {
    /// Status and body.
    Body(u16, String),
    /// A body that breaks off: less than promised.
    CutShort,
    /// No answer; the connection stays open until the test ends.
    Silence,
}

pub(crate) struct Server {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<String>>>,
    arrived: mpsc::Receiver<()>,
}

impl Server {
    /// Answers each request by its target (`/kilns?page=2`).
    pub(crate) fn start(answer: impl Fn(&str) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (tell, arrived) = mpsc::channel();
        let log = asked.clone();
        thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming().flatten() {
                if let Some(silent) = serve(stream, &answer, &log) {
                    open.push(silent);
                }
                let _ = tell.send(());
            }
        });
        Self { url, asked, arrived }
    }

    /// Waits until a request has come.
    pub(crate) fn wait(&self) {
        self.arrived.recv().unwrap();
    }

    /// All requests so far: head and body.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: TcpStream,
    answer: &impl Fn(&str) -> Answer,
    log: &Mutex<Vec<String>>,
) -> Option<TcpStream> {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|read| read > 2) {}
    let length = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:").and_then(|length| length.trim().parse().ok()));
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().unwrap().push(head + &String::from_utf8(body).unwrap());
    let (status, body, length) = match answer(&target) {
        Answer::Body(status, body) => (status, body.clone(), body.len()),
        Answer::CutShort => (200, "{\"data\":[".to_owned(), 1000),
        Answer::Silence => return Some(stream),
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    None
}
