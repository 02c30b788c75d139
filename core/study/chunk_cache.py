"""The stretches of silhouettes that were looked at last, decoded."""

import threading
from collections import OrderedDict

from core.pose.prediction_chunk import PredictionChunk
from core.pose.silhouette import Silhouette
from core.pose.skeleton import Skeleton
from core.study import predictions
from core.study.database import Database

_KEPT = 4  # of up to 64 frames each


class ChunkCache:
    """Silhouettes by frame; stepping through a recording decodes each stretch once."""

    def __init__(self, database: Database, skeleton: Skeleton) -> None:
        """Start with nothing decoded."""
        self._database = database
        self._skeleton = skeleton
        self._gate = threading.Lock()
        self._chunks: OrderedDict[tuple[int, int], PredictionChunk] = OrderedDict()

    def silhouette(self, prediction_id: int, frame: int) -> Silhouette | None:
        """The outline in a frame; None where there is none or the frame is not predicted."""
        with self._gate:
            chunk = self._kept(prediction_id, frame) or self._load(prediction_id, frame)
        if chunk is None or not chunk.silhouettes:
            return None
        return chunk.silhouettes[frame - chunk.start]

    def _kept(self, prediction_id: int, frame: int) -> PredictionChunk | None:
        for key, chunk in self._chunks.items():
            if key[0] == prediction_id and chunk.start <= frame < chunk.stop:
                self._chunks.move_to_end(key)
                return chunk
        return None

    def _load(self, prediction_id: int, frame: int) -> PredictionChunk | None:
        with self._database.reading() as connection:
            chunk = predictions.chunk_at(
                connection, prediction_id, frame=frame, skeleton=self._skeleton
            )
        if chunk is not None:
            self._chunks[prediction_id, chunk.start] = chunk
            if len(self._chunks) > _KEPT:
                self._chunks.popitem(last=False)
        return chunk
