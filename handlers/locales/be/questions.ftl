# Пытанні, варыянты адказаў і слоўнікі. Структура: questionnaires/by/questions.toml.

# --- start ---
ask-start =
    Перш чым пісаць, прачытайце, калі ласка.
    • Ліст да нас улады Беларусі могуць палічыць злачынствам, і кожны новы — асобна.
    • { $watcher } Хто адкрые ваш тэлефон, убачыць гэты чат. Мы сціраем паведамленні падчас размовы, але не апавяшчэнні і не здымкі экрана.
    • Тое, што вы раскажаце, можа паказаць, хто вы. Адказы запячатваюцца для каманды; няскончаныя — таксама, калі ўжо вядома галоўнае.
    Калі можаце, хай напіша чалавек за мяжой. Без адрасоў, без вашага імя, без імёнаў тых, хто на волі.
    Спыніць і сцерці: /stop. Працягнуць?
help-start = Гэты адзін дотык азначае, што вы прачыталі і дазваляеце захаваць адказы, нават няскончаныя. «Не» таксама нармальны адказ.
option-start-go_abroad = Так, я за мяжой
option-start-go_inside = Так, я ў Беларусі
option-start-other_ways = Як паведаміць інакш?
option-start-stop = Спыніць і сцерці

# --- relation ---
ask-relation = Кім вы даводзіцеся чалавеку, пра якога паведамляеце?
help-relation = ААН пытаецца, ці піша сям'я, адвакат або хтосьці са згоды сям'і. Уладам мы гэтага не паказваем.
option-relation-spouse = Муж, жонка, партнёр
option-relation-parent = Маці або бацька
option-relation-child = Сын або дачка
option-relation-sibling = Брат або сястра
option-relation-relative = Іншы сваяк
option-relation-friend = Сябар, знаёмы
option-relation-colleague = Калега
option-relation-lawyer = Адвакат
option-relation-witness = Сведка
option-relation-self = Затрымлівалі мяне
option-relation-other = Іншае
option-relation-refuse = Не хачу казаць

# --- person ---
ask-person = Напішыце імя, прозвішча і год нараджэння (або ўзрост) таго, каго затрымалі. Напрыклад: Ян Прыклад, 1990
help-person = Адно паведамленне — адзін чалавек. Калі людзей некалькі, скончыце гэтае і націсніце «Яшчэ адзін чалавек»: месца, дата і хто гэта рабіў скапіруюцца. Не ведаеце поўнага імя — напішыце, што ведаеце.
option-person-unknown_name = Не ведаю імя

# --- detained_when ---
ask-detained_when = Калі гэта было? Выберыце або напішыце дату і час.
help-detained_when = Прыблізнага адказу дастаткова: «учора вечарам», «19.11 каля 14». Ад часу залежаць прававыя тэрміны (3 гадзіны, 72 гадзіны, 10 дзён), якія мы пакажам.
option-detained_when-now3h = Толькі што (да 3 гадзін)
option-detained_when-today = Сёння
option-detained_when-yesterday = Учора
option-detained_when-pick = Іншая дата
option-detained_when-unknown = Не ведаю

# --- detained_where ---
ask-detained_where = Дзе гэта было? Горад і месца: дома, на працы, на вуліцы, на мяжы…
help-detained_where = Не пішыце нумар дома і кватэры. Не дасылайце пункт на карце са свайго тэлефона.
option-detained_where-BY-HM = Мінск
option-detained_where-BY-MI = Мінская вобласць
option-detained_where-BY-BR = Брэсцкая
option-detained_where-BY-VI = Віцебская
option-detained_where-BY-HO = Гомельская
option-detained_where-BY-HR = Гродзенская
option-detained_where-BY-MA = Магілёўская
option-detained_where-abroad = За мяжой

# --- detained_by ---
ask-detained_by = Хто гэта рабіў? Можна выбраць некалькі. Няма ў спісе — напішыце некалькі літар.
help-detained_by = Калі бачылі толькі маскі або бус, выберыце «У цывільным, у масках», а апішаце пазней. «Не ведаю» — добры адказ.

# --- whereabouts ---
ask-whereabouts = Ці вядома, дзе чалавек цяпер?
help-whereabouts = «Пацверджана»: прынялі перадачу, чалавека бачыў адвакат, быў званок або ліст. «Сказалі»: хтосьці так кажа, але пацвярджэння няма.
option-whereabouts-known = Так, пацверджана
option-whereabouts-told = Сказалі, не пацверджана
option-whereabouts-unknown = Не, невядома
option-whereabouts-denied = Улады кажуць: у нас няма
option-whereabouts-released = Ужо на волі
option-whereabouts-died = Чалавек памёр

