"""A host for the Interactive Shader Format 2.0: read a file, compile it, draw it.

Specification: https://github.com/mrRay/ISF_Spec. Every texture holds its top row first, so that reading a
picture back needs no flip; `source` makes shaders see ISF's bottom-left origin all the same.
"""
