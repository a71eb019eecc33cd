using Xunit;

// Snippets print, and the console is one for all of the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