# --- facility ---
ask-facility = Напішыце назву месца, дзе ўтрымліваюць (напрыклад: Акрэсціна, СІЗА-1, РУУС), або выберыце.
help-facility = Мы разумеем кароткія назвы. Калі гэта мясцовы РУУС або ІЧУ, дапішыце горад.

# --- urgent_flags ---
ask-urgent_flags = Ці ёсць тэрміновая небяспека? Можна выбраць некалькі.
help-urgent_flags = Ад гэтага залежыць, як хутка паведамленне прачытае чалавек. Выбірайце толькі тое, што ведаеце або чаго сур'ёзна баіцеся.
option-urgent_flags-injured = Збілі, ёсць траўмы
option-urgent_flags-medicine = Патрэбныя лекі
option-urgent_flags-illness = Цяжкая хвароба
option-urgent_flags-pregnant = Цяжарнасць
option-urgent_flags-minor = Няма 18 гадоў
option-urgent_flags-disability = Інваліднасць або 65+
option-urgent_flags-kids = Дзеці засталіся адны
option-urgent_flags-threats = Пагрозы, ціск, катаванні
option-urgent_flags-hunger = Галадоўка, рызыка суіцыду
option-urgent_flags-deport = Могуць выслаць
option-urgent_flags-none = Нічога з гэтага
option-urgent_flags-unknown = Не ведаю

# --- profile ---
ask-profile = Чым займаецца чалавек і з чым гэта можа быць звязана? Можна выбраць некалькі або напісаць некалькі літар.
help-profile = Так мы зразумеем, да якога эксперта ААН, прафсаюза або консульства звярнуцца.

# --- narrative ---
ask-narrative = Раскажыце сваімі словамі, што здарылася. Ці назвалі прычыну або артыкул? Ці ёсць адвакат? Можна некалькімі паведамленнямі.
help-narrative = Не называйце людзей, якія на волі, і не пішыце, дзе вы жывяце. Пішыце «я бачыў(-ла)» пра тое, што бачылі самі, і «мне сказалі» пра тое, што чулі.

# --- consent_use ---
ask-consent_use = Што нам можна рабіць з паведамленнем? Выберыце ўсё, з чым вы згодныя. Загадзя нічога не выбрана.
help-consent_use = ААН не раскрывае ВАША імя, але паведамляе ўладам імя ЗАТРЫМАНАГА чалавека. Калі нічога не выбраць, паведамленне застанецца толькі ў дзяжурных праваабаронцаў і будзе выдалена праз 90 дзён.
option-consent_use-c_contact = Пытацца ў мяне тут, да 3 разоў за 2 дні
option-consent_use-c_un = Перадаць у ААН (імя пазнаюць улады)
option-consent_use-c_partners = Перадаць праваабаронцам-партнёрам
option-consent_use-c_publish = Апублікаваць імя і галоўныя факты
option-consent_use-c_stats = Улічыць у статыстыцы без імя
option-consent_use-c_none = Нічога з гэтага, толькі захаваць

# --- detaining_body ---
vocab-detaining_body-police = Міліцыя (РАУС, РУУС)
vocab-detaining_body-omon = АМАП
vocab-detaining_body-gubopik = ГУБАЗіК
vocab-detaining_body-kgb = КДБ
vocab-detaining_body-sk = Следчы камітэт
vocab-detaining_body-dfr = ДФР, КДК
vocab-detaining_body-border = Памежнікі (ДПК)
vocab-detaining_body-customs = Мытня
vocab-detaining_body-internal_troops = Унутраныя войскі
vocab-detaining_body-military = Вайскоўцы, ваенкамат
vocab-detaining_body-sbp = Ахова прэзідэнта (СБП)
vocab-detaining_body-prosecutor = Пракуратура
vocab-detaining_body-prison_staff = Адміністрацыя турмы
vocab-detaining_body-plainclothes = У цывільным, у масках
vocab-detaining_body-foreign = Сілавікі іншай краіны
vocab-detaining_body-unknown = Не ведаю

