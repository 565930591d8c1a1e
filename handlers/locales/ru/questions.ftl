# Вопросы, варианты ответов и словари. Структура: questionnaires/by/questions.toml.

# --- start ---
ask-start =
    Прежде чем писать, прочитайте, пожалуйста.
    • Письмо нам власти Беларуси могут счесть преступлением, и каждое новое — отдельно.
    • { $watcher } Кто откроет ваш телефон, увидит этот чат. Мы стираем сообщения по ходу, но не уведомления и не снимки экрана.
    • То, что вы расскажете, может показать, кто вы. Ответы запечатываются для команды; неоконченные — тоже, если главное уже известно.
    Если можете, пусть напишет человек за границей. Без адресов, без вашего имени, без имён тех, кто на свободе.
    Остановить и стереть: /stop. Продолжить?
help-start = Это одно касание означает, что вы прочитали и разрешаете сохранить ответы, даже неоконченные. «Нет» — тоже нормальный ответ.
option-start-go_abroad = Да, я за границей
option-start-go_inside = Да, я в Беларуси
option-start-other_ways = Другие способы
option-start-stop = Остановить и стереть

# --- relation ---
ask-relation = Кем вы приходитесь человеку, о котором сообщаете?
help-relation = ООН спрашивает, пишет ли семья, адвокат или кто-то с согласия семьи. Властям мы этого не показываем.
option-relation-spouse = Муж, жена, партнёр
option-relation-parent = Мать или отец
option-relation-child = Сын или дочь
option-relation-sibling = Брат или сестра
option-relation-relative = Другой родственник
option-relation-friend = Друг, знакомый
option-relation-colleague = Коллега
option-relation-lawyer = Адвокат
option-relation-witness = Свидетель
option-relation-self = Задерживали меня
option-relation-other = Другое
option-relation-refuse = Не хочу говорить

# --- person ---
ask-person = Напишите имя, фамилию и год рождения (или возраст) того, кого задержали. Например: Ян Прыклад, 1990
help-person = Одно сообщение — один человек. Если людей несколько, закончите это и нажмите «Ещё один человек»: место, дата и кто это делал скопируются. Не знаете полного имени — напишите, что знаете.
option-person-unknown_name = Не знаю имени

# --- detained_when ---
ask-detained_when = Когда это было? Выберите или напишите дату и время.
help-detained_when = Приблизительного ответа достаточно: «вчера вечером», «19.11 около 14». От времени зависят правовые сроки (3 часа, 72 часа, 10 дней), которые мы покажем.
option-detained_when-now3h = Только что (до 3 часов)
option-detained_when-today = Сегодня
option-detained_when-yesterday = Вчера
option-detained_when-pick = Другая дата
option-detained_when-unknown = Не знаю

# --- detained_where ---
ask-detained_where = Где это было? Город и место: дома, на работе, на улице, на границе…
help-detained_where = Не пишите номер дома и квартиры. Не присылайте точку на карте со своего телефона.
option-detained_where-BY-HM = Минск
option-detained_where-BY-MI = Минская область
option-detained_where-BY-BR = Брестская
option-detained_where-BY-VI = Витебская
option-detained_where-BY-HO = Гомельская
option-detained_where-BY-HR = Гродненская
option-detained_where-BY-MA = Могилёвская
option-detained_where-abroad = За границей

# --- detained_by ---
ask-detained_by = Кто это делал? Можно выбрать несколько. Нет в списке — напишите несколько букв.
help-detained_by = Если видели только маски или бус, выберите «В штатском, в масках», а опишете позже. «Не знаю» — хороший ответ.

# --- whereabouts ---
ask-whereabouts = Известно ли, где человек сейчас?
help-whereabouts = «Подтверждено»: приняли передачу, человека видел адвокат, был звонок или письмо. «Сказали»: кто-то так говорит, но подтверждения нет.
option-whereabouts-known = Да, подтверждено
option-whereabouts-told = Сказали, не подтверждено
option-whereabouts-unknown = Нет, неизвестно
option-whereabouts-denied = Власти говорят: у нас нет
option-whereabouts-released = Уже на свободе
option-whereabouts-died = Человек умер

