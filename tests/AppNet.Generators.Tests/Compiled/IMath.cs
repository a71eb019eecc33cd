namespace AppNet.Generators.Tests.Compiled;

/// <summary>A contract as users write them.</summary>
[PeerContract("math")]
public interface IMath
{
    Task<int> Add(int left, int right = 5);

    ValueTask<string> Describe(string name);

    Task<int> Wait(CancellationToken cancellationToken = default);

    Task Fail(string message);
}
