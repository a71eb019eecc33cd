using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace AppNet.Tests;

/// <summary>Tests that see, or use up, what belongs to the whole process: they run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[SuppressMessage("Naming", "CA1711", Justification = "Named for what it means at the test: it runs alone.")]
public sealed class Alone
{
    public const string Name = "Alone";
}
