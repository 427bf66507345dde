"""Views of the editor's side: courses, teams, media."""
