using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed class DocumentationTests
{
    private static readonly Dictionary<string, XElement> Entries = XDocument
        .Load(Path.ChangeExtension(Sources.Library.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    [Fact]
    public void Every_public_type_and_member_is_documented()
    {
        var types = Sources.Library.GetExportedTypes().Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal));

        var silent = types.SelectMany(type => ApiText.MembersOf(type).Prepend(type)).Where(member => !IsDocumented(member)).Select(DocumentationId.Of);

        Expect.None(silent);
    }

    [Fact]
    public void Every_internal_seam_is_documented()
    {
        var seams = Sources.Library.GetTypes().Where(type => type is { IsInterface: true, IsVisible: false, IsNested: false });

        var silent = seams.SelectMany(seam => ApiText.MembersOf(seam).Prepend(seam)).Where(member => !IsDocumented(member)).Select(DocumentationId.Of);

        Expect.None(silent);
    }

    [Fact]
    public void A_member_without_an_entry_counts_as_not_documented()
    {
        Assert.False(IsDocumented(typeof(DocumentationTests)));
        Assert.True(IsDocumented(typeof(PeerId).GetConstructor([typeof(string), typeof(int), typeof(string)])!));
    }

    private static bool IsDocumented(MemberInfo member) =>
        (Entries.TryGetValue(DocumentationId.Of(member), out var entry) && Says(entry)) || IsImplicit(member) || IsPositional(member);

    private static bool Says(XElement entry) =>
        entry.Elements("inheritdoc").Any() || entry.Elements("summary").Any(summary => !string.IsNullOrWhiteSpace(summary.Value) || summary.HasElements);

    // Nobody can document a constructor that nobody wrote, and compiled code does not tell it from an empty one.
    private static bool IsImplicit(MemberInfo member) => member is ConstructorInfo constructor && constructor.GetParameters().Length == 0;

    // A positional record documents its properties, and the constructor, as parameters of the type.
    private static bool IsPositional(MemberInfo member)
    {
        string[] names = member switch
        {
            PropertyInfo property => [property.Name],
            ConstructorInfo constructor => [.. constructor.GetParameters().Select(parameter => parameter.Name!)],
            _ => [],
        };
        return names.Length > 0
            && Entries.TryGetValue(DocumentationId.Of(member.DeclaringType!), out var entry)
            && names.All(name => entry.Elements("param").Any(parameter => parameter.Attribute("name")?.Value == name && parameter.Value.Length > 0));
    }
}
