"""The index over everything that can be found: offerings, trainings, practices, networks, moments.

It speaks no SQL and knows no platform: entries and a vocabulary go in, ids come out.

Reading order: `entry` (what is searched), `query` (what is asked and what comes back), `index`
(build, search, change, save), `understanding` (facets out of a question in plain Dutch),
`vocabulary` (the words of the field). Beneath, in the order in which a question passes: `dutch`
(folding, stems), `lexicon` (compounds), `concepts` (synonyms), `spelling` (typos), `expansion`
(words to slots), `narrowing` (facets), `ranking` (scores, and when to say nothing), `explaining`
(why). And for the entries: `building` makes a `shelf`, `keeping` keeps it in a file.
"""
