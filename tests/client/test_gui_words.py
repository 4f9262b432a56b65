"""No button, panel or dragging is left in what a person reads; what is quoted or sung about stays."""

import re

import pytest

from songreel.client.gui_words import Wanted, translate

GUI = re.compile(r"\b(?:click|button|panel|drag)\b|点击|按钮|面板|拖拽", re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ('Click the "Export" button in the top right corner to download it.', {Wanted.EXPORT}),
        ("Your video is ready. Click Export to get it.", {Wanted.EXPORT}),
        ("Use the Export button.", {Wanted.EXPORT}),
        ("You can preview it in the timeline.", {Wanted.TRACKS}),
        ("Open the Text panel and drag the title to the end.", {Wanted.TRACKS}),
        ("Please click on 'Generate' to continue.", set()),
        ("Drag and drop your file here.", set()),
        ("点击“导出”按钮即可下载视频。", {Wanted.EXPORT}),
        ("打开文字面板，然后拖拽标题到末尾。", {Wanted.TRACKS}),
        ("您可以在时间线中预览效果。", {Wanted.TRACKS}),
    ],
)
def test_instructions_become_words(text, wants):
    found = translate(text)
    assert not GUI.search(found.text)
    assert found.wants == wants


@pytest.mark.parametrize(
    "text",
    [
        "Added the title “Click the Export button” from 0:00 to 0:03.",
        "Added a click track; the drop opens with a flash.",
        "The picture is 9:16 instead of 16:9. Try next: “make it darker” or “undo”.",
        "It hits the beat on every bar, and the chorus opens wide.",
        "添加了标题“点击导出”，从 0:00 到 0:03。",
    ],
)
def test_other_words_are_left_alone(text):
    assert translate(text).text == text
    assert not translate(text).wants
