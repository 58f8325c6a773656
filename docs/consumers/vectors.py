"""Reads the vectors of faces: /usr/bin/python3 vectors.py consumer.properties sightline.v1.binpb"""
import signal
import sys

from confluent_kafka import Consumer, KafkaException
from google.protobuf import message_factory
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message import DecodeError


def settings(path):
    with open(path, encoding="utf-8") as lines:
        stripped = [line.strip() for line in lines]
    return dict(line.split("=", 1) for line in stripped if line and not line.startswith("#"))


def message_types(path):
    """Of the compiled .proto, by full name; no protoc needed."""
    with open(path, "rb") as compiled:
        return message_factory.GetMessages(FileDescriptorSet.FromString(compiled.read()).file)


def show(embeddings):
    header = embeddings.header
    for face in embeddings.faces:
        # Empty: the face was not good enough, and quality.flaw says why.
        length = sum(value * value for value in face.embedding) ** 0.5
        print(f"{header.camera}/{header.epoch}/{header.seq} {face.track} {embeddings.model_id} "
              f"{len(face.embedding)} values, length {length:.3f} {face.quality.flaw}", flush=True)


def main(properties, compiled):
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    embeddings_type = message_types(compiled)["sightline.v1.Embeddings"]
    consumer = Consumer({
        "group.id": "front-desk.vectors",
        "auto.offset.reset": "earliest",
        **settings(properties),
        "enable.auto.commit": False,
    })
    consumer.subscribe(["sightline.embeddings.v1"])
    try:
        while not stopping:
            messages = consumer.consume(500, timeout=0.5)
            for message in messages:
                if message.error():
                    raise KafkaException(message.error())
                try:
                    show(embeddings_type.FromString(message.value() or b""))
                except DecodeError:
                    print(f"offset {message.offset()} is no Embeddings", file=sys.stderr, flush=True)
            if messages:
                consumer.commit(asynchronous=False)
    finally:
        consumer.close()


main(*sys.argv[1:])
