//! Problem bodies, as a client reads them from whatever answers.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(problem) = serde_json::from_slice::<skranke_api::Problem>(bytes) {
        let _ = problem.known();
        // What was read can be told on, and reads the same.
        let told = serde_json::to_vec(&problem).expect("a problem has a JSON form");
        let again: skranke_api::Problem = serde_json::from_slice(&told).expect("its own form is read");
        assert_eq!(again, problem);
    }
});
