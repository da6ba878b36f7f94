"""Reads `flows.json`, which the chart writes, into typed records.

Whatever is wrong with the file is said with its place ("steps.parse.pool: ...") and stops the DAGs from being parsed:
a flow never runs with half of its settings.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

DEFAULT_FOLDER = "/opt/medkg/flows"
FOLDER_VARIABLE = "MEDKG_FLOWS_DIR"

Backoff = Literal["exponential", "linear", "none"]
_BACKOFFS: tuple[Backoff, ...] = ("exponential", "linear", "none")


class SettingsError(ValueError):
    """flows.json cannot be used; the message names the place and the reason."""


@dataclass(frozen=True)
class RetryClass:
    name: str
    attempts: int
    backoff: Backoff
    min_seconds: float
    max_seconds: float
    jitter: bool


@dataclass(frozen=True)
class StepSettings:
    """How Airflow runs a step. What its pod looks like is in the template alone."""

    name: str
    description: str
    retry_class: RetryClass
    pool: str | None
    spot: bool
    deadline_seconds: int
    schedule_timeout_seconds: int


@dataclass(frozen=True)
class ExitCodes:
    no_gpu: frozenset[int]
    fatal: frozenset[int]


@dataclass(frozen=True)
class Source:
    name: str
    schedule: str | None
    pool: str | None
    ledger: str
    profile: str


@dataclass(frozen=True)
class Vocabulary:
    name: str
    schedule: str | None
    licence_required: bool
    licence_granted: bool
    licence_sentence: str


@dataclass(frozen=True)
class Batches:
    size: int
    most: int
    at_once: int


@dataclass(frozen=True)
class Quality:
    """How far a new catalog may be from the one before it."""

    concept_delta: float
    recall_delta: float
    shacl_violations: int


@dataclass(frozen=True)
class Gates:
    approvers: tuple[str, ...]
    remind_after_hours: tuple[float, ...]


@dataclass(frozen=True)
class Alerts:
    """Where failures are told; an empty string is off."""

    alertmanager_url: str
    slack_connection: str


@dataclass(frozen=True)
class Settings:
    folder: Path
    environment: str
    namespace: str
    release: str
    object_store: str
    vllm_health: str
    vllm_timeout_seconds: float
    exit_codes: ExitCodes
    pools: frozenset[str]
    steps: dict[str, StepSettings]
    sources: dict[str, Source]
    vocabularies: dict[str, Vocabulary]
    batches: Batches
    max_active_runs: int
    extraction: bool
    quality: Quality
    gates: Gates
    alerts: Alerts
    get_logs: bool

    def step(self, name: str) -> StepSettings:
        if name not in self.steps:
            raise SettingsError(f"steps: there is no step {name!r}, which a flow runs")
        return self.steps[name]

    def template(self, step: str, *, spot: bool = False) -> Path:
        """The file with the step's pod. It has to be there when the flows are parsed, not when the step runs."""
        path = self.folder / f"{step}{'.spot' if spot else ''}.json"
        if not path.is_file():
            raise SettingsError(f"steps.{step}: its pod template {path} is missing")
        return path

    @property
    def run_prefix(self) -> str:
        """Where a run keeps its manifests, reports and approvals: a Jinja template."""
        return f"{self.object_store}/flows/{{{{ dag.dag_id }}}}/{{{{ run_id }}}}"


