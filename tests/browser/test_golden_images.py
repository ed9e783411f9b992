"""The pages look as they did: screenshots beside golden ones, which `make bless` rewrites.

Letters differ from machine to machine, so the images hold for a Chromium that sets the pages in Liberation Serif and
DejaVu Sans Mono, as Debian's does with `fonts-liberation` and `fonts-dejavu-core`, which `.ci/run` installs. They are
small: taken at half size, where smoothing hardly shows, and kept as WebP, the loss of which the tolerance covers.
"""

import base64
import os

import pytest
from conftest import PROJECT, need
from playwright.sync_api import Browser, Page

GOLDEN = PROJECT / "tests/browser/golden"
#: How far apart two pixels may be in any channel (of 255), and what share of all pixels may be further apart.
CHANNEL_TOLERANCE, SHARE_TOLERANCE = 40, 0.0005
FONTS = {"h1": "Liberation Serif", ".site .name a": "DejaVu Sans Mono"}

VIEWS = {
    "load-balance-desktop": ("/2012/03/load-balance-between-source-ips-in-linux/", 1280, "light"),
    "load-balance-telephone-dark": ("/2012/03/load-balance-between-source-ips-in-linux/", 360, "dark"),
    "two-commits-desktop": ("/2012/03/my-two-commits-to-the-linux-kernel/", 1280, "light"),
    "style-desktop": ("/style/", 1280, "light"),
    "style-desktop-dark": ("/style/", 1280, "dark"),
}

# How many pixels of two images are further apart than a tolerance, as a share of all; or the sizes, if those differ.
COMPARE = """async ([one, other, tolerance]) => {
    const pixels = async image => {
        const bitmap = await createImageBitmap(await (await fetch(image)).blob());
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        canvas.getContext('2d').drawImage(bitmap, 0, 0);
        return canvas.getContext('2d').getImageData(0, 0, bitmap.width, bitmap.height);
    };
    const [a, b] = [await pixels(one), await pixels(other)];
    if (a.width !== b.width || a.height !== b.height) return `${a.width} x ${a.height}, not ${b.width} x ${b.height}`;
    let apart = 0;
    for (let i = 0; i < a.data.length; i += 4) {
        apart += [0, 1, 2].some(c => Math.abs(a.data[i + c] - b.data[i + c]) > tolerance);
    }
    return apart / (a.width * a.height);
}"""

COMPRESS = """async image => {
    const bitmap = await createImageBitmap(await (await fetch(image)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const bytes = await (await canvas.convertToBlob({type: 'image/webp', quality: 0.8})).bytes();
    return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}"""


def set_in(page: Page, element: str) -> str:
    """Return the font in which Chromium sets most of an element's letters."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": element})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return str(max(fonts, key=lambda font: font["glyphCount"])["familyName"])


def as_address(image: bytes, kind: str) -> str:
    """Return an image as an address that holds the whole of it."""
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"


@pytest.mark.parametrize("name", VIEWS)
def test_the_page_looks_as_it_did(browser: Browser, home: str, name: str) -> None:
    address, width, scheme = VIEWS[name]
    page = browser.new_page(
        viewport={"width": width, "height": 900}, device_scale_factor=0.5, color_scheme=scheme, reduced_motion="reduce"
    )
    page.goto(home + address)
    fonts = {element: set_in(page, element) for element in FONTS}
    need(
        fonts == FONTS,
        f"the fonts of the golden images (here: {fonts})",
        "apt-get install fonts-liberation fonts-dejavu-core",
    )
    taken = as_address(page.screenshot(full_page=True), "png")
    page.goto("about:blank")
    golden = GOLDEN / f"{name}.webp"
    if os.environ.get("BLESS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(base64.b64decode(page.evaluate(COMPRESS, taken)))
    apart = page.evaluate(COMPARE, [as_address(golden.read_bytes(), "webp"), taken, CHANNEL_TOLERANCE])
    page.close()

    assert isinstance(apart, float | int) and apart <= SHARE_TOLERANCE, f"{apart}; if it should look so, `make bless`"
