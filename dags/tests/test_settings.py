"""What is wrong with flows.json is said with its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from medkg_flows.settings import SettingsError, read_settings

FIXTURE = Path(__file__).parent / "flows"

Change = Callable[[dict[str, Any]], Any]

WRONG: list[tuple[str, Change]] = [
    ("environment: is missing", lambda file: file.pop("environment")),
    ("objectStore: must not be empty", lambda file: file.update(objectStore="")),
    ("vllm.timeoutSeconds: must be at least 0.1, is 0", lambda file: file["vllm"].update(timeoutSeconds=0)),
    (
        "retryClasses.polite.backoff: must be one of exponential, linear, none, is 'cubic'",
        lambda file: file["retryClasses"]["polite"].update(backoff="cubic"),
    ),
    ("retryClasses.gpu.attempts: must be at least 1, is 0", lambda f: f["retryClasses"]["gpu"].update(attempts=0)),
    (
        "retryClasses.default.maxSeconds: must be at least 0.5, is 0.1",
        lambda file: file["retryClasses"]["default"].update(maxSeconds=0.1),
    ),
    ("exitCodes.noGpu[0]: must be a whole number, is a string", lambda f: f["exitCodes"].update(noGpu=["99"])),
    ("steps.parse.pool: 'fast' is none of the pools", lambda file: file["steps"]["parse"].update(pool="fast")),
    ("steps.parse.retryClass: 'never' is none of", lambda file: file["steps"]["parse"].update(retryClass="never")),
    ("steps.parse.spot: must be true or false, is a string", lambda file: file["steps"]["parse"].update(spot="no")),
    ("steps.parse: must be an object, is null", lambda file: file["steps"].update(parse=None)),
    ("sources.pmc.pool: 'x' is none of the pools", lambda file: file["sources"]["pmc"].update(pool="x")),
    ("batches.most: must be a whole number, is true or false", lambda file: file["batches"].update(most=True)),
    (
        "vocabularies.snomed.licence.sentence: must not be empty",
        lambda file: file["vocabularies"]["snomed"]["licence"].update(sentence=""),
    ),
    ("gates.approvers[1]: must be a string", lambda file: file["gates"].update(approvers=["a", 7])),
    ("maxActiveRuns: must be at least 1", lambda file: file.update(maxActiveRuns=0)),
]


def folder_with(tmp_path: Path, change: Change) -> Path:
    folder = tmp_path / "flows"
    shutil.copytree(FIXTURE, folder)
    file = json.loads((folder / "flows.json").read_text(encoding="utf-8"))
    change(file)
    (folder / "flows.json").write_text(json.dumps(file), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("said", "change"), WRONG, ids=[said for said, _ in WRONG])
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, said: str, change: Change) -> None:
    folder = folder_with(tmp_path, change)
    with pytest.raises(SettingsError) as caught:
        read_settings(folder)
    assert str(caught.value).startswith(f"{folder}/flows.json: {said}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        read_settings(tmp_path)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "flows.json").write_text("{", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"flows\.json: is no JSON"):
        read_settings(tmp_path)


def test_a_step_without_its_template_is_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, lambda _: None)
    (folder / "parse.json").unlink()
    with pytest.raises(SettingsError, match=r"steps\.parse: its pod template .*parse\.json is missing"):
        read_settings(folder).template("parse")


def test_a_step_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="there is no step 'ocr'"):
        read_settings(FIXTURE).step("ocr")
