"""What is told of each batch of commands: one span, linked to the clicks in it, and its size."""

from collections.abc import Sequence

from libs.runtime.log.answers import Asked
from libs.runtime.telemetry import metrics, tracing


class Telemetry:
    """Observes the writer of one service."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._size = metrics.BATCH_COMMANDS.labels(service)

    def batch(self, asked: Sequence[Asked], began: float) -> None:
        """A batch that began at this `time.perf_counter()` was committed."""
        self._size.observe(len(asked))
        clicks = (one.command.envelope.traceparent for one in asked)
        tracing.batch("batch", self._service, began, clicks, len(asked))
