"""What is written for operators names nothing that is not there: settings, commands, options, files, packages."""

import configparser
import json
import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml

from songreel.base.settings import FILE_VARIABLE, Settings
from songreel.cli.shell import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
SETTINGS = {FILE_VARIABLE, *(f"SONGREEL_{name}".upper() for name in Settings.model_fields)}
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())


def check_command(argv):
    """Parse a command line as the program does, without running it; raises where it would be refused."""
    group = typer.main.get_command(app)
    with group.make_context("songreel", list(argv)) as context:
        name, command, rest = group.resolve_command(context, list(argv))
        assert command is not None
        with command.make_context(name, rest, parent=context):
            pass


def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def unit():
    parsed = configparser.ConfigParser(interpolation=None, strict=False)
    parsed.optionxform = str
    parsed.read(DEPLOY / "songreel.service")
    return parsed


def dockerfile():
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text())
    return [line.split(None, 1) for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path):
    assert set(re.findall(r"\bSONGREEL_[A-Z_]+\b", path.read_text())) <= SETTINGS


def test_the_search_for_commands_finds_those_that_are_not_there():
    for argv in (["serve", "--hots", "x"], ["sreve"], ["serve", "--port", "none"]):
        with pytest.raises(typer.TyperException):
            check_command(argv)


def test_compose_runs_commands_that_exist_and_waits_for_services_that_it_has():
    found = compose()
    services = found["services"]
    ours = {name: each for name, each in services.items() if each.get("image") == "songreel"}
    assert set(ours) == {"service", "worker"}
    for each in ours.values():
        check_command(each["command"])
        assert (DEPLOY / each["build"]["context"] / each["build"]["dockerfile"]).is_file()
    for each in services.values():
        assert set(each.get("depends_on", ())) <= set(services)
        named = {volume.split(":")[0] for volume in each.get("volumes", ())}
        assert named <= set(found["volumes"])
        assert ":" in each["image"] or each["image"] == "songreel"
    wanted = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text()))
    offered = set(re.findall(r"^(\w+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE))
    assert wanted <= offered


def test_compose_points_at_its_own_database_and_store():
    services = compose()["services"]
    for name in ("service", "worker"):
        chosen = services[name]["environment"]
        assert re.search(r"@(\w+)/", chosen["SONGREEL_DATABASE_URL"])[1] in services
        assert re.search(r"//(\w+):", chosen["AWS_ENDPOINT_URL"])[1] in services
        bucket = re.match(r"s3://([\w-]+)", chosen["SONGREEL_STORAGE_URL"])[1]
        assert f"s3://{bucket} " in services["bucket"]["command"][0]
        assert {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SONGREEL_SECRET"} <= set(chosen)


def test_the_unit_runs_a_command_that_exists_and_leaves_it_time_to_end():
    service = unit()["Service"]
    program, *argv = shlex.split(service["ExecStart"])
    assert Path(program).name == "songreel"
    check_command(argv)
    grace = Settings.model_fields["shutdown_s"].default
    assert int(service["TimeoutStopSec"]) > grace
    for each in compose()["services"].values():
        if each.get("image") == "songreel":
            assert int(each["stop_grace_period"].removesuffix("s")) > grace


def test_the_image_is_made_of_files_and_packages_that_exist():
    steps = dockerfile()
    kept = [line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")]
    for _, given in (step for step in steps if step[0] == "COPY"):
        *sources, _ = given.split()
        for source in sources:
            assert (ROOT / source).exists()
            assert source in kept
    entry, command = (
        json.loads(next(given for name, given in steps if name == what)) for what in ("ENTRYPOINT", "CMD")
    )
    assert entry == ["songreel"]
    check_command(command)
    needed = re.search(r"^PACKAGES=\((.+)\)", (ROOT / "tools" / "setup.sh").read_text(), re.MULTILINE)[1].split()
    (installed,) = [given for name, given in steps if name == "RUN" and "apt-get install" in given]
    assert set(needed) <= set(installed.split())
    assert next(given for name, given in steps if name == "USER") != "root"
