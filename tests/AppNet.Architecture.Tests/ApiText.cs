using System.Reflection;
using System.Runtime.CompilerServices;

namespace AppNet.Architecture.Tests;

/// <summary>
/// Writes the public API of an assembly, one line for each type and member. Extension members appear as the static
/// methods they are compiled to.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Writes the API of types.</summary>
    /// <param name="types">The types; those that are not public are passed over.</param>
    /// <returns>The lines, sorted.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<Type> types) =>
    [
        .. types
            .Where(type => type.IsVisible && !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(LinesOf)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns the public and protected members of a type that a person wrote.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The members: no accessors, and nothing the compiler made.</returns>
    public static IEnumerable<MemberInfo> MembersOf(Type type) => typeof(Delegate).IsAssignableFrom(type)
        ? []
        : type.GetMembers(Declared).Where(member => member switch
        {
            _ when member.Name.Contains('<', StringComparison.Ordinal) => false,
            _ when member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) => false,
            MethodInfo { IsSpecialName: true } method => IsOpen(method) && method.Name.StartsWith("op_", StringComparison.Ordinal),
            MethodBase method => IsOpen(method),
            FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName,
            PropertyInfo { Name: "EqualityContract" } => false,
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsOpen),
            EventInfo occurrence => IsOpen(occurrence.AddMethod),
            _ => false,
        });

    /// <summary>Returns whether code outside the assembly can call a method.</summary>
    /// <param name="method">The method, if there is one.</param>
    /// <returns>True for public and protected ones.</returns>
    public static bool IsOpen(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static IEnumerable<string> LinesOf(Type type) =>
        MembersOf(type).Select(member => $"{ApiTypeName.Of(type)}.{ApiMember.Describe(member)}").Prepend(ApiType.Describe(type));
}
