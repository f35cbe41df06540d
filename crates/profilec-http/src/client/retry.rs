//! Which answers may pass, and how long to wait for that.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::failure::Failure;
use crate::HttpOptions;

/// No wait of our own choice is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Whether a later try of the same request may be answered better.
pub(super) const fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// What `Retry-After` asks for: seconds, or a date.
pub(super) fn read_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Waiting between tries, within the budget of the whole run.
#[derive(Debug)]
pub(super) struct Patience {
    budget: Duration,
    first_wait: Duration,
    spent_ms: AtomicU64,
}

impl Patience {
    pub(super) fn new(options: &HttpOptions) -> Self {
        Self { budget: options.max_wait, first_wait: options.first_wait, spent_ms: AtomicU64::new(0) }
    }

    /// Waits before the next try; tells for how many milliseconds.
    pub(super) async fn wait(
        &self,
        tries_before: u64,
        story: &str,
        asked: Option<Duration>,
    ) -> Result<u64, Failure> {
        let left = self.budget.saturating_sub(Duration::from_millis(self.spent_ms.load(Ordering::Relaxed)));
        // What the server asks for is not cut short: it would only answer the same.
        let wait = asked.unwrap_or_else(|| self.backoff(tries_before).min(left));
        if wait > left || (left.is_zero() && asked.is_none()) {
            return Err(self.too_long(story, asked, left));
        }
        let waited_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        self.spent_ms.fetch_add(waited_ms, Ordering::Relaxed);
        tokio::time::sleep(wait).await;
        Ok(waited_ms)
    }

    /// Between nothing and a limit that doubles with every try, so clients that failed together do not
    /// come back together.
    fn backoff(&self, tries_before: u64) -> Duration {
        let doubled = 1_u32.checked_shl(u32::try_from(tries_before).unwrap_or(u32::MAX)).unwrap_or(u32::MAX);
        let limit = self.first_wait.saturating_mul(doubled).min(LONGEST_WAIT);
        limit.mul_f64(fastrand::f64())
    }

    fn too_long(&self, story: &str, asked: Option<Duration>, left: Duration) -> Failure {
        let budget = self.budget.as_secs();
        let story = match asked {
            Some(asked) => format!(
                "{story}, the server asks to wait {} s, and {} s are left of the {budget} s for waiting",
                asked.as_secs(),
                left.as_secs(),
            ),
            None => format!("{story}, and the {budget} s for waiting are used up"),
        };
        Failure::waited_too_long(story)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TransportErrorKind;

    fn patience(max_wait: u64) -> Patience {
        Patience::new(&HttpOptions { max_wait: Duration::from_secs(max_wait), ..HttpOptions::default() })
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        assert_eq!(read_retry_after(" 120 ", now), Some(Duration::from_mins(2)));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:50:37 GMT", now), Some(Duration::from_mins(1)));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(read_retry_after("soon", now), None);
        assert_eq!(read_retry_after("-1", now), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_the_server_asks_for_is_kept_exactly() {
        let start = tokio::time::Instant::now();
        let waited = patience(300).wait(0, "status 429", Some(Duration::from_secs(7))).await;
        assert_eq!(waited.ok(), Some(7_000));
        assert_eq!(start.elapsed(), Duration::from_secs(7));
    }

    #[tokio::test(start_paused = true)]
    async fn the_budget_is_shared_by_all_requests() {
        let patience = patience(10);
        let asked = Some(Duration::from_secs(6));
        assert!(patience.wait(0, "status 429", asked).await.is_ok());
        let failure = patience.wait(0, "status 429", asked).await.expect_err("6 s more than are left");
        assert_eq!(failure.kind, TransportErrorKind::WaitedTooLong);
        assert_eq!(
            failure.story,
            "status 429, the server asks to wait 6 s, and 4 s are left of the 10 s for waiting"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn waits_of_our_own_grow_up_to_a_limit_and_end_with_the_budget() {
        let patience = patience(60);
        let mut spent = 0;
        let failure = loop {
            match patience.wait(20, "connection reset", None).await {
                Ok(waited) => {
                    assert!(waited <= 30_000);
                    spent += waited;
                }
                Err(failure) => break failure,
            }
            // Waits are random: the rest is spent for certain.
            if spent < 60_000 {
                let rest = Duration::from_millis(60_000 - spent);
                spent += patience.wait(0, "status 503", Some(rest)).await.expect("it is left");
            }
        };
        assert_eq!(failure.story, "connection reset, and the 60 s for waiting are used up");
        assert_eq!(spent, 60_000);
    }

    #[tokio::test]
    async fn an_immediate_retry_needs_no_budget() {
        assert_eq!(patience(0).wait(0, "status 429", Some(Duration::ZERO)).await.ok(), Some(0));
    }
}
