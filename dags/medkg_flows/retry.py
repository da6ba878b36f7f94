"""How long a failed step waits before it is tried again.

Whether it is tried again is Airflow's `retries` and the kind of exception (see `step`). Only the delay is decided here,
by Airflow's own extension point.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from airflow.sdk import Context, RetryDecision, RetryPolicy

from medkg_flows.settings import Backoff, RetryClass


class BackoffPolicy(RetryPolicy):
    """Delays that grow, up to a limit: doubled each time, or in equal steps over the allowed attempts."""

    def __init__(
        self, *, attempts: int, backoff: Backoff, min_seconds: float, max_seconds: float, jitter: bool
    ) -> None:
        self.attempts = attempts
        self.backoff = backoff
        self.min_seconds = min_seconds
        self.max_seconds = max_seconds
        self.jitter = jitter

    @classmethod
    def of(cls, retry_class: RetryClass) -> BackoffPolicy:
        return cls(
            attempts=retry_class.attempts,
            backoff=retry_class.backoff,
            min_seconds=retry_class.min_seconds,
            max_seconds=retry_class.max_seconds,
            jitter=retry_class.jitter,
        )

    def seconds(self, try_number: int) -> float:
        """The delay after the try of this number (the first is 1), without jitter."""
        if self.backoff == "none":
            return self.min_seconds
        if self.backoff == "exponential":
            return float(min(self.max_seconds, self.min_seconds * 2.0 ** min(try_number - 1, 60)))
        delays = self.attempts - 1
        step = (self.max_seconds - self.min_seconds) / (delays - 1) if delays > 1 else 0.0
        return min(self.max_seconds, self.min_seconds + step * (try_number - 1))

    def evaluate(
        self, exception: BaseException, try_number: int, max_tries: int, context: Context | None = None
    ) -> RetryDecision:
        seconds = self.seconds(try_number)
        if self.jitter:
            seconds = random.uniform(min(self.min_seconds, seconds), seconds)
        return RetryDecision.retry(
            delay=timedelta(seconds=seconds),
            reason=f"try {try_number} of {self.attempts} failed, next in {seconds:.1f} s ({self.backoff})",
        )

    def serialize(self) -> dict[str, Any]:
        return {
            "attempts": self.attempts,
            "backoff": self.backoff,
            "min_seconds": self.min_seconds,
            "max_seconds": self.max_seconds,
            "jitter": self.jitter,
        }

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> BackoffPolicy:
        return cls(**data)
