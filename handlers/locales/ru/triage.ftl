# Что видят модераторы. Только закрытые списки: без имён, без рассказов, без часа.

card-head = { $title }
card-urgency = Срочность: { $level }
card-urgency-set = Срочность: { $level } ({ $reason }, { $by })
card-unfinished = Не закончено: человек остановился, не отправив.
card-reasons = ⚑ { $reasons }{ $more }
card-more = { " " }· +{ $count }
card-region = Регион: { $region }
card-bodies = Кто задержал: { $bodies }
card-who = Возраст: { $group } · День: { $day }
card-status = Статус: { $status }
card-claimed = В работе: { $by }, до { $until }
card-closed = Статус: { $status } ({ $reason })
card-labels = 🏷 { $labels }
card-fate = Сейчас: { $fate }
card-others = 🔗 Присоединено сообщений: { $parts } · возможно, тот же человек: { $linked }
card-notes = 🗒 Заметок: { $count }
card-list = { $first }, { $rest }
card-points = { $first } · { $rest }
card-unknown = неизвестно
card-alike = ≈ Возможно, тот же человек: { $cases }
card-alike-case = { $code } ({ $facts })
card-fact-name = имя
card-fact-surname = фамилия
card-fact-patronymic = отчество
card-fact-year = год рождения
card-fact-day = день
card-fact-region = регион

level-red = красная, прочитать за 1 час
level-orange = оранжевая, прочитать за 6 часов
level-yellow = жёлтая, прочитать за 24 часа
level-green = зелёная, прочитать за 72 часа

status-held = придержано
status-new = новое
status-claimed = в работе
status-merged = ведётся в другом деле
status-closed = закрыто

button-claim = Взять
button-release = Вернуть
button-close = Закрыть

refusal-taken = Это дело уже взято: { $by }.
refusal-yours-already = { $code } уже у вас.
refusal-not-yours = Этим делом занимается { $by }. Сделать это может { $by } или руководитель.
refusal-held = { $code } ещё не показано: человек ещё пишет.
refusal-new = { $code } ещё никто не взял.
refusal-closed = { $code } закрыто.
refusal-stale = { $code } за это время изменилось. Посмотрите на карточку и нажмите ещё раз.

digest-topic = 📁 Сводки
digest-note =
    Сводка за { $day }. Откройте её на своём компьютере своим ключом.

    Здесь стоит журнал сервера; изменить то, что до этой строки, незаметно не сможет никто:
    { $log }

# Причины срочности
reason-whereabouts_denied = Власти отрицают, что человек у них
reason-whereabouts_unknown = Местонахождение неизвестно
reason-whereabouts_died = Сообщают о смерти человека
reason-unknown_24h = Местонахождение неизвестно, возможно, сутки или дольше
reason-possible_disappearance = Возможное насильственное исчезновение
reason-released = Уже на свободе
reason-flag_minor = Нет 18 лет
reason-flag_pregnant = Беременность
reason-flag_deport = Могут выслать
reason-flag_kids = Дети остались одни
reason-flag_injured = Избиение, травмы
reason-flag_medicine = Нужны лекарства
reason-flag_hunger = Голодовка или риск суицида
reason-flag_threats = Угрозы, давление, пытки
reason-flag_illness = Тяжёлая болезнь
reason-flag_disability = Инвалидность или 65+
reason-torture_alleged = Сообщают о пытках или сексуальном насилии
reason-care_refused = Отказывают в медицинской помощи
reason-mass_detention = Массовое задержание (20 и больше)
reason-group_detention = Групповое задержание (от 5 до 19)
reason-parents_held = Задержан единственный родитель или оба
reason-protected_work = Журналист, правозащитник или адвокат
reason-trade_union = Профсоюз
reason-foreign_citizen = Иностранное или второе гражданство
reason-phone_opened = Телефон разблокировали: другие люди под угрозой
reason-no_contact = Нет связи с семьёй
reason-clock_3h = Возможно, меньше 3 часов назад
reason-clock_72h = Возможно, меньше 72 часов назад
reason-clock_10d = Возможно, меньше 10 дней назад

# Регионы и кто задержал, как они стоят на карточке
card-region-BY-HM = город Минск
card-region-BY-MI = Минская область
card-region-BY-BR = Брестская область
card-region-BY-VI = Витебская область
card-region-BY-HO = Гомельская область
card-region-BY-HR = Гродненская область
card-region-BY-MA = Могилёвская область
card-region-abroad = за границей

card-body-police = милиция
card-body-omon = ОМОН
card-body-gubopik = ГУБОПиК
card-body-kgb = КГБ
card-body-sk = Следственный комитет
card-body-dfr = ДФР, КГК
card-body-border = пограничники
card-body-customs = таможня
card-body-internal_troops = внутренние войска
card-body-military = военные
card-body-sbp = охрана президента (СБП)
card-body-prosecutor = прокуратура
card-body-prison_staff = администрация тюрьмы
card-body-plainclothes = в штатском, в масках
card-body-foreign = силовики другой страны
card-body-unknown = неизвестно
