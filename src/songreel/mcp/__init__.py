"""The door for other agents: the Model Context Protocol, over standard input and output or over HTTP."""
