//! The way out: `break`, `continue` and errors leave frames until one takes them.

use profilec_diagnostics::Diagnostic;
use profilec_plan::{Block, Catch};

use super::Raised;
use super::machine::{Frame, Machine};
use super::template::evaluate;

/// What is on its way out.
#[derive(Debug)]
pub(super) enum Signal {
    /// Out of the innermost loop.
    Break,
    /// To the next iteration of the innermost loop.
    Continue,
    /// To the first handler that takes it.
    Raise(Box<Raised>),
}

/// The frame of a `try`.
#[derive(Debug)]
pub(super) struct Guard<'p> {
    catches: &'p [Catch],
    finally: &'p Block,
    runs: Part,
}

/// Which part of a `try` runs above its frame.
#[derive(Debug)]
enum Part {
    Body,
    Catch,
    /// The last part; what is kept goes on when it is through.
    Finally(Option<Signal>),
}

impl<'p> Guard<'p> {
    /// Before its body.
    pub(super) const fn new(catches: &'p [Catch], finally: &'p Block) -> Self {
        Self { catches, finally, runs: Part::Body }
    }
}

impl<'p> Machine<'p> {
    /// An error from outside, such as that of a request: goes to the handler that takes it.
    ///
    /// # Errors
    /// No handler takes it.
    pub(crate) fn raise(&mut self, raised: Raised) -> Result<(), Diagnostic> {
        self.unwind(Signal::Raise(Box::new(raised)))
    }

    /// Leaves frames until one takes the signal.
    ///
    /// # Errors
    /// An error that no handler takes.
    pub(super) fn unwind(&mut self, mut signal: Signal) -> Result<(), Diagnostic> {
        if let Signal::Raise(raised) = &signal
            && !raised.is_catchable()
        {
            return Err(raised.finding.clone());
        }
        // Rows that an error leaves behind.
        let mut rows_left = false;
        while let Some(frame) = self.frames.last_mut() {
            let is_error = matches!(signal, Signal::Raise(_));
            match frame {
                Frame::Block { .. } | Frame::Pages => {
                    self.frames.pop();
                }
                Frame::Enum { .. } => match signal {
                    Signal::Continue => return Ok(()),
                    Signal::Break | Signal::Raise(_) => {
                        self.frames.pop();
                        self.environment.leave_loop();
                        if !is_error {
                            return Ok(());
                        }
                    }
                },
                Frame::Row => {
                    self.left_loop = !matches!(signal, Signal::Continue);
                    if !is_error {
                        // Its end is that of every row.
                        return Ok(());
                    }
                    rows_left = true;
                    self.frames.pop();
                    self.environment.leave();
                }
                Frame::Rows { rows, .. } => match signal {
                    Signal::Continue => return Ok(()),
                    Signal::Break => {
                        rows.stop();
                        return Ok(());
                    }
                    Signal::Raise(_) => {
                        rows_left = true;
                        let entered = rows.entered;
                        self.frames.pop();
                        if entered {
                            self.environment.leave();
                        }
                    }
                },
                Frame::Guard(_) => match self.guard(signal) {
                    Ok(caught) => {
                        if rows_left {
                            self.cut_off = caught.or(self.cut_off.take());
                        }
                        return Ok(());
                    }
                    Err(going_on) => signal = going_on,
                },
            }
        }
        match signal {
            Signal::Raise(raised) => Err(raised.finding),
            Signal::Break | Signal::Continue => Ok(()),
        }
    }

    /// A signal meets a `try` on top of the frames. Taken, it gives the finding that a handler caught; else
    /// the signal that goes on.
    fn guard(&mut self, mut signal: Signal) -> Result<Option<Diagnostic>, Signal> {
        let Some(Frame::Guard(Guard { catches, finally, runs })) = self.frames.last_mut() else {
            return Err(signal);
        };
        let (catches, finally): (&'p [Catch], &'p Block) = (catches, finally);
        match runs {
            Part::Body => {
                if let Signal::Raise(raised) = &signal {
                    match handler(catches, raised, &self.environment) {
                        Ok(Some(catch)) => {
                            *runs = Part::Catch;
                            self.environment.enter_catch(raised.controls());
                            self.frames.push(Frame::Block { statements: &catch.body, next: 0 });
                            return Ok(Some(raised.finding.clone()));
                        }
                        Ok(None) => {}
                        Err(finding) => signal = Signal::Raise(Box::new(finding.into())),
                    }
                }
            }
            Part::Catch => self.environment.leave_catch(),
            Part::Finally(_) => {
                self.frames.pop();
                return Err(signal);
            }
        }
        if finally.is_empty() {
            self.frames.pop();
            return Err(signal);
        }
        *runs = Part::Finally(Some(signal));
        self.frames.push(Frame::Block { statements: finally, next: 0 });
        Ok(None)
    }

    /// The part of a `try` on top of the frames is through.
    ///
    /// # Errors
    /// The error that waited for `finally`.
    pub(super) fn guard_through(&mut self) -> Result<(), Diagnostic> {
        let Some(Frame::Guard(Guard { finally, runs, .. })) = self.frames.last_mut() else { return Ok(()) };
        let finally: &'p Block = finally;
        let was = std::mem::replace(runs, Part::Finally(None));
        if let Part::Catch = was {
            self.environment.leave_catch();
        }
        match was {
            Part::Body | Part::Catch if !finally.is_empty() => {
                self.frames.push(Frame::Block { statements: finally, next: 0 });
                Ok(())
            }
            Part::Finally(Some(signal)) => {
                self.frames.pop();
                self.unwind(signal)
            }
            _ => {
                self.frames.pop();
                Ok(())
            }
        }
    }
}

/// The first handler for an error.
fn handler<'p>(
    catches: &'p [Catch],
    raised: &Raised,
    environment: &super::Environment,
) -> Result<Option<&'p Catch>, Diagnostic> {
    for catch in catches {
        if raised.is_for(&evaluate(&catch.code, environment)?.text) {
            return Ok(Some(catch));
        }
    }
    Ok(None)
}