# --- facility ---
vocab-facility-minsk_cip = ЦІП, Акрэсціна (Мінск)
vocab-facility-minsk_ivs = ІЧУ, Акрэсціна (Мінск)
vocab-facility-sizo1 = СІЗА-1 (Мінск / Калядзічы)
vocab-facility-sizo_kgb = СІЗА КДБ, «амерыканка»
vocab-facility-zhodino_ivs = ІЧУ Жодзіна
vocab-facility-prison8 = Турма № 8, Жодзіна
vocab-facility-sizo2 = СІЗА-2, Віцебск
vocab-facility-sizo3 = СІЗА-3, Гомель
vocab-facility-sizo4 = СІЗА-4, турма № 4, Магілёў
vocab-facility-sizo6 = СІЗА-6, Баранавічы
vocab-facility-sizo7 = СІЗА-7, Брэст
vocab-facility-prison1 = Турма № 1, Гродна
vocab-facility-ik1 = ПК № 1, Наваполацк
vocab-facility-ik2 = ПК № 2, Бабруйск
vocab-facility-ik3 = ПК № 3, Віцьба
vocab-facility-ik4 = ПК № 4, Гомель (жаночая)
vocab-facility-ik8 = ПК № 8, Орша
vocab-facility-ik9 = ПК № 9, Горкі
vocab-facility-ik11 = ПК № 11, Ваўкавыск
vocab-facility-ik12 = ПК № 12, Орша
vocab-facility-ik13 = ПК № 13, Глыбокае
vocab-facility-ik14 = ПК № 14, Навасады
vocab-facility-ik15 = ПК № 15, Магілёў
vocab-facility-ik17 = ПК № 17, Шклоў
vocab-facility-ik20 = ПК № 20, Мазыр
vocab-facility-ik22 = ПК № 22, «Воўчыя норы»
vocab-facility-ik24 = ПК № 24, Зарэчча (жаночая)
vocab-facility-vk2 = Калонія для дзяцей № 2, Бабруйск
vocab-facility-other_ivs = Іншы ІЧУ (напішыце горад)
vocab-facility-other_police = РУУС (напішыце горад, раён)
vocab-facility-other_open = ПУАТ (напішыце нумар)
vocab-facility-other = Іншае месца

# --- profile ---
vocab-profile-journalist = Журналіст, медыя
vocab-profile-hrd = Праваабаронца, валанцёр
vocab-profile-unionist = Прафсаюз, страйк
vocab-profile-lawyer = Адвакат
vocab-profile-politician = Палітык, партыя, выбары
vocab-profile-protester = Пратэсты 2020
vocab-profile-blogger = Блогер, каментар, рэпост
vocab-profile-ex_prisoner = Былы палітвязень
vocab-profile-prisoner_family = Сваяк палітвязня
vocab-profile-foreigner = Замежнік, 2 грамадзянствы
vocab-profile-informant = Перадача інфармацыі, данаты
vocab-profile-ukraine = Падтрымка Украіны
vocab-profile-returned = Вярнуўся з-за мяжы
vocab-profile-teacher = Настаўнік, выкладчык
vocab-profile-student = Студэнт, школьнік
vocab-profile-medic = Медык
vocab-profile-culture = Культура, мастацтва
vocab-profile-religious = Святар, вернік
vocab-profile-minority = Нацыянальная меншасць
vocab-profile-lgbt = ЛГБТК+
vocab-profile-official = Вайсковец, чыноўнік
vocab-profile-worker = Рабочы, служачы
vocab-profile-other = Іншае
vocab-profile-unknown = Не ведаю

# --- region ---
vocab-region-BY-HM = горад Мінск
vocab-region-BY-MI = Мінская вобласць
vocab-region-BY-BR = Брэсцкая вобласць
vocab-region-BY-VI = Віцебская вобласць
vocab-region-BY-HO = Гомельская вобласць
vocab-region-BY-HR = Гродзенская вобласць
vocab-region-BY-MA = Магілёўская вобласць
vocab-region-abroad = за мяжой

# Заўвагі
note-other_ways = Інакш можна так: 1) папрасіце чалавека за мяжой напісаць за вас; 2) пішыце не са свайго тэлефона і не праз рабочы Wi-Fi; 3) пасля адпраўкі выдаліце чат.
note-inside_tips = Пішыце толькі самае патрэбнае, без імёнаў іншых людзей, і сатрыце чат адразу пасля адпраўкі. Улады Беларусі караюць за перадачу інфармацыі праваабаронцам (арт. 361-4 КК).

# Хто бачыць чат (першы экран)
watcher-telegram = Telegram бачыць гэты чат і ведае ваш нумар.
watcher-matrix = Сервер Matrix бачыць, што вы пішаце; змест — калі шыфраванне выключана.
watcher-console = Гэта дэманстрацыя: усё застаецца на вашым камп'ютары.

# Кароткія назвы для экрана праверкі
short-relation = Хто паведамляе
short-person = Чалавек
short-detained_when = Калі
short-detained_where = Дзе
short-detained_by = Хто гэта рабіў
short-whereabouts = Ці вядома, дзе цяпер
short-facility = Дзе ўтрымліваюць
short-urgent_flags = Небяспека
short-profile = Чым займаецца
short-narrative = Што здарылася
short-consent_use = Што нам можна рабіць
