//! Ctrl-C and SIGTERM: the first ends the walk, the second the program.

use std::{sync::mpsc, thread};

use profilec_run::Signal;
use tokio::{runtime, sync::oneshot};

use crate::exit::Exit;

/// Completes at the first signal. Signals are awaited on a thread of their own, so that a second one is heard
/// while the walk writes or reads.
pub(crate) fn first_signal() -> impl Future<Output = Signal> {
    let (tell, told) = oneshot::channel();
    let (ready, is_ready) = mpsc::channel();
    thread::spawn(move || {
        let Ok(runtime) = runtime::Builder::new_current_thread().enable_io().build() else { return };
        runtime.block_on(async {
            let Ok(mut signals) = Signals::listen() else { return };
            drop(ready);
            let _ = tell.send(signals.next().await);
            Exit::from(signals.next().await).abort();
        });
    });
    // Ends as soon as the thread listens, or has given up: without handlers a signal ends the program.
    let _: Result<(), _> = is_ready.recv();
    async move {
        match told.await {
            Ok(signal) => signal,
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }
}
