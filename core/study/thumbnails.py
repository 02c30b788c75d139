"""Small pictures of recordings, so that a list of a hundred decodes no video."""

import sqlite3

from core.study.checksum import blob_checksum, checked_blob


def save(connection: sqlite3.Connection, recording_id: int, image: bytes) -> None:
    """Keep or replace the picture of a recording."""
    connection.execute(
        "INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?)",
        (recording_id, image, blob_checksum(image, (recording_id,))),
    )


def load(connection: sqlite3.Connection, recording_id: int) -> bytes | None:
    """The picture of a recording; raises Damaged."""
    query = "SELECT image, checksum FROM thumbnail WHERE recording = ?"
    row = connection.execute(query, (recording_id,)).fetchone()
    return checked_blob(row[0], row[1], (recording_id,)) if row else None
