using AppNet.Python.Wires;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Python;

/// <summary>Decides by the first byte whether who has connected is a Python peer, and whether it is let in. Safe for use from many threads.</summary>
/// <param name="door">Who serves Python peers; null: nobody does.</param>
/// <param name="logger">Where those that are refused are reported.</param>
internal sealed class PythonGate(PythonDoor? door, ILogger logger)
{
    private int _hasRefused;

    /// <summary>Takes whom it recognises, and closes the duplex in the end.</summary>
    /// <param name="duplex">What was accepted.</param>
    /// <param name="first">What has arrived so far; at least one byte.</param>
    /// <returns>False: it is no Python peer, and the duplex is untouched.</returns>
    public bool TryTake(IDuplex duplex, ReadOnlyMemory<byte> first)
    {
        if (PythonFamilies.Recognise(first.Span[0]) is not { } family)
        {
            return false;
        }

        if (door is null)
        {
            Refuse(duplex, family);
        }
        else if (!duplex.Info.IsSameHost)
        {
            duplex.Dispose();
            Log.PythonElsewhere(logger, duplex.Info.Remote, PythonFamilies.NameOf(family));
        }
        else
        {
            door.Take(duplex, family, first);
        }

        return true;
    }

    private void Refuse(IDuplex duplex, PythonFamily family)
    {
        duplex.Dispose();
        if (Interlocked.Exchange(ref _hasRefused, 1) == 0)
        {
            Log.PythonRefused(logger, duplex.Info.Remote, PythonFamilies.NameOf(family));
        }
        else
        {
            Log.PythonRefusedAgain(logger, duplex.Info.Remote, PythonFamilies.NameOf(family));
        }
    }
}
