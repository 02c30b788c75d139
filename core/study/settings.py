"""What a study remembers beside its recordings, as JSON values by name."""

import json
import sqlite3

from pydantic import JsonValue

from core.study.checksum import checked, checksum
from core.study.database import Database


class Settings:
    """Named JSON values in the study file; each `set` is durable on return."""

    def __init__(self, database: Database) -> None:
        """The settings of one study."""
        self._database = database

    def get(self, name: str, default: JsonValue = None) -> JsonValue:
        """The value of a setting, or `default`; raises BadStudy if it is damaged."""
        with self._database.reading() as connection:
            return load(connection).get(name, default)

    def set(self, name: str, value: JsonValue) -> None:
        """Keep a value; raises NoSpace."""
        with self._database.writing() as connection:
            put(connection, name, value)


def put(connection: sqlite3.Connection, name: str, value: JsonValue) -> None:
    """Keep a value, as a part of a transaction."""
    row = (name, json.dumps(value, ensure_ascii=False))
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?, ?)", (*row, checksum(row)))


def load(connection: sqlite3.Connection) -> dict[str, JsonValue]:
    """Every setting; raises Damaged."""
    rows = connection.execute("SELECT name, value, checksum FROM setting").fetchall()
    stored = [checked(row, "a setting") for row in rows]
    return {str(name): json.loads(str(value)) for name, value in stored}
