"""Where metrics arrive, by OpenTelemetry, and whether they are what the list of the flows declares."""

from collections.abc import Iterator
from typing import Any

from medkg_flows.metrics import Kind, Metric
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from support.processes import eventually
from support.web import Server

#: What Airflow puts before every name.
PREFIX = "airflow."
#: How OpenTelemetry sends a kind.
SENT_AS: dict[Kind, str] = {"counter": "sum", "gauge": "gauge", "timer": "exponential_histogram"}


class Collector:
    """Takes what all processes of Airflow send."""

    def __init__(self) -> None:
        self._server = Server()
        self.url = self._server.url

    def hears(self, metric: Metric, **labels: str) -> None:
        """Waits for a point of a metric that has the declared kind and labels, these among them."""
        if unknown := labels.keys() - set(metric.labels):
            raise ValueError(f"{metric.name} has no labels {sorted(unknown)}")
        eventually(f"{metric.name} {labels}", 30, lambda: self._has(metric, labels) or None, every=1)

    def _has(self, metric: Metric, labels: dict[str, str]) -> bool:
        return any(
            kind == SENT_AS[metric.kind] and set(metric.labels) <= set(found) and labels.items() <= found.items()
            for kind, found in self._points(PREFIX + metric.name)
        )

    def _points(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Kind and labels of each point of this name."""
        for _, _, body in list(self._server.received):
            request: Any = ExportMetricsServiceRequest.FromString(body)
            for resource in request.resource_metrics:
                for scope in resource.scope_metrics:
                    for sent in scope.metrics:
                        if sent.name == name:
                            kind = sent.WhichOneof("data")
                            for point in getattr(sent, kind).data_points:
                                yield kind, {each.key: each.value.string_value for each in point.attributes}

    def stop(self) -> None:
        self._server.stop()
