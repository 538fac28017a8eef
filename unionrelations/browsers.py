"""What browsers are told a page of the house may do: load what is its own, and nothing else. Never knows a page."""

from csp.constants import NONE, SELF

# Nothing inline, nothing from elsewhere. `data:` is for the small drawings inside Tabler's style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Powers of a browser the house does not use: neither a page nor what was slipped into one can ask for them.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "gamepad"),
    *("geolocation", "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    *("screen-wake-lock", "xr-spatial-tracking"),
)
PERMISSIONS_POLICY: dict[str, list[str]] = {name: [] for name in UNUSED}
