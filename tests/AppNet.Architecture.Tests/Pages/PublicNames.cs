using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>The library's names as pages write them: <c>Net.Peer</c>, <c>[Connect]</c>, <c>NetError.PeerLost</c>.</summary>
internal sealed partial class PublicNames
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    // Attributes of others that pages name.
    private static readonly string[] OfOthers = ["LoggerMessage", "JsonSerializable"];

    private readonly ILookup<string, Type> _types;
    private readonly ILookup<Type, MethodInfo> _extensions;

    /// <summary>Reads a library.</summary>
    /// <param name="library">The library.</param>
    public PublicNames(Assembly library)
    {
        var types = library.GetExportedTypes().Where(type => !type.Name.Contains('<', StringComparison.Ordinal)).ToArray();
        _types = types.ToLookup(NameOf, StringComparer.Ordinal);
        _extensions = types
            .SelectMany(type => type.GetMethods(All))
            .Where(method => method.IsDefined(typeof(ExtensionAttribute)))
            .ToLookup(method => method.GetParameters()[0].ParameterType);
    }

    /// <summary>Gets the types that users type, by their names.</summary>
    public IEnumerable<string> TypedByUsers => _types
        .Where(group => group.Any(type => type is { Namespace: "AppNet" } && !IsHidden(type) && !IsHolderOfExtensions(type)))
        .Select(group => group.Key);

    /// <summary>Gets the members of a type that users type, by their names.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The names.</returns>
    public static IEnumerable<string> MembersOf(Type type) => type.GetMembers(All | BindingFlags.DeclaredOnly)
        .Where(member => member is not MethodBase { IsSpecialName: true } && !IsHidden(member))
        .Select(member => member.Name)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Finds what a text in quotes of code names that the library lacks.</summary>
    /// <param name="code">The text.</param>
    /// <returns>The names.</returns>
    public IEnumerable<string> Missing(string code)
    {
        if (Attribute().Match(code) is { Success: true } attribute
            && !OfOthers.Contains(attribute.Groups["name"].Value, StringComparer.Ordinal)
            && !_types.Contains(attribute.Groups["name"].Value + nameof(Attribute)))
        {
            yield return attribute.Value;
        }

        foreach (Match chain in Chain().Matches(code))
        {
            if (!_types.Contains(chain.Groups["type"].Value))
            {
                continue;
            }

            IEnumerable<Type> owners = _types[chain.Groups["type"].Value];
            foreach (Capture name in chain.Groups["member"].Captures)
            {
                owners = [.. owners.SelectMany(owner => TypesOf(owner, name.Value)).Distinct()];
            }

            if (!owners.Any())
            {
                yield return chain.Value;
            }
        }
    }

    private static string NameOf(Type type) => type.Name.Split('`')[0];

    private static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never };

    private static bool IsHolderOfExtensions(Type type) => type.IsDefined(typeof(ExtensionAttribute));

    // What a member gives, in the order in which C# would look: its own, then what extends it.
    private IEnumerable<Type> TypesOf(Type owner, string name) =>
        owner.GetMembers(All).Where(member => member.Name == name).Concat(_extensions[owner].Where(method => method.Name == name))
            .Select(member => member switch
            {
                PropertyInfo property => property.PropertyType,
                FieldInfo field => field.FieldType,
                MethodInfo method => method.ReturnType,
                _ => typeof(void),
            });

    [GeneratedRegex(@"^\[(?<name>[A-Z]\w+)[\](]")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"(?<![\w.])(?<type>[A-Z]\w*)(\.(?<member>[A-Z]\w*))+")]
    private static partial Regex Chain();
}
