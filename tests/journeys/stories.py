"""What invented people tell, line by line, as they would type it."""

from __future__ import annotations

MOTHER = (
    "/start",
    "[Так, я за мяжой]",
    "[Маці або бацька]",
    "Ян Прыклад, 1990",
    "учора вечарам",
    "Гродна, на працы",
    "АМАП, КДБ",
    "Не, невядома",
    "1,8",
    "прапусціць",
    "Прыйшлі двое ў масках, прычыны не назвалі.",
    "далей",
    "Улічыць у статыстыцы без імя",
)
SEND = "адправіць"
HALF = MOTHER[:7]  # up to the four facts: a checkpoint is sealed
AGREED = (*MOTHER[:-1], "1, 5")  # to be asked, and to statistics
