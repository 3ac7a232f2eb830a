//! The index from the outside: what is found, in which order, and what survives.

pub(crate) mod fault;
mod find;
mod fixture;
mod forgive;
mod generations;
mod keep;
mod real;
mod upkeep;
