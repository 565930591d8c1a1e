# Команды модераторов: как каждая пишется и что делает. Большими буквами – то, что вписывается.

commands-head = В теме дела код можно не писать. Что в [ ], можно пропустить.
commands-row = { $usage } – { $what }

usage-claim = /claim [КОД]
usage-release = /release [КОД]
usage-transfer = /transfer [КОД] КОМУ
usage-urgency = /urgency [КОД] УРОВЕНЬ ПРИЧИНА
usage-label = /label [КОД] МЕТКА
usage-unlabel = /unlabel [КОД] МЕТКА
usage-life = /life [КОД] СОСТОЯНИЕ [ДЕНЬ ИСТОЧНИК СТЕПЕНЬ]
usage-track = /track [КОД] СОСТОЯНИЕ [ДЕНЬ ИСТОЧНИК СТЕПЕНЬ]
usage-contact = /contact [КОД] СОСТОЯНИЕ [ДЕНЬ ИСТОЧНИК СТЕПЕНЬ]
usage-verify = /verify [КОД] ФАКТ СТЕПЕНЬ
usage-note = /note [КОД] ТЕКСТ
usage-ask = /ask [КОД] [ВОПРОС]
usage-seen = /seen [КОД]
usage-link = /link [КОД] ДРУГОЙ
usage-unlink = /unlink [КОД] ДРУГОЙ
usage-merge = /merge [КОД] ДРУГОЙ
usage-unmerge = /unmerge [КОД]
usage-split = /split [КОД] ДРУГОЙ
usage-close = /close [КОД] ПРИЧИНА
usage-reopen = /reopen [КОД]
usage-shadow = /shadow [КОД]
usage-purge = /purge [КОД]
usage-duty = /duty [КТО КТО …] или /duty all
usage-export = /export ДНИ
usage-panic = /panic
usage-suspend = /suspend КТО
usage-help = /help

does-claim = взять дело, на три дня
does-release = вернуть дело
does-transfer = передать другому модератору
does-urgency = повысить или понизить срочность
does-label = добавить метку
does-unlabel = снять метку
does-life = что стало с человеком
does-track = какое обвинение
does-contact = есть ли связь
does-verify = оценить, насколько факт проверен
does-note = заметка для команды, сразу шифруется
does-ask = спросить человека, который сообщил
does-seen = новый ответ прочитан
does-link = возможно, это один человек
does-unlink = это разные люди
does-merge = вести оба дела в другом
does-unmerge = снова отделить это дело
does-split = отделить другое дело от этого
does-close = закрыть дело
does-reopen = открыть дело снова; нужны двое
does-shadow = не читать новое от этого аккаунта, два дня
does-purge = удалить навсегда; нужны двое
does-duty = кто читает новые сообщения; чтобы изменить, нужны двое
does-export = дела за столько дней одной сводкой; нужны двое
does-panic = закрыть группу сразу и убрать карточки
does-suspend = прекратить доступ одного из команды; нужны двое
does-help = все команды

refusal-no-command = Такой команды нет. Все команды: /help
refusal-which-case = Напишите это в теме дела или назовите его код: { $usage }
refusal-usage = Пишите так: { $usage }
refusal-no-case = Дела { $code } нет. Посмотрите код на карточке.
refusal-shadow-late = { $code } больше двух дней: аккаунт, с которого сообщили, здесь уже неизвестен. Делать нечего.

done-note = { $code }: заметка сохранена и зашифрована. Ваше сообщение удаляется.
