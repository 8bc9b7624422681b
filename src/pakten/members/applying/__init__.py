"""The public application: its steps as data, what was answered in words, and which files may come along."""
