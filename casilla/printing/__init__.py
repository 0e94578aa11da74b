"""What leaves on paper: pure functions from facts to the bytes of a PDF."""
