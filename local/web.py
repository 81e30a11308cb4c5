"""HTTP on loopback, where no proxy has any business."""

import httpx2


def client(base: str) -> httpx2.Client:
    return httpx2.Client(base_url=base, trust_env=False, timeout=30)


def answers(url: str) -> bool:
    try:
        return httpx2.get(url, trust_env=False, timeout=2).is_success
    except httpx2.TransportError:
        return False
