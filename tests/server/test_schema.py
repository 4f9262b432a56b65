"""Calls that the service's own description allows, and some that it does not: no 5xx, nothing that is not described.

`make fuzz` draws many more of them than the gate does.
"""

import os
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.server.house import House
from tests.server.test_exports import MADE, Jobs, stands

from songreel.server.routes.v1 import events
from songreel.service.renders import RENDER

EXAMPLES = int(os.environ.get("SONGREEL_FUZZ", "4"))
OPERATIONS = 25
CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
SAID = {"reply": "Nothing changed.", "summary": "", "version": 1, "changed": False, "edits": []}


class AtOnce(Jobs):
    """An engine that has done everything as soon as it is asked."""

    def start(self, job):
        result = MADE if job.kind == RENDER else SAID
        self.known[job.id] = stands(job.id, "completed", 100, payload=job.payload, result=result)
        return self.known[job.id]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(events, "LONGEST_S", 0)
        # Nothing of the world outside is fetched: no address is a public one here.
        here = House(tmp_path_factory.mktemp("home"), tokens_per_address=0, tokens_per_client=0)
        here.app.state.jobs = AtOnce()
        here.known = here.made("read", "write", "upload")
        here.project = here.session(here.known)["session_id"]
        made = schemathesis.openapi.from_asgi("/openapi.json", here.app)
        made.here = here
        yield made
        here.service.close()


def test_any_call_is_answered_as_described(api):
    here = api.here
    skill = {"X-Skill-Source": "a", "X-Skill-Version": "1", "X-Skill-Platform": "unknown"}
    headers = {"Authorization": f"Bearer {here.known}", **skill}
    called = set()

    def call(case):
        for name in {"project", "session_id"} & set(case.path_parameters):
            # Most calls are about a project that there is.
            if crc32(str(case.path_parameters[name]).encode("utf-8", "replace")) % 4:
                case.path_parameters[name] = here.project
        answer = case.call_and_validate(headers=headers, checks=CHECKS)
        called.add((case.operation.label, answer.status_code // 100))

    for found in api.get_all_operations():
        operation = found.ok()
        drawn = given(case=operation.as_strategy())(call)
        settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)(drawn)()
    assert len({label for label, _ in called}) >= OPERATIONS
    assert {2, 4} <= {status for _, status in called}
