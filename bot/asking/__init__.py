"""Questions back to reporters: put by moderators, delivered, answered."""
