#!/usr/bin/python3
"""An RTSP camera for tests: plays an elementary stream of H.264 or H.265 over TCP, again and again.

Reads its settings as one JSON object from the first line of standard input:
  file      elementary stream with access unit delimiters
  codec     h264 or h265
  fps       pictures a second
  port      0 takes a free one
  path      such as /cam
  user, password, scheme (basic or digest): optional
  certificate, key (PEM files): optional, serves rtsps

Prints "ready PORT", then obeys one command a line and answers each with "done COMMAND":
  hang      stops the pictures; connections stay open
  resume    sends them again
  drop      closes every client's connection
  damage    flips bytes inside every picture that follows
  heal      sends them whole again
  clients   answers "done clients N"
Ends with its standard input.
"""

import json
import sys
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PARSERS = {"h264": ("video/x-h264", "h264parse", "rtph264pay"), "h265": ("video/x-h265", "h265parse", "rtph265pay")}
DELIMITERS = {"h264": (9, lambda byte: byte & 0x1F), "h265": (35, lambda byte: (byte >> 1) & 0x3F)}


def access_units(data, codec):
    """The stream cut before each access unit delimiter."""
    wanted, kind = DELIMITERS[codec]
    starts, at = [], data.find(b"\x00\x00\x01")
    while at >= 0:
        if kind(data[at + 3]) == wanted:
            starts.append(at - 1 if at > 0 and data[at - 1] == 0 else at)
        at = data.find(b"\x00\x00\x01", at + 3)
    if not starts:
        raise SystemExit("the stream has no access unit delimiters")
    return [data[start:end] for start, end in zip(starts, starts[1:] + [len(data)])]


def damaged(unit):
    """The same length, with bytes flipped behind the headers."""
    broken = bytearray(unit)
    for i in range(min(200, len(broken) // 2), len(broken), 97):
        broken[i] ^= 0x5A
    return bytes(broken)


class Camera:
    def __init__(self, settings):
        self.units = access_units(open(settings["file"], "rb").read(), settings["codec"])
        self.period = 1.0 / settings["fps"]
        self.flowing = threading.Event()
        self.flowing.set()
        self.is_damaging = False
        self.settings = settings

    def factory(self):
        caps, parser, payloader = PARSERS[self.settings["codec"]]
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(
            "( appsrc name=src is-live=true do-timestamp=true format=time max-bytes=8000000 "
            f"caps={caps},stream-format=byte-stream,alignment=au,framerate={int(self.settings['fps'])}/1 "
            f"! {parser} config-interval=-1 ! {payloader} name=pay0 pt=96 config-interval=-1 )"
        )
        factory.set_shared(True)
        factory.set_suspend_mode(GstRtspServer.RTSPSuspendMode.NONE)
        factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)
        factory.connect("media-configure", self.configure)
        return factory

    def configure(self, _factory, media):
        gone = threading.Event()
        media.connect("unprepared", lambda _media: gone.set())
        source = media.get_element().get_by_name_recurse_up("src")
        threading.Thread(target=self.feed, args=(source, gone), daemon=True).start()

    def feed(self, source, gone):
        index, due = 0, time.monotonic()
        while not gone.is_set():
            if not self.flowing.is_set():
                # Off a key frame, the pictures after a pause would be of no use to anybody.
                self.flowing.wait(0.1)
                index, due = 0, time.monotonic()
                continue
            unit = self.units[index]
            if self.is_damaging and index > 0:
                unit = damaged(unit)
            if source.emit("push-buffer", Gst.Buffer.new_wrapped(unit)) not in (Gst.FlowReturn.OK, Gst.FlowReturn.FLUSHING):
                return
            index = (index + 1) % len(self.units)
            due += self.period
            time.sleep(max(0.0, due - time.monotonic()))


def guard(server, factory, settings):
    """User and password, or TLS, where the settings have them."""
    if not settings.get("user") and not settings.get("certificate"):
        return
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if settings.get("user"):
        if settings.get("scheme") == "basic":
            basic = GstRtspServer.RTSPAuth.make_basic(settings["user"], settings["password"])
            auth.add_basic(basic, token)
        else:
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
            auth.add_digest(settings["user"], settings["password"], token)
    else:
        auth.set_default_token(token)
    if settings.get("certificate"):
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_files(settings["certificate"], settings["key"]))
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


def clients(server, result):
    """How many clients there are; with REMOVE, none from now on."""
    count = 0

    def each(_server, _client, *_):
        nonlocal count
        count += 1
        return result

    server.client_filter(each)
    return count


def obey(command, server, camera):
    if command == "hang":
        camera.flowing.clear()
    elif command == "resume":
        camera.flowing.set()
    elif command == "damage":
        camera.is_damaging = True
    elif command == "heal":
        camera.is_damaging = False
    elif command == "drop":
        clients(server, GstRtspServer.RTSPFilterResult.REMOVE)
    elif command == "clients":
        command = f"clients {clients(server, GstRtspServer.RTSPFilterResult.KEEP)}"
    else:
        command = f"unknown {command}"
    print(f"done {command}", flush=True)
    return False


def main():
    settings = json.loads(sys.stdin.readline())
    Gst.init(None)
    camera = Camera(settings)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(settings["port"]))
    factory = camera.factory()
    guard(server, factory, settings)
    server.get_mount_points().add_factory(settings["path"], factory)
    loop = GLib.MainLoop()
    if server.attach(None) == 0:
        raise SystemExit(f"cannot listen on port {settings['port']}")
    print(f"ready {server.get_bound_port()}", flush=True)

    def commands():
        for line in sys.stdin:
            GLib.idle_add(obey, line.strip(), server, camera)
        GLib.idle_add(loop.quit)

    threading.Thread(target=commands, daemon=True).start()
    loop.run()


main()
