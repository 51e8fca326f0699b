"""The sentences of all texts to customers.

`answering.word(says, menu, facts)` writes a reply from its parts (`sms.conversation.sayings`). `notifications` writes
the texts that Expresso starts, such as "your latte is ready". A text fits one SMS segment (160 GSM-7 characters) if
possible: first the order is described more briefly, then sentences are left out. `answering.LONG` lists the replies
that can be longer. No sentence asks customers to text one of Twilio's opt-out words, so an order is cancelled by
DROP."""
