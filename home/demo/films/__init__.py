"""What the demo's films are drawn from; nothing of it is needed to show them."""
