using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed partial class AsyncTests
{
    [Fact]
    public void Nothing_in_the_library_runs_as_async_void()
    {
        var culprits = Culprits(Sources.Library.GetTypes());

        Expect.None(culprits);
    }

    [Fact]
    public void No_source_file_says_async_void()
    {
        var culprits = Sources.Files(Path.Combine(Sources.Root, "src"))
            .Where(file => AsyncVoid().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Sources.Root, file));

        Expect.None(culprits);
    }

    [Fact]
    public void A_lambda_that_runs_as_async_void_is_found()
    {
        Assert.NotEmpty(Culprits(typeof(Fixtures.AsyncVoidLambda).GetNestedTypes(BindingFlags.NonPublic)
            .SelectMany(type => type.GetNestedTypes(BindingFlags.NonPublic).Append(type))));
    }

    // Each async method and lambda is a state machine; its builder tells which kind.
    private static IEnumerable<string> Culprits(IEnumerable<Type> types) =>
        from type in types
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(AsyncVoidMethodBuilder)
        select $"{CodeUses.OwnerOf(type).FullName}: {type.Name}";

    // In code only: documentation may speak of it.
    [GeneratedRegex(@"^(?!\s*//)[^""\n]*\basync\s+void\b", RegexOptions.Multiline)]
    private static partial Regex AsyncVoid();
}
