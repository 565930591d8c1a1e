"""answerCallbackQuery: once, and in time."""

from tests.doubles.telegram.refusals import Because, Refused
from tests.doubles.telegram.state import World
from tests.doubles.telegram.world import JSON


def answer_callback_query(world: World, values: JSON) -> bool:
    query = world.queries.get(values["callback_query_id"])
    if query is None or query.answered or world.moment() - query.born > world.query_seconds:
        raise Refused(Because.QUERY_OLD)
    query.answered = True
    query.text = values.get("text", "")
    query.alert = values.get("show_alert", False)
    world.bell.ring()
    return True


HANDLERS = {"answerCallbackQuery": answer_callback_query}
