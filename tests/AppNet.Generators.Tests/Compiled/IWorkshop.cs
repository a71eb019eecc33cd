namespace AppNet.Generators.Tests.Compiled;

/// <summary>A contract whose methods call back.</summary>
[PeerContract]
public interface IWorkshop
{
    Task Keep(Func<int, Task<int>> callback);

    Task<int> ApplyWhenReleased(int value, Func<int, Task<int>> change);
}
