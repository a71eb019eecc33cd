using System.Diagnostics.CodeAnalysis;

namespace AppNet.Connections;

/// <summary>Finds the codecs of streams by types that are known only at run time.</summary>
internal static class KnownStreams
{
    private const string Reason =
        "Reached with a stream type by delegates and by calls by tag, which say that they need reflection; generated code names its codecs.";

    /// <summary>Returns the codec of a stream's type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>A <see cref="ValueCodec{T}"/> of the type; null when it is no stream.</returns>
    public static object? Of(Type type)
    {
        if (type == typeof(Stream))
        {
            return ValueCodecs.ByteStream;
        }

        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(IAsyncEnumerable<>) ? Make(typeof(SequenceMaker<>), type)
            : open == typeof(IProgress<>) ? Make(typeof(ProgressMaker<>), type)
            : null;
    }

    /// <summary>Returns what writes an argument that is a stream, whatever its class.</summary>
    /// <param name="value">The argument.</param>
    /// <returns>The codec; null when it is no stream.</returns>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Reason)]
    public static BoxedCodec? Find(object value)
    {
        if (value is Stream)
        {
            return new BoxedCodec<Stream>(ValueCodecs.ByteStream);
        }

        foreach (var promise in value.GetType().GetInterfaces())
        {
            if (promise.IsGenericType
                && (promise.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) || promise.GetGenericTypeDefinition() == typeof(IProgress<>)))
            {
                return MakerOf(promise).Box();
            }
        }

        return null;
    }

    private static Maker MakerOf(Type type) => type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
        ? MakeMaker(typeof(SequenceMaker<>), type)
        : MakeMaker(typeof(ProgressMaker<>), type);

    private static object Make(Type maker, Type type) => MakeMaker(maker, type).Codec();

    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = Reason)]
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = Reason)]
    [UnconditionalSuppressMessage("Trimming", "IL2071", Justification = Reason)]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = Reason)]
    private static Maker MakeMaker(Type maker, Type type) =>
        (Maker)Activator.CreateInstance(maker.MakeGenericType(type.GenericTypeArguments))!;

    private abstract class Maker
    {
        public abstract object Codec();

        public abstract BoxedCodec Box();
    }

    private sealed class SequenceMaker<T> : Maker
    {
        public override object Codec() => ValueCodecs.Sequence(KnownCodecs.Of<T>());

        public override BoxedCodec Box() => new BoxedCodec<IAsyncEnumerable<T>>(ValueCodecs.Sequence(KnownCodecs.Of<T>()));
    }

    private sealed class ProgressMaker<T> : Maker
    {
        public override object Codec() => ValueCodecs.Progress(KnownCodecs.Of<T>());

        public override BoxedCodec Box() => new BoxedCodec<IProgress<T>>(ValueCodecs.Progress(KnownCodecs.Of<T>()));
    }
}
