"""A headless Chromium, as far as the tests need one."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.support.present import known

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
VERDICT = ".po-verdict h1"
Found = TypeVar("Found")


class Tab:
    """One browser with one tab.

    Args:
        programs: paths of chromium and chromedriver.
        url: of the page.
        folder: its own, for the profile and for downloads.
        width, height: of the window; below 500 px it acts as a phone.
        dark: whether the person prefers dark pages.
        camera: a clip (.mjpeg or .y4m) that plays in place of a camera.
        refuse_camera: whether the person does not let the page use the camera.
        piped: whether the driver reaches the browser by a pipe, not over the network.
        language: that the browser asks for.
    """

    def __init__(
        self,
        programs: tuple[str, str],
        url: str,
        folder: Path,
        *,
        width: int = 1280,
        height: int = 1000,
        dark: bool = False,
        camera: Path | None = None,
        refuse_camera: bool = False,
        piped: bool = False,
        language: str = "en",
    ) -> None:
        self.url, self.downloads = url, folder / "downloads"
        self.downloads.mkdir()
        options = webdriver.ChromeOptions()
        options.binary_location = programs[0]
        flags = [*FLAGS, f"--user-data-dir={folder / 'profile'}"]
        if camera is not None:
            flags.append(f"--use-file-for-fake-video-capture={camera}")
        if refuse_camera:
            flags.remove("--use-fake-ui-for-media-stream")
            flags.append("--deny-permission-prompts")
        if piped:
            flags.append("--remote-debugging-pipe")
        for flag in flags:
            options.add_argument(flag)
        options.add_argument(f"--window-size={max(width, 500)},{height}")
        options.add_experimental_option(
            "prefs",
            {
                "download.default_directory": str(self.downloads),
                "intl.accept_languages": language,
            },
        )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.ChromeService(programs[1])
        self.driver = webdriver.Chrome(options=options, service=service)
        self.resize(width, height)
        if dark:
            features = [{"name": "prefers-color-scheme", "value": "dark"}]
            self.command("Emulation.setEmulatedMedia", {"features": features})

    def command(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return dict(self.driver.execute_cdp_cmd(name, arguments) or {})

    def resize(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.command("Emulation.setDeviceMetricsOverride", metrics)

    def go(self, path: str = "") -> None:
        self.driver.get(f"{self.url}/{path}")
        self.wait(lambda: self.all("[data-testid=stMainBlockContainer] h1, .po-footer"))

    def close(self) -> None:
        self.driver.quit()

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def wait(self, found: Callable[[], Found], seconds: float = 20) -> Found:
        waiting = WebDriverWait(self.driver, seconds, 0.05)
        return known(waiting.until(lambda _: self._calmly(found)))

    def _calmly(self, found: Callable[[], Found]) -> Found | None:
        """None while the page is being drawn anew."""
        from selenium.common.exceptions import JavascriptException, StaleElementReferenceException

        try:
            return found()
        except (StaleElementReferenceException, JavascriptException, IndexError, StopIteration):
            return None

    def upload(self, *files: Path) -> None:
        def hand_over() -> bool:
            self.all("input[type=file]")[0].send_keys("\n".join(str(file) for file in files))
            return True

        self.wait(hand_over)

    def verdict(self) -> str:
        return self.wait(lambda: self.all(VERDICT)[0].text)

    def values(self) -> list[str]:
        return self.wait(lambda: [item.text for item in self.all(".po-value")])

    def text(self) -> str:
        return self.driver.find_element(By.TAG_NAME, "body").text

    def says(self, words: str) -> bool:
        return words in self.text()

    def click_text(self, selector: str, text: str) -> None:
        def press() -> bool:
            element = next(item for item in self.all(selector) if text in item.text)
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
            element.click()
            return True

        self.wait(press)

    def picture(self) -> str:
        """Address of the photo that is shown; it changes with what is drawn on it."""
        image = "[data-testid=stImage] img"
        return known(self.wait(lambda: self.all(image)[0].get_attribute("src")))

    def settle(self) -> None:
        """Wait until the page has followed everything that was done."""
        idle = "[data-testid=stApp][data-test-script-state=notRunning]"
        self.wait(lambda: self.all(idle))

    def save(self, label: str, ending: str) -> bytes:
        self.settle()
        self.click_text("[data-testid=stDownloadButton] button", label)

        def finished() -> list[Path]:
            return [path for path in self.downloads.glob(f"*{ending}") if path.stat().st_size]

        (path,) = self.wait(finished)
        data = path.read_bytes()
        path.unlink()
        return data

    def point(self, name: str) -> WebElement:
        """A movable point inside the editor's shadow root."""
        script = """
            for (const node of document.querySelectorAll("*")) {
              const point = node.shadowRoot?.querySelector(`[data-point=${arguments[0]}] .ring`);
              if (point) return point;
            }
            return null;"""
        element = self.wait(lambda: self.driver.execute_script(script, name))
        assert isinstance(element, WebElement)
        return element

    def press_inside(self, root: str, text: str) -> None:
        """Press the button of that text inside a component: below `root` in its shadow root."""
        script = """
            for (const node of document.querySelectorAll("*")) {
              const found = node.shadowRoot?.querySelectorAll(`${arguments[0]} button`) ?? [];
              for (const button of found) if (button.textContent === arguments[1]) return button;
            }
            return null;"""

        def press() -> bool:
            button = self.driver.execute_script(script, root, text)
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
            button.click()
            return True

        self.wait(press)

    def live(self, expression: str) -> Any:
        """What the JavaScript `expression` gives, with `live` being the camera of the page."""
        script = f"""
            for (const node of document.querySelectorAll("*")) {{
              const live = node.shadowRoot?.querySelector(".live")?.live;
              if (live) return {expression};
            }}
            return null;"""
        return self.driver.execute_script(script)

    def drag(self, element: WebElement, right: int, down: int) -> None:
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        moves = ActionChains(self.driver).click_and_hold(element)
        moves.move_by_offset(right // 2, down // 2).move_by_offset(
            right - right // 2, down - down // 2
        )
        moves.release().perform()

    def screenshot(self, path: Path) -> None:
        """The whole page, however long."""
        script = "return document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight"
        width = self.driver.execute_script("return innerWidth")
        self.resize(width, int(self.driver.execute_script(script)) + 20)
        time.sleep(0.3)
        data = self.command("Page.captureScreenshot", {})["data"]
        path.write_bytes(base64.b64decode(data))

    def _log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.driver.get_log(kind)  # type: ignore[no-untyped-call]
        return entries

    def foreign_requests(self) -> list[str]:
        """Addresses of everything that was asked of another machine."""
        asked = set()
        for entry in self._log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.add(message["params"]["request"]["url"])
            elif message["method"] == "Network.webSocketCreated":
                asked.add(message["params"]["url"])
        own = (self.url, self.url.replace("http", "ws"), "data:", "blob:", "about:", "chrome")
        return sorted(url for url in asked if not url.startswith(own))

    def complaints(self) -> list[str]:
        """What the browser's console holds of errors.

        On a page below the root Streamlit first looks for its server below that page.
        """
        severe = [e["message"] for e in self._log("browser") if e["level"] == "SEVERE"]
        return [message for message in severe if "/_stcore/h" not in message]
