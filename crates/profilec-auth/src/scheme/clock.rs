//! The time that signatures tell.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::Answer;

/// Seconds by which a server's clock may differ from ours before ours is set by it.
const TOLERATED: i64 = 60;

/// The server's clock, as far as we know it: a signature of another time is refused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    /// Seconds by which the server is ahead.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The time there.
    pub(crate) fn now(&self) -> SystemTime {
        let ahead = self.ahead.load(Ordering::Relaxed);
        let by = Duration::from_secs(ahead.unsigned_abs());
        let now = SystemTime::now();
        let there = if ahead < 0 { now.checked_sub(by) } else { now.checked_add(by) };
        there.unwrap_or(now)
    }

    /// The time there, in seconds since the epoch.
    pub(crate) fn seconds(&self) -> u64 {
        seconds(self.now()).unsigned_abs()
    }

    /// Sets the clock by the time that a refusal tells; tells whether it was wrong.
    pub(crate) fn set_by(&self, answer: &Answer) -> bool {
        let told = answer.headers("Date").find_map(|date| httpdate::parse_http_date(date).ok());
        let Some(told) = told else { return false };
        let is_wrong = seconds(told).abs_diff(seconds(self.now())) > TOLERATED.unsigned_abs();
        if is_wrong {
            self.ahead.store(seconds(told) - seconds(SystemTime::now()), Ordering::Relaxed);
        }
        is_wrong
    }
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(date: SystemTime) -> Answer {
        let headers = vec![("date".to_owned(), httpdate::fmt_http_date(date))];
        Answer { status: 403, headers, body: Vec::new() }
    }

    #[test]
    fn a_refusal_that_tells_another_time_sets_the_clock_once() {
        let clock = Clock::default();
        assert!(!clock.set_by(&Answer::default()));
        assert!(!clock.set_by(&answer(SystemTime::now())));
        for there in
            [UNIX_EPOCH + Duration::from_secs(1_000_000_000), SystemTime::now() + Duration::from_hours(9)]
        {
            assert!(clock.set_by(&answer(there)));
            assert!(clock.seconds().abs_diff(seconds(there).unsigned_abs()) <= 60);
            assert!(!clock.set_by(&answer(there)), "it is right now");
        }
    }
}
