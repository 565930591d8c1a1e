# Много дел сразу: тема массового события, сводная панель, списки и счёт. Только закрытые списки.

cluster-title = 👥 { $day } · { $region }
cluster-title-held = 👥 { $day } · { $region } · держат в одном месте
cluster-title-bell = 👥 Много сообщений
cluster-head = { $title }: сообщений { $count }
cluster-codes = Не взяты: { $codes }{ $more }
cluster-how = Каждое сообщение – отдельное дело. Взять: /claim и код. Посмотреть: /case и код. У красных свои темы.
cluster-entry = { $title } · { $group } · { $bodies } · { $work }
cluster-claimed = ✋ { $by }

board-head = 📌 { $day }: открытых дел { $count }
board-levels = { $counts }
board-work = { $counts }
board-oldest = ⏳ Дольше всех ждёт: { $title }, с { $day }
board-all-taken = ⏳ Никто не ждёт: взяты все.
board-in-time = ⏰ Просроченных нет.
board-overdue = ⏰ Просрочено: { $count }: { $codes }{ $more }
board-more = … и ещё { $count }

health-well = ✅ С ботом всё в порядке.
health-silent = ⚠ Бот { $minutes } мин. ничего не слышит от сети. Сообщите оператору.
health-waiting = 📤 Ждёт отправки: { $count }
health-floods = 🌊 Сеть просила не спешить: { $count }
health-clock = ⚠ Часы расходятся: карточки ждут. Сообщите оператору.
health-damaged = ⚠ Повреждено в базе: { $count }. Сообщите оператору.

queue-head = 📋 Открыто: { $count }, просрочено: { $late }. Страница { $page } из { $pages }
queue-label = 🏷 Только с меткой: { $label }
queue-row = { $title }{ $region } · { $day }{ $who }
queue-region = { " " }· { $region }
queue-by = { " " }· { $by }
button-page-back = ◀ Назад
button-page-on = Дальше ▶

mine-head = ✋ Взято: { $count }, просрочено: { $late }. Страница { $page } из { $pages }
mine-by = 👤 { $by }

who-head = 👤 Сегодня в списке команды: { $count }
who-row = { $by } ({ $role }): { $count }
who-gone = ⚠ { $by } больше не в списке команды: { $count }. Передайте эти дела другим: /transfer.
role-moderator = модератор
role-coordinator = координатор
role-lead = руководитель

stats-head = 📊 Что пришло и что сделано. Удалённые дела не в счёт.
stats-span = За { $days } дней: пришло { $came }, взято { $taken }, закрыто { $closed }
stats-reason = { $reason }: { $count }

case-history = 🕓 Что было сделано:
case-step = { $day } · { $status } · { $by }
case-found = { $day } · { $state } ({ $grade }) · { $by }
case-grades = 🔎 Насколько проверено: { $grades }
case-grade = { $fact } { $grade }
fact-person = человек
fact-day = день
fact-place = место задержания
fact-body = кто задержал
fact-whereabouts = где человек сейчас
fact-charge = обвинение
fact-injuries = травмы

usage-queue = /queue или с меткой: /queue torture
usage-mine = /mine
usage-case = /case [КОД]
usage-who = /who
usage-stats = /stats
does-queue = что открыто, сначала срочное
does-mine = что взяли вы
does-case = одно дело и что сделано
does-who = у кого сколько дел
does-stats = счёт за последние дни
