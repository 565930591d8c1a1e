"""Webhook settings; nothing is ever delivered to one, but polling is refused while one is set."""

from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.updates import DEFAULT
from tests.doubles.telegram.world import JSON


def set_webhook(world: World, values: JSON) -> bool:
    url = values["url"]
    if url and not url.startswith("https://"):
        raise Refused(Because.WEBHOOK_URL)
    world.updates.allow(values.get("allowed_updates"))
    if values.get("drop_pending_updates"):
        world.updates.forget_all()
    kept = ("url", "ip_address", "max_connections")
    world.webhook = {name: values[name] for name in kept if name in values} if url else {}
    return True


def delete_webhook(world: World, values: JSON) -> bool:
    world.webhook = {}
    if values.get("drop_pending_updates"):
        world.updates.forget_all()
    return True


def get_webhook_info(world: World, _: JSON) -> JSON:
    out: JSON = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending(world.moment())),
    }
    if world.updates.allowed != DEFAULT:
        out["allowed_updates"] = sorted(world.updates.allowed)
    return out | world.webhook


HANDLERS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
