"""Where Wagtail is bent, and for which of its versions.

``listed.BENDS`` has every name that we replace or lean on though it is not public, each with
its reason; ``bending.bend`` replaces what can only be replaced while running, a file for each
thing that is bent. ``fitting`` fails on a version that nobody tried and on a name that is gone:
each row of the list is then read again beside the new Wagtail. `make next` runs the suite on
the coming release; docs/wagtail.md says what stands in its way.
"""
