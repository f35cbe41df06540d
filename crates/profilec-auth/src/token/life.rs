//! How long a token is good for.

use std::time::{Duration, SystemTime};

/// A token whose life the server does not tell lives this long.
const UNTOLD: Duration = Duration::from_hours(1);

/// Renewal comes at most this long before the end.
const LONGEST_MARGIN: Duration = Duration::from_mins(1);

/// From when until when a token is good. The start is taken before the request that got it went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) start: SystemTime,
    pub(crate) lasts: Duration,
}

impl Life {
    pub(crate) fn new(start: SystemTime, told: Option<Duration>) -> Self {
        Self { start, lasts: told.unwrap_or(UNTOLD) }
    }

    pub(crate) fn end(&self) -> SystemTime {
        self.start.checked_add(self.lasts).unwrap_or(self.start)
    }

    /// Whether it is time to renew: in the last tenth of its life, and at most a minute before its end. A start in the
    /// future is that of a clock that was set back.
    pub(crate) fn is_over(&self, now: SystemTime) -> bool {
        let margin = (self.lasts / 10).min(LONGEST_MARGIN);
        match now.duration_since(self.start) {
            Ok(age) => age + margin >= self.lasts,
            Err(ahead) => ahead.duration() > LONGEST_MARGIN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renewal_comes_in_the_last_tenth_and_at_most_a_minute_early() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_hours(400_000);
        let over = |lasts: u64, age_ms: u64| {
            Life::new(start, Some(Duration::from_secs(lasts))).is_over(start + Duration::from_millis(age_ms))
        };
        assert!(!over(2, 1_799) && over(2, 1_800));
        assert!(!over(1_800, 1_739_999) && over(1_800, 1_740_000));
        let untold = Life::new(start, None);
        assert!(
            !untold.is_over(start + Duration::from_mins(58))
                && untold.is_over(start + Duration::from_mins(59))
        );
    }

    #[test]
    fn a_clock_that_was_set_back_ends_the_life() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_hours(400_000);
        let life = Life::new(start, Some(Duration::from_mins(30)));
        assert!(!life.is_over(start - Duration::from_secs(5)));
        assert!(life.is_over(start - Duration::from_hours(1)));
    }
}
