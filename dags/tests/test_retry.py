"""Delays of the three classes, and that nothing more than a delay is decided here."""

from __future__ import annotations

import json

import pytest
from airflow.sdk import RetryAction

from medkg_flows.retry import BackoffPolicy
from medkg_flows.settings import settings
from medkg_flows.step import Step

pytestmark = pytest.mark.fixture


def policy(name: str) -> BackoffPolicy:
    policy = Step(step={"default": "parse", "polite": "ingest", "gpu": "embed_splade"}[name]).retry_policy
    assert isinstance(policy, BackoffPolicy)
    return policy


def test_polite_delays_grow_in_equal_steps_from_one_second_to_ten() -> None:
    assert [round(policy("polite").seconds(number), 3) for number in range(1, 10)] == [
        *(1.0, 2.125, 3.25, 4.375, 5.5, 6.625, 7.75, 8.875, 10.0)
    ]


def test_default_delays_double_up_to_thirty_seconds() -> None:
    default = policy("default")
    assert [default.seconds(number) for number in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert default.seconds(5000) == 30


@pytest.mark.parametrize("number", [1, 2, 5])
def test_jitter_stays_between_the_least_delay_and_the_one_of_the_try(number: int) -> None:
    delays = [policy("default").evaluate(ValueError(), number, 2).retry_delay for _ in range(50)]
    seconds = [delay.total_seconds() for delay in delays if delay is not None]
    assert len(seconds) == 50
    assert all(0.5 <= each <= policy("default").seconds(number) for each in seconds)
    assert number == 1 or len(set(seconds)) > 1


def test_polite_delays_have_no_jitter() -> None:
    assert {policy("polite").evaluate(ValueError(), 3, 9).retry_delay for _ in range(20)} == {
        policy("polite").evaluate(ValueError(), 3, 9).retry_delay
    }


def test_retries_are_one_less_than_the_attempts() -> None:
    for name, declared in settings().steps.items():
        assert Step(step=name).retries == declared.retry_class.attempts - 1, name


def test_it_asks_for_a_retry_and_leaves_the_number_to_airflow() -> None:
    assert policy("gpu").evaluate(ValueError(), 1, 0).action == RetryAction.RETRY
    assert Step(step="embed_splade").retries == 0


def test_a_policy_survives_its_serialization() -> None:
    for name in ("default", "polite", "gpu"):
        before = policy(name)
        after = BackoffPolicy.deserialize(json.loads(json.dumps(before.serialize())))
        assert vars(after) == vars(before)
