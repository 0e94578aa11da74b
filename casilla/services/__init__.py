"""What happens: a module per act, which takes resources and values, changes the tree, sends and commits nothing."""
