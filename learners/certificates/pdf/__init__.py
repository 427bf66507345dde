"""What the printed certificate is made of: template, ornaments, fonts."""
