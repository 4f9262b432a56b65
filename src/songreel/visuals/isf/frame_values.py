"""What a shader works out from its inputs alone, worked out once a frame instead of once a pixel.

In ``color += mix(primary, accent, 0.3 + 0.2 * drop).rgb * fade(far) * (0.4 + 0.3 * kick);`` the mixture and the
last factor have one value in the whole picture. The vertex shader works such terms out, and hands them to the
pixels as they are. Nothing is reordered, so that the picture stays the same. Where a file is written in a way that
this simple reading could misjudge (macros, parameters that are written to), it stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from songreel.visuals.isf import terms
from songreel.visuals.isf.terms import Meaning, Reader, Term, Token

_FUNCTION = re.compile(r"\s*(?:(?:highp|mediump|lowp)\s+)?(\w+)\s+(\w+)\s*\(([^()]*)\)\s*\{")
_CONSTANT = re.compile(r"\s*const\s+(\w+)\s+(\w+)\s*=[^,{]*;")
_WORD = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_OF_A_PIXEL = re.compile(r"gl_\w+|isf_(?!own_)\w+|IMG_(?!SIZE\b)\w+|texture\w*|texel\w*|dFd[xy]\w*|fwidth\w*|discard")
_MISLEADING = re.compile(r"#|\b(?:out|inout|modf|frexp|uaddCarry|usubBorrow|umulExtended|imulExtended)\b")
_STEADY = re.compile(r"\s*(?:const|uniform|precision)\b")
_LIFTED_TYPES = frozenset(("float", "vec2", "vec3", "vec4"))
_LEAST_WORK = 3
_BEFORE_TERMS = frozenset(("=", "+=", "-=", "*=", "/=", "(", ",", "return"))
_AFTER_TERMS = frozenset(";,)]:")
_WRITES = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--"))


@dataclass(frozen=True, slots=True)
class Lifted:
    """A shader's text with its lifted terms by name, and what the vertex shader needs to work them out."""

    body: str
    inputs: str = ""
    outputs: str = ""
    functions: str = ""
    assignments: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A function, or (without a name) anything else that stands at the top level."""

    text: str
    kind: str
    name: str
    parameters: str
    words: frozenset[str]


def lift(body: str, names: Mapping[str, Meaning]) -> Lifted:
    """Lift terms out of a text without comments; ``names`` are the inputs and whatever else is declared before it."""
    if _MISLEADING.search(body):
        return Lifted(body)
    parts = list(_parts(body))
    known = dict(names)
    for part in parts:
        if found := _CONSTANT.fullmatch(part.text):
            known[found[2]] = Meaning(found[1], steady=True)
    calls = _calls(parts, known)
    store = _Store()
    texts = [_Function(part, known, calls, store).rewritten() if part.name else part.text for part in parts]
    rest = body[sum(len(part.text) for part in parts) :]
    above = [part.text for part in parts if (_STEADY.match(part.text) if not part.name else calls[part.name].steady)]
    return store.lifted("".join(texts) + rest, "".join(above))


def _parts(body: str) -> Iterator[_Part]:
    start = depth = 0
    for at, letter in enumerate(body):
        depth += (letter in "{(") - (letter in "})")
        if depth or letter not in ";}":
            continue
        function = _FUNCTION.match(body, start)
        if letter == "}" and function is None:
            continue
        kind, name, parameters = function.groups() if function else ("", "", "")
        text = body[start : at + 1]
        yield _Part(text, kind, name, parameters, frozenset(_WORD.findall(text)))
        start = at + 1


def _calls(parts: list[_Part], known: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Tell of each function whether it looks at nothing but its parameters and what the whole picture shares."""
    functions = {part.name: part for part in parts if part.name}
    times = Counter(part.name for part in parts if part.name)
    outside = {word for part in parts if not part.name for word in part.words}
    changing = {word for part in parts if not part.name and not _STEADY.match(part.text) for word in part.words}
    found = {}
    for name, part in functions.items():
        reach = _reach(name, functions)
        words = {word for each in reach for word in functions[each].words}
        seen = bool(words & changing) or any(map(_OF_A_PIXEL.fullmatch, words)) or "main" in reach
        plain = all(times[each] == 1 and each not in outside for each in reach)
        moving = any(known[word].work for word in words if word in known)
        found[name] = Meaning(part.kind, steady=plain and not seen, work=_LEAST_WORK if moving else 0)
    return found


def _reach(name: str, functions: Mapping[str, _Part]) -> frozenset[str]:
    """Return the functions that a function comes to, itself included."""
    found: set[str] = set()
    left = [name]
    while left:
        at = left.pop()
        if at not in found:
            found.add(at)
            left += [word for word in functions[at].words if word in functions]
    return frozenset(found)


