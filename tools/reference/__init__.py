"""The pages of docs/reference, written from the code: ``python -m tools.reference`` (``make docs``) writes them all."""
