"""Images and documents: what may be uploaded, who is served, what a release holds in place."""
