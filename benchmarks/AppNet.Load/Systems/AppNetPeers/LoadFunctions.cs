namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>The functions that are called.</summary>
internal static class LoadFunctions
{
    /// <summary>Adds two numbers.</summary>
    [Connect]
    public static int Add(int left, int right) => left + right;

    /// <summary>Gives bytes back.</summary>
    [Connect]
    public static byte[] Echo(byte[] payload) => payload;
}
