"""Decides what a message asks for before anything is sent.

::

    export / 导出 / download / send me the video      → export
    credits / 积分 / balance / 余额                    → balance
    status / 状态 / show tracks                        → state
    upload / 上传, or a file                           → upload
    everything else                                    → a message to the service

A word alone does not decide: "balance the colors", "add end credits", "a title 'Export'" and "don't export yet" are
messages. "Make it vertical, then export" is two things, one after the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from songreel.client import videos
from songreel.client.paths import Found
from songreel.client.phrases import language_of


class Action(StrEnum):
    """What is done with a message."""

    UPLOAD = "upload"
    TALK = "talk"
    EXPORT = "export"
    CREDITS = "credits"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; ``output`` is what an export shall be."""

    action: Action
    words: str = ""
    output: dict[str, str] = field(default_factory=dict)


_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』|《[^》]*》|(?<!\w)['‘][^'’]*['’](?!\w)"
)
_CLAUSE = re.compile(
    r"\s*(?:[.;!?。；！？\n]+(?=\s|$|[\u3400-\u9fff])|[,，、](?:\s*(?:and\s+then|and|then)\b|\s*(?:然后|再|并且|并))?"
    r"|\b(?:and\s+then|and|then)\b|然后|接着|并且|(?<=[\u3400-\u9fff])[再并](?=导出|下载|上传|发))\s*",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:(?:ok(?:ay)?|yes|great|good|nice|cool|perfect|thanks|thank you|now|please|pls|just|finally|next|so|hey|hi|"
    r"go ahead and|let'?s|(?:can|could|would|will)\s+(?:you|i|we)(?:\s+please)?|"
    r"i(?:'d|\s+would)?\s+(?:want|like|need)(?:\s+you)?(?:\s+to)?|i'm ready to|ready to|time to)\b[\s,]*"
    r"|(?:好的?|好了|可以了?|行|请|麻烦你?|帮我|帮忙|给我|替我"
    r"|现在|我要|我想要?|想|能不能|能否|可不可以|可以|最后|就|直接|那就?|来|去|一下)[\s，,]*)+",
    re.IGNORECASE,
)
_VIDEO = (
    r"(?:(?:the|my|this|that|it|a|an|final|finished|full|whole)\s+)*"
    r"(?:video|clip|file|result|movie|mp4|mov|webm|gif|it|this|that)"
)
_ZH_VIDEO = r"(?:这个|这段|做好的|成品|我的)?(?:视频|影片|成片|片子|文件|它|结果|短片|MV|mv)"
_ZH_SONGS = (
    r"(?:全部|所有|每一?[首个]|[两二三四五六七八九十]首|第\s*[一二三四五六七八九十\d]+\s*[首个]|最后一?[首个]|都)"
    r"(?:的)?(?:歌曲?|音乐)?"
)
_EXPORT = re.compile(
    r"(?:re-?)?(?:export|download)(?:s|ing)?\b(?!\s+(?:button|panel|menu|date|bar|icon|speed|settings?))"
    rf"|(?:send|give|get|hand)\s+(?:me\s+|us\s+|over\s+)?{_VIDEO}(?:\s+(?:now|please|as|in|file)\b|\s*$|\s+file\b)"
    r"|(?:send|give|get|hand)\s+(?:me\s+|us\s+|over\s+)?(?:all|both|each|every)\b.*\b(?:videos?|clips?|files?|them)\b"
    rf"|(?:把|将)?{_ZH_VIDEO}?(?:的)?(?:重新)?(?:导出|下载)"
    rf"|(?:把|将)?{_ZH_SONGS}(?:的)?{_ZH_VIDEO}?(?:都|全部)?(?:重新)?(?:导出|下载)"
    rf"|(?:把|将)?{_ZH_VIDEO}?(?:发|传|给)(?:送)?给?我(?:{_ZH_VIDEO})?(?:吧|呗)?$",
    re.IGNORECASE,
)
_CREDITS = re.compile(
    r"(?:(?:what(?:'s|\s+is|\s+are)?|how\s+(?:many|much)|show|check|tell\s+me|see|view|do\s+i\s+have|any|is|are|there|"
    r"me|my|the|our|current|remaining|account|left|of)\s+)*(?:credits?(?:\s+balance)?|balance)"
    r"(?:\s+(?:left|remaining|balance|do|does|have|i|we|are|is|there|my|of|account|in|the|on|now|credits?|please))*"
    r"|(?:查一?下?|查询|查看|看一?下?|看看|显示|告诉我|我|的|还有|还|剩|剩余|剩下|有|多少|几个|当前|现在|账户|帐户)*(?:积分|余额)"
    r"(?:还有|还|剩余|剩|下|有|是|多少|几个|余额|吗|呢|了|查询|情况|够不够|够吗)*",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:(?:what(?:'s|\s+is)?|show|check|tell\s+me|see|view|give|get|me|my|the|our|current|project|of|how's)\s+)*"
    r"(?:status|state)(?:\s+(?:of|the|my|our|this|project|video|timeline|edit|export|render|session|now|please|update))*"
    r"|(?:show|list|see|view|print|display)\s+(?:me\s+)?(?:(?:all|the|my|our|current)\s+)*(?:tracks?|timeline)(?:\s+(?:now|please|again|list))*"
    r"|(?:查一?下?|查询|查看|看一?下?|看看|显示|告诉我|列出|我|的|当前|现在|项目|工程|视频|目前|所有|什么|是)*(?:状态|轨道|时间线|时间轴)"
    r"(?:怎么样|如何|是|什么|吗|呢|了|怎样|列表)*",
    re.IGNORECASE,
)
_UPLOAD = re.compile(
    r"upload(?:ing)?(?:\s+(?:it|this|that|these|them|a|an|another|more|my|the|some|new|music|audio|song|songs|track|"
    r"tracks|video|videos|file|files|photo|photos|picture|pictures|image|images|cover|clip|clips|here|now))*"
    r"|(?:重新)?上传(?:这个|这些|一个|一首|我的|新的?|另一个|歌曲?|音乐|音频|视频|文件|图片|照片|封面|素材)*",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:don'?t|do\s+not|not|never|without|before|until|unless|after|when|once|if|how|why|where|what)\b"
    r"|不要|别|先不|不用|无需|暂时不|之前|[出载]前|之后|[出载]后|如果|怎么|为什么|如何|哪里",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:can|could)\s+i\b", re.IGNORECASE)
_END = re.compile(r"[\s.!?~。！？吧呗啊呀哦了吗]*$")
_RESHAPED = re.compile(
    r"\b(?:vertical|portrait|landscape|horizontal|square|wide|9:16|16:9|1:1|4:5|tiktok|reels?|shorts?|instagram|"
    r"youtube|first|last|only|just|loop|seconds?|minutes?|chorus|verse|drop)\b"
    r"|竖屏|横屏|竖版|横版|方形|方屏|抖音|快手|小红书|视频号|副歌|主歌|前\d|最后\d|只要|只导|秒|分钟",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:re-?)?(?:export|download)(?:s|ing)?|(?:send|give|get)\s+me|(?:重新)?(?:导出|下载)", re.IGNORECASE
)
_FORMAT = re.compile(r"\b(mp4|mov|webm|gif)\b", re.IGNORECASE)
_RESOLUTION = re.compile(r"(?<!\w)(\d{3,4})\s?p(?!\w)|(?<!\w)(4k|2k)(?!\w)", re.IGNORECASE)
_RATE = re.compile(r"(?<![\w.])(\d{2}(?:\.\d+)?)\s?(?:fps|帧)", re.IGNORECASE)
_CANVAS = re.compile(r"\bcanvas\b", re.IGNORECASE)
_NAMED = {"4k": "2160p", "2k": "1440p"}


