"""The use cases, put together from the layers below. Shells call `Studio` and print what it returns."""
