# Што бачаць мадэратары. Толькі закрытыя спісы: без імёнаў, без аповедаў, без гадзіны.

card-head = { $title }
card-urgency = Тэрміновасць: { $level }
card-urgency-set = Тэрміновасць: { $level } ({ $reason }, { $by })
card-unfinished = Не скончана: чалавек спыніўся, не адправіўшы.
card-reasons = ⚑ { $reasons }{ $more }
card-more = { " " }· +{ $count }
card-region = Рэгіён: { $region }
card-bodies = Хто затрымаў: { $bodies }
card-who = Узрост: { $group } · Дзень: { $day }
card-status = Статус: { $status }
card-claimed = У працы: { $by }, да { $until }
card-closed = Статус: { $status } ({ $reason })
card-labels = 🏷 { $labels }
card-fate = Цяпер: { $fate }
card-others = 🔗 Далучана паведамленняў: { $parts } · магчыма, той жа чалавек: { $linked }
card-notes = 🗒 Нататак: { $count }
card-list = { $first }, { $rest }
card-points = { $first } · { $rest }
card-unknown = невядома
card-alike = ≈ Магчыма, той самы чалавек: { $cases }
card-alike-case = { $code } ({ $facts })
card-fact-name = імя
card-fact-surname = прозвішча
card-fact-patronymic = імя па бацьку
card-fact-year = год нараджэння
card-fact-day = дзень
card-fact-region = рэгіён

level-red = чырвоная, прачытаць за 1 гадзіну
level-orange = аранжавая, прачытаць за 6 гадзін
level-yellow = жоўтая, прачытаць за 24 гадзіны
level-green = зялёная, прачытаць за 72 гадзіны

status-held = прытрымана
status-new = новая
status-claimed = у працы
status-merged = вядзецца ў іншай справе
status-closed = закрыта

button-claim = Узяць
button-release = Вярнуць
button-close = Закрыць

refusal-taken = Гэтая справа ўжо ўзятая: { $by }.
refusal-yours-already = { $code } ужо ў вас.
refusal-not-yours = Гэтай справай займаецца { $by }. Зрабіць гэта можа { $by } або кіраўнік.
refusal-held = { $code } яшчэ не паказана: чалавек яшчэ піша.
refusal-new = { $code } яшчэ ніхто не ўзяў.
refusal-closed = { $code } закрыта.
refusal-stale = { $code } за гэты час змянілася. Паглядзіце на картку і націсніце яшчэ раз.

digest-topic = 📁 Зводкі
digest-note =
    Зводка за { $day }. Адкрыйце яе на сваім камп'ютары сваім ключом.

    Тут стаіць журнал сервера; змяніць тое, што да гэтага радка, незаўважна не зможа ніхто:
    { $log }

# Прычыны тэрміновасці
reason-whereabouts_denied = Улады адмаўляюць, што чалавек у іх
reason-whereabouts_unknown = Месца невядомае
reason-whereabouts_died = Паведамляюць пра смерць чалавека
reason-unknown_24h = Месца невядомае, магчыма, суткі або даўжэй
reason-possible_disappearance = Магчымае гвалтоўнае знікненне
reason-released = Ужо на волі
reason-flag_minor = Няма 18 гадоў
reason-flag_pregnant = Цяжарнасць
reason-flag_deport = Могуць выслаць
reason-flag_kids = Дзеці засталіся адны
reason-flag_injured = Збіццё, траўмы
reason-flag_medicine = Патрэбныя лекі
reason-flag_hunger = Галадоўка або рызыка суіцыду
reason-flag_threats = Пагрозы, ціск, катаванні
reason-flag_illness = Цяжкая хвароба
reason-flag_disability = Інваліднасць або 65+
reason-torture_alleged = Паведамляюць пра катаванні або сексуальны гвалт
reason-care_refused = Адмаўляюць у медыцынскай дапамозе
reason-mass_detention = Масавае затрыманне (20 і больш)
reason-group_detention = Групавое затрыманне (ад 5 да 19)
reason-parents_held = Затрыманы адзіны з бацькоў або абое
reason-protected_work = Журналіст, праваабаронца або адвакат
reason-trade_union = Прафсаюз
reason-foreign_citizen = Замежнае або другое грамадзянства
reason-phone_opened = Тэлефон разблакавалі: іншыя людзі пад пагрозай
reason-no_contact = Няма сувязі з сям'ёй
reason-clock_3h = Магчыма, менш за 3 гадзіны таму
reason-clock_72h = Магчыма, менш за 72 гадзіны таму
reason-clock_10d = Магчыма, менш за 10 дзён таму

# Рэгіёны і хто затрымаў, як яны стаяць на картцы
card-region-BY-HM = горад Мінск
card-region-BY-MI = Мінская вобласць
card-region-BY-BR = Брэсцкая вобласць
card-region-BY-VI = Віцебская вобласць
card-region-BY-HO = Гомельская вобласць
card-region-BY-HR = Гродзенская вобласць
card-region-BY-MA = Магілёўская вобласць
card-region-abroad = за мяжой

card-body-police = міліцыя
card-body-omon = АМАП
card-body-gubopik = ГУБАЗіК
card-body-kgb = КДБ
card-body-sk = Следчы камітэт
card-body-dfr = ДФР, КДК
card-body-border = памежнікі
card-body-customs = мытня
card-body-internal_troops = унутраныя войскі
card-body-military = вайскоўцы
card-body-sbp = ахова прэзідэнта (СБП)
card-body-prosecutor = пракуратура
card-body-prison_staff = адміністрацыя турмы
card-body-plainclothes = у цывільным, у масках
card-body-foreign = сілавікі іншай краіны
card-body-unknown = невядома
