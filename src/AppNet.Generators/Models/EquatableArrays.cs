using System.Collections.Immutable;

namespace AppNet.Generators.Models;

/// <summary>Makes <see cref="EquatableArray{T}"/> from sequences.</summary>
internal static class EquatableArrays
{
    /// <summary>Copies a sequence.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="items">The sequence.</param>
    /// <returns>The array.</returns>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToImmutableArray());
}
