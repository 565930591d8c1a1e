"""Words that stand beside names, and the endings that tell surnames and patronymics."""

from __future__ import annotations

import re

from handlers.intake.date_words import read_month
from handlers.intake.spelling import fold

_COMPANY = """
муж мужа мужу жонка жонку жена жену брат брата сястра сястру сестра сестру сын сына сыне дачка дачку дочь
дочка дочку мать маці мама маму мамы бацька бацьку отец отца папа папу друг друга подруга подругу сябар
сябра сяброўка сяброўку сосед соседа соседка сусед суседа суседка коллега коллегу калега калегу родственник
сваяк сваяка племянник племянніка знакомый знаёмы знакомого знаёмага парень девушка хлопец дзяўчына дзед
деда бабушка бабуля внук внучка унук партнёр партнер partner мой мая моя моё мое моего маяго мою маю майго
маёй моей мне меня мяне нас наш наша нашего нашага его яго её ее яе их іх затрымалі затрыманы затрыманая
затрымана задержали задержан задержана задержанный арыштавалі арестовали арестован забрали забралі схапілі
схватили увезли звезлі пропал пропала знік знікла detained arrested taken missing was has been who person
зовут завуць звать клічуць завут называюць называют имя імя імем фамилия фамилию прозвішча отчество name
surname called first last full fullname firstname lastname family patronymic фио піп ф и о names год года
годзе гады гадоў лет г гр рождения нараджэння родился родилась нарадзіўся нарадзілася нар нарадж рожд рр гн
born birth b dob year years old age aged yo возраст узрост узросту дата месяцев месяцаў дней дзён примерно
прыкладна около каля где-то недзе about around approx р н y o гэта это вот вось і да ды в у на из з с со за
по па а но але ещё яшчэ не ня нет the a an is my our his her son husband wife brother sister daughter mother
father friend colleague neighbour neighbor mr mrs ms пан пані спадар спадарыня гражданин гражданка
грамадзянін грамадзянка человек чалавек человека чалавека мужчина мужчину мужчына мужчыну женщина женщину
жанчына жанчыну девочка мальчик дзяўчынка хлопчык man woman boy girl ребёнок дзіця студент студэнт журналист
журналіст один одна адзін адна просто проста толькі только знаю ведаю помню памятаю вчера учора сегодня
сёння утром раніцай вечером вечарам yesterday today не-знаю здравствуйте добры дзень вітаю привет прывітанне
добрый день hello hi please помогите дапамажыце help пожалуйста калі ласка know dont think полных поўных
сам сама незнакомый незнакомая незнакомого незнакомую незнакомец незнаёмы незнаёмая незнаёмага незнаёмую
неизвестный неизвестная неизвестного невядомы невядомая кто-то нехта хтосьці someone somebody stranger спасибо
дзякуй дзякую thanks завтра заўтра tomorrow
"""
_STOP = frozenset(fold(word) for word in _COMPANY.split())
_SMALL = frozenset("IЯАІИУВЗС")  # words of one letter at the beginning of a sentence
SURNAME_LABELS = frozenset(map(fold, ("фамилия", "фамилию", "прозвішча", "surname", "lastname")))
GIVEN_LABELS = frozenset(map(fold, ("имя", "імя", "name", "firstname", "зовут", "завуць", "звать")))
PATRONYMIC_LABELS = frozenset(map(fold, ("отчество", "бацьку", "patronymic")))
_NOUN = r"(?:імя|імені|имя|имени|прозвішч[аы]|фамили[яюи]|name|surname|завуць|зовут|звать)"
UNKNOWN_NAME = re.compile(
    r"\b(?:(?:не|ня) (?:ведаю|ведаем|знаю|знаем|вядома|вядомае|известно|помню|памятаю)|(?:do not|don.?t) know"
    r"|невядома|невядомае|неизвестно|неизвестное|unknown|без)\b(?:,? (?:як|как|the|his|her|яго|его|яе|её))?"
    rf"(?: {_NOUN}\b)?"
    rf"|\b{_NOUN}(?: ?-)?(?: is| пакуль| пока)? "
    r"(?:невядома|неизвестн[оа]|(?:не|ня) (?:ведаю|знаю)|unknown)\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:\b[^\W\d_]{3,24}(?:ая|ой|ай|ого|ага)\s+)?"
    r"(?:\b(?:вул|ул|пр-т|просп|прасп|пер|завул)\.|\b(?:вул|ул)\s"
    r"|\b(?:вуліц[аыу]|улиц[аеыу]|праспек[цт][еа]?|проспект[еа]?|завулак|переулок|бульвар|шаша|шоссе|street|avenue)\b"
    r"|(?:\b[^\W\d_]{1,24}\.?,?\s{1,3}[0-9]{1,4}[а-яa-z]?,?\s+)?"
    r"\b(?:дом|кв|кватэра|квартира|корп|корпус|пад'езд|подъезд|house|flat|apt|apartment)\b\.?\s?(?:№\s?)?[0-9]{1,4}(?![0-9]))",
    re.IGNORECASE,
)
_PATRONYMIC = re.compile(r"(?:auic|euic|ilic|mic|kic)(?:a|u|am|em)?$|(?:aun|eun|icn)(?:a|u|ai|i|e)$")
_SURNAME = re.compile(
    r"(?:uic|ic|enka|anka|uk|ak|ik|ka|ski|cki|skaia|ckaia|skai|skaha|au|eu|eua|aua|in|ina|ec|ha|ui|uia|ian|iene|aite)$"
)


def is_company(word: str) -> bool:
    """True for words around a name: "my husband", "задержали", "года рождения", names of months."""
    key = fold(word)
    if len(word) == 1 or len(key) == 1:
        return word.islower() or word in _SMALL
    return not key or key in _STOP or (word.islower() and read_month(key, short=False) is not None)


def is_patronymic(word: str) -> bool:
    """Пятровіч, Петрович, Ивановна, Іванаўна, Ilyich; a surname may end alike, so the place decides too."""
    return len(word) > 4 and _PATRONYMIC.search(fold(word)) is not None


def is_surname_like(word: str) -> bool:
    """Endings of surnames here: -віч, -енка, -ук, -скі, -оў, -ін and their Russian and Latin forms."""
    return len(word) > 3 and _SURNAME.search(fold(word)) is not None
