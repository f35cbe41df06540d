//! Which keywords may stand in which.

use crate::KeywordId;

impl KeywordId {
    /// Whether it runs the elements in it.
    pub const fn has_body(self) -> bool {
        !matches!(
            self,
            Self::SetM
                | Self::Map
                | Self::Unset
                | Self::Throw
                | Self::Validate
                | Self::Break
                | Self::Continue
                | Self::Info
        )
    }

    /// Whether its body runs once an iteration.
    pub const fn is_loop(self) -> bool {
        matches!(self, Self::Call | Self::Enum)
    }

    /// Whether it does something within these elements, the outermost first; without any it is the root.
    pub fn may_stand_in(self, around: &[Self]) -> bool {
        let Some(parent) = around.last() else { return self == Self::Script };
        if !parent.has_body() || parent.takes_text() {
            return false;
        }
        match self {
            Self::Info => around == [Self::Script],
            Self::Script => around.iter().all(|id| *id == Self::Script),
            Self::Else => parent.is_conditional(),
            Self::Case | Self::Default => *parent == Self::Select,
            Self::Break | Self::Continue | Self::First | Self::Last => {
                is_in_loop(around.iter().copied().map(Some))
            }
            Self::Catch | Self::Finally => true,
            _ => *parent != Self::Select,
        }
    }
}

/// Whether what stands within these elements, the outermost first, belongs to an iteration; `None` is no keyword.
/// The handler of an element stands outside of it.
pub fn is_in_loop(around: impl DoubleEndedIterator<Item = Option<KeywordId>>) -> bool {
    let mut around = around.rev();
    while let Some(id) = around.next() {
        match id {
            Some(KeywordId::Catch | KeywordId::Finally) => {
                around.next();
            }
            Some(id) if id.is_loop() => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use KeywordId::{Break, Call, Case, Catch, Else, If, Info, Push, Script, Select, Set};

    #[test]
    fn branches_handlers_and_declarations_have_their_places() {
        for (id, around, expected) in [
            (Script, &[] as &[KeywordId], true),
            (Set, &[], false),
            (Script, &[Script], true),
            (Script, &[Script, Call], false),
            (Info, &[Script], true),
            (Info, &[Script, Script], false),
            (Else, &[Script, If], true),
            (Else, &[Script], false),
            (Case, &[Script, Select], true),
            (Push, &[Script, Select], false),
            (Break, &[Script, Call, If], true),
            (Break, &[Script, Call, Catch], false),
            (Push, &[Script, Set], false),
            (Push, &[Script, Info], false),
        ] {
            assert_eq!(id.may_stand_in(around), expected, "{id:?} in {around:?}");
        }
    }
}
