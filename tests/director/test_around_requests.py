"""What stands around a request changes nothing of it, and two requests in one message are both of them."""

from __future__ import annotations

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_understanding import SITUATION

from songreel.director import lexicon
from songreel.director.understanding import courtesy, understand

ENGLISH = (
    "make the title bigger",
    "cut faster in the chorus",
    "add grain",
    "fade the music out over 3 seconds",
    "make it vertical",
    "turn the music down to 60%",
    "use only the first 20 seconds",
    'write "see you" at the bottom at 0:10',
    "make it black and white",
    "add a spectrum at the bottom",
)
CHINESE = (
    "标题大一点",
    "副歌切得快一点",
    "加颗粒",
    "结尾淡出3秒",
    "改成竖屏",
    "音量调到60%",
    "只用前20秒",
    "第10秒在底部写“再见”",
    "改成黑白",
    "底部加一个频谱",
)
AROUND_ENGLISH = (
    "please {}", "{} please", "hey, {}", "could you {}?", "can you please {}", "I'd like you to {}", "{}, thanks!",
    "ok now {}", "{} lol", "one more thing: {}", "yeah cool. {}", "Love it! {}", "I think you should {}",
    "{}. The rest is great.", "{}, leave the rest as it is", "we need to {}", "my client wants you to {}", "{}!!!",
    "I was wondering if you could {}", "{} and that's it", "{}, if that's possible", "on behalf of the user: {}",
)  # fmt: skip
AROUND_CHINESE = (
    "请{}", "麻烦{}", "帮我{}", "能不能{}？", "{}可以吗", "{}，谢谢", "{}吧", "嗯，{}", "{}，好不好", "{}，其他不变",
    "不错，{}", "对了，{}", "老师，{}可以吗", "用户希望{}", "我觉得可以{}", "那就{}", "{}！！！",
)  # fmt: skip
BESIDE_ENGLISH = (
    "the file is too heavy for my connection", "my phone can't play big files", "people get bored quickly",
    "I have only 20 minutes left", "it's a love song", "it reminds me of the nineties", "instagram crops it anyway",
    "so nobody misses it", "to give it more energy", "otherwise it's boring", "like in my other videos",
    "because the drummer wants it that way", "we play at a festival tomorrow", "it hurts my eyes",
)  # fmt: skip
BESIDE_CHINESE = (
    "我网速慢", "手机上根本看不清", "不然太无聊了", "这样更有感觉", "老板催得急", "这是一首伤感的歌", "像抖音上那样",
    "只剩十分钟了", "看久了眼睛累", "我们明天演出", "小红书上都这样",
)  # fmt: skip
JOINED = ("{}. {}", "{}; {}", "{}\n{}", "- {}\n- {}", "1. {}\n2. {}")


def read(words: str) -> list[str]:
    """Return the edits of a message, in no order, without how places were called."""
    found = []
    for edit in understand(words, SITUATION).edits:
        shown = edit.model_dump(mode="json")
        if isinstance(shown.get("where"), dict):
            shown["where"].pop("said")
        found.append(str(shown))
    return sorted(found)


@pytest.mark.parametrize(("requests", "around"), [(ENGLISH, AROUND_ENGLISH), (CHINESE, AROUND_CHINESE)])
def test_courtesies_change_no_reading(requests, around):
    for request in requests:
        alone = read(request)
        assert alone, request
        wrong = [form.format(request) for form in around if read(form.format(request)) != alone]
        assert not wrong


@pytest.mark.parametrize(("requests", "beside"), [(ENGLISH, BESIDE_ENGLISH), (CHINESE, BESIDE_CHINESE)])
@pytest.mark.parametrize("form", ["{}, {}", "{}. {}", "{1}. {0}"])
def test_asides_change_no_reading(requests, beside, form):
    wrong = [
        (request, aside)
        for request in requests
        for aside in beside
        if read(form.format(request, aside)) != read(request)
    ]
    assert not wrong


def test_what_is_said_of_the_video_is_no_aside():
    assert read("my manager says it has to be exactly 25 seconds, and make it vertical") == sorted(
        [*read("it has to be exactly 25 seconds"), *read("make it vertical")]
    )
    assert read("people get bored quickly")


@pytest.mark.parametrize("requests", [ENGLISH, CHINESE])
@pytest.mark.parametrize("form", JOINED)
def test_two_requests_in_one_message_are_both_done(requests, form):
    wrong = []
    for one, other in itertools.pairwise(requests):
        if read(form.format(one, other)) != sorted({*read(one), *read(other)}):
            wrong.append((one, other))
    assert not wrong


def test_a_message_of_courtesies_alone_is_left_as_it_is():
    for words in ("thanks!", "Love it!", "谢谢", "please"):
        assert courtesy.without(words) == words


@given(st.text(alphabet=string.ascii_letters + " ,.!?\n'\"“”，。请谢吗可以", max_size=60))
def test_leaving_courtesies_out_only_blanks_letters(words):
    bare = courtesy.without(words)
    assert len(bare) == len(words)
    assert all(one in (other, " ") for one, other in zip(bare, words, strict=True))


def test_every_language_has_its_courtesies():
    assert len(lexicon.courtesies()) == len(lexicon.grammars())
