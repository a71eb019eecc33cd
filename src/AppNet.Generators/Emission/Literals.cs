using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators.Emission;

/// <summary>Texts as generated source has them.</summary>
internal static class Literals
{
    /// <summary>Returns a string literal.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The literal.</returns>
    public static string Text(string? text) => text is null ? "null" : SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>Returns the text as XML content.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, escaped.</returns>
    public static string Xml(string text) =>
        new StringBuilder(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").ToString();
}
