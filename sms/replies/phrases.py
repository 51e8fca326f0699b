"""The fixed sentences, which need no data about the order or the text."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from inventory.menu import Menu
from sms.conversation.facts import Facts
from sms.conversation.sayings import Phrase
from sms.replies.names import cut, example, listed, no_menu
from sms.wording.lookup import gettext

#: The sentence for each `Phrase`. `{sample}` becomes an example of an order, and `{event}` the event's name.
SENTENCES = {
    Phrase.GREETING: _("Text me your order, like '{sample}'. MENU shows what there is."),
    Phrase.HELP: _(
        "Text your order, like '{sample}'. MENU: what there is. STATUS: how long. DROP: no thanks. "
        "USUAL: same again. PERSON: talk to us."
    ),
    Phrase.THANKS: _("You're welcome!"),
    Phrase.RATED: _("Thank you for telling us!"),
    Phrase.RATED_LOW: _("Thank you for telling us, and sorry that it wasn't better. PERSON if we may put it right."),
    Phrase.NOTHING_OPEN: _("You have no order open. Text me one, like '{sample}'."),
    Phrase.NOTHING_TO_CANCEL: _("There is no order to drop. Text me one any time."),
    Phrase.NO_USUAL: _("I don't know your usual yet. Text me your order, like '{sample}'."),
    Phrase.NOT_ORDERED: _("OK, forgotten: nothing more is ordered."),
    Phrase.NAMELESS: _("No problem, we'll call out the code."),
    Phrase.NAME_AGAIN: _("Sure: what name shall we call?"),
    Phrase.ASK_NAME: _("What name for the cup?"),
    Phrase.PERSON_CALLED: _(
        "Thanks for telling us. I've flagged this for the team; for anything urgent, please ask at the bar."
    ),
    Phrase.STOPPED: _("OK, no more texts from us. START turns them on again."),
    Phrase.FORGOTTEN: _("Done: your name, number and texts are deleted."),
    Phrase.WHO: _("I'm the order line of {event}: a program that hands your texts to the baristas."),
    Phrase.PRICE: _("I don't know about prices, sorry. The baristas do."),
    Phrase.PAY_ONLINE: _("You pay online, before it is made: the reply to your order has the link."),
    Phrase.ALLERGENS: _(
        "Please check allergies with the barista. Put it in your order, like 'allergic to nuts', "
        "and it stands on the ticket."
    ),
    Phrase.TOO_LONG: _("That's too long for me, sorry. Text just your order, like '{sample}'."),
    Phrase.TO_BARISTA: _("Thanks, the barista reads this."),
    Phrase.TOO_MANY_TEXTS: _("That's more texts than I can answer. Please ask at the bar, or text again later."),
    Phrase.PASSED_ON: _(
        "I don't know that, sorry. I've passed your question on to the team; the baristas may know, too."
    ),
    Phrase.ASK_TIME: _("For what time? Text one, such as '9:15' or 'in 20 minutes'."),
    Phrase.TIME_OVER: _("That time is over. Please text a later one, such as 'in 20 minutes'."),
    Phrase.NO_MAIL: _("I can't send mail, sorry. You get a text when it is ready."),
    Phrase.NO_ADDRESS: _("I can't mail to that address, sorry. You get a text when it is ready."),
    Phrase.FAULT: _("Sorry, something went wrong with that text. We've flagged it; please order at the bar."),
    Phrase.NO_WORDS: _("I can only read words, sorry. Text your order, like '{sample}'."),
}


def phrase_spoken(phrase: Phrase, menu: Menu, facts: Facts) -> str:
    if "{sample}" in SENTENCES[phrase] and not menu.drinks:
        sentence = no_menu()
    else:
        sentence = gettext(SENTENCES[phrase]).format(sample=example(menu), event=cut(facts.event, 40))
    if phrase is Phrase.GREETING:
        hello = gettext(_("Hi {name}!")).format(name=facts.name) if facts.name else gettext(_("Hi!"))
        return f"{hello} {sentence}"
    if phrase is Phrase.FORGOTTEN and facts.orders:
        codes = listed([order.code for order in facts.orders], gettext(_("and")))
        return sentence + " " + gettext(_("Listen for {codes}: we can't text you any more.")).format(codes=codes)
    return sentence
