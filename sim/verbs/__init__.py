"""What the command's verbs do, apart from how they are spelt on the command line."""
