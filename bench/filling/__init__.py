"""A site of a given size, in minutes: ``fill(size)``.

A few courses are written, submitted and approved by the product's own verbs (``patterns``). What
that left, in whatever tables, is read as lines of COPY with blanks for what differs from course to
course (``stencils``) and printed a thousandfold (``courses``). People, enrollments, progress and
money are written from the models' own columns (``sheets``), so that a column that comes later has
its default.
"""
