"""The sentences of all texts to customers.

`answering.word(says, menu, facts)` writes a reply from its parts (`sms.conversation.sayings`). `notifications` writes
the texts that Expresso starts, such as "your latte is ready". To fit a text into one SMS segment (160 GSM-7
characters), the order is described more briefly, and then sentences are left out. `answering.LONG` and `CHECKED` list
the replies that can be longer. No sentence asks customers to text one of Twilio's opt-out words. So the word for
cancelling an order is DROP, because CANCEL would stop all texts."""
