"""Every sentence that a customer reads in a text.

`answering.word(says, menu, facts)` puts the sayings of a turn into one text; `notifications` has the texts that
Expresso starts. A text fits one GSM-7 segment (160 characters) where it can: a long order is told shorter before
anything is left out. The exceptions are named in `answering.LONG`. No sentence asks for one of Twilio's opt-out words:
a customer who wants to get rid of an order texts DROP."""
