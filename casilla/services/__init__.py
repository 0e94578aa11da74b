"""What happens: one module per act, and the rules the acts obey."""
