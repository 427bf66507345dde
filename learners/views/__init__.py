"""What learners see: lessons and their files, progress, my learning, certificates, reviews."""
