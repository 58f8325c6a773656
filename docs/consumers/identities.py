"""Keeps who was recognised, frame by frame, in SQLite: /usr/bin/python3 identities.py consumer.properties seen.db"""
import json
import signal
import sqlite3
import sys

from confluent_kafka import Consumer, KafkaException

TABLE = """CREATE TABLE IF NOT EXISTS seen (
    camera TEXT, epoch INTEGER, seq INTEGER, track TEXT,
    captured_at_us INTEGER, person_id TEXT, name TEXT, similarity REAL, threshold REAL,
    PRIMARY KEY (camera, epoch, seq, track))"""


def settings(path):
    with open(path, encoding="utf-8") as lines:
        stripped = [line.strip() for line in lines]
    return dict(line.split("=", 1) for line in stripped if line and not line.startswith("#"))


def rows(frame):
    for face in frame["faces"]:
        decision = face["decision"]
        # Every other kind, also one of a later version, names nobody.
        if decision["kind"] == "known":
            yield (frame["camera"], frame["epoch"], frame["seq"], face["track"], frame["captured_at_us"],
                   decision["person"]["id"], decision["person"]["name"],
                   decision["receipt"]["similarity"], decision["receipt"]["threshold"])


def keep(database, message):
    try:
        found = list(rows(json.loads(message.value())))
    except (ValueError, KeyError, TypeError):
        print(f"partition {message.partition()} offset {message.offset()} is no frame", file=sys.stderr, flush=True)
        return
    # A frame that is read again is there already.
    database.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", found)


def main(properties, file):
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    database = sqlite3.connect(file)
    database.execute(TABLE)
    consumer = Consumer({
        "group.id": "front-desk.identities",
        "auto.offset.reset": "earliest",
        **settings(properties),
        "isolation.level": "read_committed",
        "enable.auto.commit": False,
    })
    consumer.subscribe(["sightline.identities.v1"])
    try:
        while not stopping:
            messages = consumer.consume(500, timeout=0.5)
            for message in messages:
                if message.error():
                    raise KafkaException(message.error())
                keep(database, message)
            if messages:
                database.commit()
                consumer.commit(asynchronous=False)
    finally:
        consumer.close()
        database.close()


main(*sys.argv[1:])
