//! Any bytes are a post.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dapanji_fuzz::parse(bytes));