# --- facility ---
ask-facility = Напишите название места, где содержат (например: Окрестина, СИЗО-1, РУВД), или выберите.
help-facility = Мы понимаем короткие названия. Если это местный РУВД или ИВС, допишите город.

# --- urgent_flags ---
ask-urgent_flags = Есть ли срочная опасность? Можно выбрать несколько.
help-urgent_flags = От этого зависит, как быстро сообщение прочитает человек. Выбирайте только то, что знаете или чего серьёзно опасаетесь.
option-urgent_flags-injured = Избили, есть травмы
option-urgent_flags-medicine = Нужны лекарства
option-urgent_flags-illness = Тяжёлая болезнь
option-urgent_flags-pregnant = Беременность
option-urgent_flags-minor = Нет 18 лет
option-urgent_flags-disability = Инвалидность или 65+
option-urgent_flags-kids = Дети остались одни
option-urgent_flags-threats = Угрозы, давление, пытки
option-urgent_flags-hunger = Голодовка, риск суицида
option-urgent_flags-deport = Могут выслать
option-urgent_flags-none = Ничего из этого
option-urgent_flags-unknown = Не знаю

# --- profile ---
ask-profile = Чем занимается человек и с чем это может быть связано? Можно выбрать несколько или написать несколько букв.
help-profile = Так мы поймём, к какому эксперту ООН, профсоюзу или консульству обратиться.

# --- narrative ---
ask-narrative = Расскажите своими словами, что произошло. Назвали ли причину или статью? Есть ли адвокат? Можно несколькими сообщениями.
help-narrative = Не называйте людей, которые на свободе, и не пишите, где вы живёте. Пишите «я видел(а)» о том, что видели сами, и «мне сказали» о том, что слышали.

# --- consent_use ---
ask-consent_use = Что нам можно делать с сообщением? Выберите всё, с чем согласны. Заранее ничего не выбрано.
help-consent_use = ООН не раскрывает ВАШЕ имя, но сообщает властям имя ЗАДЕРЖАННОГО человека. Если ничего не выбрать, сообщение останется только у дежурных правозащитников и будет удалено через 90 дней.
option-consent_use-c_contact = Спрашивать меня здесь, до 3 раз за 2 дня
option-consent_use-c_un = Передать в ООН (имя узнают власти)
option-consent_use-c_partners = Передать правозащитникам-партнёрам
option-consent_use-c_publish = Опубликовать имя и главные факты
option-consent_use-c_stats = Учесть в статистике без имени
option-consent_use-c_none = Ничего из этого, только сохранить

# --- detaining_body ---
vocab-detaining_body-police = Милиция (РОВД, РУВД)
vocab-detaining_body-omon = ОМОН
vocab-detaining_body-gubopik = ГУБОПиК
vocab-detaining_body-kgb = КГБ
vocab-detaining_body-sk = Следственный комитет
vocab-detaining_body-dfr = ДФР, КГК
vocab-detaining_body-border = Пограничники (ГПК)
vocab-detaining_body-customs = Таможня
vocab-detaining_body-internal_troops = Внутренние войска
vocab-detaining_body-military = Военные, военкомат
vocab-detaining_body-sbp = Охрана президента (СБП)
vocab-detaining_body-prosecutor = Прокуратура
vocab-detaining_body-prison_staff = Администрация тюрьмы
vocab-detaining_body-plainclothes = В штатском, в масках
vocab-detaining_body-foreign = Силовики другой страны
vocab-detaining_body-unknown = Не знаю

