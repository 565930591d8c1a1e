"""Given names that are common in Belarus, with short forms, as Belarusian and Russian spell them.

Latin spellings need no list of their own: the keys of `spelling` bring most of them together, the rest stand
in the last rows. Names that are everyday words or month names in one of the languages are left out.
"""

from __future__ import annotations

from handlers.intake.spelling import fold

_MEN = """
Аляксандр Александр Аляксандар Саша Сашка Шура Алесь Алекс Санёк Алег Олег Аляксей Алексей Лёша Лёха Алёша
Анатоль Анатолий Анатолій Толя Андрэй Андрей Андрусь Антон Антось Арсен Арсений Арсеній Арцём Артём Артем
Тёма Цімафей Тимофей Цімох Багдан Богдан Барыс Борис Боря Валерый Валерий Валера Валянцін Валентин Вадзім
Вадим Васіль Василий Вася Віктар Виктор Витя Віталь Виталий Віталій Віталік Виталик Владислав Уладзіслаў
Улад Влад Владик Уладзімір Владимир Вова Вовка Володя Валодзя Вячаслаў Вячеслав Слава Генадзь Геннадий Гена
Георгій Георгий Герман Глеб Грыгорый Григорий Гриша Рыгор Рыгорка Давид Давід Даніла Данила Даниил Данііл
Данік Дзяніс Денис Дзмітры Дмитрий Дзіма Дима Димон Зміцер Зьміцер Яўген Евгений Жэня Женя Яўгеній Егор Ягор
Юрась Юры Юрий Юра Юрка Іван Иван Ваня Янка Ян Януш Ігар Игорь Ігнат Ілля Илья Илюша Кастусь Канстанцін
Константин Костя Косця Кірыл Кирилл Кирюша Леанід Леонид Лёня Лявон Лукаш Лука Максім Максим Макс Марк
Мацвей Матвей Мікалай Николай Коля Мікола Міхаіл Михаил Миша Міша Міхась Мікіта Никита Назар Алесік Павел
Паша Пётр Петр Пятро Петя Пеця Раман Роман Рома Рамуальд Руслан Рустам Сямён Семён Семен Сяргей Сергей
Серёжа Сярожа Серёга Станіслаў Станислав Стас Сцяпан Степан Стёпа Тарас Тадэвуш Фёдар Фёдор Федор Хведар
Эдуард Эдзік Эдик Яраслаў Ярослав Якаў Яков Якуб Яўсей Арэст Альгерд Вітаўт Ежы Казімір Франак Францішак
Усевалад Всеволод Сева Ростислав Расціслаў Радзівон Родион Рыгорь Пракоп Мечыслаў Браніслаў Артур Альберт
Аркадзь Аркадий Герасім Дамінік Захар Іосіф Иосиф Язэп Юзаф Клім Лаўрэн Марцін Мартин Модэст Пракопій Савва
Савелій Савелий Тимур Цімур Філіп Филипп Эрык Эмиль Юльян Юлиан Ярык Дзянісік Аляксандрык Зянон Антоній
Віталі Анджэй Войцех Томаш Яраш Мирослав Міраслаў
"""
_WOMEN = """
Ала Алла Алена Елена Лена Алеся Олеся Леся Александра Аляксандра Алина Аліна Аліса Алиса Анастасія Анастасия
Настя Насця Анжэла Анжела Анжеліка Анжелика Ангеліна Ангелина Ганна Анна Аня Ганя Антаніна Антонина Тоня
Арына Арина Валерыя Валерия Лера Валянціна Валентина Валя Варвара Варя Васіліса Василиса Вера Вераніка
Вероника Вікторыя Виктория Віка Вика Вольга Ольга Оля Воля Галіна Галина Галя Дар'я Дарья Даша Дзіяна Диана
Дзіна Дина Ева Елізавета Елизавета Лизавета Ліза Лиза Яўгенія Евгения Жанна Зоя Зінаіда Зинаида Зина Іна
Инна Ірына Ирина Іра Ира Карына Карина Кацярына Екатерина Катя Каця Катерина Кацярынка Каралина Караліна
Каролина Ксенія Ксения Ксюша Крысціна Кристина Ларыса Лариса Людміла Людмила Люда Мила Любоў Любовь Люба
Марыя Мария Маша Марыйка Марына Марина Марта Маргарыта Маргарита Рыта Рита Матрона Мілана Милана Надзея
Надежда Надя Надзя Наталля Наталья Наташа Наталія Наталия Ніна Нина Нона Паліна Полина Поля Рагнеда Раіса
Раиса Рая Рымма Римма Святлана Светлана Света Святка Соф'я Софья Соня София Сафія Стэфанія Таццяна Татьяна
Таня Тамара Тома Уладзіслава Владислава Ульяна Фаіна Фаина Юлія Юлия Юля Юльля Яна Янина Яніна Ядвіга Ядвига
Яраслава Ярослава Эла Элла Эліна Элина Эма Эвеліна Эвелина Кіра Кира Аксана Оксана Лілія Лилия Ліля Лиля
Лідзія Лидия Альбіна Альбина Анэля Броня Гелена Зоська Тарэса Тэрэза Рэгіна Регина Рената Роза Сняжана
Снежана Тацяна Алёна Камила Каміла Дана Ніка Ника Мая Майя Ганначка Марыся Кася Бажена Божена Зорка
Вольгачка Злата Мирослава Міраслава Станіслава Станислава
"""
_LATIN = """
Alexander Aleksander Alex Aliaksandr Alaksandr Sasha Eugene Evgeny Yevgeny Yauhen Jauhien Vladimir Uladzimir
Uladzimier Michael Mikhail Mikhas Michas Nicholas Nikolai Mikalai Mikola Paul Pavel Paval Peter Piotr Pyotr
Dmitry Dmitri Dzmitry Zmicer Zmitser Ivan John Yan Jan Yuri Yury Jury Yuriy George Igor Ihar Ilya Ilja Illia
Konstantin Kanstantsin Kastus Maxim Maksim Nikita Mikita Oleg Aleh Oleksandr Roman Raman Ruslan Sergei
Sergey Siarhei Siarhej Stanislau Stepan Stsiapan Timofey Tsimafei Victor Viktar Viktor Vitali Vitaly
Vladislav Uladzislau Vyacheslav Viachaslau Anton Artsiom Artem Anna Hanna Anastasia Anastasiya Nastassia
Catherine Katsiaryna Ekaterina Yekaterina Katya Kate Christina Krystsina Daria Darya Dasha Elena Alena Helen
Elizabeth Lizaveta Eugenia Yauheniya Irina Iryna Julia Yuliya Yulia Ksenia Larysa Ludmila Maria Maryia
Mariya Marina Maryna Natalia Natallia Natalya Nadzeya Nadezhda Olga Volha Polina Palina Sofia Sophia
Svetlana Sviatlana Tatiana Tatsiana Tatyana Valeria Veronica Veranika Viktoria Victoria Viktoryia Yana
Zhanna Alesia Alesya Ales Andrei Andrey Andrew Boris Barys Bohdan Bogdan Denis Dzianis Gleb Hleb Grigory
Ryhor Kiryl Kirill Leonid Leanid Matvey Matsvei Pavlo Semyon Siamion Valery Valeriy Vasil Vasily Yaroslav
Yaraslau Yakub Artur Arthur Edward Eduard
"""
_SURNAMES_TOO = "Прыклад Узор Тэст Пример Образец Проба Pryklad Uzor Test Primer"  # never given names

GIVEN = frozenset(fold(name) for name in f"{_MEN} {_WOMEN} {_LATIN}".split()) - frozenset(
    fold(name) for name in _SURNAMES_TOO.split()
)


def _accusatives() -> frozenset[str]:
    """ "Затрымалі Сяргея, Ганну": the form after "whom"."""
    forms = set()
    for key in GIVEN:
        if key.endswith("a"):
            forms.add(key[:-1] + "u")
        elif key.endswith("i"):
            forms |= {key[:-1] + "ia", key + "ia", key[:-1] + "iu"}
        else:
            forms |= {key + "a", key + "ia", key + "u"}
    return frozenset(form for form in forms if len(form) > 3) - GIVEN


OBLIQUE = _accusatives()


def is_given_name(word: str) -> bool:
    """True for a word, as typed, that is a given name or its form after "whom"."""
    key = fold(word)
    return key in GIVEN or key in OBLIQUE or any(part in GIVEN for part in key.split() if " " in key)
