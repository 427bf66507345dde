"""What a word is, in any language, and what follows from it.

``direction`` says which way a language is written; ``segments`` finds letters and words (ICU
and its dictionaries), ``folding`` the forms under which they are searched, ``reading`` how long
they take, ``cutting`` where a text may end, ``names`` what is made of a person's name.

Nothing here asks the database or knows a course. Languages are ISO 639-1 codes, as in
``courses.models.Language``. Why it is so: decision 0026.
"""
