using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Discovery;

/// <summary>An entry of the runtime directory as a file: the peer's info, its addresses and its secret.</summary>
internal static class RuntimeEntryJson
{
    /// <summary>The most bytes that an entry may take.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxAddresses = 16;
    private const int MaxSecretBytes = 256;

    /// <summary>Writes an entry.</summary>
    /// <param name="record">What it holds; the sources are left out.</param>
    /// <returns>The JSON, as UTF-8.</returns>
    public static ReadOnlyMemory<byte> Serialize(PeerRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, PeerInfoJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("peer"u8);
            PeerInfoJsonConverter.Write(writer, record.Info);
            writer.WriteStartArray("addresses"u8);
            foreach (var address in record.Addresses)
            {
                writer.WriteStartObject();
                writer.WriteString("transport"u8, address.Transport);
                writer.WriteString("host"u8, address.Host);
                writer.WriteNumber("port"u8, address.Port);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteBase64String("secret"u8, record.Secret.Span);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="record">What it holds.</param>
    /// <param name="problem">What is wrong with it, as a sentence for logs.</param>
    /// <returns>Whether it is an entry.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PeerRecord? record, [NotNullWhen(false)] out string? problem)
    {
        record = null;
        problem = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            record = ReadMembers(ref reader);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            problem = exception.Message;
            return false;
        }
    }

    private static PeerRecord ReadMembers(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        PeerInfo? info = null;
        IReadOnlyList<TransportAddress> addresses = [];
        byte[] secret = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            _ = reader.Read();
            switch (name)
            {
                case "peer": info = PeerInfoJsonConverter.Read(ref reader); break;
                case "addresses": addresses = ReadAddresses(ref reader); break;
                case "secret": secret = reader.GetBytesFromBase64(); break;
                default: reader.Skip(); break;
            }
        }

        return secret.Length > MaxSecretBytes
            ? throw new JsonException($"The secret takes more than {MaxSecretBytes} bytes.")
            : new PeerRecord
            {
                Info = info ?? throw new JsonException("The entry has no 'peer'."),
                Addresses = addresses,
                Secret = secret,
                IsOnHost = true,
            };
    }

    private static List<TransportAddress> ReadAddresses(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The addresses are an array.");
        }

        var addresses = new List<TransportAddress>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            addresses.Add(ReadAddress(ref reader));
            if (addresses.Count > MaxAddresses)
            {
                throw new JsonException($"The entry has more than {MaxAddresses} addresses.");
            }
        }

        return addresses;
    }

    private static TransportAddress ReadAddress(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An address is an object.");
        }

        string? transport = null;
        string? host = null;
        var port = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            _ = reader.Read();
            switch (name)
            {
                case "transport": transport = reader.GetString(); break;
                case "host": host = reader.GetString(); break;
                case "port": port = reader.GetInt32(); break;
                default: reader.Skip(); break;
            }
        }

        return transport is { Length: > 0 } && host is { Length: > 0 } && port is >= 0 and <= ushort.MaxValue
            ? new TransportAddress(transport, host, port)
            : throw new JsonException("An address names no transport, no host, or a port out of range.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new JsonException("The entry is no object.");
        }
    }
}
