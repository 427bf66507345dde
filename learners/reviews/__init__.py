"""What learners say of a course they study. Verb: ``writing.write_review``."""
