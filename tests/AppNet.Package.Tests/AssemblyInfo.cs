// Each test is a build of its own, which takes all the processors there are.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
