"""English for search: words that say nothing about a page, and words that say the same.

In: nothing. Out: `STOP_WORDS`, which are left out of pages and of what is looked for, and `SAME_WORDS`,
groups of which any word finds all. It knows no page. Words that tell situations apart (not, never, before,
out) are in neither.
"""

from __future__ import annotations

_STOP_WORDS = """
a about all also am an and any are as at be because been being but by can could did do does doing done
for from get gets getting go goes going got had has have having he her here hers him his how i if in into
is it its itself just keep keeps kept let lets like ll may me might mine must my of on one or our ours
please re said say saying says see she should so some still such than that the their theirs them then
there these they this those to too us ve very was we were what when where which while who whom whose why
will with would yet you your yours
cant couldnt didnt doesnt dont hasnt havent hes im isnt ive shes thats theres theyre wasnt werent whats
wheres wont wouldnt youre
can't couldn't didn't doesn't don't hasn't haven't he's i'm isn't it's i've she's that's there's they're
wasn't we're weren't what's where's won't wouldn't you're
"""
# Across the Atlantic, and what people write for the words that we use.
_SAME_WORDS = """
parcel package packet
carrier courier
seller retailer merchant vendor store
letterbox mailbox
flat apartment
neighbour neighbor
cancel cancellation canceled
favour favor
refund reimburse reimbursement repay
photo photograph picture pic image
stolen stole steal theft thief nicked
bot robot chatbot
court sue lawsuit
reply answer respond response ignored
scam scammer
legit legitimate trustworthy genuine
late delay overdue
refuse deny reject decline refusal
signature signed
proof evidence
complain complaint
e-mail email
phone telephone
evri hermes
social instagram facebook twitter
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())
SAME_WORDS = tuple(tuple(line.split()) for line in _SAME_WORDS.strip().splitlines())