# --- facility ---
vocab-facility-minsk_cip = ЦИП, Окрестина (Минск)
vocab-facility-minsk_ivs = ИВС, Окрестина (Минск)
vocab-facility-sizo1 = СИЗО-1 (Минск / Колядичи)
vocab-facility-sizo_kgb = СИЗО КГБ, «американка»
vocab-facility-zhodino_ivs = ИВС Жодино
vocab-facility-prison8 = Тюрьма № 8, Жодино
vocab-facility-sizo2 = СИЗО-2, Витебск
vocab-facility-sizo3 = СИЗО-3, Гомель
vocab-facility-sizo4 = СИЗО-4, тюрьма № 4, Могилёв
vocab-facility-sizo6 = СИЗО-6, Барановичи
vocab-facility-sizo7 = СИЗО-7, Брест
vocab-facility-prison1 = Тюрьма № 1, Гродно
vocab-facility-ik1 = ИК № 1, Новополоцк
vocab-facility-ik2 = ИК № 2, Бобруйск
vocab-facility-ik3 = ИК № 3, Витьба
vocab-facility-ik4 = ИК № 4, Гомель (женская)
vocab-facility-ik8 = ИК № 8, Орша
vocab-facility-ik9 = ИК № 9, Горки
vocab-facility-ik11 = ИК № 11, Волковыск
vocab-facility-ik12 = ИК № 12, Орша
vocab-facility-ik13 = ИК № 13, Глубокое
vocab-facility-ik14 = ИК № 14, Новосады
vocab-facility-ik15 = ИК № 15, Могилёв
vocab-facility-ik17 = ИК № 17, Шклов
vocab-facility-ik20 = ИК № 20, Мозырь
vocab-facility-ik22 = ИК № 22, «Волчьи норы»
vocab-facility-ik24 = ИК № 24, Заречье (женская)
vocab-facility-vk2 = ВК № 2, Бобруйск (для детей)
vocab-facility-other_ivs = Другой ИВС (напишите город)
vocab-facility-other_police = РУВД (напишите город, район)
vocab-facility-other_open = ИУОТ (напишите номер)
vocab-facility-other = Другое место

# --- profile ---
vocab-profile-journalist = Журналист, медиа
vocab-profile-hrd = Правозащитник, волонтёр
vocab-profile-unionist = Профсоюз, забастовка
vocab-profile-lawyer = Адвокат
vocab-profile-politician = Политик, партия, выборы
vocab-profile-protester = Протесты 2020
vocab-profile-blogger = Блогер, комментарий, репост
vocab-profile-ex_prisoner = Бывший политзаключённый
vocab-profile-prisoner_family = Близкие политзаключённого
vocab-profile-foreigner = Иностранец, 2 гражданства
vocab-profile-informant = Передача информации, донаты
vocab-profile-ukraine = Поддержка Украины
vocab-profile-returned = Вернулся из-за границы
vocab-profile-teacher = Учитель, преподаватель
vocab-profile-student = Студент, школьник
vocab-profile-medic = Медик
vocab-profile-culture = Культура, искусство
vocab-profile-religious = Священник, верующий
vocab-profile-minority = Нацменьшинство
vocab-profile-lgbt = ЛГБТК+
vocab-profile-official = Военный, чиновник
vocab-profile-worker = Рабочий, служащий
vocab-profile-other = Другое
vocab-profile-unknown = Не знаю

# --- region ---
vocab-region-BY-HM = город Минск
vocab-region-BY-MI = Минская область
vocab-region-BY-BR = Брестская область
vocab-region-BY-VI = Витебская область
vocab-region-BY-HO = Гомельская область
vocab-region-BY-HR = Гродненская область
vocab-region-BY-MA = Могилёвская область
vocab-region-abroad = за границей

# Замечания
note-other_ways = Иначе можно так: 1) попросите человека за границей написать за вас; 2) пишите не со своего телефона и не через рабочий Wi-Fi; 3) после отправки удалите чат.
note-inside_tips = Пишите только самое нужное, без имён других людей, и сотрите чат сразу после отправки. Власти Беларуси наказывают за передачу информации правозащитникам (ст. 361-4 УК).

# Кто видит чат (первый экран)
watcher-telegram = Telegram видит этот чат и знает ваш номер.
watcher-matrix = Сервер Matrix видит, что вы пишете; содержание — если шифрование выключено.
watcher-console = Это демонстрация: всё остаётся на вашем компьютере.

# Короткие названия для экрана проверки
short-relation = Кто сообщает
short-person = Человек
short-detained_when = Когда
short-detained_where = Где
short-detained_by = Кто это делал
short-whereabouts = Известно ли, где сейчас
short-facility = Где содержат
short-urgent_flags = Опасность
short-profile = Чем занимается
short-narrative = Что произошло
short-consent_use = Что нам можно делать
