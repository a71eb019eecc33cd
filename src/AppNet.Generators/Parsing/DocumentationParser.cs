using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>
/// Reads the documentation comment of a method. It reads the source text, because without a documentation file the compiler
/// takes these comments for plain ones.
/// </summary>
internal static class DocumentationParser
{
    private static readonly Regex Space = new(@"\s+", RegexOptions.None, TimeSpan.FromSeconds(1));

    /// <summary>Describes the documentation.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <returns>The model.</returns>
    public static DocumentationModel Parse(IMethodSymbol method, SyntaxNode declaration)
    {
        string comment = Comment(declaration.GetLeadingTrivia().ToFullString());
        return new DocumentationModel(
            method.GetDocumentationCommentId() ?? string.Empty,
            Summary(comment),
            comment.Length > 0);
    }

    private static string Comment(string trivia)
    {
        var text = new StringBuilder();
        foreach (string line in trivia.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("///", StringComparison.Ordinal))
            {
                text.Append(line, 3, line.Length - 3).Append('\n');
            }
        }

        return text.Length > 0 ? text.ToString() : Block(trivia);
    }

    private static string Block(string trivia)
    {
        int start = trivia.IndexOf("/**", StringComparison.Ordinal);
        int end = trivia.LastIndexOf("*/", StringComparison.Ordinal);
        return start < 0 || end < start + 3
            ? string.Empty
            : string.Join("\n", trivia.Substring(start + 3, end - start - 3).Split('\n').Select(line => line.Trim().TrimStart('*')));
    }

    private static string? Summary(string comment)
    {
        try
        {
            XElement? summary = XElement.Parse("<doc>" + comment + "</doc>").Element("summary");
            string text = summary is null ? string.Empty : Space.Replace(Text(summary), " ").Trim();
            return text.Length == 0 ? null : text;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => (string?)reference.Attributes().FirstOrDefault() ?? " ",
        XElement inner => Text(inner),
        _ => string.Empty,
    }));
}
