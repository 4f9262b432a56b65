"""The doctor names what is there, and for each lack the command that mends it."""

import dataclasses

import pytest

from songreel.app import doctor
from songreel.base.errors import MissingPart
from songreel.base.settings import Settings


def named(name):
    return next(part for part in doctor.examine() if part.name == name)


def test_a_machine_that_was_set_up_lacks_nothing_to_draw_and_encode():
    parts = {part.name: part for part in doctor.examine()}
    assert {"Python", "graphics", "text shaping", "encoders", "disk", "cores", "memory"} <= set(parts)
    assert all(parts[name].ok for name in ("Python", "graphics", "encoders"))
    assert parts["graphics"].detail.split(":")[0] in ("software", "hardware")


def test_what_is_there_needs_no_mending_and_what_lacks_does():
    assert all(bool(part.mend) != part.ok and part.detail for part in doctor.examine())


def test_a_missing_driver_is_named(monkeypatch):
    def no_driver():
        raise MissingPart("this machine has no OpenGL driver")

    monkeypatch.setattr(doctor, "Host", no_driver)
    part = named("graphics")
    assert not part.ok
    assert "libegl1 libgl1 libgl1-mesa-dri" in part.mend


@pytest.mark.parametrize("script", doctor.SCRIPTS)
def test_a_missing_font_is_named_by_script(monkeypatch, script):
    covers = doctor.text_fonts.covers
    letters, package = doctor.SCRIPTS[script]
    monkeypatch.setattr(doctor.text_fonts, "covers", lambda face, text: text != letters and covers(face, text))
    part = named(f"font for {script}")
    assert not part.ok
    assert part.mend.endswith(package)


def test_a_machine_without_any_font_is_told_so(monkeypatch):
    monkeypatch.setattr(doctor.text_fonts, "faces", dict)
    assert not any(part.ok for part in doctor.examine() if part.name.startswith("font"))


def test_a_missing_encoder_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "ENCODERS", ("libx264", "no-such-encoder"))
    part = named("encoders")
    assert not part.ok
    assert "no-such-encoder" in part.detail
    assert "libx264" not in part.detail


@pytest.mark.parametrize(("lacking", "mend"), [("raqm", "pillow"), ("fribidi", "libfribidi0")])
def test_missing_shaping_is_named(monkeypatch, lacking, mend):
    monkeypatch.setattr(doctor.features, "check", lambda name: name != lacking)
    part = named("text shaping")
    assert not part.ok
    assert mend in part.mend


def test_a_full_disk_is_named_with_its_folder(monkeypatch, tmp_path):
    folder = tmp_path / "not" / "yet" / "there"
    monkeypatch.setattr(doctor, "settings", lambda: Settings(cache=folder))
    assert named("disk").ok
    usage = doctor.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    part = named("disk")
    assert not part.ok
    assert str(folder) in part.detail
    assert not folder.exists()


def test_little_memory_asks_for_one_worker(monkeypatch):
    monkeypatch.setattr(doctor.os, "sysconf", lambda name: 4096 if "SIZE" in name else 1000)
    assert named("memory").mend == "export SONGREEL_WORKERS=1"


def test_parts_are_plain_data():
    assert all(set(dataclasses.asdict(part)) == {"name", "ok", "detail", "mend"} for part in doctor.examine())
