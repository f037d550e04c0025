"""The console in a browser: what a person does there."""

import json
from contextlib import contextmanager

from .browser import Browser
from .operators import admin_port

# The visible text of a part of the page.
TEXT = "(document.querySelector(%s)?.innerText ?? '')"
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowRight": 39, "Home": 36, " ": 32}
# The contrast of each text that is shown with what is behind it, as WCAG 2 computes it; those below the limit.
FAINT = """(() => {
  const rgb = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const behind = node => {
    for (let n = node; n; n = n.parentElement) {
      const c = rgb(getComputedStyle(n).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || !node.checkVisibility() || node.closest('noscript, .hidden, .skip')) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(rgb(style.color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(`${text.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return faint;
})()"""


class ConsolePage:
    def __init__(self, page, address):
        self.page, self.address = page, address

    def view(self, name):
        self.page.evaluate(f"location.hash = {json.dumps('#' + name)}; 0")

    def text(self, selector):
        return self.page.evaluate(TEXT % json.dumps(selector))

    def wait_text(self, selector, *words):
        """Waits until the words are shown there."""
        shown = TEXT % json.dumps(selector)
        missing = f"{json.dumps(words)}.filter(word => !{shown}.includes(word))"
        self.page.wait(f"{missing}.join(' and ')", "")

    def wait_no_text(self, selector, word):
        self.page.wait(f"{TEXT % json.dumps(selector)}.includes({json.dumps(word)})", False)

    def click(self, selector):
        """Clicks what there has to be, once it can be clicked."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.page.wait(f"!!{found} && {found}.checkVisibility() && !{found}.disabled", True)
        self.page.evaluate(f"{found}.click(); 0")

    def follow(self, text):
        """Clicks the link with a text."""
        found = f"[...document.querySelectorAll('main a')].find(a => a.checkVisibility() && a.innerText === {json.dumps(text)})"
        self.page.wait(f"!!{found}", True)
        self.page.evaluate(f"{found}.click(); 0")

    def fill(self, selector, value):
        self.page.evaluate(f"document.querySelector({json.dumps(selector)}).value = {json.dumps(value)}; 0")

    def press(self, key, shift=False):
        named = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key],
                 "modifiers": 8 if shift else 0}
        text = {"Enter": "\r", " ": " "}.get(key)
        self.page.browser.call("Input.dispatchKeyEvent", self.page.session, type="keyDown",
                               **named, **({"text": text} if text else {}))
        self.page.browser.call("Input.dispatchKeyEvent", self.page.session, type="keyUp", **named)

    def focused(self):
        """The focused element: its id, or its text."""
        return self.page.evaluate("document.activeElement.id || document.activeElement.innerText")

    def colours(self, scheme):
        self.page.browser.call("Emulation.setEmulatedMedia", self.page.session,
                               features=[{"name": "prefers-color-scheme", "value": scheme}])

    def width(self, pixels):
        self.page.browser.call("Emulation.setDeviceMetricsOverride", self.page.session, width=pixels, height=800,
                               deviceScaleFactor=1, mobile=pixels < 500)


@contextmanager
def console(t, view="", port=None, live=True):
    """The console of the server, in a view."""
    with Browser(t.dir, patience=max(20, t.patience)) as browser:
        address = f"http://127.0.0.1:{port or admin_port(t)}/"
        shown = ConsolePage(browser.open(address + ("#" + view if view else "")), address)
        if live:
            shown.page.wait("document.getElementById('state')?.dataset.state", "live")
        yield shown
