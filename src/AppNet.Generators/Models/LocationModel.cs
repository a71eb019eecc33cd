using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AppNet.Generators.Models;

/// <summary>A place in the source, without its syntax tree.</summary>
/// <param name="Path">The file.</param>
/// <param name="Span">The place in characters.</param>
/// <param name="Lines">The place in lines.</param>
internal sealed record LocationModel(string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>Takes a location's place.</summary>
    /// <param name="location">The location, in source.</param>
    /// <returns>The place.</returns>
    public static LocationModel From(Location location) =>
        new(location.SourceTree?.FilePath ?? string.Empty, location.SourceSpan, location.GetLineSpan().Span);

    /// <summary>Makes a location of it again.</summary>
    /// <returns>The location.</returns>
    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
