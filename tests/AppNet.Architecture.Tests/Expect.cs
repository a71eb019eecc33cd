using Xunit;

namespace AppNet.Architecture.Tests;

/// <summary>Asserts whose message is the whole list.</summary>
internal static class Expect
{
    /// <summary>Fails with all faults, one a line, when there are any.</summary>
    /// <param name="faults">The faults.</param>
    public static void None(IEnumerable<string?> faults)
    {
        var list = faults.Distinct(StringComparer.Ordinal).ToArray();
        Assert.True(list.Length == 0, string.Join('\n', list));
    }
}
