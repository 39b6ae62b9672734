// Coyote controls one schedule of a process at a time; and closing a SQLite database closes the pooled connections of all others.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
