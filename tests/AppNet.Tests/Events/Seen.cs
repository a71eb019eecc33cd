using System.Threading.Channels;

namespace AppNet.Tests.Events;

/// <summary>What handlers have seen, to be waited for.</summary>
internal sealed class Seen<T>
{
    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public int Count => _items.Reader.Count;

    public void Add(T item) => _items.Writer.TryWrite(item);

    public async Task<List<T>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var taken = new List<T>();
        while (taken.Count < count)
        {
            taken.Add(await _items.Reader.ReadAsync(cancellationToken));
        }

        return taken;
    }
}
