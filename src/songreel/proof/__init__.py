"""Proof: what a finished file is, from the decoded file alone, held against what it should be."""
