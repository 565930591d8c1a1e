# Что модераторы делают с делом, что им на это говорят, и слова закрытых списков.

button-confirm = Да, сделать

refusal-merged = { $code } ведётся в другом деле. Сначала отделите его: /unmerge { $code }
refusal-role = Ваша роль этого не позволяет. Это может сделать координатор или руководитель.
refusal-same = { $code }: так уже и есть.
refusal-itself = { $code } и { $code } – одно дело. Назовите другое.
refusal-not-linked = { $code } и { $other } не связаны.
refusal-no-member = Назовите кого-нибудь из списка: { $members }
refusal-choose = Напишите { $command } и одно из этих слов: { $words }
refusal-nothing-follows = Здесь больше не из чего выбрать.
refusal-finding = После слова идут день, источник и степень, например: /{ $axis } released { $day } officials B

preview-merge = { $code } пойдёт дальше в { $other }: одна карточка на два дела. Сообщение, согласие и обратный путь к человеку останутся как есть.
preview-shadow = Два дня, не дольше, не будет читаться то, что пишет аккаунт, с которого сообщили о { $code }. Ему об этом не скажут.
preview-purge = { $code } будет удалено вместе с сообщением, заметками и карточкой. Вернуть его не сможет никто.

done-transfer = { $code } передано.
done-urgency = { $code }: срочность изменена.
done-label = { $code }: метка добавлена.
done-unlabel = { $code }: метка снята.
done-life = { $code }: записано.
done-track = { $code }: записано.
done-contact = { $code }: записано.
done-verify = { $code }: записано.
done-link = { $code }: отмечено, что, возможно, это один человек.
done-unlink = { $code }: отметка снята.
done-merge = { $code } ведётся дальше в другом деле.
done-unmerge = { $code } снова отдельно.
done-reopen = { $code } снова открыто.
done-shadow = { $code }: новое от этого аккаунта не читается.
done-purge = { $code } удалено.

close-done = сделано
close-duplicate = дубликат
close-mistaken = задержания не было
close-withdrawn = человек передумал
close-spam = спам

why-danger = опасность для жизни или здоровья
why-child = ребёнок
why-health = здоровье ухудшилось
why-transfer = перевезли в другое место
why-other-report = так говорит другое сообщение
why-found = человека нашли
why-danger-over = опасность миновала
why-wrong-answer = ответ был ошибочным

label-minor = нет 18 лет
label-torture = пытки
label-medical = срочная медицинская помощь
label-disappearance = исчезновение
label-group = массовое задержание
label-journalist = журналист
label-foreigner = иностранное гражданство
label-lawyer = нужен адвокат
label-media = спрашивают журналисты
label-un = обращение в ООН

fate-life-reported = сообщено, не проверено
fate-life-detained = задержание
fate-life-missing = местонахождение неизвестно
fate-life-admin_arrest = административный арест
fate-life-suspect = подозрение (72 часа)
fate-life-charged = обвинение
fate-life-pretrial = под стражей до суда
fate-life-house_arrest = домашний арест
fate-life-free_pending = на свободе, дело идёт
fate-life-trial = идёт суд
fate-life-sentenced = приговор
fate-life-limited = ограничение свободы («химия»)
fate-life-psychiatric = принудительное лечение
fate-life-released = на свободе
fate-life-expelled = вывезли за границу
fate-life-died = смерть
fate-life-unknown = новостей нет
fate-track-none = обвинения нет
fate-track-administrative = административное дело
fate-track-criminal = уголовное дело
fate-track-both = административное и уголовное дела
fate-contact-none = связи нет
fate-contact-parcel = передачи принимают
fate-contact-letters = письма
fate-contact-lawyer = адвоката пустили
fate-contact-visit = свидания
