//! Rules over the AST: what is wrong with a profile, where and why.
