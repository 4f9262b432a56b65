"""The table of the published skills, in both languages, and the messages that only look like it."""

import pytest

from songreel.client.paths import Found
from songreel.client.router import Action, route

EXPORT = """\
export | 导出 | download | send me the video | Export the video please | please export 1080p MP4
can you send me the final video? | OK, now export | 帮我导出视频 | 把视频导出一下 | 现在导出吧
导出！ | 下载视频 | 把视频发给我 | 可以导出了吗 | I want to download it | Great! Download it.
send me the video now | export all | export all of them | export every song | export night.mp3
export the second song | download both videos | send me all the videos | 全部导出 | 把每首歌都导出 | 导出第二首
导出所有视频 | 第一首歌的视频导出 | 都导出"""
CREDITS = """\
credits | 积分 | balance | 余额 | how many credits do I have left? | what's my balance | 还有多少积分
我的余额是多少 | check my credit balance | show credits"""
STATE = """\
status | 状态 | show tracks | show me the tracks | what is the status of my video | 查看状态
show the timeline | 查看轨道 | 现在什么状态"""
UPLOAD = "upload | 上传 | upload a file | 上传文件 | I want to upload my song"
TALK = """\
balance the colors | add end credits | roll the credits at the end | add a title 'Export' | title "download now"
don't export yet | make it darker before I export | how do I export? | 把标题改成“导出”
导出前把标题改掉 | 先不要导出 | make it ready for upload to YouTube | white balance warmer
add a status bar | when it drops, flash white
generate a music video clip synced to my song with matching visuals | show the title at the end
create a video from this music with visualizer and beat-synced cuts
generate a 3-minute MP3 song track into a 1080p MP4
turn my music track into a YouTube video with a visualizer and track title overlay | give me more energy
sync visuals to the beat and generate a music video for track ab2n 0330
music by DJ Balance, credits at the end | add the title 'Urban Dreams' for the first three seconds
make it vertical for TikTok | 竖屏，蓝色，剪得快一点 | 字幕显示在底部
cut faster, then slower, and add "show tracks, export" at the end | convert my audio files | 保持画面平衡"""


def rows(text):
    return [line.strip() for lines in text.splitlines() for line in lines.split(" | ")]


def asked(words):
    return [(step.action, step.words) for step in route(Found(words=words))]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (action, words)
        for action, text in (
            (Action.EXPORT, EXPORT),
            (Action.CREDITS, CREDITS),
            (Action.STATE, STATE),
            (Action.UPLOAD, UPLOAD),
        )
        for words in rows(text)
    ],
)
def test_what_the_table_names_is_never_sent(action, words):
    assert [found for found, _ in asked(words)] == [action]


@pytest.mark.parametrize("words", rows(TALK))
def test_everything_else_is_sent_as_it_was_written(words):
    assert asked(words) == [(Action.TALK, words)]


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("make it vertical and export it", [(Action.TALK, "make it vertical"), (Action.EXPORT, "export it")]),
        ("竖屏，剪得快一点，然后导出", [(Action.TALK, "竖屏，剪得快一点"), (Action.EXPORT, "导出")]),
        ("改成竖屏再导出", [(Action.TALK, "改成竖屏"), (Action.EXPORT, "导出")]),
        ("export one.mp3 and two.wav", [(Action.EXPORT, "export one.mp3, two.wav")]),
        (
            "make one for each of the songs, then export all",
            [(Action.TALK, "make one for each of the songs"), (Action.EXPORT, "export all")],
        ),
        ("每首歌都做一个，然后全部导出", [(Action.TALK, "每首歌都做一个"), (Action.EXPORT, "全部导出")]),
        ("show tracks and credits", [(Action.STATE, "show tracks"), (Action.CREDITS, "credits")]),
        (
            "export it vertical for TikTok",
            [(Action.TALK, "make it vertical for TikTok"), (Action.EXPORT, "export it vertical for TikTok")],
        ),
    ],
)
def test_one_line_may_ask_for_several_things(words, steps):
    assert asked(words) == steps


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ("export it in 4k as webm", {"format": "webm", "resolution": "2160p"}),
        ("export 1080p MP4 at 60 fps", {"format": "mp4", "resolution": "1080p", "fps": "60"}),
        ("export a Spotify Canvas", {"preset": "canvas"}),
        ("导出 720p", {"resolution": "720p"}),
        ("export", {}),
    ],
)
def test_an_export_says_what_the_file_shall_be(words, output):
    (step,) = route(Found(words=words))
    assert step.output == output


def test_a_file_is_brought_before_its_words_are_said(tmp_path):
    found = Found(paths=(tmp_path,), words="make a video")
    assert [step.action for step in route(found)] == [Action.UPLOAD, Action.TALK]
    assert [step.action for step in route(Found(paths=(tmp_path,), words="upload this"))] == [Action.UPLOAD]
