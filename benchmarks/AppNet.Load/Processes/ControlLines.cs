using System.Threading.Channels;

namespace AppNet.Load.Processes;

/// <summary>
/// A child's side of the control channel: lines on standard input and output. The process ends when its input does, so
/// none outlives the one that started it.
/// </summary>
internal sealed class ControlLines
{
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(16);

    /// <summary>Opens the channel; called once in a process.</summary>
    /// <returns>The channel.</returns>
    public static ControlLines Open()
    {
        var lines = new ControlLines();
        new Thread(lines.Read) { IsBackground = true, Name = "control" }.Start();
        return lines;
    }

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line.</param>
    public static void Write(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Waits for the next line.</summary>
    /// <returns>The line.</returns>
    public ValueTask<string> ReadAsync() => _lines.Reader.ReadAsync();

    /// <summary>Waits for a line that has to come next.</summary>
    /// <param name="expected">The line.</param>
    /// <returns>A task that ends when it has come.</returns>
    /// <exception cref="LoadException">Another one came.</exception>
    public async Task ExpectAsync(string expected)
    {
        var line = await ReadAsync();
        if (!string.Equals(line, expected, StringComparison.Ordinal))
        {
            throw new LoadException($"Told '{line}' where '{expected}' was expected.");
        }
    }

    private void Read()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (!_lines.Writer.TryWrite(line))
            {
                break;
            }
        }

        Environment.Exit(0);
    }
}
