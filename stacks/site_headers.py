"""What a browser is told with every answer of the site: the CDN and the laptop say it in the same words."""

from collections.abc import Sequence

HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
IMMUTABLE = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"
ASSETS = "assets/"
"""The folder of files whose names carry their content, so that they never change."""

NOT_USED = (
    "camera",
    "display-capture",
    "geolocation",
    "microphone",
    "payment",
    "publickey-credentials-get",
    "usb",
)


def site_headers(*, socket: str, files: Sequence[str]) -> dict[str, str]:
    """The origins of the WebSocket and of the buckets of files: nowhere else does the page go."""
    return {
        "Content-Security-Policy": content_security_policy(socket=socket, files=files),
        "Strict-Transport-Security": f"max-age={HSTS_SECONDS}; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_USED),
    }


def content_security_policy(*, socket: str, files: Sequence[str]) -> str:
    """Files are put to their buckets, and played from them."""
    opened = " ".join(files)
    allowed = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self' {socket} {opened}",
        "media-src": opened or "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "dompurify",
    }
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def cache_control(path: str) -> str:
    """Of a file by its path within the site, without a slash in front."""
    return IMMUTABLE if path.startswith(ASSETS) else ASK_FIRST
