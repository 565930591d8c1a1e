# Каманды мадэратараў: як кожная пішацца і што робіць. Вялікімі літарамі – тое, што ўпісваецца.

commands-head = У тэме справы код можна не пісаць. Што ў [ ], можна прапусціць.
commands-row = { $usage } – { $what }

usage-claim = /claim [КОД]
usage-release = /release [КОД]
usage-transfer = /transfer [КОД] КАМУ
usage-urgency = /urgency [КОД] УЗРОВЕНЬ ПРЫЧЫНА
usage-label = /label [КОД] ПАЗНАКА
usage-unlabel = /unlabel [КОД] ПАЗНАКА
usage-life = /life [КОД] СТАН [ДЗЕНЬ КРЫНІЦА СТУПЕНЬ]
usage-track = /track [КОД] СТАН [ДЗЕНЬ КРЫНІЦА СТУПЕНЬ]
usage-contact = /contact [КОД] СТАН [ДЗЕНЬ КРЫНІЦА СТУПЕНЬ]
usage-verify = /verify [КОД] ФАКТ СТУПЕНЬ
usage-note = /note [КОД] ТЭКСТ
usage-ask = /ask [КОД] [ПЫТАННЕ]
usage-seen = /seen [КОД]
usage-link = /link [КОД] ІНШЫ
usage-unlink = /unlink [КОД] ІНШЫ
usage-merge = /merge [КОД] ІНШЫ
usage-unmerge = /unmerge [КОД]
usage-split = /split [КОД] ІНШЫ
usage-close = /close [КОД] ПРЫЧЫНА
usage-reopen = /reopen [КОД]
usage-shadow = /shadow [КОД]
usage-purge = /purge [КОД]
usage-duty = /duty [ХТО ХТО …] або /duty all
usage-export = /export ДНІ
usage-panic = /panic
usage-suspend = /suspend ХТО
usage-help = /help

does-claim = узяць справу, на тры дні
does-release = вярнуць справу
does-transfer = перадаць іншаму мадэратару
does-urgency = павысіць або панізіць тэрміновасць
does-label = дадаць пазнаку
does-unlabel = зняць пазнаку
does-life = што стала з чалавекам
does-track = якое абвінавачанне
does-contact = ці ёсць сувязь
does-verify = ацаніць, наколькі факт правераны
does-note = нататка для каманды, адразу шыфруецца
does-ask = спытаць чалавека, які паведаміў
does-seen = новы адказ прачытаны
does-link = магчыма, гэта адзін чалавек
does-unlink = гэта розныя людзі
does-merge = весці абедзве справы ў іншай
does-unmerge = зноў аддзяліць гэту справу
does-split = аддзяліць іншую справу ад гэтай
does-close = закрыць справу
does-reopen = адкрыць справу зноў; патрэбны двое
does-shadow = не чытаць новае ад гэтага акаўнта, два дні
does-purge = выдаліць назусім; патрэбны двое
does-duty = хто чытае новыя паведамленні; каб змяніць, патрэбны двое
does-export = справы за столькі дзён адной зводкай; патрэбны двое
does-panic = зачыніць групу адразу і прыбраць карткі
does-suspend = спыніць доступ аднаго з каманды; патрэбны двое
does-help = усе каманды

refusal-no-command = Такой каманды няма. Усе каманды: /help
refusal-which-case = Напішыце гэта ў тэме справы або назавіце яе код: { $usage }
refusal-usage = Пішыце так: { $usage }
refusal-no-case = Справы { $code } няма. Паглядзіце код на картцы.
refusal-shadow-late = { $code } больш за два дні: акаўнт, з якога паведамілі, тут ужо невядомы. Рабіць няма чаго.

done-note = { $code }: нататка захавана і зашыфравана. Ваша паведамленне выдаляецца.
