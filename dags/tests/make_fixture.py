"""Writes tests/flows/: flows.json and the pod templates as the chart writes them, small but with every step.

python dags/tests/make_fixture.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "flows"

SERVICE_OF: dict[str, tuple[str, list[str]]] = {
    "guard_gpu_splade": ("splade", ["nvidia-smi", "-L"]),
    "guard_gpu_mineru": ("mineru", ["nvidia-smi", "-L"]),
    "ingest": ("ingest", ["med", "ingest"]),
    "plan": ("ingest", ["python", "/app/plan_batches.py"]),
    "parse": ("parser", ["python", "/app/parse_entry.py"]),
    "ir": ("parser", ["python", "/app/ir_entry.py"]),
    "chunk": ("indexer", ["python", "/app/chunk_entry.py"]),
    "facet": ("indexer", ["python", "/app/expand_doc.py"]),
    "embed_splade": ("splade", ["python", "/app/embed.py"]),
    "embed_qwen": ("indexer", ["python", "/app/embed.py"]),
    "index": ("indexer", ["python", "/app/index_chunks.py"]),
    "map_concepts": ("extract", ["python", "/app/ensure_concepts.py"]),
    "extract": ("extract", ["python", "/app/run_extract.py"]),
    "write_kg": ("extract", ["python", "/app/write_kg.py"]),
    "ingest_pdf": ("ingest", ["med", "ingest-pdf"]),
    "mineru_run": ("mineru", ["med", "mineru-run"]),
    "postpdf_start": ("ingest", ["med", "postpdf-start"]),
    **{
        f"catalog_{stage}": ("catalog", ["med", "catalog"])
        for stage in ("download", "parse", "normalize", "enrich", "merge", "embed", "write", "validate", "publish")
    },
}
GPU_STEPS = {"guard_gpu_splade", "guard_gpu_mineru", "embed_splade", "mineru_run"}
LEDGER_STEPS = {"ingest_pdf", "mineru_run", "postpdf_start"}
SPOT_STEPS = {"embed_splade"}


def retry_class(step: str) -> str:
    if step.startswith("guard_"):
        return "guard"
    if step in GPU_STEPS:
        return "gpu"
    return "polite" if step in ("ingest", "ingest_pdf", "catalog_download") else "default"


def pool(step: str) -> str | None:
    if step in LEDGER_STEPS:
        return "ledger"
    return "gpu_splade" if step == "embed_splade" else None


def template(step: str, *, spot: bool = False) -> dict[str, Any]:
    service, command = SERVICE_OF[step]
    gpu = step in GPU_STEPS
    limits = {"cpu": "1", "memory": "2Gi", **({"nvidia.com/gpu": "1"} if gpu else {})}
    tolerations = [
        *([{"key": "dedicated", "operator": "Equal", "value": "vllm-gpu", "effect": "NoSchedule"}] if gpu else []),
        *([{"key": "spot", "operator": "Exists", "effect": "NoSchedule"}] if spot else []),
    ]
    labels = {"app.kubernetes.io/instance": "medkg", "app.kubernetes.io/component": f"flow-{step.replace('_', '-')}"}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": f"medkg-{step.replace('_', '-')}", "namespace": "medkg", "labels": labels},
        "spec": {
            "restartPolicy": "Never",
            "serviceAccountName": f"medkg-{service}",
            "automountServiceAccountToken": False,
            "activeDeadlineSeconds": 3600,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 10001,
                "runAsGroup": 10001,
                "fsGroup": 10001,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            **({"nodeSelector": {"gpu": "true"}} if gpu else {}),
            **({"tolerations": tolerations} if tolerations else {}),
            "containers": [
                {
                    "name": "base",
                    "image": f"registry.example/{service}:1.0.0",
                    "imagePullPolicy": "IfNotPresent",
                    "command": command,
                    "terminationMessagePolicy": "FallbackToLogsOnError",
                    "env": [
                        {"name": "APP_ENV", "value": "prod"},
                        {
                            "name": "NEO4J_PASSWORD",
                            "valueFrom": {"secretKeyRef": {"name": "medkg-neo4j", "key": "NEO4J_PASSWORD"}},
                        },
                    ],
                    "resources": {"requests": {**limits, "cpu": "500m"}, "limits": limits},
                    "securityContext": {
                        "allowPrivilegeEscalation": False,
                        "capabilities": {"drop": ["ALL"]},
                        "readOnlyRootFilesystem": True,
                    },
                    "volumeMounts": [
                        {"name": "config", "mountPath": "/app/config", "readOnly": True},
                        {"name": "tmp", "mountPath": "/tmp"},
                    ],
                }
            ],
            "volumes": [
                {"name": "config", "configMap": {"name": "medkg-config"}},
                {"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}},
            ],
        },
    }


def flows() -> dict[str, Any]:
    once = {"attempts": 1, "backoff": "none", "minSeconds": 0, "maxSeconds": 0, "jitter": False}
    return {
        "environment": "prod",
        "namespace": "medkg",
        "release": "medkg",
        "objectStore": "s3://medkg-prod-artifacts/v1",
        "vllm": {"url": "http://medkg-qwen-embed-vllm:8000", "timeoutSeconds": 2},
        "retryClasses": {
            "default": {"attempts": 3, "backoff": "exponential", "minSeconds": 0.5, "maxSeconds": 30, "jitter": True},
            "polite": {"attempts": 10, "backoff": "linear", "minSeconds": 1, "maxSeconds": 10, "jitter": False},
            "gpu": once,
            "guard": once,
        },
        "exitCodes": {"noGpu": [99], "fatal": [2, 64, 65, 78]},
        "pools": {
            "ledger": {"slots": 1, "description": "Steps that write the ledger"},
            "source_ncbi": {"slots": 1, "description": "NCBI's limit of requests"},
            "gpu_mineru": {"slots": 1, "description": "GPUs of MinerU"},
            "gpu_splade": {"slots": 2, "description": "GPUs of SPLADE"},
        },
        "steps": {
            step: {
                "description": f"{step} on {service}",
                "retryClass": retry_class(step),
                "pool": pool(step),
                "spot": step in SPOT_STEPS,
                "deadlineSeconds": 3600,
                "scheduleTimeoutSeconds": 120 if step.startswith("guard_") else 600,
            }
            for step, (service, _) in SERVICE_OF.items()
        },
        "sources": {
            "pmc": {
                "schedule": "0 2 * * SUN",
                "pool": "source_ncbi",
                "ledger": "/var/lib/medkg/ledgers/pmc.jsonl",
                "profile": "imrad",
            },
            "dailymed": {
                "schedule": None,
                "pool": None,
                "ledger": "/var/lib/medkg/ledgers/dailymed.jsonl",
                "profile": "spl",
            },
        },
        "batches": {"size": 50, "most": 200, "atOnce": 8},
        "maxActiveRuns": 8,
        "extraction": True,
        "vocabularies": {
            "snomed": {
                "schedule": "0 4 1 JAN,APR,JUL,OCT *",
                "licence": {"required": True, "granted": False, "sentence": "SNOMED requires affiliate license"},
            },
            "hpo": {"schedule": None, "licence": {"required": False, "granted": False, "sentence": ""}},
        },
        "quality": {"conceptDelta": 0.01, "recallDelta": 0.02, "shaclViolations": 0},
        "gates": {"approvers": ["curator"], "remindAfterHours": [24, 72]},
        "alerts": {"alertmanagerUrl": "", "slackConnection": ""},
        "getLogs": True,
    }


def write(name: str, value: dict[str, Any]) -> None:
    (FOLDER / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    write("flows.json", flows())
    for step in SERVICE_OF:
        write(f"{step}.json", template(step))
    for step in SPOT_STEPS:
        write(f"{step}.spot.json", template(step, spot=True))


if __name__ == "__main__":
    main()
