"""What is measured, as ratios against something known, side by side in one run: `python -m benchmarks`."""