def route(found: Found) -> list[Step]:
    """Return what a line asks for, in order: what it brings first, then what its words say."""
    steps = [Step(Action.UPLOAD)] if found.brings else []
    words = found.words
    if found.brings and _is(_UPLOAD, _bare(words)):
        words = ""
    return [*steps, *_read(words)] if words else steps


def _read(words: str) -> list[Step]:
    steps: list[Step] = []
    talk: list[str] = []
    for clause, gap in _clauses(words):
        if not talk and steps and steps[-1].action is Action.EXPORT and videos.is_name(clause):
            # "export one.mp3 and two.mp3" is one thing to do.
            steps[-1] = replace(steps[-1], words=f"{steps[-1].words}, {clause}")
            continue
        step = _step(clause)
        if step.action is Action.TALK:
            talk += [clause, gap]
            continue
        steps += _talked(talk)
        talk = []
        steps += [*_reshaped(step), step]
    steps += _talked(talk)
    # A sentence in which nothing is asked of the client goes out as it was written.
    return steps if any(step.action is not Action.TALK for step in steps) else [Step(Action.TALK, words)]


def _talked(pieces: list[str]) -> list[Step]:
    words = "".join(pieces[:-1]).strip()
    return [Step(Action.TALK, words)] if _bare(words) else []


