"""Airflow's REST interface, as one person."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from support.processes import Seen, eventually

#: States from which a run does not come back by itself.
ENDED = ("success", "failed")


@dataclass(frozen=True)
class Task:
    """One task instance of a run."""

    id: str
    task: str
    map_index: int
    state: str | None
    tries: int


class Api:
    """What a person sees and may do."""

    def __init__(self, url: str, person: str, password: str) -> None:
        self.person = person
        self._url = url
        self._password = password
        self._token: str | None = None

    def request(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> requests.Response:
        """Asks as the person; whatever the answer is."""
        if self._token is None:
            login = requests.post(
                f"{self._url}/auth/token",
                json={"username": self.person, "password": self._password},
                timeout=30,
            )
            login.raise_for_status()
            self._token = login.json()["access_token"]
        return requests.request(
            method,
            f"{self._url}/api/v2{path}",
            json=body,
            headers={"Authorization": f"Bearer {self._token}"},
            timeout=30,
        )

    def must(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Asks as the person, who must be heard."""
        answer = self.request(method, path, body)
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text[:1000]}")
        return answer.json()


class Run:
    """One run of a flow."""

    def __init__(self, api: Api, dag: str, run: str) -> None:
        self.api = api
        self.dag = dag
        self.run = run
        self.path = f"/dags/{dag}/dagRuns/{run}"

    @property
    def state(self) -> str:
        state: str = self.api.must("GET", self.path)["state"]
        return state

    def tasks(self) -> list[Task]:
        """All task instances."""
        found: list[dict[str, Any]] = []
        total = 1
        while len(found) < total:  # Airflow gives a hundred at a time, whatever it is asked for
            page = self.api.must("GET", f"{self.path}/taskInstances?limit=100&offset={len(found)}&order_by=id")
            found += page["task_instances"]
            total = page["total_entries"] if page["task_instances"] else 0
        return [Task(ti["id"], ti["task_id"], ti["map_index"], ti["state"], ti["try_number"]) for ti in found]

    def of(self, name: str) -> list[Task]:
        """The instances of one task; the group may be left out."""
        return [task for task in self.tasks() if task.task.split(".")[-1] == name]

    def one(self, name: str) -> Task:
        """The only instance of a task."""
        (task,) = self.of(name)
        return task

    def states(self) -> dict[str, set[str | None]]:
        """The states of each task's instances."""
        states: dict[str, set[str | None]] = {}
        for task in self.tasks():
            states.setdefault(task.task.split(".")[-1], set()).add(task.state)
        return states

    def ends(self, state: str, seconds: float = 240) -> None:
        """Waits for the end, which must be this one."""
        found = eventually(f"{self.dag} ends", seconds, lambda: self.state if self.state in ENDED else None, every=0.5)
        if found != state:
            unhappy = {name: states for name, states in self.states().items() if states - {"success", "skipped"}}
            raise AssertionError(f"{self.dag} is {found}, not {state}: {unhappy}\n{self.logs()}")

    def reaches(self, name: str, state: str, seconds: float = 120) -> Task:
        """Waits until the only instance of a task is in this state."""
        return self.sees(
            f"{name} is {state}", lambda: next((t for t in self.of(name) if t.state == state), None), seconds
        )

    def sees(self, what: str, look: Callable[[], Seen | None], seconds: float = 120) -> Seen:
        """Waits for something; an end of the run ends the waiting too."""

        def seen() -> Seen | None:
            result = look()
            if result is None and self.state in ENDED:
                time.sleep(1)
                result = look()
                if result is None:
                    raise AssertionError(f"{what}: never; {self.dag} is {self.state}: {self.states()}\n{self.logs()}")
            return result

        return eventually(f"{what} ({self.dag})", seconds, seen)

    def log(self, task: Task) -> str:
        """What a task said in its last try."""
        lines = self.api.must(
            "GET",
            f"{self.path}/taskInstances/{task.task}/logs/{max(task.tries, 1)}?map_index={task.map_index}",
        )["content"]
        return "\n".join(
            " ".join(part for part in (str(line.get("event", "")), *map(str, line.get("error_detail") or [])) if part)
            if isinstance(line, dict)
            else str(line)
            for line in lines
        )

    def logs(self) -> str:
        """The ends of the logs of failed tasks."""
        failed = [task for task in self.tasks() if task.state == "failed"]
        return "\n".join(f"--- {task.task}: {self.log(task)[-3000:]}" for task in failed[:3])

    def question(self, gate: str) -> dict[str, Any]:
        """What a gate asks now."""
        found: dict[str, Any] = self.api.must("GET", f"{self.path}/taskInstances/{gate}/-1/hitlDetails")
        return found

    def answer(self, gate: str, api: Api, option: str, params: Mapping[str, Any]) -> requests.Response:
        """Answers a gate as somebody."""
        return api.request(
            "PATCH",
            f"{self.path}/taskInstances/{gate}/-1/hitlDetails",
            {"chosen_options": [option], "params_input": dict(params)},
        )

    def give_up(self) -> None:
        """Ends the run where it stands."""
        if self.state not in ENDED:
            self.api.must("PATCH", self.path, {"state": "failed"})
            eventually(
                f"{self.dag} lets go",
                60,
                lambda: all(task.state not in ("running", "restarting") for task in self.tasks()) or None,
            )
