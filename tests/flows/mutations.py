"""
Things that could be wrong with the flows, each done to a copy of dags/ and each with the test there that must fail.

python tests/flows/mutations.py [part of a mutation's name]...
"""

import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
#: Most of the time of a run is that of importing Airflow.
AT_ONCE = 2


@dataclass(frozen=True)
class Mutation:
    """A text that stands in a file exactly once, and what stands there instead."""

    what: str
    file: str
    replace: str
    by: str
    test: str


MUTATIONS = (
    Mutation(
        "a pod that finds no GPU is skipped, not failed",
        "medkg_flows/step.py",
        "            do_xcom_push=False,\n",
        "            do_xcom_push=False,\n            skip_on_exit_code=99,\n",
        "test_pods.py::test_no_step_has_xcom_or_a_code_that_skips",
    ),
    Mutation(
        "pods have XCom",
        "medkg_flows/step.py",
        "do_xcom_push=False,",
        "do_xcom_push=True,",
        "test_pods.py::test_no_step_has_xcom_or_a_code_that_skips",
    ),
    Mutation(
        "pods tolerate another pool",
        "medkg_flows/step.py",
        "            do_xcom_push=False,\n",
        "            do_xcom_push=False,\n"
        '            tolerations=[{"key": "dedicated", "value": "other", "effect": "NoSchedule"}],\n',
        "test_pods.py::test_each_pod_is_its_template_but_for_the_listed_differences",
    ),
    Mutation(
        "the guard of the GPU is tried again",
        "medkg_flows/guard.py",
        'step=f"guard_gpu_{pool_name}", retries=0',
        'step=f"guard_gpu_{pool_name}", retries=2',
        "test_structure.py::test_guards_fail_at_once_and_are_never_skipped",
    ),
    Mutation(
        "the guard of vLLM is tried again",
        "medkg_flows/guard.py",
        'task_id="guard_vllm", retries=0',
        'task_id="guard_vllm", retries=1',
        "test_structure.py::test_guards_fail_at_once_and_are_never_skipped",
    ),
    Mutation(
        "nothing waits for the guards",
        "auto_flow_nonpdf.py",
        "        guards >> ingest >> plan",
        "        ingest >> plan",
        "test_structure.py::test_everything_comes_after_the_guards",
    ),
    Mutation(
        "nobody is asked before MinerU",
        "pdf_flow.py",
        "    chain(fetched, approve_mineru, recorded(approve_mineru), gpu_mineru, read, ir, approve_postpdf)",
        "    recorded(approve_mineru)\n    chain(fetched, gpu_mineru, read, ir, approve_postpdf)",
        "test_structure.py::test_mineru_and_the_index_come_after_a_gate_each_and_nothing_starts_them",
    ),
    Mutation(
        "nobody is asked before the index",
        "pdf_flow.py",
        "    chain(approve_postpdf, recorded(approve_postpdf), guards, postpdf_start)",
        "    recorded(approve_postpdf)\n    chain(ir, guards, postpdf_start)",
        "test_structure.py::test_mineru_and_the_index_come_after_a_gate_each_and_nothing_starts_them",
    ),
    Mutation(
        "the index is not waited for",
        "medkg_flows/stages.py",
        "    chain(chunk, facet, embed, index, extract, write_kg)",
        "    chain(chunk, facet, embed, index)\n    chain(chunk, extract, write_kg)",
        "test_structure.py::test_auto_flow",
    ),
)


def judge(mutation: Mutation) -> tuple[str, float, str]:
    """Gives what became of it, after how many seconds, and what pytest said."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="flow-mutations-") as folder:
        dags = Path(folder, "dags")
        shutil.copytree(REPOSITORY / "dags", dags, ignore=shutil.ignore_patterns(".*_cache", "__pycache__"))
        file = dags / mutation.file
        text = file.read_text()
        if text.count(mutation.replace) != 1:
            return "NO LONGER APPLIES", 0, f"its text stands {text.count(mutation.replace)} times in {mutation.file}"
        file.write_text(text.replace(mutation.replace, mutation.by))
        test = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"tests/{mutation.test}"]
        done = subprocess.run(test, cwd=dags, check=False, capture_output=True, text=True)
    # 1: a test failed. All else (nothing collected, an error of pytest) says nothing.
    failed = done.returncode == 1 and f"FAILED tests/{mutation.test}" in done.stdout
    verdict = "caught" if failed else "SURVIVED" if done.returncode == 0 else "OTHERWISE"
    return verdict, time.monotonic() - started, done.stdout + done.stderr


def main() -> int:
    wanted = sys.argv[1:]
    chosen = [each for each in MUTATIONS if not wanted or any(part in each.what for part in wanted)]
    caught = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for mutation, (verdict, seconds, output) in zip(chosen, pool.map(judge, chosen), strict=True):
            sys.stdout.write(f"{verdict:9} {seconds:4.0f} s  {mutation.what} ({mutation.test})\n")
            sys.stdout.flush()
            if verdict == "caught":
                caught += 1
            else:
                sys.stdout.write(output)
    sys.stdout.write(f"{caught} of {len(chosen)} mutations were caught\n")
    return 0 if caught == len(chosen) > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
