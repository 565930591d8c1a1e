# Вопросы к человеку, который сообщил: что читает он, что об этом читает команда.

asking-head = Один короткий вопрос. Можно не отвечать: от этого ничего не зависит.
asking-foot = Сообщение { $code }. Ответьте кнопкой или одним сообщением. О себе ничего не пишите.
asking-free = { $words }
asking-help = Нажмите кнопку или напишите ответ словами. Если больше не хотите вопросов, напишите /stop.
asking-write = Напишите ответ одним сообщением. О себе ничего не пишите.
asking-kept = Сохранено как дополнение к { $code }. Если есть что добавить, напишите сейчас. Новое сообщение: /start
asking-thanks = Спасибо. Это сообщение исчезнет само.
asking-gone = На этот вопрос здесь уже нельзя ответить. Если есть новости, начните заново: /start
asking-button-write = Написать словами
asking-button-decline = Не отвечать
asking-button-done = Готово

asking-answer-yes = Да
asking-answer-no = Нет
asking-answer-unknown = Не знаю
asking-answer-not_yet = Ещё не было
asking-answer-well = Без изменений
asking-answer-worse = Хуже

asking-ask-held = Человека всё ещё держат?
asking-ask-facility = Где держат человека: в каком учреждении, в каком городе?
asking-ask-lawyer = Есть ли у человека адвокат?
asking-ask-court = Что произошло на суде?
asking-ask-health = Как здоровье человека?
asking-ask-contact = Есть ли связь с человеком: письма, передачи, свидание?
asking-ask-charge = По какой статье обвиняют человека?
asking-ask-moved = Перевозили ли человека в другое место?

asking-name-held = держат ли
asking-name-facility = какое учреждение
asking-name-lawyer = есть ли адвокат
asking-name-court = что на суде
asking-name-health = здоровье
asking-name-contact = есть ли связь
asking-name-charge = какая статья
asking-name-moved = перевозили ли
asking-name-free = своими словами

asking-choose = Вопрос о { $code }. По одному, не больше трёх. Человек прочтёт его на своём языке.
asking-choose-again = Вопрос о { $code } ещё без ответа. Новый выбор изменит его там, где он стоит.
asking-choose-free = Своими словами: /ask { $code } ТЕКСТ. Сначала прочтёт ещё один человек из команды.

asking-finds = Проверка нашла: { $what }
asking-finds-nothing = Проверка ничего не нашла. Прочтите сами: не спрашивают ли здесь о человеке, который сообщил?
asking-finds-who = кто вы
asking-finds-phone = телефон или номер
asking-finds-address = адрес или место
asking-finds-meeting = встреча
asking-finds-papers = документы, работа, возраст
asking-finds-you = обращение к самому человеку
asking-finds-link = ссылка
asking-finds-account = чужой аккаунт
asking-finds-digits = длинный номер

refusal-asked-enough =
    О { $code } уже спрашивали { $most } { $most ->
        [few] раза
       *[other] раз
    }. Больше нельзя: каждое сообщение на чужом телефоне может навредить.
refusal-no-way = Человеку, который сообщил о { $code }, написать нельзя: он на это не соглашался или передумал.
refusal-way-over = Время вышло: с человеком, который сообщил о { $code }, уже нельзя связаться.
refusal-question = Такой вопрос не отправляется. { $found }
refusal-question-long = Вопрос должен быть короче: не больше { $most } знаков.
refusal-nothing-new = В { $code } нет новых ответов.

done-ask = { $code }: вопрос отправляется. Если человек как раз пишет, он придёт после.
done-question = { $code }: вопрос отправляется. Если человек как раз пишет, он придёт после.
done-seen = { $code }: ответ прочитан.
button-seen = Прочитано

card-answer = ✉️ Новый ответ: { $count }
card-asked = ❓ { $what }: { $state } ({ $count }/{ $most })
card-asked-waiting = ещё не дошло
card-asked-sent = отправлено
card-asked-answered = есть ответ
card-asked-declined = не хочет отвечать
card-asked-blocked = бот заблокирован, не дошло
card-asked-expired = время вышло, написать уже нельзя
card-addition = ✉️ Дополнение к { $code }

addition-question = Вопрос
addition-answer = Ответ
addition-words = Словами
