//! A change changes what was asked and nothing else.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dapanji_fuzz::edit(bytes));
