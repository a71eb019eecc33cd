using System.Text;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The numbers that tags have on one link in one direction. docs/protocol.md, section 6.1. Guarded by its owner's lock.</summary>
internal sealed class OutgoingTags(Link link)
{
    private readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private readonly int _max = Math.Min(link.RemoteLimits.Tags, ushort.MaxValue);

    /// <summary>Returns a tag's number, giving it one first if there are any left.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>The number; 0: the tag itself must travel with the call.</returns>
    public ushort NumberLocked(string tag)
    {
        if (_numbers.TryGetValue(tag, out var number))
        {
            return number;
        }

        if (_numbers.Count >= _max)
        {
            return 0;
        }

        number = (ushort)(_numbers.Count + 1);
        if (link.Append(FrameType.Tag, FrameFlags.None, number, 0, default, Encoding.UTF8.GetBytes(tag), canWait: true) != SendOutcome.Queued)
        {
            return 0;
        }

        _numbers.Add(tag, number);
        return number;
    }
}
