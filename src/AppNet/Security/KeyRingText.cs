using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AppNet.Security;

/// <summary>
/// A key ring as the text of a key file: a line for each key in base64, newest first, and the line <c>private</c> while the key was
/// given to nobody. Empty lines, and those that begin with <c>#</c>, say nothing. So the base64 of 32 bytes alone, as a tool for
/// configurations writes it, is a key file, and one that is shared.
/// </summary>
internal static class KeyRingText
{
    /// <summary>The most bytes that a key file may take.</summary>
    public const int MaxBytes = 4096;

    private const string Private = "private";
    private const int MaxKeys = 2;

    private const string Head =
        "# The key of an AppNet network: who can read this can call every peer that has it. Keep it to yourself.\n" +
        "# Newest key first. The line \"private\" says that no other machine has it, so that peers listen on this host only.\n";

    /// <summary>Writes a ring.</summary>
    /// <param name="ring">The ring.</param>
    /// <returns>The file's content.</returns>
    public static byte[] Write(KeyRing ring)
    {
        var text = new StringBuilder(Head);
        if (!ring.IsShared)
        {
            _ = text.Append(Private).Append('\n');
        }

        foreach (var key in ring.Keys)
        {
            _ = text.Append(Convert.ToBase64String(key.Reveal())).Append('\n');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Reads a ring.</summary>
    /// <param name="content">The file's content.</param>
    /// <param name="ring">The ring.</param>
    /// <param name="problem">What is wrong, as the rest of a sentence that begins with the file. It quotes nothing: it may be a key.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> content, [NotNullWhen(true)] out KeyRing? ring, [NotNullWhen(false)] out string? problem)
    {
        ring = null;
        var isShared = true;
        var keys = new List<NetworkKey>();
        var number = 0;
        var characters = new char[content.Length];
        Encoding.Latin1.GetChars(content, characters);
        foreach (var untrimmed in characters.AsSpan().EnumerateLines())
        {
            number++;
            var line = untrimmed.Trim();
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            if (line.SequenceEqual(Private))
            {
                isShared = false;
            }
            else if (NetworkKey.TryParse(line, out var key))
            {
                keys.Add(key);
            }
            else
            {
                problem = $"has a line {number} that is no key: a key is the base64 of {NetworkKey.Size} bytes";
                return false;
            }
        }

        CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(characters.AsSpan()));
        problem = keys.Count switch
        {
            0 => "holds no key",
            > MaxKeys => $"holds {keys.Count} keys; at most {MaxKeys} are valid at a time",
            _ when keys.Count == MaxKeys && keys[0].Equals(keys[1]) => "holds one key twice",
            _ => null,
        };
        ring = problem is null ? new KeyRing(keys[0], keys.ElementAtOrDefault(1), isShared) : null;
        return ring is not null;
    }
}
