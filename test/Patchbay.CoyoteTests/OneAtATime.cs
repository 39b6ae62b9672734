// Coyote controls one schedule of a process at a time; and closing a SQLite database closes the pooled connections of all others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
