using System.Reflection;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(Sources.Root, "tests", "AppNet.Architecture.Tests", "PublicApi");

    [Fact]
    public void The_public_api_is_the_approved_one()
    {
        var difference = Compare(Sources.Library);

        Assert.True(difference is null, difference);
    }

    [Fact]
    public void The_text_tells_all_that_a_caller_depends_on()
    {
        var expected = File.ReadAllLines(Path.Combine(Folder, "..", "Fixtures", "PublicShapes.txt"));

        var lines = ApiText.Of(Assembly.GetExecutingAssembly().GetTypes().Where(type => CodeUses.OwnerOf(type) == typeof(Fixtures.PublicShapes)));

        Assert.Equal(expected, lines.Select(line => line.Replace("AppNet.Architecture.Tests.Fixtures.", "", StringComparison.Ordinal)));
    }

    private static string? Compare(Assembly library)
    {
        var name = library.GetName().Name;
        var approved = Path.Combine(Folder, $"{name}.txt");
        var received = Path.Combine(Folder, $"{name}.received.txt");
        var actual = ApiText.Of(library.GetTypes());
        var expected = File.Exists(approved) ? File.ReadAllLines(approved) : [];
        if (actual.SequenceEqual(expected, StringComparer.Ordinal))
        {
            File.Delete(received);
            return null;
        }

        File.WriteAllLines(received, actual);
        var gone = expected.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}");
        var come = actual.Except(expected, StringComparer.Ordinal).Select(line => $"+ {line}");
        return $"""
            The public API of {name} is not the approved one:
            {string.Join('\n', gone.Concat(come))}
            If intended, replace the file: eng/accept-api, or
            cp {Path.GetRelativePath(Sources.Root, received)} {Path.GetRelativePath(Sources.Root, approved)}
            """;
    }
}
