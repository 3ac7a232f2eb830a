//! The index from the outside: what is found, in which order, and what survives.

mod find;
mod fixture;
mod forgive;
mod keep;
mod real;
