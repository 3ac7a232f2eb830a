//! What tests and benchmarks over the whole of Dapanji share.

pub mod drafting;
pub mod generate;
mod words;
