# Пытанні да чалавека, які паведаміў: што ён чытае, што пра гэта чытае каманда.

asking-head = Адно кароткае пытанне. Можна не адказваць: ад гэтага нічога не залежыць.
asking-foot = Паведамленне { $code }. Адкажыце кнопкай або адным паведамленнем. Пра сябе нічога не пішыце.
asking-free = { $words }
asking-help = Націсніце кнопку або напішыце адказ словамі. Калі больш не хочаце пытанняў, напішыце /stop.
asking-write = Напішыце адказ адным паведамленнем. Пра сябе нічога не пішыце.
asking-kept = Захавана як дапаўненне да { $code }. Калі ёсць што дадаць, напішыце цяпер. Новае паведамленне: /start
asking-thanks = Дзякуй. Гэтае паведамленне знікне само.
asking-gone = На гэтае пытанне тут ужо нельга адказаць. Калі ёсць навіны, пачніце нанова: /start
asking-button-write = Напісаць словамі
asking-button-decline = Не адказваць
asking-button-done = Гатова

asking-answer-yes = Так
asking-answer-no = Не
asking-answer-unknown = Не ведаю
asking-answer-not_yet = Яшчэ не было
asking-answer-well = Без зменаў
asking-answer-worse = Горш

asking-ask-held = Ці чалавека ўсё яшчэ трымаюць?
asking-ask-facility = Дзе трымаюць чалавека: у якой установе, у якім горадзе?
asking-ask-lawyer = Ці ёсць у чалавека адвакат?
asking-ask-court = Што адбылося на судзе?
asking-ask-health = Як здароўе чалавека?
asking-ask-contact = Ці ёсць сувязь з чалавекам: лісты, перадачы, спатканне?
asking-ask-charge = Паводле якога артыкула абвінавачваюць чалавека?
asking-ask-moved = Ці перавозілі чалавека ў іншае месца?

asking-name-held = ці трымаюць
asking-name-facility = якая ўстанова
asking-name-lawyer = ці ёсць адвакат
asking-name-court = што на судзе
asking-name-health = здароўе
asking-name-contact = ці ёсць сувязь
asking-name-charge = які артыкул
asking-name-moved = ці перавозілі
asking-name-free = сваімі словамі

asking-choose = Пытанне пра { $code }. Адно за раз, не больш за тры. Чалавек прачытае яго на сваёй мове.
asking-choose-again = Пытанне пра { $code } яшчэ без адказу. Новы выбар зменіць яго там, дзе яно стаіць.
asking-choose-free = Сваімі словамі: /ask { $code } ТЭКСТ. Спачатку прачытае яшчэ адзін чалавек з каманды.

asking-finds = Праверка знайшла: { $what }
asking-finds-nothing = Праверка нічога не знайшла. Прачытайце самі: ці не пытаюць тут пра чалавека, які паведаміў?
asking-finds-who = хто вы
asking-finds-phone = тэлефон або нумар
asking-finds-address = адрас або месца
asking-finds-meeting = сустрэча
asking-finds-papers = дакументы, праца, узрост
asking-finds-you = зварот да самога чалавека
asking-finds-link = спасылка
asking-finds-account = чужы акаўнт
asking-finds-digits = доўгі нумар

refusal-asked-enough =
    Пра { $code } ужо пыталіся { $most } { $most ->
        [one] раз
        [few] разы
       *[other] разоў
    }. Больш нельга: кожнае паведамленне на чужым тэлефоне можа нашкодзіць.
refusal-no-way = Чалавеку, які паведаміў пра { $code }, напісаць нельга: ён на гэта не згаджаўся або перадумаў.
refusal-way-over = Час выйшаў: з чалавекам, які паведаміў пра { $code }, ужо нельга звязацца.
refusal-question = Такое пытанне не адпраўляецца. { $found }
refusal-question-long = Пытанне мусіць быць карацейшае: не больш за { $most } знакаў.
refusal-nothing-new = У { $code } няма новых адказаў.

done-ask = { $code }: пытанне адпраўляецца. Калі чалавек якраз піша, яно прыйдзе пасля.
done-question = { $code }: пытанне адпраўляецца. Калі чалавек якраз піша, яно прыйдзе пасля.
done-seen = { $code }: адказ прачытаны.
button-seen = Прачытана

card-answer = ✉️ Новы адказ: { $count }
card-asked = ❓ { $what }: { $state } ({ $count }/{ $most })
card-asked-waiting = яшчэ не дайшло
card-asked-sent = адпраўлена
card-asked-answered = ёсць адказ
card-asked-declined = не хоча адказваць
card-asked-blocked = бот заблакаваны, не дайшло
card-asked-expired = час выйшаў, напісаць ужо нельга
card-addition = ✉️ Дапаўненне да { $code }

addition-question = Пытанне
addition-answer = Адказ
addition-words = Словамі
