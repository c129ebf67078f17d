"""The REST interface against its own description: whatever fits it, or does not, is answered as the document says."""

from __future__ import annotations

import pytest
import schemathesis
from conftest import TERMS
from hypothesis import HealthCheck, Phase, given, settings
from listening import listening
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.engine import Engine
from app.settings import Settings
from app.web.server import build_app

EXAMPLES = 10
"""Requests for each operation and mode: enough for every parameter to be wrong once."""


@pytest.fixture(scope="module")
def operations(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schema")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    given_here = Settings(index_dir=folder / "index", rate_limit=0, upload_limit=1)
    with listening(build_app(Engine.open([str(folder / "small.md")], settings=given_here))) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
        yield [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
def test_every_answer_is_as_described(operations, mode):
    """No 5xx, no status, type or shape that the description does not know, no wrong input taken for right.

    What a schema cannot say (a document of this name, a file that holds terms) may be refused.
    """
    assert len(operations) >= 15
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or list(operation.iter_parameters())):
            continue  # nothing of it can be wrong

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case):
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        check()