class _Reader:
    """One object of the file, and where it stands in it."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise SettingsError(f"{place or 'flows.json'}: must be an object, is {_kind(value)}")
        self._values: dict[str, Any] = value
        self._place = place

    def at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def _take(self, key: str, *kinds: type) -> Any:
        if key not in self._values:
            raise SettingsError(f"{self.at(key)}: is missing")
        value = self._values[key]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wanted = " or ".join(_NAMES[kind] for kind in kinds)
            raise SettingsError(f"{self.at(key)}: must be {wanted}, is {_kind(value)}")
        return value

    def text(self, key: str, *, empty: bool = False) -> str:
        value: str = self._take(key, str)
        if not value and not empty:
            raise SettingsError(f"{self.at(key)}: must not be empty")
        return value

    def optional_text(self, key: str) -> str | None:
        """A text that may be missing, null or empty: all three say that there is none."""
        if key not in self._values:
            return None
        value: str | None = self._take(key, str, type(None))
        return value or None

    def flag(self, key: str) -> bool:
        return bool(self._take(key, bool))

    def number(self, key: str, *, least: float = 0) -> float:
        value = float(self._take(key, int, float))
        if value < least:
            raise SettingsError(f"{self.at(key)}: must be at least {least:g}, is {value:g}")
        return value

    def count(self, key: str, *, least: int = 0) -> int:
        value = int(self._take(key, int))
        if value < least:
            raise SettingsError(f"{self.at(key)}: must be at least {least}, is {value}")
        return value

    def list_of(self, key: str, *kinds: type) -> list[Any]:
        values: list[Any] = self._take(key, list)
        for index, value in enumerate(values):
            if not isinstance(value, kinds) or isinstance(value, bool):
                wanted = " or ".join(_NAMES[kind] for kind in kinds)
                raise SettingsError(f"{self.at(key)}[{index}]: must be {wanted}, is {_kind(value)}")
        return values

    def object(self, key: str) -> _Reader:
        return _Reader(self._take(key, dict), self.at(key))

    def objects(self, key: str) -> dict[str, _Reader]:
        parent = self.object(key)
        return {name: _Reader(value, parent.at(name)) for name, value in parent._values.items()}


_NAMES: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


def _kind(value: object) -> str:
    return _NAMES.get(type(value), type(value).__name__)


def _retry_class(name: str, file: _Reader) -> RetryClass:
    backoff = file.text("backoff")
    if backoff not in _BACKOFFS:
        raise SettingsError(f"{file.at('backoff')}: must be one of {', '.join(_BACKOFFS)}, is {backoff!r}")
    least = file.number("minSeconds")
    return RetryClass(
        name=name,
        attempts=file.count("attempts", least=1),
        backoff=backoff,
        min_seconds=least,
        max_seconds=file.number("maxSeconds", least=least),
        jitter=file.flag("jitter"),
    )


def _step(name: str, file: _Reader, retries: dict[str, RetryClass], pools: frozenset[str]) -> StepSettings:
    retry_class = file.text("retryClass")
    if retry_class not in retries:
        raise SettingsError(f"{file.at('retryClass')}: {retry_class!r} is none of {', '.join(sorted(retries))}")
    return StepSettings(
        name=name,
        description=file.text("description"),
        retry_class=retries[retry_class],
        pool=_pool(file, pools),
        spot=file.flag("spot"),
        deadline_seconds=file.count("deadlineSeconds", least=1),
        schedule_timeout_seconds=file.count("scheduleTimeoutSeconds", least=1),
    )


def _pool(file: _Reader, pools: frozenset[str]) -> str | None:
    pool = file.optional_text("pool")
    if pool is not None and pool not in pools:
        raise SettingsError(f"{file.at('pool')}: {pool!r} is none of the pools {', '.join(sorted(pools))}")
    return pool


def _vocabulary(name: str, file: _Reader) -> Vocabulary:
    licence = file.object("licence")
    required = licence.flag("required")
    return Vocabulary(
        name=name,
        schedule=file.optional_text("schedule"),
        licence_required=required,
        licence_granted=licence.flag("granted"),
        licence_sentence=licence.text("sentence", empty=not required),
    )


def read_settings(folder: Path) -> Settings:
    path = folder / "flows.json"
    try:
        parsed = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"{path}: is no JSON: {error}") from error
    try:
        return _settings(folder, _Reader(parsed, ""))
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from None


def _settings(folder: Path, file: _Reader) -> Settings:
    retries = {name: _retry_class(name, entry) for name, entry in file.objects("retryClasses").items()}
    pools = frozenset(file.objects("pools"))
    vllm, exits, batches = file.object("vllm"), file.object("exitCodes"), file.object("batches")
    quality, gates, alerts = file.object("quality"), file.object("gates"), file.object("alerts")
    return Settings(
        folder=folder,
        environment=file.text("environment"),
        namespace=file.text("namespace"),
        release=file.text("release"),
        object_store=file.text("objectStore").rstrip("/"),
        vllm_health=f"{vllm.text('url').rstrip('/')}{vllm.optional_text('path') or '/health'}",
        vllm_timeout_seconds=vllm.number("timeoutSeconds", least=0.1),
        exit_codes=ExitCodes(
            no_gpu=frozenset(exits.list_of("noGpu", int)),
            fatal=frozenset(exits.list_of("fatal", int)),
        ),
        pools=pools,
        steps={name: _step(name, entry, retries, pools) for name, entry in file.objects("steps").items()},
        sources={
            name: Source(
                name=name,
                schedule=entry.optional_text("schedule"),
                pool=_pool(entry, pools),
                ledger=entry.text("ledger"),
                profile=entry.text("profile"),
            )
            for name, entry in file.objects("sources").items()
        },
        vocabularies={name: _vocabulary(name, entry) for name, entry in file.objects("vocabularies").items()},
        batches=Batches(
            size=batches.count("size", least=1),
            most=batches.count("most", least=1),
            at_once=batches.count("atOnce", least=1),
        ),
        max_active_runs=file.count("maxActiveRuns", least=1),
        extraction=file.flag("extraction"),
        quality=Quality(
            concept_delta=quality.number("conceptDelta"),
            recall_delta=quality.number("recallDelta"),
            shacl_violations=quality.count("shaclViolations"),
        ),
        gates=Gates(
            approvers=tuple(gates.list_of("approvers", str)),
            remind_after_hours=tuple(sorted(float(hours) for hours in gates.list_of("remindAfterHours", int, float))),
        ),
        alerts=Alerts(
            alertmanager_url=alerts.text("alertmanagerUrl", empty=True).rstrip("/"),
            slack_connection=alerts.text("slackConnection", empty=True),
        ),
        get_logs=file.flag("getLogs"),
    )


@cache
def settings() -> Settings:
    """The settings of this installation, read once a process."""
    return read_settings(Path(os.environ.get(FOLDER_VARIABLE, DEFAULT_FOLDER)))
