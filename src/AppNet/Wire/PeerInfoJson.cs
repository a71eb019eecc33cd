using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AppNet.Wire;

/// <summary>A peer's info as the handshake and the runtime directory carry it: one JSON object of at most 16 KiB.</summary>
internal static class PeerInfoJson
{
    /// <summary>The most bytes that an info may take.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>How it is written: it never becomes part of a web page, so only what JSON demands is escaped.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an info.</summary>
    /// <param name="info">The info.</param>
    /// <returns>The JSON, as UTF-8.</returns>
    /// <exception cref="ArgumentException">The info takes more than <see cref="MaxBytes"/>.</exception>
    public static byte[] Serialize(PeerInfo info)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            PeerInfoJsonConverter.Write(writer, info);
        }

        return buffer.WrittenCount <= MaxBytes
            ? buffer.WrittenSpan.ToArray()
            : throw new ArgumentException(
                $"The peer info takes {buffer.WrittenCount} bytes, more than {MaxBytes}. Use fewer or shorter values.", nameof(info));
    }

    /// <summary>Reads an info that somebody else wrote.</summary>
    /// <param name="json">The JSON, as UTF-8.</param>
    /// <param name="info">The info.</param>
    /// <param name="problem">What is wrong with it, as a sentence for logs.</param>
    /// <returns>Whether it is an info.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PeerInfo? info, [NotNullWhen(false)] out string? problem)
    {
        info = null;
        problem = null;
        if (json.Length > MaxBytes)
        {
            problem = $"The peer info takes {json.Length} bytes, more than {MaxBytes}.";
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            _ = reader.Read();
            info = PeerInfoJsonConverter.Read(ref reader);
            if (reader.Read())
            {
                throw new JsonException("Something follows the peer info.");
            }

            return true;
        }
        catch (JsonException exception)
        {
            info = null;
            problem = exception.Message;
            return false;
        }
    }
}
