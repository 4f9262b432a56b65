"""Turns talk of buttons and panels, which a service with a visual studio has, into what a conversation can do.

::

    click [button] / 点击          → say it: it is done through the API
    open [panel] / 打开            → the session's state is queried
    drag, drop / 拖拽              → the edit is sent as a message
    preview in timeline / 预览      → the tracks in one line
    Export button / 导出            → the export workflow

What is quoted by itself, such as a title, is left alone, and so is what music calls a click, a drop or an opening.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from songreel.client.phrases import Language, language_of


class Wanted(StrEnum):
    """What an instruction of a visual studio asks the client to do."""

    TRACKS = "tracks"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Translated:
    """What is shown, and what the instructions in it ask for."""

    text: str
    wants: frozenset[Wanted] = frozenset()


_LABEL = r"[\"“'‘「『\[【](?P<label>[^\"”'’」』\]】\n]{1,40})[\"”'’」』\]】]"
_PLAIN = r"(?P<plain>[A-Z][\w-]*(?:\s+[A-Z][\w-]*){0,3}|[a-z]+(?=\s+(?:button|icon|tab|menu)))"
_THING = r"(?:\s+(?:button|icon|tab|menu|link|option))?"
_WHERE = (
    r"(?:\s+(?:at|in|on)\s+the\s+(?:top|bottom|upper|lower|right|left)[\w\s-]{0,30}?"
    r"(?:corner|side|bar|toolbar|panel|menu))?"
)
_PANEL = (
    r"(?:panel|editor|tab|menu|window|sidebar|inspector|workspace|library|toolbar|settings|dialog|timeline|studio"
    r"|properties)"
)
_CLICK = re.compile(
    rf"\b(?:[Cc]lick|[Tt]ap|[Pp]ress|[Hh]it)(?:ing)?\s+(?:on\s+)?(?:the\s+)?(?:{_LABEL}|{_PLAIN}){_THING}{_WHERE}"
)
_BUTTON = re.compile(rf"\b(?:[Tt]he\s+)(?:{_LABEL}|{_PLAIN})\s+(?:button|icon)")
_OPEN = re.compile(
    r"\b(?:[Oo]pen|[Gg]o\s+to|[Nn]avigate\s+to)(?:ing)?\s+(?:up\s+)?(?:the\s+|your\s+)?"
    rf"(?:{_LABEL}\s*|[\w-]+\s+){{0,3}}{_PANEL}\b"
)
_DRAG = re.compile(
    r"\b[Dd]rag(?:ging)?(?:\s*(?:and|&|/|-)\s*drop(?:ping)?)?"
    r"(?P<rest>\s+[^.;!?\n]{1,80}?)(?=\s*(?:[.;!?,\n]|$))"
)
_PREVIEW = re.compile(
    r"\b(?:[Pp]review|[Ss]ee|[Vv]iew|[Ww]atch|[Cc]heck)(?:ing)?"
    r"(?:\s+(?:it|them|this|that|the\s+\w+|your\s+\w+)){0,2}"
    r"\s+(?:in|on)\s+(?:the\s+|your\s+)?timeline\b"
)
_ZH_CLICK = re.compile(
    rf"(?:请|可以)?(?:点击|单击|点按|轻触)(?:一下)?(?:{_LABEL}"
    r"|(?P<plain>[\u4e00-\u9fff]{2,4}?(?=按钮|图标|菜单|选项)|导出|下载|生成|确认|保存))(?:按钮|图标|菜单|选项)?"
)
_ZH_OPEN = re.compile(
    rf"打开(?:{_LABEL}|[\u4e00-\u9fff]{{0,6}}?)(?:面板|菜单|窗口|编辑器|侧边栏|工具栏|时间线|时间轴|素材库|设置)"
)
_ZH_DRAG = re.compile(r"(?:拖拽|拖放|拖动)(?P<rest>[^，。；！？\n]{0,40})")
_ZH_PREVIEW = re.compile(r"在?(?:时间线|时间轴)(?:上|中|里)?(?:面)?(?:预览|查看)(?:效果)?")
_EXPORTS = re.compile(r"export|download|导出|下载", re.IGNORECASE)
_FILES = re.compile(r"\b(?:files?|songs?|music|audio|photos?)\b.*\b(?:here|in|into|upload)\b", re.IGNORECASE)
_QUOTES = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|「[^」\n]*」|『[^』\n]*』|《[^》\n]*》|(?<!\w)['‘][^'’\n]*['’](?!\w)")


def translate(text: str) -> Translated:
    """Return what a service says, with its instructions for a visual studio turned into words for a conversation."""
    language = language_of(text)
    wants: set[Wanted] = set()
    for pattern, turned in _RULES:
        text = _outside_quotes(pattern, text, lambda match, turned=turned: turned(match, language, wants))  # type: ignore[misc]
    return Translated(text, frozenset(wants))


def _click(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    name = _named(match, language, wants)
    return f"说“{name}”" if language == "zh" else _cased(f"say “{name}”", match)


def _button(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    return _cased(f"the word “{_named(match, language, wants)}”", match)


def _named(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    name = match["label"] or match["plain"]
    if not _EXPORTS.search(name):
        return str(name)
    wants.add(Wanted.EXPORT)
    return "导出" if language == "zh" else "export"


def _open(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    wants.add(Wanted.TRACKS)
    return "查看下面的轨道" if language == "zh" else _cased("look at the tracks below", match)


def _drag(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    del wants
    rest = match["rest"].strip()
    if language == "zh":
        return f"直接告诉我怎么移动{rest}" if rest else "直接告诉我怎么移动"
    return _cased(f"send {rest}" if _FILES.search(rest) else f"tell me to move {rest}", match)


def _preview(match: re.Match[str], language: Language, wants: set[Wanted]) -> str:
    wants.add(Wanted.TRACKS)
    return "查看下面的轨道" if language == "zh" else _cased("see the tracks below", match)


_Turn = Callable[[re.Match[str], Language, set[Wanted]], str]
_RULES: tuple[tuple[re.Pattern[str], _Turn], ...] = (
    (_PREVIEW, _preview),
    (_ZH_PREVIEW, _preview),
    (_CLICK, _click),
    (_ZH_CLICK, _click),
    (_BUTTON, _button),
    (_OPEN, _open),
    (_ZH_OPEN, _open),
    (_DRAG, _drag),
    (_ZH_DRAG, _drag),
)


def _outside_quotes(pattern: re.Pattern[str], text: str, turned: Callable[[re.Match[str]], str]) -> str:
    spans = [match.span() for match in _QUOTES.finditer(text)]

    def replaced(match: re.Match[str]) -> str:
        quoted = any(start < match.start() < end for start, end in spans)
        return match.group() if quoted else turned(match)

    return pattern.sub(replaced, text)


def _cased(said: str, match: re.Match[str]) -> str:
    return said[0].upper() + said[1:] if match.group()[0].isupper() else said
