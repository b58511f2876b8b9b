"""What Brug says: answers, forms, and the words for them. No platform, no pixels.

answer.py   an answer: a headline, parts made of prose, buttons, a source, and why
form.py     a form: questions that Brug asks back
words.py    phrases from wording/, in the language of who asks
wording/    one file per feature, Dutch, French and English side by side
"""
