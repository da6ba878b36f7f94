"""Gates: where a flow stops until a person lets it go on.

While it waits a gate is a row in Airflow's database: no worker, no trigger, no slot. Only an answer of an approver with
a reason counts. Anything else makes it ask again; a gate never fails a run because of what somebody typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn, cast

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Context, Param, XComArg, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, ParamValidationError, TaskAwaitingInput
from airflow.sdk.execution_time.hitl import HITLUser, upsert_hitl_detail

from medkg_flows.manifests import run_folder, write_json
from medkg_flows.metrics import GATE_WAITED, record
from medkg_flows.retry import BackoffPolicy
from medkg_flows.settings import settings

REASON = "reason"
DECISION = "decision"
_LONGEST_REASON = 4000

# The scheduler fails a gate that is answered before it has read that the worker of the question has ended, which takes
# it some seconds: it finds a task that works again and takes that for one whose worker was lost. The answer is gone,
# the gate has done nothing, and so it is asked again. The retries are for that alone.
_ASKED_AGAIN = 50


class Gate(ApprovalOperator):
    """Asks an approver to let the run go on. A rejection skips all later tasks but the record of the decision."""

    def __init__(self, *, subject: str, body: str, **kwargs: Any) -> None:
        kwargs.pop("params", None)  # Those of the DAG, which Airflow adds: they are no part of the form.
        approvers = [HITLUser(id=user, name=user) for user in settings().gates.approvers]
        super().__init__(
            subject=subject,
            body=body,
            params={
                # The default passes the form, so that the gate can wait; an answer with it is not taken.
                REASON: Param("", type="string", title="Reason", description="Why; it is kept.", source="task"),
            },
            assigned_users=approvers or None,
            ignore_downstream_trigger_rules=True,
            retries=_ASKED_AGAIN,
            retry_delay=timedelta(seconds=1),
            retry_policy=BackoffPolicy(
                attempts=_ASKED_AGAIN + 1, backoff="exponential", min_seconds=1, max_seconds=300, jitter=False
            ),
            **kwargs,
        )

    @property
    def record_id(self) -> str:
        """The task that writes the decision down; a rejection does not skip it."""
        return f"{self.task_id}_recorded"

    def execute_complete(self, context: Context, event: dict[str, Any]) -> Any:
        complaint = self.complaint(event)
        if complaint:
            self._ask_again(context, complaint)
        (chosen,) = event["chosen_options"]
        answered: datetime = event["responded_at"]
        decision = {
            "gate": self.task_id,
            "decision": "approved" if chosen == self.APPROVE else "rejected",
            "by": event["responded_by_user"],
            "at": answered.isoformat(),
            "reason": event["params_input"][REASON].strip(),
        }
        ti = context["ti"]
        # A rejection leaves by an exception, after which no result is kept: the record reads this instead.
        ti.xcom_push(key=DECISION, value=decision)
        asked = ti.start_date
        record(
            GATE_WAITED,
            max(0.0, (answered - asked).total_seconds() * 1000) if asked else 0.0,
            dag_id=self.dag_id,
            gate=self.task_id,
            decision=str(decision["decision"]),
        )
        return super().execute_complete(context, event)

    def complaint(self, event: Mapping[str, Any]) -> str | None:
        """Why an answer does not count; nothing when it does."""
        if "error" in event:
            return f"the answer could not be read: {event['error']}"
        chosen = event.get("chosen_options")
        if not isinstance(chosen, list) or len(chosen) != 1 or chosen[0] not in self.options:
            return f"the answer is {chosen!r}, not one of {self.options}"
        return _who_may_not(event.get("responded_by_user")) or self._no_reason(event.get("params_input"))

    def _no_reason(self, given: object) -> str | None:
        reason = given.get(REASON) if isinstance(given, Mapping) else None
        if not isinstance(reason, str) or not reason.strip():
            return "it gives no reason"
        if len(reason) > _LONGEST_REASON:
            return f"its reason has more than {_LONGEST_REASON} characters"
        try:
            self.validate_params_input(cast("Mapping[str, Any]", given))
        except (ValueError, ParamValidationError) as error:
            return f"its form is not the gate's: {error}"
        return None

    def _ask_again(self, context: Context, complaint: str) -> NoReturn:
        self.log.warning("%s: the answer does not count, %s; asking again", self.task_id, complaint)
        # Takes the answer away and leaves the question.
        upsert_hitl_detail(
            ti_id=context["ti"].id,
            options=self.options,
            subject=self.subject,
            body=self.body,
            defaults=None,
            multiple=False,
            params=self.serialized_params,
            assigned_users=self.assigned_users,
        )
        raise TaskAwaitingInput(method_name="execute_complete")

    def skip(self, ti: Any, tasks: Iterable[Any]) -> None:
        """Skips everything that comes later, teardowns too, but for the record of this decision."""
        later = [found for found in self.get_flat_relatives(upstream=False) if found.task_id != self.record_id]
        super().skip(ti, later)


def _who_may_not(user: HITLUser | None) -> str | None:
    """Airflow has checked this when it took the answer; a gate does not depend on that."""
    if not user:
        return "nobody is named as the one who answered"
    approvers = settings().gates.approvers
    if approvers and user["id"] not in approvers:
        return f"{user['name']} is none of the approvers"
    return None


def recorded(gate: Gate) -> XComArg:
    """Writes who decided what, when and why beside the artifacts, before anything goes on."""

    @task(task_id=gate.record_id, retries=5)
    def write_decision(gate_id: str) -> str:
        context = get_current_context()
        decision = context["ti"].xcom_pull(task_ids=gate_id, key=DECISION)
        if not isinstance(decision, dict):
            raise AirflowFailException(f"{gate_id} has left no decision")
        at = datetime.fromisoformat(decision["at"])
        address = f"{run_folder(context)}/approvals/{gate_id}/{at:%Y%m%dT%H%M%S%f}.json"
        write_json(
            address,
            {
                **decision,
                "dagId": context["dag"].dag_id,
                "runId": context["run_id"],
                "documents": context["params"].get("documents", []),
            },
        )
        return address

    written = write_decision(gate.task_id)
    gate >> written
    return written
