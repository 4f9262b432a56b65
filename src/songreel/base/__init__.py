"""What every layer stands on: exact time, one error tree, ids, seeds, settings."""
