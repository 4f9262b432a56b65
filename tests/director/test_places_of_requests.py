"""Whatever is asked for somewhere is done there and nowhere else, however the place and the request are put."""

from __future__ import annotations

import pytest
from test_understanding import SITUATION

from songreel.director.understanding import understand

PLACES_ENGLISH = (
    "the intro", "the first verse", "verse 2", "the chorus", "both choruses", "the last chorus", "the outro",
    "the ending", "the beginning", "the first half", "the second half", "the first 10 seconds", "the last 5 seconds",
    "the last quarter", "the middle", "bars 5 to 8", "the first 4 bars", "the first shot", "the third shot",
    "the part from 0:10 to 0:20", "0:10-0:20", "everything after 0:20", "everything but the chorus",
    "the part before the first chorus", "the final 8 bars", "the first few seconds",
)  # fmt: skip
REQUESTS_ENGLISH = (
    "make {} darker", "{} should be black and white", "in {} make it warmer", "I want {} blue", "can {} be brighter?",
    "for {}, make everything more colorful", "faster in {}", "make it calmer only in {}", "louder during {} please",
    "let {} be blurry", "{} needs to be warmer", "keep it as it is but make {} darker", "add grain to {}",
    "{} with grain", "I'd love some grain in {}", "cut on every beat in {}", "lower the volume in {}",
    "use dissolves in {}", "a neon look for {}", "tint {} blue", "other pictures in {}",
)  # fmt: skip
PLACES_CHINESE = (
    "前奏", "第一段主歌", "副歌", "两段副歌", "最后一段副歌", "尾奏", "结尾", "开头", "前半段", "后半段", "前10秒",
    "最后5秒", "中间", "第5到第8小节", "前四小节", "第一个镜头", "第三个镜头", "0:10到0:20", "20秒以后",
    "第一段副歌之前",
)  # fmt: skip
REQUESTS_CHINESE = (
    "{}暗一点", "把{}调成黑白", "{}换成蓝色调", "{}的画面亮一些", "在{}加点颗粒", "{}每拍切一次", "{}切得快一点",
    "{}音量小一点", "{}的转场用叠化", "{}用霓虹风格", "{}换别的画面", "{}要更暖一点", "只在{}加颗粒", "{}别那么亮",
)  # fmt: skip
FEW_CUTS = ("the first shot", "the third shot", "第一个镜头", "第三个镜头")


def strayed(words: str) -> bool:
    """Tell whether a message asks for nothing, or for something that is not limited to a place."""
    asked = understand(words, SITUATION).edits
    return not asked or any(edit.where.everywhere for edit in asked if hasattr(edit, "where"))


@pytest.mark.parametrize("place", PLACES_ENGLISH)
def test_what_is_asked_for_somewhere_is_done_there(place):
    wrong = [form for form in REQUESTS_ENGLISH if strayed(form.format(place))]
    assert not wrong or (place in FEW_CUTS and all("faster" in form or "cut" in form for form in wrong))


@pytest.mark.parametrize("place", PLACES_CHINESE)
def test_what_is_asked_for_somewhere_is_done_there_in_chinese(place):
    wrong = [form for form in REQUESTS_CHINESE if strayed(form.format(place))]
    assert not wrong or (place in FEW_CUTS and all("切" in form for form in wrong))
