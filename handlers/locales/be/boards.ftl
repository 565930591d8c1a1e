# Шмат спраў адразу: тэма масавай падзеі, зводная панэль, спісы і лік. Толькі закрытыя спісы.

cluster-title = 👥 { $day } · { $region }
cluster-title-held = 👥 { $day } · { $region } · трымаюць у адным месцы
cluster-title-bell = 👥 Шмат паведамленняў
cluster-head = { $title }: паведамленняў { $count }
cluster-codes = Не ўзятыя: { $codes }{ $more }
cluster-how = Кожнае паведамленне – асобная справа. Узяць: /claim і код. Паглядзець: /case і код. У чырвоных свае тэмы.
cluster-entry = { $title } · { $group } · { $bodies } · { $work }
cluster-claimed = ✋ { $by }

board-head = 📌 { $day }: адкрытых спраў { $count }
board-levels = { $counts }
board-work = { $counts }
board-oldest = ⏳ Даўжэй за ўсіх чакае: { $title }, з { $day }
board-all-taken = ⏳ Ніхто не чакае: узятыя ўсе.
board-in-time = ⏰ Пратэрмінаваных няма.
board-overdue = ⏰ Пратэрмінавана: { $count }: { $codes }{ $more }
board-more = … і яшчэ { $count }

health-well = ✅ З ботам усё добра.
health-silent = ⚠ Бот { $minutes } хв. нічога не чуе ад сеткі. Скажыце аператару.
health-waiting = 📤 Чакае адпраўкі: { $count }
health-floods = 🌊 Сетка прасіла не спяшацца: { $count }
health-clock = ⚠ Гадзіннікі разыходзяцца: карткі чакаюць. Скажыце аператару.
health-damaged = ⚠ Пашкоджана ў базе: { $count }. Скажыце аператару.

queue-head = 📋 Адкрыта: { $count }, пратэрмінавана: { $late }. Старонка { $page } з { $pages }
queue-label = 🏷 Толькі з пазнакай: { $label }
queue-row = { $title }{ $region } · { $day }{ $who }
queue-region = { " " }· { $region }
queue-by = { " " }· { $by }
button-page-back = ◀ Назад
button-page-on = Далей ▶

mine-head = ✋ Узята: { $count }, пратэрмінавана: { $late }. Старонка { $page } з { $pages }
mine-by = 👤 { $by }

who-head = 👤 Сёння ў спісе каманды: { $count }
who-row = { $by } ({ $role }): { $count }
who-gone = ⚠ { $by } больш не ў спісе каманды: { $count }. Перадайце гэтыя справы іншым: /transfer.
role-moderator = мадэратар
role-coordinator = каардынатар
role-lead = кіраўнік

stats-head = 📊 Што прыйшло і што зроблена. Выдаленыя справы не ў лік.
stats-span = За { $days } дзён: прыйшло { $came }, узята { $taken }, закрыта { $closed }
stats-reason = { $reason }: { $count }

case-history = 🕓 Што было зроблена:
case-step = { $day } · { $status } · { $by }
case-found = { $day } · { $state } ({ $grade }) · { $by }
case-grades = 🔎 Наколькі праверана: { $grades }
case-grade = { $fact } { $grade }
fact-person = чалавек
fact-day = дзень
fact-place = месца затрымання
fact-body = хто затрымаў
fact-whereabouts = дзе чалавек цяпер
fact-charge = абвінавачанне
fact-injuries = траўмы

usage-queue = /queue або з пазнакай: /queue torture
usage-mine = /mine
usage-case = /case [КОД]
usage-who = /who
usage-stats = /stats
does-queue = што адкрыта, спачатку тэрміновае
does-mine = што ўзялі вы
does-case = адна справа і што зроблена
does-who = у каго колькі спраў
does-stats = лік за апошнія дні
