namespace AppNet.Generators.Tests.Compiled;

/// <summary>A contract that inherits another one.</summary>
[PeerContract]
public interface IPlainMath : IMath
{
    Task<int> Negate(int value);
}
