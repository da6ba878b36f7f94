"""Reminds people of gates that nobody has answered, each gate once for each age that the settings name.

Airflow's own REST API is asked which gates are open.
"""

from __future__ import annotations

from medkg_flows.reminders import remind
from medkg_flows.runs import flow

with flow(
    "gate_reminder",
    schedule="17 * * * *",
    max_active_runs=1,
    description="Reminds of gates of pdf_flow that have waited for long",
) as dag:
    remind()
