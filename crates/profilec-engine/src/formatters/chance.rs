//! What a run tells its formatters: the time, and numbers that look random.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use profilec_diagnostics::Diagnostic;

use super::Call;

/// The step and the factors of SplitMix64.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
const FIRST: u64 = 0xBF58_476D_1CE4_E5B9;
const SECOND: u64 = 0x94D0_49BB_1331_11EB;

/// What `rand` stays below when it names no limit.
const LIMIT: i64 = 2_147_483_647;

/// What does not come from the profile or a response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ambient {
    /// What `now` tells: seconds since the epoch, local offset in seconds.
    pub(crate) now: (i64, i32),
    /// The source of `guid` and `rand`.
    pub(crate) chance: Chance,
}

/// Numbers that look random; the same seed gives the same ones. Its clones share one sequence, so that no
/// pass of a run repeats what another drew.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chance(Arc<AtomicU64>);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }

    fn next(&self) -> u64 {
        let mut mixed = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(FIRST);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(SECOND);
        mixed ^ (mixed >> 31)
    }
}

/// `guid([includehyphens])`: a UUID of version 4.
pub(super) fn guid(call: &Call<'_>) -> String {
    let chance = &call.ambient.chance;
    let drawn = (u128::from(chance.next()) << 64) | u128::from(chance.next());
    let version = drawn & !(0xF << 76) | (4 << 76);
    let uuid = version & !(3 << 62) | (2 << 62);
    let digits = format!("{uuid:032x}");
    if call.argument(0).is_some_and(|hyphens| !crate::script::is_true(hyphens)) {
        return digits;
    }
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| digits.get(part).unwrap_or_default());
    parts.join("-")
}

/// `rand([limit])`: from 0 to below the limit.
pub(super) fn rand(call: &Call<'_>) -> Result<String, Diagnostic> {
    let limit = call.whole(0)?.unwrap_or(LIMIT);
    let Some(limit) = u64::try_from(limit).ok().filter(|limit| *limit > 0) else {
        return Err(call.wrong(format!("nothing is below `{limit}`"), "draws from 0 to below it"));
    };
    let drawn = (u128::from(call.ambient.chance.next()) * u128::from(limit)) >> 64;
    Ok(drawn.to_string())
}
