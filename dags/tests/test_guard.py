"""vLLM's guard passes on 200 and on nothing else, and does not wait for long."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from typing import Any

import pytest
from server import serving

from medkg_flows import guard
from medkg_flows.guard import GuardFailed, guard_vllm
from medkg_flows.settings import settings

pytestmark = [pytest.mark.loopback, pytest.mark.fixture]


def ask(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(
        guard, "settings", lambda: replace(settings(), vllm_health=f"{url}/health", vllm_timeout_seconds=0.5)
    )
    function: Any = guard_vllm.function
    function()


def test_a_healthy_vllm_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as vllm:
        ask(monkeypatch, vllm.url)
    assert vllm.seen == [("GET", "/health", None)]


@pytest.mark.parametrize("status", [201, 204, 302, 404, 500, 503])
def test_any_other_answer_fails_with_it(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    with serving(status=status) as vllm, pytest.raises(GuardFailed, match=f"vLLM answers {status}"):
        ask(monkeypatch, vllm.url)


def test_nobody_there_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as vllm:
        pass
    with pytest.raises(GuardFailed, match="does not answer"):
        ask(monkeypatch, vllm.url)


def test_silence_fails_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        with pytest.raises(GuardFailed, match="does not answer"):
            ask(monkeypatch, f"http://127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - begun < 5
