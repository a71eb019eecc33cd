using System.Runtime.CompilerServices;

namespace AppNet.Snippets.Streams;

// <result>
public static class Files
{
    [Connect("Files.Lines")]
    public static async IAsyncEnumerable<string> Lines(
        string path, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken))
        {
            yield return line;
        }
    }
}
// </result>

public static class Stats
{
    // <parameter>
    [Connect]
    public static async Task<double> Mean(IAsyncEnumerable<double> values)
    {
        double sum = 0;
        int count = 0;
        await foreach (double value in values)
        {
            sum += value;
            count++;
        }

        return sum / count;
    }
    // </parameter>
}

public static class Archive
{
    // <bytes>
    [Connect]
    public static Stream Download(string path) => File.OpenRead(path);
    // </bytes>
}

public static class Rendering
{
    // <progress>
    [Connect]
    public static string Render(int frame, IProgress<double>? progress = null)
    {
        for (int row = 1; row <= 4; row++)
        {
            progress?.Report(row / 4.0);
        }

        return $"frame {frame}";
    }
    // </progress>
}

internal static class Reading
{
    public static async Task Panic(Peer peer, string path)
    {
        // <read>
        await foreach (string line in Files.Lines(path, peer: peer))
        {
            if (line.Contains("panic", StringComparison.Ordinal))
            {
                Console.WriteLine(line);
                break;      // the function over there ends: its token is cancelled, its enumerator disposed of
            }
        }
        // </read>
    }

    public static async Task ByTag(Peer peer, string path)
    {
        // <by-tag>
        await foreach (string line in peer.StreamAsync<string>("Files.Lines", [path]))
        {
            Console.WriteLine(line);
        }
        // </by-tag>
    }

    public static async Task Mean(Peer peer, IAsyncEnumerable<double> sensor)
    {
        // <send>
        double mean = await Stats.Mean(sensor, peer: peer);
        // </send>
        Console.WriteLine(FormattableString.Invariant($"{mean}"));
    }

    public static async Task Download(Peer peer, string path, Stream local)
    {
        // <download>
        await using Stream remote = await Archive.Download(path, peer: peer);
        await remote.CopyToAsync(local);
        // </download>
    }

    public static async Task Render(Peer peer, IProgress<double> bar)
    {
        // <report>
        string path = await Rendering.Render(5, bar, peer: peer);
        // </report>
        Console.WriteLine(path);
    }
}
