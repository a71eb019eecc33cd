using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>The streams of a local call that is verified: they are handed over as they are, only their numbers are written and read.</summary>
internal sealed class LocalStreams : IStreamOwner, ICallStreams
{
    private readonly List<object> _streams = [];

    /// <inheritdoc/>
    public ICallStreams Begin() => this;

    /// <inheritdoc/>
    public int Send<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec) => Add(items);

    /// <inheritdoc/>
    public int Send(Stream bytes) => Add(bytes);

    /// <inheritdoc/>
    public int Listen<T>(IProgress<T> progress, ValueCodec<T> codec) => Add(progress);

    /// <inheritdoc/>
    public IAsyncEnumerable<T> ReceiveAsync<T>(int number, ValueCodec<T> codec) => Get<IAsyncEnumerable<T>>(number);

    /// <inheritdoc/>
    public Stream Receive(int number) => Get<Stream>(number);

    /// <inheritdoc/>
    public IProgress<T> Report<T>(int number, ValueCodec<T> codec) => Get<IProgress<T>>(number);

    /// <inheritdoc/>
    public void Return<T>(IAsyncEnumerable<T> items, ValueCodec<T> codec) => throw Unused();

    /// <inheritdoc/>
    public void Return(Stream bytes) => throw Unused();

    /// <inheritdoc/>
    public void Drop() => throw Unused();

    private static InvalidOperationException Unused() => new("A local call's result is not written.");

    private int Add(object stream)
    {
        _streams.Add(stream);
        return _streams.Count;
    }

    private T Get<T>(int number) => number >= 1 && number <= _streams.Count && _streams[number - 1] is T stream
        ? stream
        : throw new JsonException($"The call has no stream {number}.");
}
