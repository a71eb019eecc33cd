using System.Reflection;
using Microsoft.Extensions.Logging;

namespace AppNet.Architecture.Tests;

/// <summary>A generated log method.</summary>
/// <param name="Name">Its type and name.</param>
/// <param name="Folder">The folder it is in.</param>
/// <param name="Id">The event id.</param>
/// <param name="EventName">The event's name: the method's, unless it says otherwise.</param>
/// <param name="Message">The template of the message.</param>
/// <param name="IsInLog">Whether it stands where log methods stand: in the class Log of a folder's namespace.</param>
internal sealed record LogMethod(string Name, string Folder, int Id, string EventName, string Message, bool IsInLog)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Finds the log methods of types.</summary>
    /// <param name="types">The types.</param>
    /// <returns>The methods.</returns>
    public static IEnumerable<LogMethod> In(IEnumerable<Type> types) =>
        from type in types
        from method in type.GetMethods(Declared)
        let attribute = method.GetCustomAttribute<LoggerMessageAttribute>()
        where attribute is not null
        let folder = Layers.FolderOf(type) ?? "(none)"
        select new LogMethod(
            $"{type}.{method.Name}", folder, attribute.EventId, attribute.EventName ?? method.Name, attribute.Message, IsLogOf(folder, type));

    private static bool IsLogOf(string folder, Type type) =>
        type is { Name: "Log", IsNested: false, IsPublic: false, IsAbstract: true, IsSealed: true } && type.Namespace == $"AppNet.{folder}";
}
