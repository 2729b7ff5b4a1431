"""The benchmarks of `make bench`: a filled window, the real web server beside yardsticks, one table."""
