using System.Text.Json;

namespace AppNet.Load.Results;

/// <summary>Prints results as JSON lines, and into a file when one is asked for.</summary>
internal sealed class ResultLines : IDisposable
{
    private readonly StreamWriter? _file;

    /// <summary>Initializes a new instance of the <see cref="ResultLines"/> class.</summary>
    /// <param name="file">The file, which is replaced; null for none.</param>
    public ResultLines(FileInfo? file) => _file = file is null ? null : new(file.FullName) { AutoFlush = true };

    /// <summary>Prints a result.</summary>
    /// <param name="result">The result.</param>
    public void Write(LoadResult result)
    {
        var line = JsonSerializer.Serialize(result, LoadResultJson.Default.LoadResult);
        Console.WriteLine(line);
        _file?.WriteLine(line);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
