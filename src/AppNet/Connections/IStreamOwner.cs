namespace AppNet.Connections;

/// <summary>Where the streams of a new call come from.</summary>
internal interface IStreamOwner
{
    /// <summary>Begins a call that has streams among its arguments.</summary>
    /// <returns>Its streams.</returns>
    /// <exception cref="NotSupportedException">The other side takes no streams.</exception>
    ICallStreams Begin();
}
