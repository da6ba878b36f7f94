"""Guards: what has to be there before a flow touches anything. They fail, they are never skipped, never tried again."""

from __future__ import annotations

from typing import Any, ClassVar

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from medkg_flows.settings import SettingsError, settings
from medkg_flows.step import NoGpu, Step


class GuardFailed(AirflowFailException):
    """A guard says no; the message says why."""


class GpuGuard(Step):
    """A pod of the pool's own template that asks for one GPU and looks at it.

    A pod that no node takes within the pool's time-out says that there is no GPU, without a right to look at nodes.
    It takes a slot of the pool as other work on these GPUs does: GPUs that are all busy are not missing.
    """

    unscheduled: ClassVar[type[AirflowException]] = NoGpu

    def __init__(self, *, pool_name: str, **kwargs: Any) -> None:
        kwargs.setdefault("pool", gpu_pool(pool_name))
        super().__init__(step=f"guard_gpu_{pool_name}", retries=0, **kwargs)


def gpu_pool(name: str) -> str:
    """The Airflow pool with a slot for each GPU of a node pool."""
    pool = f"gpu_{name}"
    if pool not in settings().pools:
        raise SettingsError(f"pools: there is no pool {pool!r}, which a guard takes a slot of")
    return pool


@task(task_id="guard_vllm", retries=0)
def guard_vllm() -> None:
    """Asks vLLM for its health, once. Any answer but 200, and none in time, is a failure."""
    import requests

    config = settings()
    address = config.vllm_health
    try:
        answer = requests.get(address, timeout=config.vllm_timeout_seconds, allow_redirects=False)
    except requests.RequestException as error:
        raise GuardFailed(f"vLLM does not answer at {address}: {error}") from error
    if answer.status_code != requests.codes.ok:
        raise GuardFailed(f"vLLM answers {answer.status_code} at {address}: {answer.text[:200]}")
