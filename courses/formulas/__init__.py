"""Formulas: TeX as people write it, and the MathML that pages show.

``read_formula`` sets one; ``read_words`` those in a line of plain text; ``formula_html`` one in
rich text, and ``plain_formulas`` gives the TeX of those that stand there. They are set when
something is saved or imported, and stored beside their TeX (decision 0034).

``set_typed_formulas`` sets those typed into rich text, and ``unset_formulas`` tells of TeX
that nobody read as a formula (decision 0036).
"""
