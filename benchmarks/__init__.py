"""Side-by-side measurements with what somebody would write instead: ``python -m benchmarks``."""
