"""From one convention to the next: what is kept, adapted or dropped, and the plan that comes of it."""
