using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AppNet.Connections;

/// <summary>Builds the options by which one peer writes and reads values without a codec of their own.</summary>
internal static class SerializerOptionsFactory
{
    /// <summary>Builds the options. Names are those of C#, read without regard to case; fields count as properties do.</summary>
    /// <param name="resolvers">
    /// The user's, as a rule source-generated contexts; asked in their order, and before reflection, which is asked last where
    /// the program allows it.
    /// </param>
    /// <returns>The options, read-only.</returns>
    public static JsonSerializerOptions Build(params IEnumerable<IJsonTypeInfoResolver> resolvers)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNameCaseInsensitive = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,

            // The elements of a ValueTuple are fields.
            IncludeFields = true,
            MaxDepth = ArgumentReader.JsonOptions.MaxDepth,
        };
        options.Converters.Add(new BigIntegerCodec.Converter());
        options.Converters.Add(new DoubleCodec.Converter());
        options.Converters.Add(new SingleCodec.Converter());
        foreach (var converter in WellFormedText.Converters)
        {
            options.Converters.Add(converter);
        }

        IEnumerable<IJsonTypeInfoResolver> all = JsonSerializer.IsReflectionEnabledByDefault
            ? resolvers.Append(Reflection())
            : resolvers;
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine([.. all]).WithAddedModifier(KeepNumberHandling);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Returns how the options write and read a type.</summary>
    /// <param name="options">The options.</param>
    /// <param name="type">The type.</param>
    /// <returns>The type's contract.</returns>
    /// <exception cref="NotSupportedException">They don't know the type; the message says what to do.</exception>
    public static JsonTypeInfo TypeInfoOf(JsonSerializerOptions options, Type type) =>
        options.TryGetTypeInfo(type, out JsonTypeInfo? typeInfo)
            ? typeInfo
            : throw new NotSupportedException(
                $"Nothing says how the type '{SignatureText.NameOf(type)}' becomes JSON, and this program was published without "
                + "reflection for it. Add [JsonSerializable] for the type to a JsonSerializerContext, and add that context to "
                + "NetOptions.SerializerContexts.");

    /// <summary>Leaves floats to the built-in converters where a type says how its numbers are handled: only those know how.</summary>
    private static void KeepNumberHandling(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => (property.NumberHandling ?? type.NumberHandling) is not null))
        {
            property.CustomConverter ??= property.PropertyType == typeof(double) ? JsonMetadataServices.DoubleConverter
                : property.PropertyType == typeof(float) ? JsonMetadataServices.SingleConverter
                : null;
        }
    }

    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2026:RequiresUnreferencedCode",
        Justification = "Only where the program kept reflection for JSON, which trimmed programs turn off by default.")]
    [UnconditionalSuppressMessage(
        "AOT",
        "IL3050:RequiresDynamicCode",
        Justification = "Only where the program kept reflection for JSON, which programs compiled ahead of time turn off by default.")]
    private static DefaultJsonTypeInfoResolver Reflection() => new();
}
