"""Typed commands and "I do not know" in three languages, when they are the whole message.

A story that holds «не знаю» is a story: only a message that says nothing else is a command.
"""

from __future__ import annotations

from typing import Literal

from handlers.intake.spelling import fold, one_slip

Word = Literal[
    "back", "skip", "unknown", "refused", "unsafe", "stop", "help", "language", "language_be", "language_ru",
    "language_en", "yes", "no", "review", "send", "done", "another", "resume", "restart", "other", "none",
    "forget",
]  # fmt: skip

_PHRASES: dict[Word, str] = {
    "back": (
        "назад | вярнуцца | вярнуцца назад | вернуться | вернуться назад | вернись | back | go back | "
        "previous | папярэдняе | предыдущий | папярэдняе пытанне | предыдущий вопрос | на шаг назад | на "
        "крок назад | nazad"
    ),
    "skip": (
        "прапусціць | прапусці | прапускаю | прапусцім | пропустить | пропусти | пропускаю | пропуск | "
        "далей | дальше | далее | наступнае | следующий | следующий вопрос | наступнае пытанне | skip | "
        "skip it | skip this | next | pass | пас | мима | мимо | потом | пазней | позже | "
        "later"
    ),
    "unknown": (
        "не ведаю | я не ведаю | ня ведаю | мы не ведаем | не ведаем | невядома | хто яго ведае | хто "
        "ведае | не знаю | я не знаю | мы не знаем | не знаем | незнаю | неизвестно | не известно | хз | х "
        "з | без понятия | понятия не имею | паняцця не маю | не в курсе | не ў курсе | не помню | не "
        "памятаю | i don't know | i dont know | i do not know | we don't know | dont know | don't know | "
        "do not know | idk | dunno | no idea | unknown | not known | not sure | не уверен | не уверена | "
        "не ўпэўнены | не ўпэўнена | точно не знаю | дакладна не ведаю | пока не знаю | "
        "пакуль не ведаю | не знаю пока | пока неизвестно | пакуль невядома | nie viedaju | nia viedaju | "
        "ne znayu | ne znaju | не знаю точно | не ведаю дакладна | хз если честно"
    ),
    "refused": (
        "не хачу казаць | не хачу гаварыць | не хачу адказваць | не буду казаць | не скажу | адмаўляюся | "
        "не хочу говорить | не хочу отвечать | не буду говорить | отказываюсь | не хочу | не хачу | без "
        "каментароў | без комментариев | prefer not to say | rather not say | i would rather not say | i'd "
        "rather not say | no comment | i don't want to say | don't want to say | i do not want to say | i "
        "don't want to answer | won't say | refuse"
    ),
    "unsafe": (
        "небяспечна казаць | небяспечна | гэта небяспечна | небяспечна адказваць | небяспечна пісаць | "
        "опасно говорить | опасно | это опасно | небезопасно | небезопасно говорить | опасно отвечать | "
        "опасно писать | баюся | баюся казаць | боюсь | боюсь говорить | боюсь отвечать | страшно | "
        "страшна | страшно говорить | unsafe | not safe | dangerous | it is dangerous | too dangerous | "
        "it's not safe | i am afraid | i'm afraid | not safe to say | unsafe to say | dangerous to say"
    ),
    "stop": (
        "стоп | стой | спыніць | спыніцца | спыніць і сцерці | сцерці | сатры | сатрыце | сцерці ўсё | "
        "выдаліць | выдаліць усё | выдаліце | выдалі | адмена | адмяніць | скасаваць | хопіць | остановить "
        "| остановить и стереть | стереть | сотри | сотрите | стереть всё | удалить | удали | удалите | "
        "удалить всё | удали всё | удалите всё | отмена | отменить | хватит | прекратить | stop | stop and "
        "erase | erase | erase everything | erase all | delete | delete everything | delete all | delete "
        "it | cancel | quit | exit | abort | wipe | так сцерці ўсё | да стереть всё | yes erase everything"
    ),
    "help": (
        "дапамога | дапамажы | дапамажыце | помощь | помоги | помогите | help | help me | памагіце | "
        "даведка | справка | подсказка | падказка | что писать | што пісаць | как ответить | як адказаць | "
        "не понимаю | не разумею | не понял | не поняла | не зразумеў | не зразумела | i don't understand "
        "| what | што | что | info | hint"
    ),
    "language": (
        "мова | змяніць мову | іншая мова | язык | сменить язык | другой язык | поменять язык | language | "
        "change language | languages | lang | mova"
    ),
    "language_be": (
        "беларуская | беларуская мова | па-беларуску | на беларускай | беларускай | белорусский | "
        "по-белорусски | belarusian | in belarusian | bielaruskaja | be | by | бел"
    ),
    "language_ru": (
        "русский | русский язык | по-русски | на русском | руская | па-руску | расейская | russian | in "
        "russian | ru | рус"
    ),
    "language_en": (
        "английский | по-английски | на английском | англійская | па-англійску | english | in english | en "
        "| англ"
    ),
    "yes": (
        "так | ага | да | давай | давайте | конечно | вядома ж | канешне | добра | хорошо | ок | окей | "
        "згодны | згодна | согласен | согласна | верно | правільна | правильно | усё правільна | всё верно "
        "| всё правильно | yes | yep | yeah | ok | okay | sure | correct | right | tak | y | угу | "
        "пацвярджаю | подтверждаю"
    ),
    "no": (
        "не | нет | нету | няма | ні | никак | неа | не-а | не трэба | не надо | не нужно | no | nope | "
        "nah | n | not | nie | няправільна | неправильно | неверно | wrong"
    ),
    "review": (
        "прагляд | праглядзець | праверыць | праверка | паказаць усё | усе адказы | мае адказы | показать "
        "всё | проверить | проверка | просмотр | посмотреть | все ответы | мои ответы | обзор | review | "
        "check | show all | my answers | all answers | show my answers | summary"
    ),
    "send": (
        "адправіць | адпраўляй | адпраўляйце | даслаць | дасылай | паслаць | отправить | отправляй | "
        "отправляйте | отправь | послать | send | send it | submit | send report | адправіць паведамленне "
        "| отправить сообщение"
    ),
    "done": (
        "гатова | усё | гэта ўсё | готово | всё | это всё | done | ready | finished | that's all | that is "
        "all | скончыў | скончыла | закончил | закончила | канчаткова"
    ),
    "another": (
        "дадаць чалавека | яшчэ адзін чалавек | яшчэ чалавек | яшчэ адзін | яшчэ | добавить человека | ещё "
        "один человек | ещё человек | ещё один | ещё | another person | add another person | add person | "
        "another | one more | one more person"
    ),
    "resume": (
        "працягнуць | працягваць | працягваем | працяг | продолжить | продолжай | продолжаем | continue | "
        "resume | go on | carry on | не працягнуць | нет продолжить | no go on"
    ),
    "restart": (
        "спачатку | пачаць спачатку | нанова | пачаць нанова | сначала | начать сначала | заново | начать "
        "заново | start over | restart | from the beginning | start again"
    ),
    "other": "іншае | другое | other | іншае месца | другое место | another place | something else",
    "forget": "выдаліць нататкі | удалить заметки | remove the notes",
    "none": (
        "нічога | нічога з гэтага | нічога з пералічанага | ничего | ничего из этого | ничего из "
        "перечисленного | none | none of these | nothing | none of the above"
    ),
}
_BARE: dict[str, Word] = {
    "-": "skip", "--": "skip", "—": "skip", "–": "skip", "?": "unknown", "??": "unknown", "???": "unknown",
    "+": "yes",
}  # fmt: skip


def _spell() -> dict[str, Word]:
    """Keys of all phrases; a phrase listed twice belongs to the word that stands first."""
    keys: dict[str, Word] = {}
    for word, phrases in _PHRASES.items():
        for key in map(fold, phrases.split(" | ")):
            if key:
                keys.setdefault(key, word)
    return keys


_KEYS = _spell()
_LONG = tuple(known for known in _KEYS if len(known) > 6)
_FORGIVING: tuple[Word, ...] = ("back", "skip", "unknown", "refused", "unsafe", "help", "language", "review")
_LONGEST = 60  # characters; a longer message is never a command


def read_word(text: str) -> Word | None:
    """The command that a whole message is, or None.

    One slip is forgiven in longer words, but not in words that send or erase.
    """
    told = text.strip()
    if len(told) > _LONGEST:
        return None
    if told in _BARE:
        return _BARE[told]
    key = fold(told)
    if key in _KEYS or len(key) < 7:
        return _KEYS.get(key)
    meant = {_KEYS[known] for known in _LONG if abs(len(known) - len(key)) <= 1 and one_slip(key, known)}
    word = meant.pop() if len(meant) == 1 else None
    return word if word in _FORGIVING else None
