"""A page on a slow phone: Chromium at 1.6 Mbit/s, 150 ms, a processor four times slower."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
WATCH = """
window.found = {paint: 0, shift: 0};
new PerformanceObserver(list => { for (const one of list.getEntries()) found.paint = one.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) found.shift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass(frozen=True)
class Weight:
    """One page: kB over the line, requests, largest contentful paint in ms, cumulative layout shift."""

    page: str
    kilobytes: float
    requests: int
    largest_paint: float
    shift: float


def weigh(origin: str, pages: Iterable[tuple[str, str]]) -> list[Weight]:
    """Each (name, path) in a browser with nothing kept; an empty list where there is no Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        return []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        found = [_weigh(browser, name, origin + path) for name, path in pages]
        browser.close()
    return found


def _weigh(browser: Browser, name: str, address: str) -> Weight:
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page = context.new_page()
    line = context.new_cdp_session(page)
    received: list[dict[str, Any]] = []
    line.on("Network.loadingFinished", lambda one: received.append(one))  # noqa: PLW0108 - it is marked
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    found = page.evaluate("found")
    context.close()
    received = [one for one in received if one["encodedDataLength"]]  # a data: address is no request
    kilobytes = sum(one["encodedDataLength"] for one in received) / 1000
    return Weight(name, kilobytes, len(received), found["paint"], found["shift"])
