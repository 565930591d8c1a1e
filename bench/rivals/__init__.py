"""What people would pick instead, each as its own handbook shows it. Started as `… API_ROOT TOKEN WAY`."""
