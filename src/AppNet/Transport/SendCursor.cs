namespace AppNet.Transport;

/// <summary>
/// How far a list of buffers has been sent. It leaves the list untouched, and gives out what is left in windows of a few
/// buffers: gathering more than eight at once costs the system call an array on the heap. Used by one thread at a time.
/// </summary>
internal sealed class SendCursor
{
    /// <summary>How many buffers a window holds at most.</summary>
    public const int WindowSize = 8;

    private readonly List<ArraySegment<byte>> _window = new(WindowSize);
    private List<ArraySegment<byte>>? _source;
    private int _index;
    private int _offset;

    /// <summary>Begins with a list.</summary>
    /// <param name="source">What to send; read until <see cref="End"/>.</param>
    public void Begin(List<ArraySegment<byte>> source)
    {
        _source = source;
        _index = 0;
        _offset = 0;
    }

    /// <summary>Lets go of the list's arrays.</summary>
    public void End()
    {
        _source = null;
        _window.Clear();
    }

    /// <summary>Gives the next buffers not yet sent, less what was sent of the first.</summary>
    /// <returns>The buffers, valid until the next call; empty when everything is sent.</returns>
    public List<ArraySegment<byte>> NextWindow()
    {
        _window.Clear();
        var source = _source!;
        for (int i = _index; i < source.Count && _window.Count < WindowSize; i++)
        {
            var buffer = i == _index ? source[i].Slice(_offset) : source[i];
            if (buffer.Count > 0)
            {
                _window.Add(buffer);
            }
        }

        return _window;
    }

    /// <summary>Moves on.</summary>
    /// <param name="count">How many bytes were sent, at most what the last window held.</param>
    public void Advance(int count)
    {
        var source = _source!;
        while (count > 0)
        {
            int left = source[_index].Count - _offset;
            if (count < left)
            {
                _offset += count;
                return;
            }

            count -= left;
            _index++;
            _offset = 0;
        }
    }
}
