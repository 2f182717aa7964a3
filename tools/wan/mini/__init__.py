"""wan-mini: Wan's architecture at toy size, trained here on moving shapes drawn by code."""
