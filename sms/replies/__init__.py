"""The sentences of all texts to customers.

`answering.word(says, menu, facts)` puts the sayings of a turn into one text; `notifications` has the texts that
Expresso starts. A text fits one GSM-7 segment (160 characters) if possible: a long order is shortened before anything
is left out. `answering.LONG` names the exceptions. No sentence asks for one of Twilio's opt-out words, so a customer
texts DROP to cancel an order."""