def _reshaped(step: Step) -> list[Step]:
    """Return the message that an export needs before it: "export it vertical" is an edit and an export."""
    if step.action is not Action.EXPORT or not _RESHAPED.search(videos.without(_mask(step.words))):
        return []
    verb = "改成" if language_of(step.words) == "zh" else "make"
    return [Step(Action.TALK, _HEAD.sub(verb, _bare(step.words), count=1))]


def _clauses(words: str) -> list[tuple[str, str]]:
    """Return the clauses of a message, each with what stands between it and the next; quotes are left whole."""
    masked = _mask(words)
    found: list[tuple[str, str]] = []
    start = 0
    for gap in _CLAUSE.finditer(masked):
        if gap.end() == gap.start():
            continue
        found.append((words[start : gap.start()], words[gap.start() : gap.end()]))
        start = gap.end()
    found.append((words[start:], ""))
    return [(clause, gap) for clause, gap in found if clause.strip()]


def _step(clause: str) -> Step:
    bare = _bare(_mask(clause))
    if _is(_CREDITS, bare):
        return Step(Action.CREDITS, clause)
    if _is(_STATE, bare):
        return Step(Action.STATE, clause)
    if _is(_UPLOAD, bare):
        return Step(Action.UPLOAD, clause)
    if _EXPORT.match(bare) and not _NOT_NOW.search(bare):
        return Step(Action.EXPORT, clause, _output(clause))
    return Step(Action.TALK, clause)


def _mask(words: str) -> str:
    """Return words of the same length in which what is quoted says nothing."""
    return _QUOTED.sub(lambda match: "\N{REPLACEMENT CHARACTER}" * len(match.group()), words)


def _bare(clause: str) -> str:
    """Return a clause without courtesies around it."""
    return _END.sub("", _POLITE.sub("", clause.strip()))


def _is(pattern: re.Pattern[str], clause: str) -> bool:
    return bool(clause) and pattern.fullmatch(clause) is not None


def _output(clause: str) -> dict[str, str]:
    """Return what is said about the file: its format, how many lines and frames a second it has, a Canvas loop."""
    found: dict[str, str] = {}
    if named := _FORMAT.search(clause):
        found["format"] = named[1].lower()
    if sized := _RESOLUTION.search(clause):
        found["resolution"] = f"{sized[1]}p" if sized[1] else _NAMED[sized[2].lower()]
    if rated := _RATE.search(clause):
        found["fps"] = rated[1]
    if _CANVAS.search(clause):
        found["preset"] = "canvas"
    return found
