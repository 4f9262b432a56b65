"""From a timeline to a file: prepare (all I/O) → evaluate → FramePlan → compose → chunks → join."""
