"""What people would pick instead, each as its own handbook shows it; and what can be written by hand."""
