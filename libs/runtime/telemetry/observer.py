"""What is told of each batch: one span, linked to the clicks in it, and its size."""

import time
from collections.abc import Sequence

from libs.runtime.answers import Asked
from libs.runtime.telemetry import metrics, tracing


class Telemetry:
    """Observes the writer of one service."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._size = metrics.BATCH_COMMANDS.labels(service)

    def batch(self, asked: Sequence[Asked], began: float) -> None:
        """A batch that began at this `time.perf_counter()` was committed."""
        self._size.observe(len(asked))
        clicks = tracing.sampled(one.command.envelope.traceparent for one in asked)
        if not clicks:
            return
        took = time.perf_counter() - began
        span = tracing.tracer().start_span(
            "batch",
            context=tracing.parent(clicks[0]),
            links=tracing.links(clicks),
            start_time=time.time_ns() - int(took * 1e9),
        )
        span.set_attribute("jixu.service", self._service)
        span.set_attribute("jixu.commands", len(asked))
        span.end()
