"""The service: the wire protocol of the published skills, over the same use cases as the command line."""
