"""Certificates: issued once, drawn as PDF, proved on a public page.

Verb: ``issuing.issue_certificate``.
"""
