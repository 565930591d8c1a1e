"""Who is measured: Vestka and its rivals, each started as a process of its own on the first core."""
