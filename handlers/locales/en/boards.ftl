# Many cases at once: the topic of a mass event, the dashboard, lists and counts. Closed lists only.

cluster-title = 👥 { $day } · { $region }
cluster-title-held = 👥 { $day } · { $region } · held in one place
cluster-title-bell = 👥 Many reports
cluster-head = { $title }: reports { $count }
cluster-codes = Not taken: { $codes }{ $more }
cluster-how = Each report is a case of its own. Take one: /claim and its code. See one: /case and its code. Red ones have their own topics.
cluster-entry = { $title } · { $group } · { $bodies } · { $work }
cluster-claimed = ✋ { $by }

board-head = 📌 { $day }: open cases { $count }
board-levels = { $counts }
board-work = { $counts }
board-oldest = ⏳ Waits longest: { $title }, since { $day }
board-all-taken = ⏳ Nobody waits to be taken.
board-in-time = ⏰ Nothing is overdue.
board-overdue = ⏰ Overdue: { $count }: { $codes }{ $more }
board-more = … and { $count } more

health-well = ✅ The bot is well.
health-silent = ⚠ The bot has heard nothing from the network for { $minutes } min. Tell the operator.
health-waiting = 📤 Waiting to be sent: { $count }
health-floods = 🌊 The network asked us to slow down: { $count }
health-clock = ⚠ The clocks are at odds: cards wait. Tell the operator.
health-damaged = ⚠ Damaged in the database: { $count }. Tell the operator.

queue-head = 📋 Open: { $count }, overdue: { $late }. Page { $page } of { $pages }
queue-label = 🏷 Only with the label: { $label }
queue-row = { $title }{ $region } · { $day }{ $who }
queue-region = { " " }· { $region }
queue-by = { " " }· { $by }
button-page-back = ◀ Back
button-page-on = Next ▶

mine-head = ✋ Taken: { $count }, overdue: { $late }. Page { $page } of { $pages }
mine-by = 👤 { $by }

who-head = 👤 On the roster today: { $count }
who-row = { $by } ({ $role }): { $count }
who-gone = ⚠ { $by } is not on the roster any more: { $count }. Hand these cases to others: /transfer.
role-moderator = moderator
role-coordinator = coordinator
role-lead = lead

stats-head = 📊 What came and what was done. Deleted cases are not counted.
stats-span = Last { $days } days: came { $came }, taken { $taken }, closed { $closed }
stats-reason = { $reason }: { $count }

case-history = 🕓 What was done:
case-step = { $day } · { $status } · { $by }
case-found = { $day } · { $state } ({ $grade }) · { $by }
case-grades = 🔎 How well it is known: { $grades }
case-grade = { $fact } { $grade }
fact-person = person
fact-day = day
fact-place = place of detention
fact-body = who detained
fact-whereabouts = where the person is
fact-charge = charge
fact-injuries = injuries

usage-queue = /queue, or with a label: /queue torture
usage-mine = /mine
usage-case = /case [CODE]
usage-who = /who
usage-stats = /stats
does-queue = what is open, the most urgent first
does-mine = what you have taken
does-case = one case, and what was done
does-who = who has how many cases
does-stats = counts of the last days