class _Store:
    """The terms lifted so far: the same text has the same name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def name(self, kind: str, text: str) -> str:
        return self._names.setdefault((kind, text), f"isf_frame_{len(self._names)}")

    def lifted(self, body: str, functions: str) -> Lifted:
        if not self._names:
            return Lifted(body)
        declared = [f"{kind} {name};\n" for (kind, _), name in self._names.items()]
        return Lifted(
            body,
            inputs="".join(f"flat in {each}" for each in declared),
            outputs="".join(f"flat out {each}" for each in declared),
            functions=functions + "\n",
            assignments="".join(f"    {name} = {text};\n" for (_, text), name in self._names.items()),
        )


class _Function:
    """One function, read from its top to its end."""

    def __init__(self, part: _Part, known: Mapping[str, Meaning], calls: Mapping[str, Meaning], store: _Store) -> None:
        self._text = part.text
        self._row = terms.tokens(part.text)
        self._body = next(at for at, token in enumerate(self._row) if token.text == "{")
        self._names = dict(known)
        self._writes = Counter(_written(self._row))
        self._own = Counter(_declared(self._row[: self._body]) + _declared(self._row[self._body :]))
        self._names |= {name: Meaning("") for name in (*self._writes, *self._own)}
        self._taken = {*known, *calls}
        self._reader = Reader(self._row, self._names, calls)
        self._meant: dict[str, str] = {}
        self._store = store
        self._changes: list[tuple[int, int, str]] = []

    def rewritten(self) -> str:
        at = self._body
        while at < len(self._row):
            term = self._reader.term(at + 1) if self._row[at].text in _BEFORE_TERMS else None
            if term is None or self._row[term.end].text not in _AFTER_TERMS:
                at += 1
                continue
            self._declare(at, term) if self._row[at].text == "=" else self._collect(term)
            at = term.end
        text = self._text
        for start, end, name in reversed(self._changes):
            # Lines keep their numbers.
            text = text[:start] + name + "\n" * text.count("\n", start, end) + text[end:]
        return text

    def _declare(self, at: int, term: Term) -> None:
        kind, name = self._row[at - 2].text, self._row[at - 1].text
        alone = self._writes[name] == self._own[name] == 1 and name not in self._taken
        if not (kind in terms.TYPES and alone and term.steady):
            self._collect(term)
            return
        constant = self._row[at - 3].text == "const"
        if kind in _LIFTED_TYPES and term.work >= _LEAST_WORK and not constant:
            self._meant[name] = self._change(kind, term)
        else:
            self._meant[name] = f"{kind}({self._meaning(term)})"
        self._names[name] = Meaning(kind, steady=True, work=min(term.work, 1))

    def _collect(self, term: Term) -> None:
        if term.steady and term.type in _LIFTED_TYPES and term.work >= _LEAST_WORK:
            self._change(term.type, term)
        else:
            for part in term.parts:
                self._collect(part)

    def _change(self, kind: str, term: Term) -> str:
        name = self._store.name(kind, self._meaning(term))
        self._changes.append((*self._place(term), name))
        return name

    def _place(self, term: Term) -> tuple[int, int]:
        last = self._row[term.end - 1]
        return self._row[term.start].at, last.at + len(last.text)

    def _meaning(self, term: Term) -> str:
        """Return a term's text with what its variables stand for."""
        start, end = self._place(term)
        return _WORD.sub(lambda found: self._meant.get(found.group(), found.group()), self._text[start:end])


def _written(row: list[Token]) -> Iterable[str]:
    """Name what is written to, once for each time."""
    for at, token in enumerate(row):
        if not re.match(r"[A-Za-z_]", token.text) or row[at - 1].text == ".":
            continue
        after = at + 1
        while after < len(row) and row[after].text in (".", "["):
            after = after + 2 if row[after].text == "." else _closed(row, after)
        if (after < len(row) and row[after].text in _WRITES) or row[at - 1].text in ("++", "--"):
            yield token.text


def _closed(row: list[Token], at: int) -> int:
    depth = 0
    for end in range(at, len(row)):
        depth += (row[end].text == "[") - (row[end].text == "]")
        if depth == 0:
            return end + 1
    return len(row)


def _declared(row: list[Token]) -> list[str]:
    """Name what stands after a type, once for each time."""
    return [two.text for one, two in pairwise(row) if one.text in terms.TYPES and re.match(r"[A-Za-z_]", two.text)]
