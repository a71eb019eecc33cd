"""A small peer that speaks the two wires of the Python library app-net, from the standard library alone.

    peer.py serve 0.6 3011                          be a peer at port 3011: Add(a, b), Fail(), pass_through, info
    peer.py serve 0.6 3011 127.0.0.1:3010 tick      the same, and subscribe to an event of the peer at 3010
    peer.py call 0.6 127.0.0.1:3010 Add "[1, 2]"    call a function
    peer.py sweep 0.6 3010 3015                     look for peers, as the library does: 0.1 s for each port

The wire is 0.4 or 0.6. On the 0.4 wire a name with a dot in it is one of a function without a tag.
"""
import base64
import json
import socket
import sys
import threading
import traceback

HOST = "127.0.0.1"
LIMIT = 1024
DEFAULTS = "net.defaults.handlers."


class Wire:
    def __init__(self, version):
        self.old = version == "0.4"

    def name(self, name):
        if not self.old:
            return name
        plain = name if "." in name else json.dumps({"raw": name})
        return base64.b64encode(plain.encode()).decode()

    def write(self, value, request=False):
        if self.old and not request and not isinstance(value, dict):
            value = {"raw": value}
        text = json.dumps(value).encode("ascii")
        return base64.b64encode(text) if self.old else text

    def flag(self, name):
        return base64.b64encode(name.encode()) if self.old else name.encode()

    def read(self, data):
        if self.old:
            data = base64.b64decode(data)
        try:
            value = json.loads(data.decode("ascii"))
        except ValueError:
            return data.decode("ascii")
        return value["raw"] if self.old and isinstance(value, dict) and "raw" in value else value

    def peer_id(self, port):
        return base64.b64encode(f"{HOST}:{port} -> None".encode()).decode()


def exchange(wire, address, name, args, kwargs, time_out=None):
    with socket.create_connection(address, timeout=time_out) as connection:
        request = {"connection": name, "args": args, "kwargs": kwargs}
        connection.sendall(wire.write(request, request=True))
        # One receive, as the library does it.
        return wire.read(connection.recv(LIMIT))


class Peer:
    def __init__(self, wire, port):
        self.wire = wire
        self.port = port
        self.subscribers = []
        self.functions = {
            wire.name("Add"): lambda a, b: a + b,
            wire.name("Fail"): self.fail,
            wire.name("Raise"): self.raise_event,
            wire.name("script.on_event"): self.on_event,
            wire.name(DEFAULTS + "info"): self.info,
            wire.name(DEFAULTS + "pass_through"): self.pass_through,
            wire.name(DEFAULTS + "subscription_handler"): self.take_subscriber,
        }

    def serve(self):
        with socket.create_server((HOST, self.port)) as server:
            print("ready", flush=True)
            while True:
                connection, _ = server.accept()
                threading.Thread(target=self.hold, args=(connection,), daemon=True).start()

    def hold(self, connection):
        with connection:
            data = connection.recv(LIMIT)
            try:
                connection.sendall(self.answer(data))
            except OSError:
                pass

    def answer(self, data):
        if not data:
            return self.wire.flag("NULL")
        try:
            request = self.wire.read(data)
            function = self.functions.get(request["connection"])
            if function is None:
                return self.wire.flag("INVALID_CONNECTION")
            return self.wire.write(function(*request["args"], **request["kwargs"]))
        except Exception:
            return self.wire.write({"payload": "error", "traceback": traceback.format_exc()})

    def fail(self, *args, **kwargs):
        raise ValueError("boom")

    def pass_through(self, *args, **kwargs):
        return args[0] if len(args) == 1 else [args, kwargs]

    def info(self, *args, **kwargs):
        info = {"group": "None", "host": HOST, "port": self.port, "hub": False, "executable": sys.executable, "user": "script"}
        if self.wire.old:
            return info
        names = sorted(self.functions)
        info.update(
            tag=f"<net.Peer h:{HOST} p:{self.port} g:None c:{len(names)} s:0 f:2>",
            connections=names,
            subscriptions=sorted({event for event, _, _ in self.subscribers}),
            flags=["INVALID_CONNECTION", "NULL"])
        return info

    def take_subscriber(self, event, *rest, **kwargs):
        if self.wire.old:
            peer, connection = (text.split("'")[1] for text in rest[:2])
            host, port = base64.b64decode(peer).decode().split(" -> ")[0].rsplit(":", 1)
        else:
            host, port, connection = rest[:3]
        self.subscribers.append((event, (host, int(port)), connection))

    def raise_event(self, event, *args, **kwargs):
        for name, address, connection in self.subscribers:
            if name == event:
                exchange(self.wire, address, connection, args, kwargs)

    def on_event(self, *args, **kwargs):
        print("event", json.dumps([args, kwargs]), flush=True)

    def subscribe(self, address, event):
        connection = self.wire.name("script.on_event")
        args = [event, f"b'{self.wire.peer_id(self.port)}'", f"b'{connection}'"] if self.wire.old else [event, HOST, self.port, connection]
        exchange(self.wire, address, self.wire.name(DEFAULTS + "subscription_handler"), args, {})
        print("subscribed", flush=True)


def parse(address):
    host, port = address.rsplit(":", 1)
    return host, int(port)


def main(verb, version, *rest):
    wire = Wire(version)
    if verb == "serve":
        peer = Peer(wire, int(rest[0]))
        if len(rest) > 1:
            peer.subscribe(parse(rest[1]), rest[2])
        peer.serve()
    elif verb == "call":
        address, name, args = rest[:3]
        print("answer", json.dumps(exchange(wire, parse(address), wire.name(name), json.loads(args), {})), flush=True)
    elif verb == "sweep":
        for port in range(int(rest[0]), int(rest[1]) + 1):
            try:
                info = exchange(wire, (HOST, port), wire.name(DEFAULTS + "info"), [], {"time_out": 0.1}, time_out=0.1)
            except ConnectionRefusedError:
                continue
            # Anything else ends the sweep, as it ends the library's.
            print("found", info["port"], info["group"], flush=True)
        print("swept", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
