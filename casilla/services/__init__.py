"""What happens: one module per act. An act takes resources and plain values, changes the tree, sends nothing, commits nothing."""
