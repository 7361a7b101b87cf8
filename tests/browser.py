"""A headless Chromium, spoken to over its debugging pipe: pages as readers see them."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]
TO_BROWSER, FROM_BROWSER = 3, 4  # file descriptors that Chromium reads from and writes to


class Page:
    """One tab."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer
        self._session, self._last, self._events = None, 0, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **params):
        """Send a command and wait for its result; what happens in between is kept."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        self._writer.write(json.dumps(message).encode() + b"\0")
        self._writer.flush()
        while (answer := self._read()).get("id") != self._last:
            self._events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _read(self):
        message = b""
        while (byte := self._reader.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium has gone.")
            message += byte
        return json.loads(message)

    def _wait_for(self, method):
        while not any(event["method"] == method for event in self._events):
            self._events.append(self._read())

    def open(self, path, *, width, scheme, height=800):
        """Load a file in a window of some width, light or dark."""
        self._events.clear()
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)
        self.call("Page.navigate", url=f"file://{path}")
        self._wait_for("Page.loadEventFired")

    def evaluate(self, expression):
        """Return the value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    @property
    def requests(self):
        """Addresses that the page has asked for, besides itself and what it holds."""
        sent = [e["params"] for e in self._events if e["method"] == "Network.requestWillBeSent"]
        urls = [params["request"]["url"] for params in sent if params["type"] != "Document"]
        return [url for url in urls if not url.startswith("data:")]

    @property
    def complaints(self):
        """What stands in the console."""
        kinds = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
        return [event["params"] for event in self._events if event["method"] in kinds]


@contextmanager
def open_browser(profile):
    """Start Chromium with a profile folder of its own, and close it in the end."""
    ours_read, theirs_write = os.pipe()
    theirs_read, ours_write = os.pipe()

    def connect():
        # duplicates first: one of the pipes may itself be 3 or 4
        read, write = os.dup(theirs_read), os.dup(theirs_write)
        os.dup2(read, TO_BROWSER)
        os.dup2(write, FROM_BROWSER)

    process = subprocess.Popen(
        [CHROMIUM, *FLAGS, f"--user-data-dir={profile}"],
        pass_fds=(TO_BROWSER, FROM_BROWSER),
        preexec_fn=connect,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_read)
    os.close(theirs_write)
    with os.fdopen(ours_read, "rb") as reader, os.fdopen(ours_write, "wb") as writer:
        try:
            yield Page(reader, writer)
        finally:
            process.terminate()
            process.wait(timeout=10)
