"""Questions back to a reporter who agreed to that: what may be asked, how it is put, what comes back."""
