namespace AppNet.Python.Wires;

/// <summary>Bounds of the Python wires. docs/python.md.</summary>
internal static class PythonLimits
{
    /// <summary>What a Python peer reads of a message, in bytes as they travel.</summary>
    public const int Message = 1_024;

    /// <summary>The longest request that is read here: Python callers send less, others may send more.</summary>
    public const int Request = 64 * 1024;

    /// <summary>How deep JSON may nest in a request, its own two levels included.</summary>
    public const int Depth = 66;

    /// <summary>Requests that are read or run at once.</summary>
    public const int Conversations = 1_024;

    /// <summary>Calls that are under way to one Python peer at once; further ones wait.</summary>
    public const int Exchanges = 256;

    /// <summary>TCP connections that are being made to one Python peer at once: it lets five wait.</summary>
    public const int Connects = 4;

    /// <summary>Python peers that this one has links to at once.</summary>
    public const int Neighbours = 256;

    /// <summary>Subscriptions that Python peers may hold here, all together.</summary>
    public const int Subscriptions = 1_024;
}
